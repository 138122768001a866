"""A badge is checked without us: by its signature alone, by another library, and spoilt by any changed letter."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from openbadgeslib.baking import SVG_ELEMENT_OB3, extract_svg
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier

from relexp.exchange.badge_svg import badge_picture
from relexp.exchange.badges import Award, Organisation, badge, new_key, public_key
from relexp.learning.record import Confirmation, record
from tests.learning.test_hours import FIRST, did
from tests.learning.test_record import Verb, everything

KEY = new_key()
NOW = datetime(2026, 11, 26, 12, 0, 0, 5, tzinfo=UTC)
SAID = Confirmation(date(2026, 11, 20), "Maryam Al-Khatib", 45.0, "Well done.")
RECORD = record([FIRST], everything(), "My own words", [SAID])
AWARD = Award(RECORD, "a" * 32, "নাসরিন & Bo <b>", "across-difference", "Across difference")
HOUSE = Organisation("Tower Hamlets Citizens", "https://example.org")


def part(signed: str, place: int) -> dict[str, Any]:
    text = signed.split(".")[place]
    found: dict[str, Any] = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return found


def check(signed: str, key: rsa.RSAPublicKey) -> None:
    """The signature by itself, as RFC 7515 has it. Raises InvalidSignature."""
    told, _, signature = signed.rpartition(".")
    padded = urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
    key.verify(padded, told.encode(), padding.PKCS1v15(), hashes.SHA256())


def public_half(key: bytes = KEY) -> rsa.RSAPublicKey:
    private = serialization.load_pem_private_key(key, None)
    assert isinstance(private, rsa.RSAPrivateKey)
    return private.public_key()


SIGNED = badge(AWARD, HOUSE, KEY, NOW)


def test_the_signature_holds_and_the_header_carries_the_public_half_alone() -> None:
    check(SIGNED, public_half())
    header = part(SIGNED, 0)
    assert (header["alg"], header["typ"]) == ("RS256", "JWT")
    assert {"kty", "n", "e"} <= {*header["jwk"]}
    assert not {"d", "p", "q", "dp", "dq", "qi"} & {*header["jwk"]}
    assert {name: header["jwk"][name] for name in ("kty", "n", "e")} == public_key(KEY)
    numbers = public_half().public_numbers()
    assert (
        rsa.RSAPublicNumbers(*(int.from_bytes(urlsafe_b64decode(public_key(KEY)[name] + "==")) for name in ("e", "n")))
        == numbers
    )


def test_any_changed_byte_spoils_it() -> None:
    key, letters = public_half(), [*SIGNED]
    for place, letter in enumerate(letters):
        spoilt = "".join([*letters[:place], "A" if letter != "A" else "B", *letters[place + 1 :]])
        with pytest.raises((InvalidSignature, ValueError)):
            check(spoilt, key)
    claim = part(SIGNED, 1) | {"name": "Another"}
    middle = urlsafe_b64encode(json.dumps(claim).encode()).rstrip(b"=").decode()
    head, _, tail = SIGNED.split(".")
    with pytest.raises(InvalidSignature):
        check(f"{head}.{middle}.{tail}", key)
    with pytest.raises(InvalidSignature):
        check(SIGNED, public_half(new_key()))


def test_another_library_takes_it_for_an_open_badge_3_0() -> None:
    pem = public_half().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    found = OB3Verifier(pem).verify(SIGNED)
    assert (found.issuer.name, found.achievement.name) == (HOUSE.name, "Across difference: all units done")
    with pytest.raises(OB3VerificationError):
        OB3Verifier(pem).verify(SIGNED[:-2] + ("AA" if SIGNED[-2:] != "AA" else "BB"))


def test_it_is_an_open_badge_credential_with_the_claims_that_the_specification_asks_for() -> None:
    told = part(SIGNED, 1)
    assert told["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert told["@context"][1].startswith("https://purl.imsglobal.org/spec/ob/v3p0/context")
    assert {"VerifiableCredential", "OpenBadgeCredential"} <= {*told["type"]}
    assert (told["iss"], told["jti"]) == (told["issuer"]["id"], told["id"])
    assert told["sub"] == told["credentialSubject"]["id"]
    assert told["nbf"] == int(NOW.timestamp())
    assert told["validFrom"] == "2026-11-26T12:00:00Z"
    assert (told["issuer"]["id"], told["issuer"]["type"]) == ("https://example.org", ["Profile"])


def test_it_names_the_person_as_they_wish_and_tells_no_id_no_address_and_no_word_of_theirs() -> None:
    told = part(SIGNED, 1)
    (who,) = told["credentialSubject"]["identifier"]
    assert (who["identityHash"], who["identityType"], who["hashed"]) == (AWARD.name, "name", False)
    text = json.dumps(told, ensure_ascii=False)
    assert AWARD.learner not in text
    assert "@" not in text.replace("@context", "")
    assert "My own words" not in text
    assert "not an accredited qualification" in text
    assert [each["name"] for each in told["evidence"]] == ["Record of learning", "1. Meeting a stranger"]
    assert "Maryam Al-Khatib on 20 November 2026" in told["evidence"][0]["description"]


def test_the_same_award_has_the_same_id_and_another_learner_s_is_another() -> None:
    later = badge(AWARD, HOUSE, KEY, NOW.replace(year=2027))
    assert part(later, 1)["id"] == part(SIGNED, 1)["id"]
    assert part(badge(replace(AWARD, learner="b" * 32), HOUSE, KEY, NOW), 1)["id"] != part(SIGNED, 1)["id"]


def test_an_organisation_without_an_address_is_known_by_its_key() -> None:
    issuer = part(badge(AWARD, Organisation("St Mary’s, Bow"), KEY, NOW), 1)["issuer"]["id"]
    method, of = issuer.rsplit(":", 1)
    assert method == "did:jwk"
    assert json.loads(urlsafe_b64decode(of + "=" * (-len(of) % 4))) == public_key(KEY)


@pytest.mark.parametrize(
    "unready",
    [
        record([FIRST], everything()),
        record([FIRST], [did(Verb.READ, "why-talk")], "", [SAID]),
        record([], [], "", [SAID]),
    ],
)
def test_there_is_none_before_all_is_done_and_somebody_confirmed_it(unready: Any) -> None:
    with pytest.raises(ValueError, match="somebody has confirmed"):
        badge(replace(AWARD, record=unready), HOUSE, KEY, NOW)


def test_the_picture_holds_the_badge_and_runs_nothing() -> None:
    picture = badge_picture(SIGNED, AWARD.name, "Across difference " * 20, HOUSE.name)
    assert extract_svg(picture, element=SVG_ELEMENT_OB3) == SIGNED
    text = picture.decode()
    assert "নাসরিন &amp; Bo &lt;b&gt;" in text
    assert "<script" not in text
    assert "…" in text

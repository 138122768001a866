"""The badge of a record of learning: an Open Badges 3.0 credential that anybody can check without asking us.

It is a VC-JWT signed with RS256, the one way that every verifier has to know (Open Badges 3.0, 1EdTech 2024, 8.2), by
the organisation's own key, whose public half it carries. An organisation without an address on the web is known by
that key alone (did:jwk).
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from relexp.exchange.learner_print import length, long_day
from relexp.learning.record import Record
from relexp.messages import say

_OURS = UUID("9c3f6a52-61f0-4d4b-8a0e-3f5be0d7c1aa")
# What the BSI and NIST ask of a key that is to be believed beyond 2030.
_BITS, _EXPONENT = 3072, 65537


@dataclass(frozen=True)
class Organisation:
    """Who gives the badge: its name, and its https address if it has one."""

    name: str
    address: str = ""


@dataclass(frozen=True)
class Award:
    """What a badge is for: whose record (`learner` is their id inside, `name` as they wish it), and of which module."""

    record: Record
    learner: str
    name: str
    module_id: str
    module: str


def new_key() -> bytes:
    """A key to sign badges with, as PEM; whoever has it can give badges in the organisation's name."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    return rsa.generate_private_key(_EXPONENT, _BITS).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def public_key(key: bytes) -> dict[str, str]:
    """The public half of a key, as a JWK: what the organisation may put on its web page."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    private = serialization.load_pem_private_key(key, password=None)
    assert isinstance(private, rsa.RSAPrivateKey)
    numbers = private.public_key().public_numbers()
    return {"kty": "RSA", "n": _number(numbers.n), "e": _number(numbers.e)}


def badge(award: Award, organisation: Organisation, key: bytes, now: datetime) -> str:
    """A signed badge, as one line of text. The same award on another day has the same id.

    Raises ValueError while a block of the module is not done, or while nobody has confirmed it.
    """
    from openbadgeslib.ob3 import Achievement, IdentityObject, Issuer, OB3Signer, OpenBadgeCredential, did_jwk_from_jwk

    if award.record.finished is None or not award.record.confirmations:
        raise ValueError("a badge is for a whole module that somebody has confirmed")
    name = str(say("record.badge_name", module=award.module))
    issuer = Issuer(organisation.address or did_jwk_from_jwk(public_key(key)), organisation.name)
    achievement = Achievement(
        id=_urn(f"{issuer.id} {award.module_id}"),
        name=name,
        description=str(say("record.badge_about", independent=say("record.not_accredited"))),
        criteria_narrative=str(say("record.badge_criteria", units=len(award.record.units))),
        achievement_type="Badge",
    )
    credential = OpenBadgeCredential(
        issuer=issuer,
        recipient_id=_urn(award.learner),
        achievement=achievement,
        id=_urn(f"{issuer.id} {award.module_id} {award.learner}"),
        name=name,
        issuance_date=now.replace(microsecond=0),
        # Whose it is, in the words that they chose; no address.
        identifiers=[IdentityObject(award.name, "name", hashed=False)],
        evidence=_evidence(award.record),
    )
    return OB3Signer(key, "RS256").sign(credential)


def _evidence(record: Record) -> list[Any]:
    from openbadgeslib.ob3 import Evidence

    last = record.confirmations[-1]
    told = say("record.badge_hours", taken=length(record.hours.taken), by=last.by, day=long_day(last.day))
    found = [Evidence(name=str(say("record.title")), description=str(told))]
    for unit in record.units:
        assert unit.finished is not None
        title = str(say("record.unit_name", number=unit.number, title=unit.title))
        done = say("record.badge_unit", done=unit.done, day=long_day(unit.finished))
        found.append(Evidence(name=title, description=str(done)))
    return found


def _urn(of: str) -> str:
    return f"urn:uuid:{uuid5(_OURS, of)}"


def _number(value: int) -> str:
    """A whole number as a JWK has it (RFC 7518, 2)."""
    return urlsafe_b64encode(value.to_bytes((value.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()

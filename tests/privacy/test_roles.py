"""An identity travels as text, and nothing else passes for one."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.privacy.roles import Identity, Role

IDENTITIES = st.builds(Identity, st.text(min_size=1), st.sampled_from(Role), st.text())
GOOD = {"id": "a1", "role": "participant", "name": "Amina"}


@given(IDENTITIES)
def test_an_identity_is_the_same_after_its_way_through_text(identity: Identity) -> None:
    text = identity.to_json()
    assert Identity.from_json(text) == identity
    assert text.isascii()
    assert "\n" not in text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        '"a1"',
        "{",
        "[" * 100_000,
        json.dumps({}),
        json.dumps({"id": "a1", "role": "participant"}),
        json.dumps(GOOD | {"more": ""}),
        json.dumps(GOOD | {"id": ""}),
        json.dumps(GOOD | {"id": 1}),
        json.dumps(GOOD | {"name": None}),
        json.dumps(GOOD | {"role": "Participant"}),
        json.dumps(GOOD | {"role": "admin"}),
        json.dumps(GOOD | {"role": ["participant"]}),
    ],
)
def test_a_text_that_is_no_identity_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Identity.from_json(text)


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner)).map(json.dumps))
def test_whatever_arrives_it_is_an_identity_or_a_plain_refusal(text: str) -> None:
    try:
        found = Identity.from_json(text)
    except ValueError:
        return
    assert found.id
    assert found.role in Role


def test_whoever_has_no_name_to_give_needs_none() -> None:
    assert Identity("a1", Role.PARTICIPANT).name == ""

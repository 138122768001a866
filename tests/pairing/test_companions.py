"""Interpreters lend their languages to the person they sit with."""

from __future__ import annotations

import pytest

from relexp.pairing.companions import spoken_languages
from relexp.roster.person import Person, Roster


@pytest.mark.parametrize(
    ("own", "lent", "spoken"),
    [
        ("Welsh; english", (), {"welsh", "english"}),
        ("", (), set()),
        ("welsh", ("welsh; arabic",), {"welsh", "arabic"}),
        ("welsh", ("welsh; arabic", "somali"), {"welsh", "arabic", "somali"}),
        ("welsh", ("welsh",), set()),
        ("welsh", ("",), set()),
        ("welsh", ("arabic", ""), set()),
        ("", ("arabic",), set()),
    ],
)
def test_a_person_speaks_their_own_and_what_their_interpreters_add(
    own: str, lent: tuple[str, ...], spoken: set[str]
) -> None:
    helpers = [
        Person(f"i{number}", "I", interpreter_for="a", values={"languages": listed})
        for number, listed in enumerate(lent)
    ]
    roster = Roster((Person("a", "A", values={"languages": own}), *helpers))
    assert spoken_languages(roster, roster["a"]) == spoken

"""Whom somebody talked with, as far as the two may be told of each other again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from relexp.gathering.asked import Asked
from relexp.gathering.formats import STANDARD
from relexp.gathering.running import Act, Press
from relexp.gathering.tonight import Guest, Tonight
from relexp.pairing.evening import Conversation, Round
from relexp.roster.person import Person
from relexp.weave.tonight import talked_with

NOW = datetime(2026, 11, 5, 19, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ROUNDS = (
    Round(1, (Conversation(("a", "b"), 1, ("i",)), Conversation(("c", "d"), 2))),
    Round(2, (Conversation(("a", "c", "d"), 1),)),
    Round(3, (Conversation(("a", "e"), 1), Conversation(("b", "c"), 2))),
)


def guest(id: str) -> Guest:
    return Guest(Person(id, id.upper(), interpreter_for="b" if id == "i" else None), came=NOW)


def evening(talks: int, *changed: Guest) -> Tonight:
    """An evening in whose round of that number people talk."""
    people = {each.person.id: each for each in (*map(guest, "abcdei"), *changed)}
    presses = [Press.OPEN_DOORS, Press.WELCOME, *[Press.START_ROUND, *[Press.SKIP] * 3] * talks][: 2 + 4 * talks - 2]
    acts = tuple(Act(press, NOW) for press in presses)
    return Tonight("g", 1, "One", Asked(replace(STANDARD, tea=0)), tuple(people.values()), ROUNDS, acts)


def names(tonight: Tonight, who: str) -> str:
    return "".join(each.person.id for each in talked_with(tonight, who, NOW + timedelta(seconds=1)))


def test_everybody_of_the_rounds_that_were_held_is_named_once_and_in_that_order() -> None:
    assert names(evening(1), "a") == "b"
    assert names(evening(2), "a") == "bcd"
    assert names(evening(3), "a") == "bcde"
    assert names(evening(2), "c") == "da"


def test_whoever_interprets_talked_with_nobody() -> None:
    assert names(evening(3), "i") == ""
    assert "i" not in names(evening(3), "b")


def test_who_did_not_come_or_is_not_on_the_plan_any_more_is_left_out() -> None:
    absent, refused = replace(guest("b"), came=None), replace(guest("c"), refused=True)
    assert names(evening(3, absent, refused), "a") == "de"
    assert names(evening(3, absent, refused), "c") == ""
    nobody_checked_in = [replace(guest(id), came=None) for id in "abcde"]
    assert names(evening(3, *nobody_checked_in, replace(guest("i"), came=None)), "a") == "bcde"


def test_nobody_under_18_is_named_to_anybody_and_nobody_to_them() -> None:
    young = [Guest(replace(guest(id).person, under_18=True), came=NOW) for id in "bc"]
    assert names(evening(3, *young), "a") == "de"
    assert names(evening(3, *young), "b") == ""
    assert names(evening(3, *young), "c") == ""


def test_somebody_who_is_not_on_the_list_talked_with_nobody() -> None:
    assert names(evening(3), "z") == ""

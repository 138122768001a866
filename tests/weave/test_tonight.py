"""What was woven at an evening that is on: only what really happened, and never what the sheet keeps private."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from relexp.gathering.asked import Asked
from relexp.gathering.formats import STANDARD
from relexp.gathering.running import Act, Press
from relexp.gathering.tonight import Guest, Tonight
from relexp.pairing.evening import Conversation, Round
from relexp.roster.person import Person
from relexp.weave.tonight import rounds_held, woven

NOW = datetime(2026, 3, 6, 19, tzinfo=UTC)
PEOPLE = tuple(Person(f"p{at}", f"Person {at}", "AB"[at % 2]) for at in range(6))
ROUNDS = tuple(
    Round(number, tuple(Conversation((f"p{at}", f"p{(at + 2 * number - 1) % 6}"), 1 + at // 2) for at in (0, 2, 4)))
    for number in (1, 2)
)
EVERYBODY = tuple(Guest(person, NOW) for person in PEOPLE)


def after(*presses, people=EVERYBODY, asked=None):
    acts = tuple(Act(press, NOW) for press in (Press.OPEN_DOORS, Press.WELCOME, *presses))
    return Tonight("spring", 1, "Spring", asked or Asked(STANDARD), people, ROUNDS, acts)


TALK = (Press.START_ROUND, Press.SKIP)


@pytest.mark.parametrize(
    ("presses", "held"),
    [
        ((), 0),
        ((Press.START_ROUND,), 0),
        (TALK, 1),
        ((*TALK, Press.SKIP), 1),
        ((*TALK, Press.SKIP, Press.SKIP, *TALK), 2),
    ],
)
def test_a_round_is_woven_once_people_talk_in_it(presses, held):
    evening = after(*presses)
    assert rounds_held(evening.running(NOW)) == held
    found = woven(evening, NOW, NOW.date())
    assert (len(found.cloth.rows) if found else 0) == held
    assert (found is None) == (held == 0)


def test_whoever_did_not_come_wove_nothing():
    absent = (Guest(PEOPLE[0]), *EVERYBODY[1:])
    found = woven(after(*TALK, people=absent), NOW, NOW.date())
    assert "p0" not in found.web.people
    assert {tie.pair for tie in found.web.ties} == {("p2", "p3"), ("p4", "p5")}
    assert (len(found.web.people), found.people) == (5, 4), "one was there and had nobody to talk with"


def test_on_paper_where_nobody_was_checked_in_everybody_came():
    paper = tuple(Guest(person) for person in PEOPLE)
    assert woven(after(*TALK, people=paper), NOW, NOW.date()).web == woven(after(*TALK), NOW, NOW.date()).web


def test_what_the_sheet_keeps_private_is_told_of_nobody():
    private = after(*TALK, asked=replace(Asked(STANDARD), private=frozenset({"organisation"})))
    found = woven(private, NOW, NOW.date())
    assert "A" not in str(found.web.people)
    assert (found.crossing.index, found.by_chance) == (None, None)


def test_what_chance_would_have_given_stands_beside_what_was():
    found = woven(after(*TALK, Press.SKIP, Press.SKIP, *TALK), NOW + timedelta(hours=1), NOW.date())
    # of three and three, three in five of all pairs are of two groups
    assert found.by_chance == round(0.6 * len(found.web.first))
    assert found.crossing.between == len(found.web.first)

"""What is kept of a gathering that was held: numbers that nobody is in, and codes of those who agreed."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import networkx
from hypothesis import given
from hypothesis import strategies as st

from relexp.gathering.asked import Asked
from relexp.gathering.formats import STANDARD
from relexp.gathering.running import Act, Press
from relexp.gathering.tonight import Guest, Tonight
from relexp.pairing.evening import Conversation, Round
from relexp.roster.person import Person
from relexp.weave.held import Held, held, remembered
from relexp.weave.tonight import web_of
from tests.weave.webs import webs

NOW = datetime(2026, 3, 6, 19, tzinfo=UTC)
WARDS = ("North", "South", "")
PEOPLE = tuple(
    Person(f"p{at}", f"Person {at}", "AABBC"[at % 5], values={"ward": WARDS[at % 3], "faith": "Jain", "side": "host"})
    for at in range(9)
)
ROUNDS = (
    Round(1, (Conversation(("p0", "p5"), 1), Conversation(("p1", "p2"), 2), Conversation(("p3", "p4", "p6"), 3))),
    Round(2, (Conversation(("p0", "p2"), 1), Conversation(("p7", "p8"), 2))),
    Round(3, (Conversation(("p0", "p8"), 1),)),
)
TWO_ROUNDS = (
    *(Press.OPEN_DOORS, Press.WELCOME, Press.START_ROUND, Press.SKIP, Press.SKIP, Press.SKIP),
    *(Press.START_ROUND, Press.SKIP, Press.CLOSE),
)


def evening(presses=TWO_ROUNDS):
    asked = Asked(STANDARD, columns={"ward": "Which ward?", "faith": "Faith"}, private=frozenset({"faith"}))
    guests = tuple(Guest(person, NOW) for person in PEOPLE)
    return Tonight("g1", 1, "Spring", asked, guests, ROUNDS, tuple(Act(press, NOW) for press in presses))


def test_an_evening_in_numbers_is_what_was_really_held():
    found = held(evening(), NOW, NOW.date())
    assert (found.people, found.pairs) == (9, 7)
    # the organisations are A A B B C A A B B
    assert [(round.number, round.talks, round.across) for round in found.rounds] == [(1, 3, 2), (2, 2, 1)]
    assert [each.column for each in found.crossings] == ["organisation", "ward"]
    assert found.headers == {"organisation": "organisation", "ward": "Which ward?"}
    graph = networkx.Graph()
    graph.add_edges_from(
        [("p0", "p5"), ("p1", "p2"), ("p3", "p4"), ("p3", "p6"), ("p4", "p6"), ("p0", "p2"), ("p7", "p8")]
    )
    organisation = {person.id: person.organisation for person in PEOPLE}
    crossing = {frozenset((organisation[one], organisation[other])) for one, other in graph.edges} - {
        frozenset(each) for each in "ABC"
    }
    assert (found.linked, found.possible) == (len(crossing), 3)
    within = sum(organisation[one] == organisation[other] for one, other in graph.edges)
    assert (found.crossings[0].within, found.crossings[0].between) == (within, 7 - within)


def test_nobody_and_nothing_private_is_in_the_numbers():
    text = json.dumps(held(evening(), NOW, NOW.date()).to_plain())
    assert not [word for word in ("Person", "p0", "Jain", "faith", "host", "North") if word in text]


def test_where_nobody_talked_there_is_nothing_to_keep():
    assert held(evening(TWO_ROUNDS[:3]), NOW, NOW.date()) is None


def test_the_numbers_come_back_as_they_were():
    found = held(evening(), NOW, NOW.date())
    shape = json.loads(json.dumps(found.to_plain()))
    assert Held.from_plain("g1", "Spring", NOW.date(), shape) == found


def test_numbers_without_a_known_organisation_come_back_too():
    asked = Asked(STANDARD, private=frozenset({"organisation", "ward", "faith"}))
    found = held(Tonight("g1", 1, "Spring", asked, evening().people, ROUNDS, evening().acts), NOW, NOW.date())
    assert found.crossings == ()
    assert Held.from_plain("g1", "Spring", NOW.date(), json.loads(json.dumps(found.to_plain()))) == found


@given(webs(), st.data())
def test_only_those_who_agreed_are_remembered_and_only_by_code(web, data):
    agreed = data.draw(st.sets(st.sampled_from([*web.people, "somebody else"])))
    found = remembered(web, agreed, lambda id: f"code of {id}")
    assert {*found.people} == {f"code of {id}" for id in agreed & {*web.people}}
    assert len(found.ties) == sum({tie.one, tie.other} <= agreed for tie in web.ties)
    assert all(found.people[f"code of {id}"] == web.people[id] for id in agreed if id in web.people)


def test_the_web_tells_where_people_came_from_and_by_what_they_were_put_together():
    web = web_of(evening(), NOW, NOW.date())
    assert web.people["p1"] == {"organisation": "A", "ward": "South"}

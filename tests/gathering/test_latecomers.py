"""Spare cards: any number of latecomers who take them in order meet nobody twice and crowd no table."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relexp.gathering.latecomers import spare_cards
from relexp.pairing import Conversation, Evening, Impossible, Round
from relexp.pairing.plan import plan
from relexp.pairing.seating import quiet_tables
from relexp.roster.person import Person, Roster
from relexp.roster.rule_check import default_rules
from tests.property.rooms import room

PEOPLE = tuple(Person(f"p{number}", f"Person {number}") for number in range(8))


def evening(*pairs: tuple[int, int], trio: tuple[int, ...] = ()) -> Evening:
    talks = [Conversation((f"p{one}", f"p{other}"), table) for table, (one, other) in enumerate(pairs, 1)]
    if trio:
        talks.append(Conversation(tuple(f"p{number}" for number in trio), len(talks) + 1))
    return Evening((Round(1, tuple(talks)),), {person.id: person.name for person in PEOPLE})


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), after=st.integers(0, 2))
def test_latecomers_who_take_the_cards_in_order_meet_nobody_twice_and_crowd_no_table(seed, after):
    roster, rules = room(seed, 2, 40)
    try:
        planned = plan(roster, rules, least_bad=True)
    except Impossible:
        return
    quiet = quiet_tables(roster, rules)
    cards = spare_cards(planned, roster, quiet=quiet, after=after)
    assert [card.number for card in cards] == list(range(1, len(cards) + 1))
    seated = {(round.number, talk.table): list(talk.people) for round in planned.rounds for talk in round.conversations}
    met = Counter(pair for pair in planned.pairs())
    again = sum(met[pair] > 1 for pair in met)
    for card in cards:
        late = f"late {card.number}"
        partners = []
        assert min(card.joins) > after
        assert len(card.joins) * 2 >= len(planned.rounds) - after
        for number, talk in card.joins.items():
            there = seated[number, talk.table]
            assert there == list(talk.people)  # the table is as the card says: nobody has joined it before
            partners += there
            there.append(late)
            assert len(there) == 3
            # Protected whoever the latecomer is: their age is that of both others.
            assert {roster[id].under_18 for id in talk.people} == {card.under_18}
            assert talk.table not in quiet
            assert not talk.interpreters
            assert not any(roster[id].women_only or roster[id].quiet for id in talk.people)
        assert len(partners) == len(set(partners))
    # Nobody who was there before has met anybody twice because of it.
    now = Counter(pair for people in seated.values() for pair in _pairs(people))
    assert sum(count > 1 for count in now.values()) == again


def _pairs(people: list[str]) -> list[tuple[str, str]]:
    ordered = sorted(people)
    return [(one, other) for place, one in enumerate(ordered) for other in ordered[place + 1 :]]


def test_a_room_of_54_has_cards_for_nine_in_every_round():
    roster = Roster(tuple(Person(f"p{number}", f"Person {number}") for number in range(54)))
    cards = spare_cards(plan(roster, default_rules(roster, rounds=5)), roster)
    assert [len(card.joins) for card in cards] == [5] * 9
    trios = Counter(id for card in cards for talk in card.joins.values() for id in talk.people)
    # 9 cards x 5 rounds x 2 people = 90 seats in trios for 54 people.
    assert max(trios.values()) <= 2 + 1


def test_those_who_sat_in_a_trio_are_the_last_to_sit_in_another():
    cards = spare_cards(evening((0, 1), (2, 3), trio=(4, 5, 6)), Roster(PEOPLE))
    assert [talk.people for card in cards for talk in card.joins.values()] == [("p0", "p1"), ("p2", "p3")]


def test_a_grown_up_never_joins_young_people_who_have_cards_of_their_own():
    people = tuple(replace(person, under_18=person.id in ("p2", "p3")) for person in PEOPLE)
    cards = spare_cards(evening((0, 1), (2, 3), (4, 5)), Roster(people))
    assert [(card.under_18, card.joins[1].table) for card in cards] == [(False, 1), (True, 2)]


@pytest.mark.parametrize(
    "changed",
    [
        {"quiet": True},
        {"women_only": True},
        {"languages": frozenset({"welsh"})},
    ],
)
def test_a_table_where_not_anybody_can_sit_is_left_alone(changed):
    spoken = [replace(person, languages=frozenset({"english"})) for person in PEOPLE]
    people = (replace(spoken[0], **changed), *spoken[1:])
    cards = spare_cards(evening((0, 1), (2, 3)), Roster(people))
    assert [card.joins[1].table for card in cards] == [2]


def test_a_quiet_table_stays_as_quiet_as_it_was():
    cards = spare_cards(evening((0, 1), (2, 3)), Roster(PEOPLE), quiet=(1,))
    assert [card.joins[1].table for card in cards] == [2]


def test_a_room_of_three_has_no_spare_card():
    roster = Roster(PEOPLE[:3])
    alone = Evening((Round(1, (Conversation(("p0", "p1", "p2"), 1),)),), {person.id: person.name for person in roster})
    assert spare_cards(alone, roster) == ()


def test_where_nobody_knows_who_is_under_18_there_is_no_spare_card():
    assert spare_cards(evening((0, 1), (2, 3))) == ()
    assert spare_cards(evening((0, 1)), Roster(PEOPLE[2:])) == ()


def test_when_the_evening_is_over_there_is_no_spare_card():
    assert spare_cards(evening((0, 1)), Roster(PEOPLE), after=1) == ()

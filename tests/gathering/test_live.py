"""From who is here to who sits where: nobody meets twice, what has begun stays, and the young are never alone with an adult."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relexp.gathering.asked import Asked
from relexp.gathering.formats import FORMATS
from relexp.gathering.live import (
    Change,
    Unplanned,
    alone,
    enough,
    lacking_interpreter,
    propose,
    roster_of,
    rules_of,
    unplanned,
)
from relexp.gathering.running import Act, Press
from relexp.gathering.tonight import Guest, Tonight
from relexp.pairing.evening import Conversation, Round
from relexp.pairing.plan import plan
from relexp.pairing.verify import verify
from relexp.roster.mix import mix
from relexp.roster.person import Person, Roster
from relexp.roster.rule_check import default_rules
from relexp.roster.rules import Pin
from tests.property.rooms import room
from tests.property.test_evenings import NEVER

EIGHT = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)
# Rounds of one minute, and no tea: a round that was started is over two minutes later.
QUICK = replace(FORMATS[0], key="own", prompt=0, talk=1, harvest=0, tea=0)
GROUPS = ("St Luke's", "Zainabiya Centre", "UNISON")


def at(minute: float) -> datetime:
    return EIGHT + timedelta(minutes=minute)


def person(number: int, **more: object) -> Person:
    group = GROUPS[number % len(GROUPS)]
    return Person(f"p{number}", f"Person {number}", group, values={"organisation": group}, **more)


def gathering(people: list[Person], here: int, rounds: int = 3, *, planned: bool = True, **asked: object) -> Tonight:
    """So many of them are here, all are planned, the doors are open."""
    roster = Roster(tuple(people), {"organisation": "Came with"})
    told = {"rules": {"rounds": rounds}, "columns": {"organisation": "Came with"}, "format": QUICK, **asked}
    guests = tuple(Guest(each, at(place) if place < here else None) for place, each in enumerate(people))
    evening = plan(roster, default_rules(roster, rounds), least_bad=True).rounds if planned else ()
    return Tonight("g", 1, "Spring", Asked(**told), guests, evening, (Act(Press.OPEN_DOORS, EIGHT),))


def began(tonight: Tonight, rounds: int) -> tuple[Tonight, datetime]:
    """The same when so many rounds are over, and the time it is then."""
    starts = [Act(Press.START_ROUND, at(60 + 3 * number)) for number in range(rounds)]
    acts = (*tonight.acts, Act(Press.WELCOME, at(50)), *starts)
    return replace(tonight, acts=acts), at(60 + 3 * rounds)


def with_guests(tonight: Tonight, **changed: dict[str, object]) -> Tonight:
    people = (replace(guest, **changed.get(guest.person.id, {})) for guest in tonight.people)
    return replace(tonight, people=tuple(people))


def left(tonight: Tonight, *ids: str) -> Tonight:
    return with_guests(tonight, **{id: {"went": at(70)} for id in ids})


def seated(rounds: tuple[Round, ...]) -> set[str]:
    talks = (talk for round in rounds for talk in round.conversations)
    return {id for talk in talks for id in (*talk.people, *talk.interpreters)} | {
        id for round in rounds for id in round.resting
    }


PEOPLE = [person(number) for number in range(12)]


def test_before_the_first_round_it_is_planned_from_those_who_came():
    tonight = gathering(PEOPLE, here=9)
    assert unplanned(tonight, at(10)) == Unplanned(0, (), ("p9", "p10", "p11"))
    proposal = propose(tonight, at(10))
    assert proposal.afresh
    assert proposal.changes == ()
    assert seated(proposal.evening.rounds) == {f"p{number}" for number in range(9)}
    assert len(proposal.evening.rounds) == 3
    assert verify(proposal.roster, proposal.rules, proposal.evening) == ()
    now = replace(tonight, rounds=proposal.evening.rounds)
    assert not unplanned(now, at(10))


def test_it_can_be_planned_where_nothing_was_planned_before():
    tonight = gathering(PEOPLE, here=12, planned=False)
    assert unplanned(tonight, at(1)).came == tuple(each.id for each in PEOPLE)
    assert seated(propose(tonight, at(1)).evening.rounds) == {each.id for each in PEOPLE}


def test_once_people_were_told_their_tables_as_little_changes_as_can_be():
    tonight, now = began(gathering(PEOPLE, here=12), 0)
    tonight = left(tonight, "p3")
    proposal = propose(tonight, now)
    assert not proposal.afresh
    assert proposal.after == 0
    assert proposal.unplanned == Unplanned(0, (), ("p3",))
    assert {change.person_id for change in proposal.changes} < {each.id for each in PEOPLE} - {"p3"}


def test_a_latecomer_and_a_leaver_change_only_what_is_to_come_and_it_says_for_whom():
    tonight, now = began(gathering(PEOPLE, here=12, rounds=4), 2)
    tonight = left(tonight, "p3", "p4")
    late = Guest(person(12), at(66))
    tonight = replace(tonight, people=(*tonight.people, late))
    proposal = propose(tonight, now)
    before, after = tonight.rounds, proposal.evening.rounds
    assert proposal.unplanned == Unplanned(2, ("p12",), ("p3", "p4"))
    assert after[:2] == before[:2]
    assert seated(after[2:]) == {f"p{number}" for number in range(13)} - {"p3", "p4"}
    assert proposal.rules.present == {"p3": {1, 2}, "p4": {1, 2}, "p12": {3, 4}}
    for change in proposal.changes:
        assert set(change.rounds) <= {3, 4}
    told = {change.person_id: change.rounds for change in proposal.changes}
    for number in (3, 4):
        was, now_there = (
            {id: (talk.table, set(talk.people)) for talk in rounds[number - 1].conversations for id in talk.people}
            for rounds in (before, after)
        )
        for id in was.keys() & now_there.keys():
            assert (number in told.get(id, ())) == (was[id] != now_there[id])


def test_a_round_that_runs_is_not_touched():
    tonight, now = began(gathering(PEOPLE, here=12), 1)
    running = now - timedelta(minutes=2.5)
    assert tonight.scene(running).seats == tonight.rounds[0]
    proposal = propose(left(tonight, "p0"), running)
    assert proposal.after == 1
    assert proposal.evening.rounds[0] == tonight.rounds[0]


def test_after_the_last_round_nothing_is_left_to_plan():
    tonight, now = began(gathering(PEOPLE, here=12), 3)
    assert not unplanned(left(tonight, "p0"), now)
    assert propose(left(tonight, "p0"), now).evening.rounds == tonight.rounds


def test_where_nobody_came_or_went_nothing_changes():
    tonight, now = began(gathering(PEOPLE, here=12), 1)
    assert not unplanned(tonight, now)
    assert propose(tonight, now).changes == ()
    assert propose(tonight, now).evening.rounds == tonight.rounds


def test_it_holds_until_something_is_pressed_or_somebody_comes_or_goes():
    tonight, now = began(gathering(PEOPLE, here=12), 1)
    proposal = propose(tonight, now)
    assert proposal.holds(replace(tonight, changed=99))
    assert not proposal.holds(left(tonight, "p1"))
    assert not proposal.holds(replace(tonight, acts=(*tonight.acts, Act(Press.PAUSE, now))))


def test_an_interpreter_has_a_place_only_beside_their_person():
    people = [*PEOPLE[:6], person(6, interpreter_for="p0")]
    tonight = gathering(people, here=7)
    assert not unplanned(tonight, at(9))
    without = with_guests(tonight, p0={"came": None})
    assert unplanned(without, at(9)).came == ()
    proposal = propose(without, at(9))
    assert "p6" not in seated(proposal.evening.rounds)
    assert not unplanned(replace(without, rounds=proposal.evening.rounds), at(9))


def test_whoever_came_without_their_interpreter_is_told():
    people = [*PEOPLE[:3], person(3, interpreter_for="p0"), person(4, interpreter_for="p0")]
    tonight = gathering(people, here=3)
    assert lacking_interpreter(tonight) == ("p0",)
    assert lacking_interpreter(with_guests(tonight, p4={"came": EIGHT})) == ()
    assert lacking_interpreter(with_guests(tonight, p0={"came": None})) == ()


def test_two_are_enough_and_an_interpreter_is_not_one_of_them():
    people = [*PEOPLE[:3], person(3, interpreter_for="p0")]
    tonight = gathering(people, here=1)
    assert not enough(tonight)
    assert not enough(with_guests(tonight, p3={"came": EIGHT}))
    assert enough(with_guests(tonight, p1={"came": EIGHT}))


def test_where_the_rules_cannot_hold_it_plans_what_comes_nearest_and_says_so():
    proposal = propose(gathering(PEOPLE, here=3), at(5))
    assert proposal.evening.report["feasible"] is False
    assert proposal.evening.report["reasons"]
    assert seated(proposal.evening.rounds) == {"p0", "p1", "p2"}


def test_who_is_kept_apart_or_met_before_does_not_meet():
    apart, met = [("p1", "p0"), ("p0", "gone")], [("p2", "p0")]
    evening = propose(
        gathering(PEOPLE[:6], here=6, planned=False, rules={"rounds": 2}), at(1), apart=apart, met=met
    ).evening
    assert not {("p0", "p1"), ("p0", "p2")} & set(evening.pairs())


def test_a_wish_for_somebody_who_is_not_here_is_void():
    pins = [{"round": 1, "people": ["p0", "p1"]}, {"round": 2, "people": ["p2", "p3"]}]
    tonight = gathering(PEOPLE, here=12, rules={"rounds": 3, "pin": pins})
    proposal = propose(with_guests(tonight, p0={"came": None}), at(9))
    assert proposal.rules.pins == (Pin(2, ("p2", "p3")),)
    assert ("p2", "p3") in {pair for talk in proposal.evening.rounds[1].conversations for pair in talk.pairs()}


def test_whoever_walks_in_where_hosts_receive_guests_is_a_guest_unless_they_said_otherwise():
    def on_side(number: int) -> Person:
        side = "host" if number % 2 else "guest"
        return replace(person(number), side=side, values={"organisation": "", "side": side})

    people = [on_side(number) for number in range(8)]
    sides = {"column": "side", "hosts": "host", "guests": "guest"}
    columns = {"organisation": "Came with", "side": "Side"}
    tonight = gathering(people, here=8, rules={"rounds": 2, "sides": sides}, columns=columns, planned=False)
    tonight = replace(tonight, people=(*tonight.people[1:], Guest(person(20), at(8))))
    proposal = propose(tonight, at(9))
    assert proposal.rules.sides is not None
    for pair in proposal.evening.pairs():
        assert {proposal.roster[id].values["side"] for id in pair} == {"host", "guest"}


def test_what_no_longer_fits_the_people_is_left_out_and_the_rest_stays():
    raw = {"rounds": 2, "share": {"nowhere": {}}, "odd": "rest"}
    tonight = gathering(PEOPLE, here=12, rules=raw)
    rules = rules_of(tonight, roster_of(tonight))
    assert (rules.rounds, rules.odd, rules.share) == (2, "rest", ())


def test_people_who_contradict_each_other_are_planned_for_all_the_same():
    people = [replace(each, fixed_seat=4) if each.id in ("p0", "p1") else each for each in PEOPLE]
    tonight = gathering(people, here=12, planned=False, rules={"rounds": 2, "share": {"nowhere": {}}})
    rules = rules_of(tonight, roster_of(tonight), apart=[("p3", "p2")])
    assert (rules.rounds, rules.keep_apart) == (2, {("p2", "p3")})
    assert [each.column for each in rules.across] == ["organisation"]
    assert seated(propose(tonight, at(2)).evening.rounds) == {each.id for each in PEOPLE}


def test_the_mix_is_that_of_those_who_are_here():
    tonight = gathering(PEOPLE, here=4)
    roster = roster_of(tonight, here=True)
    assert mix(roster, rules_of(tonight, roster)).people == 4


def test_without_the_headings_of_the_sheet_its_columns_are_called_by_their_keys():
    assert roster_of(gathering(PEOPLE, here=4, columns={})).columns == {"organisation": "organisation"}


def test_a_round_that_nobody_attends_any_more_is_still_a_round():
    tonight, now = began(gathering(PEOPLE[:4], here=4), 1)
    tonight = replace(tonight, rounds=(tonight.rounds[0], tonight.rounds[2]))
    assert [round.number for round in propose(tonight, now).evening.rounds] == [1, 2, 3]


def test_somebody_who_was_forgotten_leaves_a_gap_and_nothing_breaks():
    tonight, now = began(gathering(PEOPLE, here=12), 1)
    rounds = tuple(
        Round(
            round.number,
            tuple(
                Conversation(tuple(id for id in talk.people if id != "p0"), talk.table) for talk in round.conversations
            ),
        )
        for round in tonight.rounds
    )
    tonight = replace(tonight, people=tonight.people[1:], rounds=rounds)
    proposal = propose(tonight, now)
    assert proposal.evening.rounds[0] == rounds[0]
    assert all(len(talk.people) > 1 for round in proposal.evening.rounds[1:] for talk in round.conversations)


def test_whoever_sits_with_an_interpreter_is_told_when_the_interpreter_changes():
    people = [*PEOPLE[:4], person(4, interpreter_for="p0"), person(5, interpreter_for="p0")]
    tonight, now = began(gathering(people, here=5, rounds=2), 0)
    tonight = replace(tonight, rounds=propose(tonight, now).evening.rounds)
    proposal = propose(with_guests(tonight, p5={"came": at(61)}), at(62))
    assert {change.person_id for change in proposal.changes} >= {"p0", "p4"}
    assert all(isinstance(change, Change) for change in proposal.changes)


@pytest.mark.no_cover
@settings(max_examples=6)
@given(seed=st.integers(0, 10**6))
def test_whoever_comes_and_goes_nobody_meets_twice_what_began_stays_and_the_young_are_safe(seed):
    dice = np.random.default_rng(seed)
    roster, rules = room(seed, 4, 16)
    apart = tuple(rules.keep_apart)
    asked = Asked(format=QUICK, rules={"rounds": rules.rounds}, columns=roster.columns, private=roster.private)
    guests = tuple(Guest(each, EIGHT if dice.random() < 0.7 else None) for each in roster)
    tonight = Tonight("g", 1, "", asked, guests, (), (Act(Press.OPEN_DOORS, EIGHT),))
    now = EIGHT
    for number in range(rules.rounds + 1):
        now = at(3 * number + 1)
        proposal = propose(tonight, now, apart=apart)
        assert proposal.after == number
        assert proposal.evening.rounds[:number] == tonight.rounds[:number]
        keeps(proposal)
        tonight = replace(tonight, rounds=proposal.evening.rounds)
        assert not unplanned(tonight, now)
        acts = (*tonight.acts, Act(Press.START_ROUND, now))
        # Some come, some leave, and some come again.
        people = tuple(comes_or_goes(guest, dice, now) for guest in tonight.people)
        tonight = replace(tonight, acts=acts, people=people)


def comes_or_goes(guest: Guest, dice: np.random.Generator, now: datetime) -> Guest:
    if dice.random() > 0.15:
        return guest
    if guest.here:
        return replace(guest, went=now)
    return replace(guest, came=guest.came or now, went=None)


def keeps(proposal) -> None:
    """What every evening keeps, whoever comes and goes."""
    found = [message.code for message in verify(proposal.roster, proposal.rules, proposal.evening)]
    # That nobody interprets is for whoever leads to mend.
    assert not (NEVER - {"verify.interpreter_nobody"}) & set(found), found
    for round in proposal.evening.rounds:
        for talk in round.conversations:
            young = [proposal.roster[id].under_18 for id in talk.people]
            assert len(young) != 2 or young[0] == young[1]
    if proposal.evening.report["feasible"]:
        met = Counter(proposal.evening.pairs())
        to_come = proposal.evening.rounds[proposal.after :]
        assert all(met[pair] == 1 for round in to_come for talk in round.conversations for pair in talk.pairs())


@pytest.mark.parametrize("here", [0, 1])
def test_with_nobody_to_talk_to_there_is_nothing_to_plan_and_nothing_breaks(here):
    proposal = propose(gathering(PEOPLE, here=here), at(1))
    assert all(round.conversations == () for round in proposal.evening.rounds)


@pytest.mark.parametrize(
    ("needs", "unsafe"),
    [
        ([{"under_18": True}, {}], [0]),
        ([{"under_18": True, "responsible_adult": "q1"}, {}], [0]),
        ([{"under_18": True, "responsible_adult": "q1"}, {}, {}], []),
        ([{"under_18": True, "responsible_adult": "elsewhere"}, {}, {}], [0]),
        ([{"under_18": True}, {"under_18": True}], []),
        ([{"under_18": True}, {"under_18": True}, {}], []),
        ([{"women_only": True, "gender": "woman"}, {}], [0]),
        ([{"women_only": True, "gender": "woman"}, {"gender": "female"}], []),
        ([{"women_only": True, "gender": "woman"}, {"women_only": True, "gender": "woman"}, {"gender": "man"}], [0, 1]),
        ([{}, {}], []),
    ],
)
def test_what_is_said_at_the_door_is_held_against_the_tables_to_come(needs, unsafe) -> None:
    now = datetime(2026, 11, 26, 19, tzinfo=UTC)
    there = [Person(f"q{at}", f"Q{at}", **need) for at, need in enumerate(needs)]
    talk = Conversation(tuple(person.id for person in there), 1)
    evening = Tonight("x", 1, "x", Asked(), tuple(Guest(person, now) for person in there), (Round(1, (talk,)),), ())
    found = unplanned(evening, now)
    assert found.unsafe == tuple(f"q{at}" for at in unsafe)
    assert bool(found) is bool(unsafe)


YOUNG = {"under_18": True, "responsible_adult": "q1"}


@pytest.mark.parametrize(
    ("needs", "gone", "unsafe"),
    [
        ([YOUNG, {}, {}], "q1", ("q0",)),
        ([YOUNG, {}, {}], "q2", ("q0",)),
        ([YOUNG, {}, {}], "q0", ()),
        ([{"under_18": True}, {"under_18": True}, {}], "q1", ("q0",)),
        ([{"under_18": True}, {"under_18": True}, {}], "q2", ()),
        ([{"women_only": True, "gender": "woman"}, {"gender": "woman"}], "q1", ()),
    ],
)
def test_an_empty_chair_protects_nobody(needs, gone, unsafe) -> None:
    """Of a child, their adult and one more, the adult leaves: the child would be alone with the other."""
    now = datetime(2026, 11, 26, 19, tzinfo=UTC)
    there = [Person(f"q{at}", f"Q{at}", **need) for at, need in enumerate(needs)]
    talk = Conversation(tuple(person.id for person in there), 1)
    guests = tuple(Guest(person, now, now if person.id == gone else None) for person in there)
    for acts in ((), (Act(Press.OPEN_DOORS, now), Act(Press.WELCOME, now))):
        found = unplanned(Tonight("x", 1, "x", Asked(), guests, (Round(1, (talk,)),), acts), now)
        assert found.unsafe == unsafe


def test_whoever_may_still_come_protects_until_people_have_been_welcomed() -> None:
    now = datetime(2026, 11, 26, 19, tzinfo=UTC)
    there = [Person("q0", "Q0", **YOUNG), Person("q1", "Q1"), Person("q2", "Q2")]
    guests = (Guest(there[0], now), Guest(there[1]), Guest(there[2], now))
    evening = Tonight("x", 1, "x", Asked(), guests, (Round(1, (Conversation(("q0", "q1", "q2"), 1),)),), ())
    assert unplanned(evening, now).unsafe == ()
    welcomed = replace(evening, acts=(Act(Press.OPEN_DOORS, now), Act(Press.WELCOME, now)))
    assert unplanned(welcomed, now).unsafe == ("q0",)


def test_who_took_back_to_be_on_the_plan_is_planned_for_no_more_and_is_not_said_to_be_away() -> None:
    now = datetime(2026, 11, 26, 19, tzinfo=UTC)
    guests = [Guest(Person(f"q{at}", f"Q{at}"), now) for at in range(4)]
    guests[3] = replace(guests[3], refused=now)
    talks = (Conversation(("q0", "q1"), 1), Conversation(("q2", "q3"), 2))
    evening = Tonight("x", 1, "x", Asked(), tuple(guests), (Round(1, talks),), ())
    found = unplanned(evening, now)
    assert (found.came, found.away, found.off, bool(found)) == ((), (), ("q3",), True)
    proposal = propose(evening, now)
    assert proposal.here == {"q0", "q1", "q2"}
    assert not any("q3" in talk.people for round in proposal.evening.rounds for talk in round.conversations)


def test_until_anybody_knows_their_table_the_whole_evening_is_planned_anew() -> None:
    now = datetime(2026, 11, 26, 19, tzinfo=UTC)
    people = [Person(f"q{at}", f"Q{at}", f"Group {at % 2}") for at in range(6)]
    talks = tuple(Conversation((f"q{at}", f"q{at + 1}"), at + 1) for at in (0, 2, 4))
    acts = (Act(Press.OPEN_DOORS, now), Act(Press.WELCOME, now))
    guests = tuple(Guest(person, now) for person in people)
    away = (*guests[:5], Guest(people[5]))
    assert propose(Tonight("x", 1, "x", Asked(), away, (Round(1, talks),), acts), now).afresh
    later = (*guests, Guest(Person("late", "Late"), now + timedelta(minutes=1)))
    found = propose(Tonight("x", 1, "x", Asked(), later, (Round(1, talks),), acts), now + timedelta(minutes=2))
    assert not found.afresh


def test_whoever_sits_by_themselves_in_the_round_that_runs_is_named_with_their_table():
    tonight = gathering(PEOPLE, here=12)
    running = replace(tonight, acts=(*tonight.acts, Act(Press.WELCOME, at(50)), Act(Press.START_ROUND, at(60))))
    now = at(60.5)
    assert alone(running, now) == ()
    talk = next(talk for talk in running.rounds[0].conversations if len(talk.people) == 2)
    gone, stays = talk.people
    assert alone(with_guests(running, **{gone: {"went": at(60.2)}}), now) == ((running.names[stays], talk.table),)
    # in the welcome, and where too few are here for any talk, nobody is told to move
    assert alone(with_guests(tonight, **{gone: {"went": at(40)}}), at(45)) == ()
    assert alone(left(running, *(f"p{number}" for number in range(1, 12))), at(71)) == ()

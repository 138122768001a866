"""The evening changed by hand: judged before it is made, by figures and rules that the re-check finds too."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from relexp.pairing.by_hand import Change, Join, Judged, Keep, LetGo, Refused, Seat, Swap, judge, suggest
from relexp.pairing.evening import Evening
from relexp.pairing.hand_words import REFUSED, told
from relexp.pairing.plan import plan
from relexp.pairing.steps import Steps
from relexp.pairing.verify import broken, verify
from relexp.roster.person import Roster
from relexp.roster.rules import Across, NeverSame, Repeats, Rules
from tests.pairing.verify_evenings import crowd, reported
from tests.pairing.verify_evenings import evening as seated
from tests.property.rooms import room

TOWN = Across("town", never_same=NeverSame.FEWEST)
FOUR = {"town": ["Bow", "Ely", "Bow", "Ely"]}


def four(**parts: object) -> tuple[Evening, Roster, Rules]:
    """a-b and c-d, then a-c and b-d: a and c come from Bow, b and d from Ely."""
    roster = crowd(4, FOUR)
    rules = Rules(rounds=2, across=(TOWN,), **parts)  # type: ignore[arg-type]
    return reported(roster, rules, seated(roster, ["ab", "cd"], ["ad", "bc"])), roster, rules


def talks(evening: Evening, number: int) -> dict[int, str]:
    return {talk.table: "".join(talk.people) for talk in evening.rounds[number - 1].conversations}


def sentences(judged: Judged) -> list[str]:
    return [str(message) for message in (*judged.price, *judged.broken)]


# Rooms of every kind


def changes(evening: Evening, data: st.DataObject, rules: Rules) -> Change:
    """Any change of an evening, sensible or not."""
    number = data.draw(st.integers(1, len(evening.rounds)))
    people = data.draw(st.permutations(sorted(evening.names)))
    kind = data.draw(st.sampled_from((Swap, Swap, Join, Seat, Keep, LetGo)))
    if kind is Swap or kind is Join:
        return kind(number, people[0], people[1])
    if kind is Seat:
        return Seat(number, people[0], data.draw(st.integers(0, len(people))))
    conversations = evening.rounds[number - 1].conversations
    pins = [pin.people for pin in rules.pins if pin.round == number]
    chosen = data.draw(st.sampled_from([talk.people for talk in conversations] + pins or [tuple(people[:2])]))
    return Keep(number, chosen) if kind is Keep else LetGo(number, chosen)


@lru_cache
def planned(seed: int) -> tuple[Roster, Rules, Evening]:
    """A small room of any kind with its evening; where its rules cannot all hold, the re-check agrees."""
    roster, rules = room(seed, 3, 10)
    evening = plan(roster, rules, least_bad=True)
    sound = verify(roster, rules, evening) == broken(roster, rules, evening)
    return (roster, rules, evening) if sound else planned(seed + 1000)


few = settings(max_examples=60, deadline=None)
SEEDS = st.integers(0, 40)


@few
@given(seed=SEEDS, data=st.data())
def test_a_judged_evening_has_the_figures_and_breaks_the_rules_that_the_re_check_finds(
    seed: int, data: st.DataObject
) -> None:
    roster, rules, evening = planned(seed)
    change = changes(evening, data, rules)
    before = Counter(map(str, verify(roster, rules, evening)))
    try:
        judged = judge(evening, roster, rules, change)
    except Refused:
        return
    found = verify(roster, judged.rules, judged.evening)
    wrong = broken(roster, judged.rules, judged.evening)
    assert found == wrong, "no figure and no bound is wrong"
    assert judged.evening.report["feasible"] is (not wrong)
    fresh = Counter(map(str, wrong)) - before
    assert bool(judged.broken) == bool(fresh)
    assert {message.code for message in judged.broken} == {
        message.code for message in told(message for message in wrong if str(message) in fresh)
    }
    assert not {message.code for message in wrong} & REFUSED - {
        message.code for message in verify(roster, rules, evening)
    }


@few
@given(seed=SEEDS, data=st.data())
def test_nobody_is_lost_or_seated_twice_and_only_the_affected_notice(seed: int, data: st.DataObject) -> None:
    roster, rules, evening = planned(seed)
    try:
        judged = judge(evening, roster, rules, changes(evening, data, rules))
    except Refused:
        return
    for old, new in zip(evening.rounds, judged.evening.rounds, strict=True):
        everybody = [
            sorted((*round.resting, *(id for talk in round.conversations for id in talk.people)))
            for round in (old, new)
        ]
        assert everybody[0] == everybody[1]
        assert all(2 <= len(talk.people) <= 3 for talk in new.conversations)
        noticed = {
            id
            for id in evening.names
            if [talk for talk in old.conversations if id in (*talk.people, *talk.interpreters)]
            != [talk for talk in new.conversations if id in (*talk.people, *talk.interpreters)]
        }
        assert noticed == set(judged.affected.get(old.number, ()))


@few
@given(seed=SEEDS, data=st.data())
def test_changing_places_back_gives_the_same_evening(seed: int, data: st.DataObject) -> None:
    roster, rules, evening = planned(seed)
    number = data.draw(st.integers(1, len(evening.rounds)))
    one, other, *_ = data.draw(st.permutations(sorted(evening.names)))
    try:
        judged = judge(evening, roster, rules, Swap(number, one, other))
    except Refused:
        return
    steps = Steps(evening, roster, rules).do(judged.change).do(Swap(number, other, one))
    assert steps.now.evening == evening


@few
@given(seed=SEEDS, data=st.data())
def test_taking_everything_back_gives_the_start_and_doing_it_again_the_end(seed: int, data: st.DataObject) -> None:
    roster, rules, evening = planned(seed)
    steps = Steps(evening, roster, rules)
    for _ in range(data.draw(st.integers(1, 5))):
        try:
            steps = steps.do(changes(steps.now.evening, data, steps.now.rules))
        except Refused:
            continue
    end = steps
    for _ in range(len(steps.done) + 1):
        steps = steps.undo()
    assert steps.now.evening == evening
    assert steps.now.rules.pins == rules.pins
    for _ in range(len(end.done) + 1):
        steps = steps.redo()
    assert steps == end
    assert steps.now.evening == end.now.evening


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, data=st.data())
def test_what_is_suggested_breaks_nothing_and_nothing_cheaper_was_to_be_had(seed: int, data: st.DataObject) -> None:
    roster, rules, evening = planned(seed)
    number = data.draw(st.integers(1, len(evening.rounds)))
    talking = [id for talk in evening.rounds[number - 1].conversations for id in talk.people]
    if not talking:
        return
    person = data.draw(st.sampled_from(talking))
    found = suggest(evening, roster, rules, person, number, most=20)
    every = []
    for other in evening.names:
        try:
            judged = judge(evening, roster, rules, Swap(number, person, other))
        except Refused:
            continue
        if not judged.broken and roster[other].id not in _asked_to_rest(roster, number):
            every.append(_cost(judged))
    assert [_cost(judged) for judged in found] == sorted(every)


def _asked_to_rest(roster: Roster, number: int) -> set[str]:
    return {person.id for person in roster if number in person.rest}


def _cost(judged: Judged) -> tuple[int, float]:
    report = judged.evening.report
    meetings = sum(found["meetings"] for found in report["same_group"].values())  # type: ignore[attr-defined]
    return meetings, -round(report["total"], 9)  # type: ignore[call-overload]


# What each change does


def test_two_people_change_places_and_their_tables_stay() -> None:
    evening, roster, rules = four()
    judged = judge(evening, roster, rules, Swap(1, "a", "c"))
    assert talks(judged.evening, 1) == {1: "bc", 2: "ad"}
    assert judged.evening.rounds[1] == evening.rounds[1]
    assert judged.affected == {1: ("a", "b", "c", "d")}


def test_the_price_is_said_in_words_with_the_figures_of_a_plain_recount() -> None:
    evening, roster, rules = four(repeats=Repeats.FEWEST)
    judged = judge(evening, roster, rules, Swap(1, "a", "d"))
    assert talks(judged.evening, 1) == {1: "bd", 2: "ac"}
    assert sentences(judged) == [
        "Difference in the room falls by 50.0%.",
        "One more meeting with their own “Town”: A, B, C, D.",
        "The person whose partners are most like them goes from 100 to 50, where 0 is just the same and 100 as different as can be.",
    ]
    back = judge(judged.evening, roster, rules, Swap(1, "a", "d"))
    assert sentences(back) == [
        "Difference in the room rises by 100.0%.",
        "One meeting fewer with their own “Town”: A, B, C, D.",
        "Even the person whose partners are most like them gains: 100 in place of 50, where 100 is as different as can be.",
    ]

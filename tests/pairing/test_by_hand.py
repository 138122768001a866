"""The evening changed by hand: judged before it is made, by figures and rules that the re-check finds too."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relexp.pairing.by_hand import ByHand, Change, Join, Judged, Keep, LetGo, Refused, Seat, Swap, judge, suggest
from relexp.pairing.evening import Conversation, Evening
from relexp.pairing.hand_words import REFUSED, told
from relexp.pairing.plan import plan
from relexp.pairing.steps import Steps
from relexp.pairing.verify import broken, verify
from relexp.roster.person import Person, Roster
from relexp.roster.rules import Across, NeverSame, Odd, Pin, Repeats, Rules, Sides, Tables
from tests.pairing.desk import mixed
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


def test_a_small_price_is_no_rounded_nothing() -> None:
    roster = crowd(400, {"town": ["Bow", "Ely"] * 199 + ["Bow", "Bow"], "years": ["1", "2"] * 200})
    rules = Rules(rounds=1, across=(Across("town", 4.0), Across("years", 0.001)))
    ids = list(roster.index)
    evening = reported(roster, rules, seated(roster, [(ids[k], ids[k + 1]) for k in range(0, 400, 2)]))
    little = judge(evening, roster, rules, Swap(1, ids[396], ids[398]))
    assert str(little.price[0]) == "Difference in the room stays as it is."
    fewer = judge(evening, roster, rules, Swap(1, ids[397], ids[398]))
    assert str(fewer.price[0]) == "Difference in the room falls by less than 0.1%."
    back = judge(fewer.evening, roster, rules, Swap(1, ids[397], ids[398]))
    assert str(back.price[0]) == "Difference in the room rises by less than 0.1%."


def test_a_room_without_difference_has_none_to_lose() -> None:
    roster = crowd(4)
    evening = reported(roster, Rules(rounds=1), seated(roster, ["ab", "cd"]))
    judged = judge(evening, roster, Rules(rounds=1), Swap(1, "a", "c"))
    assert sentences(judged) == ["Difference in the room stays as it is."]


def test_more_than_one_meeting_more_is_counted() -> None:
    roster = crowd(5, {"town": ["Bow", "Ely", "Bow", "Ely", "Bow"]})
    rules = Rules(rounds=1, across=(TOWN,))
    evening = reported(roster, rules, seated(roster, ["abd", "ce"]))
    judged = judge(evening, roster, rules, Swap(1, "b", "c"))
    assert "One more meeting with their own “Town”: A." in sentences(judged)
    judged = judge(reported(roster, rules, seated(roster, ["acd", "be"])), roster, rules, Swap(1, "d", "e"))
    assert "More meetings with their own “Town”, 2 each: E." in sentences(judged)
    back = judge(judged.evening, roster, rules, Swap(1, "d", "e"))
    assert "Fewer meetings with their own “Town”, 2 each: E." in sentences(back)


def test_nothing_is_said_of_a_private_column() -> None:
    roster = replace(crowd(4, {"faith": ["x", "y", "x", "y"]}), private=frozenset({"faith"}))
    rules = Rules(rounds=1, across=(Across("faith", never_same=NeverSame.HARD),))
    evening = reported(roster, rules, seated(roster, ["ab", "cd"]))
    judged = judge(evening, roster, rules, Swap(1, "a", "d"))
    assert [str(message) for message in judged.broken] == ["A rule that only the lead sees is not kept."]
    assert "aith" not in " ".join(sentences(judged)) + str(judged.evening.report["reasons"])


def test_a_keep_apart_is_told_without_a_name() -> None:
    roster = crowd(4)
    rules = Rules(rounds=1, keep_apart=frozenset({("a", "c")}))
    evening = reported(roster, rules, seated(roster, ["ab", "cd"]))
    judged = judge(evening, roster, rules, Swap(1, "b", "c"))
    assert [str(message) for message in judged.broken] == ["A rule that only the lead sees is not kept."]
    assert judged.evening.report["reasons"] == ["A rule that only the lead sees is not kept."]
    assert judged.evening.report["feasible"] is False
    women = [
        Person("a", "A", women_only=True, gender="woman"),
        Person("b", "B", gender="woman"),
        Person("c", "C"),
        Person("d", "D"),
    ]
    careful = Roster(tuple(women))
    evening = reported(careful, Rules(rounds=1), seated(careful, ["ab", "cd"]))
    judged = judge(evening, careful, Rules(rounds=1), Swap(1, "b", "c"))
    assert [str(message) for message in judged.broken] == ["A rule that only the lead sees is not kept."]


def test_meeting_twice_is_warned_of_and_stays_in_the_report_when_it_is_done_all_the_same() -> None:
    evening, roster, rules = four()
    judged = judge(evening, roster, rules, Swap(1, "b", "d"))
    told_of = [str(message) for message in judged.broken]
    assert told_of == ["A and D meet more than once, in rounds 1, 2.", "B and C meet more than once, in rounds 1, 2."]
    assert judged.evening.report["reasons"] == told_of
    assert judged.evening.report["repeats"] == 2


def test_an_under_18_alone_with_an_adult_is_refused_whatever_is_said() -> None:
    people = [Person("a", "A", under_18=True), Person("b", "B", under_18=True), Person("c", "C"), Person("d", "D")]
    roster = Roster(tuple(people))
    evening = reported(roster, Rules(rounds=1), seated(roster, ["ab", "cd"]))
    with pytest.raises(Refused) as refused:
        judge(evening, roster, Rules(rounds=1), Swap(1, "b", "c"))
    assert "never allowed" in str(refused.value)
    assert suggest(evening, roster, Rules(rounds=1), "a", 1) == ()


def test_whoever_asked_to_rest_and_hosts_and_guests_are_left_so() -> None:
    roster = crowd(4, rest=[frozenset(), frozenset(), frozenset(), frozenset({1})])
    evening = reported(roster, Rules(rounds=1), seated(roster, ["ab"], resting=["cd"]))
    with pytest.raises(Refused, match="D asked to sit out round 1"):
        judge(evening, roster, Rules(rounds=1), Swap(1, "a", "d"))
    assert suggest(evening, roster, Rules(rounds=1), "d", 1) == ()
    sides = crowd(4, {"side": ["host", "guest", "host", "guest"]})
    rules = Rules(rounds=1, sides=Sides())
    evening = reported(sides, rules, seated(sides, ["ab", "cd"]))
    with pytest.raises(Refused, match="bring host and guest together"):
        judge(evening, sides, rules, Swap(1, "b", "c"))


def test_somebody_leaves_a_three_for_a_pair_and_a_pair_for_a_pair() -> None:
    roster = crowd(5)
    evening = reported(roster, Rules(rounds=1), seated(roster, ["abc", "de"]))
    judged = judge(evening, roster, Rules(rounds=1), Join(1, "a", "d"))
    assert talks(judged.evening, 1) == {1: "bc", 2: "ade"}
    assert not judged.broken
    pairs = reported(crowd(4), Rules(rounds=1), seated(crowd(4), ["ab", "cd"]))
    judged = judge(pairs, crowd(4), Rules(rounds=1), Join(1, "a", "c"))
    assert talks(judged.evening, 1) == {2: "acd"}
    assert judged.evening.rounds[0].resting == ("b",)
    assert "Now resting in round 1: B." in sentences(judged)
    assert "Conversations of three in round 1: 1, where 0 would do." in sentences(judged)
    back = judge(judged.evening, crowd(4), Rules(rounds=1), Join(1, "a", "b"))
    assert talks(back.evening, 1) == {1: "ab", 2: "cd"}
    assert "No longer resting in round 1: B." in sentences(back)
    swapped = judge(judged.evening, crowd(4), Rules(rounds=1), Swap(1, "b", "c"))
    assert talks(swapped.evening, 1) == {2: "abd"}


def test_one_who_rests_is_joined_at_the_table_that_is_left_or_at_a_free_one() -> None:
    roster = crowd(6)
    rules = Rules(rounds=1, odd=Odd.REST)
    evening = reported(roster, rules, seated(roster, ["abc", "de"], resting=["f"]))
    assert talks(judge(evening, roster, rules, Join(1, "a", "f")).evening, 1) == {1: "bc", 2: "de", 3: "af"}
    judged = judge(evening, roster, rules, Join(1, "d", "f"))
    assert talks(judged.evening, 1) == {1: "abc", 2: "df"}
    assert judged.evening.rounds[0].resting == ("e",)
    both = judge(judged.evening, roster, rules, Swap(1, "e", "a"))
    assert both.evening.rounds[0].resting == ("a",)
    resting = reported(roster, rules, seated(roster, ["ab"], resting=["cdef"]))
    assert talks(judge(resting, roster, rules, Join(1, "c", "d")).evening, 1) == {1: "ab", 2: "cd"}


def test_a_conversation_goes_to_another_table_and_whoever_talks_there_comes() -> None:
    evening, roster, rules = four()
    judged = judge(evening, roster, rules, Seat(1, "a", 2))
    assert talks(judged.evening, 1) == {1: "cd", 2: "ab"}
    assert sentences(judged) == ["Difference in the room stays as it is."]
    assert talks(judge(evening, roster, rules, Seat(1, "a", 9)).evening, 1) == {2: "cd", 9: "ab"}


def test_whoever_keeps_a_seat_or_needs_quiet_stays_and_the_others_come_to_them() -> None:
    people = [Person("a", "A", fixed_seat=1), Person("b", "B"), Person("c", "C"), Person("d", "D", quiet=True)]
    roster = Roster(tuple(people))
    rules = Rules(rounds=1, tables=Tables(quiet=frozenset({2})))
    evening = reported(roster, rules, seated(roster, ["ab", "cd"]))
    judged = judge(evening, roster, rules, Swap(1, "a", "c"))
    assert talks(judged.evening, 1) == {1: "ad", 2: "bc"}
    judged = judge(evening, roster, rules, Swap(1, "a", "d"))
    assert talks(judged.evening, 1) == {1: "ac", 2: "bd"}
    assert not judged.broken
    assert talks(judge(judged.evening, roster, rules, Swap(1, "d", "a")).evening, 1) == {1: "ab", 2: "cd"}


def test_an_interpreter_goes_where_their_person_goes() -> None:
    people = [
        Person("a", "A"),
        Person("i", "I", interpreter_for="a"),
        Person("b", "B"),
        Person("c", "C"),
        Person("d", "D"),
    ]
    roster = Roster(tuple(people))
    rules = Rules(rounds=2, present={"i": frozenset({1})})
    evening = replace(seated(roster, ["ab", "cd"], ["ac", "bd"]), present=rules.present)
    judged = judge(evening, roster, rules, Swap(1, "a", "c"))
    assert judged.evening.rounds[0].conversations[1] == Conversation(("a", "d"), 2, ("i",))
    assert set(judged.affected[1]) == {"a", "i", "b", "c", "d"}
    with pytest.raises(Refused, match="I neither talks nor rests in round 1"):
        judge(evening, roster, rules, Swap(1, "i", "c"))


def test_a_conversation_that_is_kept_is_a_wish_that_planning_again_fulfils() -> None:
    roster = crowd(6, {"town": ["Bow", "Bow", "Ely", "Ely", "Ham", "Ham"]})
    rules = Rules(rounds=2, across=(TOWN,))
    evening = plan(roster, rules)
    swapped = judge(
        evening,
        roster,
        rules,
        Swap(1, evening.rounds[0].conversations[0].people[0], evening.rounds[0].conversations[1].people[0]),
    )
    people = swapped.evening.rounds[0].conversations[0].people
    kept = judge(swapped.evening, roster, rules, Keep(1, people))
    assert kept.rules.pins == (Pin(1, people),)
    assert kept.evening == swapped.evening
    assert kept.affected == {}
    assert sentences(kept) == ["“Plan again” will keep this conversation."]
    again = plan(roster, kept.rules)
    assert people in [talk.people for talk in again.rounds[0].conversations]
    broke = judge(
        kept.evening, roster, kept.rules, Swap(1, people[0], next(id for id in roster.index if id not in people))
    )
    assert any("kept together in round 1, and do not talk then" in line for line in sentences(broke))
    loose = judge(kept.evening, roster, kept.rules, LetGo(1, people[::-1]))
    assert loose.rules.pins == ()
    assert sentences(loose) == ["“Plan again” may change this conversation."]
    assert judge(kept.evening, roster, kept.rules, Keep(1, people)).rules.pins == kept.rules.pins


def test_the_latest_wish_counts_where_two_are_about_one_person() -> None:
    roster = crowd(5)
    rules = Rules(rounds=2, pins=(Pin(1, ("a", "b")), Pin(1, ("c", "d")), Pin(2, ("a", "c"))))
    evening = seated(roster, ["abe", "cd"], ["ac", "bde"])
    kept = judge(evening, roster, rules, Keep(1, ("e", "b", "a")))
    assert kept.rules.pins == (Pin(1, ("c", "d")), Pin(2, ("a", "c")), Pin(1, ("a", "b", "e")))
    assert judge(evening, roster, rules, LetGo(1, ("b", "a"))).rules.pins == rules.pins[1:]


def test_what_is_over_or_has_happened_stays() -> None:
    evening, roster, rules = four()
    over = replace(evening, report={**evening.report, "finished_rounds": 1})
    with pytest.raises(Refused, match="Round 1 is over"):
        judge(over, roster, rules, Swap(1, "a", "c"))
    assert judge(over, roster, rules, Swap(2, "a", "c")).evening.report["finished_rounds"] == 1
    locked = replace(rules, locked=(Pin(1, ("b", "a")),))
    with pytest.raises(Refused, match="already happened"):
        judge(evening, roster, locked, Swap(1, "a", "c"))
    assert judge(evening, roster, locked, Swap(2, "a", "c"))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (Swap(3, "a", "c"), "no round 3"),
        (Keep(0, ("a", "b")), "no round 0"),
        (Swap(1, "a", "b"), "A and B are together in round 1"),
        (Swap(1, "a", "a"), "A and A are together"),
        (Swap(1, "a", "z"), "z neither talks nor rests"),
        (Join(1, "a", "b"), "together in round 1 already"),
        (Join(1, "a", "a"), "together in round 1 already"),
        (Seat(1, "a", 0), "There is no table 0. Write a number from 1 to 999."),
        (Seat(1, "a", 1), "sits at table 1 in round 1 already"),
        (Keep(1, ("a", "c")), "A & C are no conversation in round 1"),
        (Keep(1, ("a", "z")), "A & z are no conversation in round 1"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(change: Change, why: str) -> None:
    evening, roster, rules = four()
    with pytest.raises(Refused, match=why):
        judge(evening, roster, rules, change)


def test_a_conversation_is_never_of_four_and_those_who_rest_change_no_places() -> None:
    roster = crowd(7)
    rules = Rules(rounds=1, tables=Tables(count=2))
    evening = seated(roster, ["abc", "de"], resting=["fg"])
    for change, why in (
        (Join(1, "d", "a"), "A already talks with two others at table 1"),
        (Swap(1, "f", "g"), "F and G both rest"),
        (Seat(1, "f", 1), "F rests in round 1"),
        (Seat(1, "a", 3), "Write a number from 1 to 2"),
    ):
        with pytest.raises(Refused, match=why):
            judge(evening, roster, rules, change)


def test_nothing_is_taken_back_where_nothing_was_done() -> None:
    evening, roster, rules = four()
    steps = Steps(evening, roster, rules)
    assert steps.undo() is steps
    assert steps.redo() is steps
    assert steps.do(Swap(1, "a", "c")).undo().do(Seat(1, "a", 2)).undone == ()


def test_the_proof_of_the_planned_evening_serves_for_all_that_is_made_of_it() -> None:
    roster, rules = mixed(20, 3)
    evening = plan(roster, rules)
    hand = ByHand(evening, roster, rules)
    one, *_ = evening.rounds[0].conversations[0].people
    for talk in evening.rounds[0].conversations[1:]:
        judged = hand.judge(Swap(1, one, talk.people[0]))
        assert judged.evening.report["certificate"] == evening.report["certificate"]
        assert judged.evening.report["total_bound"] == pytest.approx(evening.report["total_bound"])


def test_the_best_swaps_are_found_in_a_hall_of_three_hundred_without_a_wait() -> None:
    roster, rules = mixed(300, 5)
    evening = plan(roster, rules)
    hand = ByHand(evening, roster, rules)
    person = evening.rounds[1].conversations[3].people[0]
    found = hand.suggest(person, 2)
    assert len(found) == 3
    assert [_cost(judged) for judged in found] == sorted(map(_cost, found))
    assert [_cost(judged) for judged in hand.suggest(person, 2, most=1)] == [_cost(found[0])]

"""People come late or leave early: finished rounds stay, protection holds, and few others notice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from relexp.pairing import Evening
from relexp.pairing.plan import plan
from relexp.pairing.replan import replan
from relexp.pairing.verify import verify
from relexp.roster.person import Person, Roster
from relexp.roster.rules import Odd, Pin, Rules, Sides
from tests.pairing.desk import mixed
from tests.pairing.verify_evenings import crowd


def newcomers(*ids: str, like: Person) -> Roster:
    return Roster(tuple(replace(like, id=id, name=id.upper()) for id in ids))


@pytest.fixture(scope="module")
def workshop() -> tuple[Roster, Rules, Evening]:
    roster, rules = mixed(120, 6)
    return roster, rules, plan(roster, rules)


def test_four_who_leave_change_few_partners_and_the_rest_stays_near_its_bound(
    workshop: tuple[Roster, Rules, Evening],
) -> None:
    roster, rules, evening = workshop
    new = replan(evening, roster, rules, after=3, leavers=["p3", "p40", "p41", "p100"])
    assert new.evening.rounds[:3] == evening.rounds[:3]
    assert verify(new.roster, new.rules, new.evening) == ()
    assert new.floor <= new.changed <= 2 * new.floor
    assert float(str(new.evening.report["total_gap"])) < 0.005


def test_latecomers_are_dealt_in_and_known_people_who_come_late_keep_their_rounds(
    workshop: tuple[Roster, Rules, Evening],
) -> None:
    roster, rules, evening = workshop
    arrivals = newcomers("n1", "n2", "n3", like=roster["p5"])
    new = replan(evening, roster, rules, after=2, arrivals=arrivals)
    assert len(new.roster) == 123
    assert new.rules.present["n1"] == frozenset({3, 4, 5, 6})
    assert verify(new.roster, new.rules, new.evening) == ()
    left = replan(evening, roster, rules, after=1, leavers=["p7"])
    back = replan(left.evening, left.roster, left.rules, after=4, arrivals=Roster((roster["p7"],)))
    assert back.rules.present["p7"] == frozenset({1, 5, 6})
    assert verify(back.roster, back.rules, back.evening) == ()


def test_without_a_change_nobody_notices(workshop: tuple[Roster, Rules, Evening]) -> None:
    roster, rules, evening = workshop
    same = replan(evening, roster, rules, after=2)
    assert (same.changed, same.floor) == (0, 0)
    over = replan(evening, roster, rules, after=6, leavers=["p1"])
    assert over.evening.rounds == evening.rounds


@pytest.mark.parametrize("after", [-1, 7])
def test_only_rounds_of_the_evening_can_be_over(workshop: tuple[Roster, Rules, Evening], after: int) -> None:
    roster, rules, evening = workshop
    with pytest.raises(ValueError, match="rounds 1 to 6"):
        replan(evening, roster, rules, after=after)


@pytest.mark.parametrize("certificate", [None, {}, {"u": [1.0], "m": 0.0, "worst": {"share": [], "u": [], "m": 0}}, 3])
def test_a_damaged_proof_only_costs_a_new_one(certificate: object) -> None:
    roster, rules = mixed(12, 3)
    evening = plan(roster, rules)
    damaged = replace(evening, report={**evening.report, "certificate": certificate})
    new = replan(damaged, roster, rules, after=1, leavers=["p2"])
    assert verify(new.roster, new.rules, new.evening) == ()


def test_an_evening_of_a_file_without_a_report_can_be_planned_again() -> None:
    roster, rules = mixed(12, 3)
    evening = replace(plan(roster, rules), report={})
    new = replan(evening, roster, rules, after=1, leavers=["p2"])
    assert verify(new.roster, new.rules, new.evening) == ()


def test_a_wish_whose_people_are_not_all_there_any_more_is_void() -> None:
    rules = Rules(rounds=3, pins=(Pin(3, ("a", "b")), Pin(3, ("c", "d"))))
    evening = plan(crowd(8), rules)
    new = replan(evening, crowd(8), rules, after=1, leavers=["b"])
    assert verify(new.roster, new.rules, new.evening) == ()
    assert any({"c", "d"} <= {*talk.people} for talk in new.evening.rounds[2].conversations)


def test_where_the_rules_can_no_longer_hold_the_evening_runs_on_and_the_report_says_so() -> None:
    evening = plan(crowd(6), Rules(rounds=5))
    new = replan(evening, crowd(6), Rules(rounds=5), after=3, leavers=["a", "b", "c"])
    assert new.evening.report["feasible"] is False
    assert new.evening.report["reasons"]
    assert new.evening.rounds[:3] == evening.rounds[:3]


def test_an_odd_room_keeps_its_fair_shares() -> None:
    for odd in Odd:
        rules = Rules(rounds=4, odd=odd)
        evening = plan(crowd(11), rules)
        new = replan(evening, crowd(11), rules, after=1, leavers=["c"])
        assert verify(new.roster, new.rules, new.evening) == ()
        more = replan(evening, crowd(11), rules, after=1, arrivals=newcomers("z", like=crowd(1)["a"]))
        assert verify(more.roster, more.rules, more.evening) == ()


@pytest.mark.parametrize("guests_per_host", [1, 2])
def test_hosts_and_guests_who_come_late_sit_across(guests_per_host: int) -> None:
    roster = crowd(12, {"side": ("host", "guest", "guest") * 4})
    rules = Rules(rounds=3, sides=Sides(guests_per_host=guests_per_host))
    evening = plan(roster, rules)
    arrivals = newcomers("h", like=roster["a"])
    new = replan(evening, roster, rules, after=1, arrivals=arrivals, leavers=["b"])
    assert verify(new.roster, new.rules, new.evening) == ()
    assert new.floor <= new.changed


def test_people_who_keep_a_seat_keep_the_one_they_have() -> None:
    roster = crowd(8, fixed_seat=(0, 0))
    evening = plan(roster, Rules(rounds=3))
    at = {id: talk.table for talk in evening.rounds[0].conversations for id in talk.people}
    new = replan(evening, roster, Rules(rounds=3), after=1, leavers=["g"])
    assert {talk.table for round in new.evening.rounds for talk in round.conversations if "a" in talk.people} == {
        at["a"]
    }


def test_whoever_asked_to_rest_rests_in_rounds_that_are_over_and_in_those_to_come() -> None:
    roster = crowd(7, rest=(frozenset({1}), frozenset({3})))
    rules = Rules(rounds=3)
    evening = plan(roster, rules)
    new = replan(evening, roster, rules, after=2, leavers=["d"])
    assert new.evening.rounds[:2] == evening.rounds[:2]
    assert "a" in new.evening.rounds[0].resting
    assert "b" in new.evening.rounds[2].resting


def test_a_single_conversation_left_is_left_alone() -> None:
    rules = Rules(rounds=2, present={"c": frozenset({1}), "d": frozenset({1})})
    evening = plan(crowd(4), rules, least_bad=True)
    new = replan(evening, crowd(4), rules, after=1)
    assert len(new.evening.rounds[1].conversations) == 1


def test_nobody_whose_partner_stays_is_sent_to_another_table() -> None:
    roster, rules = mixed(40, 5)
    evening = plan(roster, rules)
    new = replan(evening, roster, rules, after=2, leavers=["p3", "p8"])
    for old, now in zip(evening.rounds[2:], new.evening.rounds[2:], strict=True):
        before = {frozenset(talk.people): talk.table for talk in old.conversations}
        kept = [talk for talk in now.conversations if frozenset(talk.people) in before]
        assert len(kept) > 10
        assert all(before[frozenset(talk.people)] == talk.table for talk in kept)


def test_one_who_keeps_a_seat_and_was_a_guest_at_anothers_goes_back_to_their_own() -> None:
    people = tuple(Person(f"p{k}", f"P{k}", fixed_seat=0 if k < 2 else None) for k in range(8))
    roster, rules = Roster(people), Rules(rounds=3, pins=(Pin(1, ("p0", "p1")),))
    evening = plan(roster, rules)
    new = replan(evening, roster, rules, after=1, leavers=["p7"])
    tables = [{id: talk.table for talk in round.conversations for id in talk.people} for round in new.evening.rounds]
    assert tables[0]["p0"] == tables[0]["p1"]
    assert tables[1]["p0"] != tables[1]["p1"]
    assert verify(new.roster, new.rules, new.evening) == ()


@pytest.mark.parametrize("after", [3, 4])
def test_what_was_bent_in_a_finished_round_is_not_forgotten(after: int) -> None:
    roster, rules = crowd(4), Rules(rounds=4)
    evening = plan(roster, rules, least_bad=True)
    assert evening.report["feasible"] is False
    new = replan(evening, roster, rules, after=after)
    assert new.evening.report["feasible"] is False
    assert new.evening.report["reasons"]
    assert new.evening.report["finished_rounds"] == after
    silent = replace(evening, report={**evening.report, "reasons": None})
    assert replan(silent, roster, rules, after=4).evening.report["reasons"] == []

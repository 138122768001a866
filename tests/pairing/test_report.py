"""The figures of an evening, each counted and each with what it is compared with."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relexp.pairing.plan import plan
from relexp.pairing.report import crowds, experiences, fewest_meetings, report, same_groups
from relexp.roster.person import Person, Roster
from relexp.roster.rules import Across, NeverSame, Odd, Rules, Sides
from tests.pairing.desk import desk, mixed, opened
from tests.pairing.verify_evenings import crowd, plain_report
from tests.property.rooms import room as random_room

FIGURES = "people rounds seed total worst_person conversations turns pairs_met repeats trios second_trios rests".split()


@given(st.integers(0, 3000))
@settings(max_examples=15)
def test_figures_are_those_of_counting_person_by_person(seed: int) -> None:
    roster, rules = random_room(seed, 3, 24)
    evening = plan(roster, rules, least_bad=True)
    plain = plain_report(roster, rules, evening, np.random.default_rng(0))
    nobody = not any(person for person in roster.talkers if any(rules.attends(person.id, r) for r in (1,)))
    for figure in FIGURES:
        if not (figure == "worst_person" and (nobody or not evening.report[figure])):
            assert evening.report[figure] == pytest.approx(plain[figure], abs=1e-9), figure


def test_the_keys_are_those_that_formats_fix_and_everything_can_be_written_as_json() -> None:
    evening = plan(*mixed(10, 2))
    keys = {*FIGURES, "feasible", "reasons", "total_bound", "total_gap", "worst_person_bound", "same_group", "seconds"}
    assert {*evening.report} >= keys | {"certificate"}
    assert json.loads(json.dumps(evening.report)) == evening.report


def test_private_groups_are_called_by_number() -> None:
    roster = Roster(
        tuple(Person(id, id, values={"faith": "x", "town": "y"}) for id in "abcd"), {}, frozenset({"faith"})
    )
    across = tuple(Across(column, never_same=NeverSame.FEWEST) for column in ("faith", "town"))
    draft = desk(roster, Rules(rounds=1, across=(*across, Across("other"))), ["ab", "cd"])
    found = same_groups(draft)
    assert {*found} == {"private 1", "town"}
    assert found["town"]["meetings"] == 2
    assert found["town"]["most_for_one_person"] == 1


def test_a_same_group_trio_is_three_meetings_and_one_round_each() -> None:
    roster = crowd(5, {"town": tuple("xxxyy")})
    rules = Rules(rounds=1, across=(Across("town", never_same=NeverSame.FEWEST),))
    found = same_groups(desk(roster, rules, ["abc", "de"]))["town"]
    assert (found["meetings"], found["most_for_one_person"]) == (4, 1)


@pytest.mark.parametrize(
    ("towns", "rounds", "odd", "expected"),
    [
        ("xxxy", 1, Odd.TRIO, (1, 1)),
        ("xxyy", 2, Odd.TRIO, (0, 0)),
        ("xxyy", 3, Odd.TRIO, (2, 1)),
        ("xxxxxy", 3, Odd.TRIO, (6, 3)),
        ("xxxyy", 2, Odd.REST, (0, 0)),
        ("xxxx", 2, Odd.TRIO, (4, 2)),
    ],
)
def test_the_fewest_same_group_meetings_follow_from_counting_heads(
    towns: str, rounds: int, odd: Odd, expected: tuple[int, int]
) -> None:
    rules = Rules(rounds=rounds, odd=odd, across=(Across("town", never_same=NeverSame.FEWEST),))
    roster = crowd(len(towns), {"town": tuple(towns)})
    codes = np.array([ord(town) - ord("x") for town in towns])
    resting = [len(towns) % 2 if odd is Odd.REST else 0] * rounds
    assert fewest_meetings(opened(roster, rules), codes, resting) == expected


def test_groups_of_half_the_room_are_crowds_and_so_are_sides() -> None:
    roster = crowd(6, {"town": tuple("xxxxyz"), "side": ("host", "guest") * 3})
    rules = Rules(rounds=1, across=(Across("town", never_same=NeverSame.FEWEST),))
    assert [crowd.tolist() for crowd in crowds(opened(roster, rules))] == [[True] * 4 + [False] * 2]
    sided = Rules(rounds=1, sides=Sides(), across=(Across("side", never_same=NeverSame.FEWEST), Across("town")))
    assert len(crowds(opened(roster, sided))) == 3
    mixed_room = Rules(rounds=1, across=(Across("id", never_same=NeverSame.FEWEST),))
    assert crowds(opened(roster, mixed_room)) == []


def test_experiences_are_off_the_search_s_grid() -> None:
    roster, rules = mixed(7, 1)
    draft = desk(roster, rules)
    draft.lay(0, np.array([[0, 1, -1], [2, 3, -1], [4, 5, 6]]))
    exact = draft.room.exact
    assert experiences(draft)[:4].tolist() == [exact[0, 1], exact[0, 1], exact[2, 3], exact[2, 3]]
    assert experiences(draft)[4] == pytest.approx((exact[4, 5] + exact[4, 6]) / 2)


def test_interpreters_and_people_who_never_talk_have_no_price() -> None:
    roster = crowd(6, interpreter_for=(None, "a"), rest=(frozenset(), frozenset(), frozenset({1, 2})))
    evening = plan(roster, Rules(rounds=2), least_bad=True)
    certificate = evening.report["certificate"]
    assert isinstance(certificate, dict)
    for values in (certificate["u"], certificate["worst"]["share"], certificate["worst"]["u"]):
        assert len(values) == 6
        assert values[1] == values[2] == 0


def test_a_room_in_which_nobody_differs_has_no_gap() -> None:
    roster = crowd(4, {"town": tuple("xxxx")})
    found = report(desk(roster, Rules(rounds=1, across=(Across("town"),)), ["ab", "cd"]), [], True, 0.0)
    assert (found["total"], found["total_bound"], found["total_gap"]) == (0.0, 0.0, 0.0)

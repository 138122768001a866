"""Every figure of a report is recomputed, and every bound proven again: true ones pass, each tampered one is told."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from relexp.pairing.evening import Evening
from relexp.roster.difference import difference, groups
from relexp.roster.person import Roster
from relexp.roster.rules import Across, NeverSame, Odd, Pin, Repeats, Rules, Sides
from tests.pairing.verify_evenings import crowd, evening, free_rounds, plain_bound, reported, said, told
from tests.property import oracle
from tests.property.rooms import room

TOWNS = {"town": ["x", "x", "x", "x", "y", "z", "x"], "job": ["1", "2", "1", "3", "2", "3", "1"]}
SEVEN = crowd(7, TOWNS)
RULES = Rules(rounds=2, across=(Across("town", 2.0, never_same=NeverSame.FEWEST), Across("job")))
FOUND = reported(SEVEN, RULES, evening(SEVEN, ["abc", "de", "fg"], ["aef", "bd", "cg"], seed=3))


def changed(found: Evening, change: Callable[[dict[str, Any]], object]) -> Evening:
    report = deepcopy(dict(found.report))
    change(report)
    return replace(found, report=report)


def put(*path: str, value: object) -> Callable[[dict[str, Any]], object]:
    def change(report: dict[str, Any]) -> None:
        part = report
        for key in path[:-1]:
            part = part[key]
        part[path[-1]] = value

    return change


def test_a_true_report_passes() -> None:
    assert told(SEVEN, RULES, FOUND) == []


PLAIN = (
    "people",
    "rounds",
    "seed",
    "total",
    "worst_person",
    "conversations",
    "turns",
    "pairs_met",
    "repeats",
    "trios",
    "second_trios",
    "rests",
    "total_gap",
)


@pytest.mark.parametrize("figure", PLAIN)
@pytest.mark.parametrize("shift", [1e-4, -1e-4, 1.0])
def test_every_figure_is_recomputed(figure: str, shift: float) -> None:
    true = FOUND.report[figure]
    assert isinstance(true, int | float)
    codes = told(SEVEN, RULES, changed(FOUND, put(figure, value=true + shift)))
    assert codes == ["verify.figure"]
    assert told(SEVEN, RULES, changed(FOUND, put(figure, value=true + 1e-12))) == []


@pytest.mark.parametrize("figure", [*PLAIN, "total_bound", "worst_person_bound"])
@pytest.mark.parametrize("value", [None, "many", True, float("nan")])
def test_a_missing_figure_is_told(figure: str, value: object) -> None:
    assert told(SEVEN, RULES, changed(FOUND, put(figure, value=value))) == ["verify.report_missing"]


@pytest.mark.parametrize("figure", ["meetings", "most_for_one_person"])
def test_figures_on_groups_are_recomputed(figure: str) -> None:
    assert told(SEVEN, RULES, changed(FOUND, put("same_group", "town", figure, value=9))) == ["verify.figure"]
    assert told(SEVEN, RULES, changed(FOUND, put("same_group", "town", figure, value=None))) == [
        "verify.report_missing"
    ]


@pytest.mark.parametrize("groups", [{}, {"faith": {}}, None, 3])
def test_figures_are_of_the_groups_of_the_rules(groups: object) -> None:
    codes = told(SEVEN, RULES, changed(FOUND, put("same_group", value=groups)))
    assert codes[0] == "verify.report_group"
    odd = told(SEVEN, RULES, changed(FOUND, put("same_group", value={"town": 5})))
    assert odd == ["verify.report_missing"] * 4


def test_private_groups_are_numbered() -> None:
    rules = replace(
        RULES,
        across=(
            Across("town", never_same=NeverSame.FEWEST, private=True),
            Across("job", never_same=NeverSame.FEWEST),
        ),
    )
    roster = replace(SEVEN, private=frozenset({"job"}))
    found = reported(roster, rules, FOUND)
    assert set(found.report["same_group"]) == {"private 1", "private 2"}  # type: ignore[call-overload]
    assert told(roster, rules, found) == []
    wrong = changed(found, put("same_group", "private 1", "meetings", value=0))
    sentences = said(roster, rules, wrong, "verify.figure")
    assert len(sentences) == 1
    assert "private 1: meetings" in sentences[0]


def test_repeats_count_earlier_gatherings() -> None:
    rules = replace(RULES, repeats=Repeats.FEWEST, met_before=frozenset({("b", "a"), ("a", "g")}))
    found = reported(SEVEN, rules, evening(SEVEN, ["abc", "de", "fg"], ["abf", "ed", "cg"]))
    assert found.report["repeats"] == 3
    assert "verify.figure" not in told(SEVEN, rules, found)


@pytest.mark.parametrize("bound", ["total_bound", "worst_person_bound"])
@pytest.mark.parametrize("shift", [-0.1, 0.1])
def test_a_bound_is_what_its_proof_gives(bound: str, shift: float) -> None:
    found = _sharp(SEVEN, RULES, FOUND)
    true = float(found.report[bound])  # type: ignore[arg-type]
    assert set(told(SEVEN, RULES, found)) == set()
    assert "verify.bound" in told(SEVEN, RULES, changed(found, put(bound, value=true + shift)))


@pytest.mark.parametrize("figure", ["total", "worst_person"])
def test_no_evening_is_better_than_its_bound(figure: str) -> None:
    codes = told(SEVEN, RULES, changed(FOUND, put(f"{figure}_bound", value=0.01)))
    assert "verify.beyond" in codes


def test_a_bound_of_nothing_has_no_gap() -> None:
    roster = crowd(2, {"town": ["x", "x"]})
    rules = Rules(rounds=1, across=(Across("town"),))
    prices = {"u": [0.0, 0.0], "worst": {"share": [0.5, 0.5], "u": [0.0, 0.0], "m": 0}}
    found = reported(roster, rules, evening(roster, ["ab"]))
    found = changed(
        found, lambda report: report.update(total_bound=0, worst_person_bound=0, total_gap=0, certificate=prices)
    )
    assert told(roster, rules, found) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("certificate",), None),
        (("certificate", "u"), None),
        (("certificate", "u"), [0.5] * 6),
        (("certificate", "u"), [[0.5] * 7]),
        (("certificate", "u"), ["x"] * 7),
        (("certificate", "u"), [float("inf")] * 7),
        (("certificate", "m"), -0.5),
        (("certificate", "m"), "none"),
        (("certificate", "worst"), {}),
        (("certificate", "worst", "u"), [0.5]),
        (("certificate", "worst", "share"), None),
        (("certificate", "worst", "share"), [1.0] * 7),
        (("certificate", "worst", "share"), [-0.5, 1.0, 0, 0, 0, 0, 0]),
        (("certificate", "worst", "m"), -0.5),
    ],
)
def test_a_proof_of_the_wrong_form_proves_nothing(path: tuple[str, ...], value: object) -> None:
    codes = told(SEVEN, RULES, changed(FOUND, put(*path, value=value)))
    assert set(codes) == {"verify.certificate"}


@pytest.mark.parametrize("talks", [["ab", "cd", "ef"], ["ab", "cd", "eg"]])
def test_rests_are_taken_from_what_everybody_pays(talks: list[str]) -> None:
    rules = replace(RULES, rounds=1, odd=Odd.REST)
    rest = "g" if talks[2] == "ef" else "f"
    found = _sharp(SEVEN, rules, reported(SEVEN, rules, evening(SEVEN, talks, resting=[rest])))
    assert told(SEVEN, rules, found) == []
    best = oracle.most_total(SEVEN, rules)
    assert best is not None
    assert best.value <= float(found.report["total_bound"]) + 1e-9  # type: ignore[arg-type]


def test_what_has_happened_counts_as_a_pair_that_may_meet() -> None:
    rules = replace(RULES, keep_apart=frozenset({("a", "b")}), locked=(Pin(1, ("a", "b", "c")),))
    found = reported(SEVEN, rules, FOUND)
    assert told(SEVEN, rules, found) == []
    assert (
        told(
            SEVEN,
            replace(rules, repeats=Repeats.FEWEST),
            reported(SEVEN, replace(rules, repeats=Repeats.FEWEST), FOUND),
        )
        == []
    )


@pytest.mark.parametrize("guests_per_host", [1, 2])
def test_bounds_of_hosts_and_guests_hold(guests_per_host: int) -> None:
    roster = crowd(5, {"side": ["host"] * 2 + ["guest"] * 3, "town": ["x", "y", "x", "y", "z"]})
    rules = Rules(rounds=1, sides=Sides(guests_per_host=guests_per_host), across=(Across("town"),))
    found = _sharp(roster, rules, reported(roster, rules, evening(roster, ["acd", "be"])))
    assert told(roster, rules, found) == []


def test_sharp_bounds_hold_for_the_best_evening_of_random_rooms() -> None:
    tried = 0
    for seed in range(120):
        roster, rules = room(seed, 2, 8)
        try:
            best = oracle.most_total(roster, rules, seconds=2)
        except oracle.TooHard:
            continue
        if best is not None and any(round.conversations for round in best.evening.rounds):
            tried += 1
            found = _sharp(roster, rules, reported(roster, rules, best.evening))
            wrong = [code for code in told(roster, rules, found) if code in REPORT]
            assert (seed, wrong) == (seed, [])
    assert tried > 40


REPORT = {
    "verify.figure",
    "verify.bound",
    "verify.beyond",
    "verify.certificate",
    "verify.lowest",
    "verify.report_missing",
}


# Same-group talks.


def test_what_counting_heads_shows_is_known() -> None:
    """Six of eight are of one group: four of them have only each other, two meetings a round, a fair share of one."""
    roster = crowd(8, {"town": ["x"] * 6 + ["y"] * 2})
    rules = Rules(rounds=2, across=(Across("town", never_same=NeverSame.FEWEST),))
    found = reported(roster, rules, evening(roster, ["ab", "cd", "eg", "fh"], ["ef", "ac", "bg", "dh"]))
    assert found.report["same_group"] == {
        "town": {"meetings": 4, "most_for_one_person": 2, "lowest_possible": 2, "fewest_meetings": 4}
    }
    assert told(roster, rules, found) == []
    for figure, value in (("lowest_possible", 1), ("fewest_meetings", 3), ("lowest_possible", 1.5)):
        assert told(roster, rules, changed(found, put("same_group", "town", figure, value=value))) == ["verify.lowest"]
    for figure, value in (("lowest_possible", 3), ("fewest_meetings", 5)):
        codes = told(roster, rules, changed(found, put("same_group", "town", figure, value=value)))
        assert codes == ["verify.lowest", "verify.beyond"]
    assert told(roster, rules, changed(found, put("same_group", "town", "lowest_possible", value=None))) == [
        "verify.report_missing"
    ]


def test_three_of_one_group_may_talk_together() -> None:
    """All three of a room in one three: three meetings, but one round for each."""
    roster = crowd(3, {"town": ["x"] * 3})
    rules = Rules(rounds=1, across=(Across("town", never_same=NeverSame.FEWEST),))
    found = reported(roster, rules, evening(roster, ["abc"]))
    assert told(roster, rules, found) == []
    assert told(roster, rules, changed(found, put("same_group", "town", "lowest_possible", value=2))) == [
        "verify.lowest",
        "verify.beyond",
    ]


def test_nobody_can_bear_more_rounds_than_they_attend() -> None:
    """Three of one group bear six: two each, but the third is there for one round only, which leaves three for one."""
    roster = crowd(3, {"town": ["x"] * 3})
    present = {"c": frozenset({3})}
    rules = Rules(3, odd=Odd.REST, repeats=Repeats.FEWEST, across=(Across("town", never_same=NeverSame.FEWEST),))
    rules = replace(rules, present=present)
    found = reported(roster, rules, evening(roster, ["ab"], ["ab"], ["ac"], resting=["", "", "b"]))
    assert found.report["same_group"]["town"]["lowest_possible"] == 2  # type: ignore[index,call-overload]
    assert told(roster, rules, found) == []
    assert told(roster, rules, changed(found, put("same_group", "town", "lowest_possible", value=3))) == []
    beyond = changed(found, put("same_group", "town", "lowest_possible", value=4))
    assert told(roster, rules, beyond) == ["verify.lowest", "verify.beyond"]


def _kept_together() -> tuple[Roster, Rules, Evening]:
    """Two groups of two that are kept from each other: counting heads shows nothing, a certificate does."""
    roster = crowd(4, {"town": ["x", "x", "y", "y"]})
    apart = frozenset((one, other) for one in "ab" for other in "cd")
    rules = Rules(rounds=1, across=(Across("town", never_same=NeverSame.FEWEST),), keep_apart=apart)
    found = reported(roster, rules, evening(roster, ["ab", "cd"]))
    prices = {"u": [0.5] * 4, "m": 0}
    shared = {"share": [0.25] * 4, "u": [0.25] * 4}
    proof = {"town": {"meetings": prices, "person": shared}}
    figures = {"meetings": 2, "most_for_one_person": 1, "lowest_possible": 1, "fewest_meetings": 2}
    return (
        roster,
        rules,
        changed(
            changed(found, put("certificate", "same_group", value=proof)), put("same_group", "town", value=figures)
        ),
    )


def test_a_certificate_proves_what_counting_does_not() -> None:
    roster, rules, found = _kept_together()
    assert told(roster, rules, found) == []
    bare = changed(found, put("certificate", "same_group", value={}))
    assert told(roster, rules, bare) == ["verify.lowest", "verify.lowest"]


@pytest.mark.parametrize(
    ("path", "value", "codes"),
    [
        (("meetings", "u"), [0.1] * 4, ["verify.lowest"]),
        (("meetings", "u"), [0.5] * 3, ["verify.lowest"]),
        (("meetings", "m"), -1, ["verify.lowest"]),
        (("meetings",), None, ["verify.lowest"]),
        (("person", "share"), None, ["verify.lowest"]),
        (("person", "share"), [0.5] * 4, ["verify.lowest"]),
        (("person", "share"), [1.5, -0.5, 0, 0], ["verify.lowest"]),
        (("person", "u"), [0.0] * 4, ["verify.lowest"]),
    ],
)
def test_a_tampered_certificate_on_groups_proves_less(path: tuple[str, ...], value: object, codes: list[str]) -> None:
    roster, rules, found = _kept_together()
    assert told(roster, rules, changed(found, put("certificate", "same_group", "town", *path, value=value))) == codes


def test_a_rest_takes_from_what_a_certificate_proves() -> None:
    roster = crowd(3, {"town": ["x", "x", "y"]})
    rules = Rules(
        1, odd=Odd.REST, across=(Across("town", never_same=NeverSame.FEWEST),), keep_apart=frozenset({("a", "c")})
    )
    found = reported(roster, rules, evening(roster, ["ab"], resting=["c"]))
    claimed = changed(found, put("same_group", "town", "fewest_meetings", value=1))
    proof = {"town": {"meetings": {"u": [1.0, 0.0, 0.0]}}}
    assert told(roster, rules, changed(claimed, put("certificate", "same_group", value=proof))) == ["verify.lowest"]


def test_certificates_on_groups_hold_in_random_rooms() -> None:
    """The sharpest certificate never claims more than an evening found by exact search has."""
    tried = 0
    for seed in range(150):
        roster, rules = room(seed, 4, 9, frozenset({"never_same", "lopsided", "apart", "sides"}))
        rules = replace(rules, across=(replace(rules.across[0], never_same=NeverSame.FEWEST, cap=None),))
        try:
            best = oracle.fewest_repeats(roster, rules, seconds=2)
        except oracle.TooHard:
            continue
        if best is None:
            continue
        found = _with_lows(roster, rules, reported(roster, rules, best.evening))
        tried += 1
        assert (seed, [code for code in told(roster, rules, found) if code in REPORT]) == (seed, [])
    assert tried > 30


# The sharpest prices, by linear programming.


def _sharp(roster: Roster, rules: Rules, found: Evening) -> Evening:
    """The report with the best bounds that the formula can prove."""
    value = difference(roster, rules.across)
    n = _rounds_there(roster, rules, found)
    u, m, _ = _prices(roster, rules, found, value, np.full(len(roster), 0.5), None)
    worst_u, worst_m, share = _prices(roster, rules, found, value, None, n)
    table = value.tolist()
    bound = plain_bound(roster, rules, found, [0.5] * len(roster), u, m, table)
    fair = min(1.0, plain_bound(roster, rules, found, share, worst_u, worst_m, table))
    worst = {"share": share, "u": worst_u, "m": worst_m}

    def change(report: dict[str, Any]) -> None:
        gap = (bound - report["total"]) / bound if bound else 0.0
        certificate = {"u": u, "m": m, "worst": worst}
        report.update(total_bound=bound, total_gap=gap, worst_person_bound=fair, certificate=certificate)

    return changed(found, change)


def _rounds_there(roster: Roster, rules: Rules, found: Evening) -> np.ndarray[Any, Any]:
    return np.array([len(rounds) for rounds in free_rounds(roster, rules, found).values()], dtype=float)


def _prices(
    roster: Roster,
    rules: Rules,
    found: Evening,
    value: np.ndarray[Any, Any],
    slopes: np.ndarray[Any, Any] | None,
    shared: np.ndarray[Any, Any] | None,
) -> tuple[list[float], float, list[float]]:
    """The prices (and the shares, when slopes is None) that make the bound lowest.

    Unknowns: u, m, g, and for each pair that may meet the excess it adds; the formula is convex and piecewise linear.
    """
    size = len(roster)
    n = _rounds_there(roster, rules, found)
    modes, weights = _modes(roster, rules, found, value)
    trios = sum(len(talk.people) == 3 for round in found.rounds for talk in round.conversations)
    pairs = len(weights)
    cost = np.concatenate([n, [trios / 2], np.zeros(size), weights])
    rows = np.zeros((len(modes), 2 * size + 1 + pairs))
    for line, (pair, on_u, on_m, on_g) in enumerate(modes):
        rows[line, :size], rows[line, size], rows[line, size + 1 : 2 * size + 1] = -on_u, -on_m, on_g
        rows[line, 2 * size + 1 + pair] = -1.0
    rests = any(round.resting for round in found.rounds)
    low = -1.0 if rests else None
    fixed = [(g, g) for g in slopes] if slopes is not None else [(0.0, None)] * size
    limits = [(low, 10.0)] * size + [(0.0, 100.0)] + fixed + [(0.0, None)] * pairs
    equal, right = None, None
    if shared is not None:
        equal, right = np.concatenate([np.zeros(size + 1), shared, np.zeros(pairs)])[None, :], [1.0]
    solved = linprog(cost, rows, np.zeros(len(modes)), equal, right, limits)
    assert solved.status == 0, solved.message
    g = np.maximum(solved.x[size + 1 : 2 * size + 1], 0.0)
    return solved.x[:size].tolist(), max(0.0, float(solved.x[size])), g.tolist()


def _modes(
    roster: Roster, rules: Rules, found: Evening, value: np.ndarray[Any, Any]
) -> tuple[list[tuple[int, Any, float, Any]], list[float]]:
    """Each pair's modes as (pair, on u, on m, on g): g-part less u-part less m; and each pair's count."""
    size = len(roster)
    made: list[tuple[int, Any, float, Any]] = []
    weights: list[float] = []
    zero = np.zeros((size, size))
    for one in range(size):
        for other in range(one + 1, size):
            spot = zero.copy()
            spot[one, other] = spot[other, one] = 1.0
            g = np.zeros(size)
            g[[one, other]] = 0.5
            count = plain_bound(roster, rules, found, g, np.zeros(size), 0.0, spot)
            if count <= 0:
                continue
            weights.append(count)
            pair = len(weights) - 1
            ends = np.zeros(size)
            ends[[one, other]] = 1.0
            sides = rules.sides and [roster.people[place].values["side"] for place in (one, other)]
            same = float(bool(sides) and sides[0] == sides[1])  # type: ignore[index]
            made.append((pair, ends, same, ends * value[one, other]))
            if rules.sides is not None and rules.sides.guests_per_host == 2:
                halved = ends.copy()
                halved[one if sides[0] == "host" else other] = 0.5  # type: ignore[index]
                made.append((pair, halved, 0.0, halved * value[one, other]))
    return made, weights


def _with_lows(roster: Roster, rules: Rules, found: Evening) -> Evening:
    """The report with the highest lower bounds on same-group talks that certificates can prove."""
    size = len(roster)
    codes = groups(roster, "organisation")
    same = ((codes[:, None] == codes[None, :]) & (codes[:, None] >= 0)).astype(float)
    np.fill_diagonal(same, 0.0)
    u, m, _ = _prices(roster, rules, found, -same, np.full(size, 0.5), None)
    proven = -plain_bound(roster, rules, found, [-0.5] * size, u, m, same.tolist())
    person_u, person_m, share = _prices(roster, rules, found, -same, None, np.ones(size))
    negative = [-part for part in share]
    least = -plain_bound(roster, rules, found, negative, person_u, person_m, same.tolist())
    proof = {
        "meetings": {"u": [-price for price in u], "m": m},
        "person": {"share": share, "u": [-price for price in person_u], "m": person_m},
    }

    def change(report: dict[str, Any]) -> None:
        said = report["same_group"]["organisation"]
        said["fewest_meetings"] = max(said["fewest_meetings"], int(np.ceil(proven - 1e-6)))
        said["lowest_possible"] = max(said["lowest_possible"], int(np.ceil(least - 1e-6)))
        report["certificate"]["same_group"] = {"organisation": proof}

    return changed(found, change)

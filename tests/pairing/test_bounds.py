"""Bounds hold for every evening, whatever the prices; the linear program only finds prices that make them sharp."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

import relexp.pairing.program
import relexp.pairing.proof
from relexp.pairing.bounds import Frame, bound, frame
from relexp.pairing.draft import Draft
from relexp.pairing.linear import maximise
from relexp.pairing.program import columns, lowest_mean, prices, promising
from relexp.pairing.proof import Known, Proof, prove, reprove
from relexp.pairing.report import experiences, rests_by_round
from relexp.pairing.search import Pulse, fill, settle
from relexp.roster.difference import difference
from relexp.roster.person import Roster
from relexp.roster.rules import Across, Kind, NeverSame, Odd, Repeats, Rules, Sides
from tests.pairing.desk import mixed, opened
from tests.pairing.verify_evenings import crowd
from tests.property.rooms import room as random_room


def planned(roster: Roster, rules: Rules) -> Draft:
    """A draft that is good enough to be bounded."""
    draft = Draft(opened(roster, rules), 1)
    fill(draft, Pulse(None))
    settle(draft, range(draft.room.rounds), Pulse(None))
    return draft


def framed(draft: Draft) -> Frame:
    met = (draft.met - draft.room.history).astype(np.int8)
    return frame(draft.room, met, int(draft.trios.sum() // 3), rests_by_round(draft))


def met(draft: Draft) -> np.ndarray:
    return draft.met - draft.room.history > 0


def most_by_program(roster: Roster, rules: Rules) -> tuple[float, float]:
    """The plain bound on the total and on the worst-off person, by linear programs of their own (all there, no rules)."""
    d, size = difference(roster, rules.across), len(roster)
    pairs = list(combinations(range(size), 2))
    takes = np.zeros((size, len(pairs)))
    for column, (one, other) in enumerate(pairs):
        takes[[one, other], column] = 1
    gain = np.array([d[pair] for pair in pairs])
    total = linprog(-gain, A_eq=takes, b_eq=np.full(size, rules.rounds), bounds=(0, 1))
    lowest = linprog(
        np.append(np.zeros(len(pairs)), -1.0),
        A_ub=np.hstack([-takes * gain / rules.rounds, np.ones((size, 1))]),
        b_ub=np.zeros(size),
        A_eq=np.hstack([takes, np.zeros((size, 1))]),
        b_eq=np.full(size, rules.rounds),
        bounds=[*[(0, 1)] * len(pairs), (0, 1)],
    )
    return -total.fun, -lowest.fun


@given(st.integers(0, 500), st.integers(0, 99))
@settings(max_examples=40)
def test_no_evening_exceeds_its_bound_whatever_the_prices(seed: int, draw: int) -> None:
    draft = planned(*random_room(seed, 4, 24))
    view, rng = framed(draft), np.random.default_rng(draw)
    slopes = rng.uniform(0, 1, view.size)
    reached = float((slopes * experiences(draft)).sum())
    u, m = rng.uniform(-0.5, 1.5, view.size), float(rng.uniform(0, 1))
    assert bound(view, slopes, u, m) >= reached - 1e-9


@given(st.integers(0, 500))
@settings(max_examples=30)
def test_the_proof_of_a_random_room_holds_and_is_better_than_no_prices(seed: int) -> None:
    draft = planned(*random_room(seed, 4, 24))
    view, sums = framed(draft), experiences(draft)
    proof = prove(view, sums, met(draft), [])
    there = view.n > 0
    assert proof.total >= sums.sum() / 2 - 1e-9
    assert proof.total <= bound(view, np.full(view.size, 0.5), np.zeros(view.size), 0.0) + 1e-9
    if there.any():
        assert proof.worst >= float((sums[there] / view.n[there]).min()) - 1e-9


@pytest.mark.parametrize(("size", "seed"), [(10, 0), (20, 1), (30, 2), (40, 3)])
def test_the_bounds_are_those_of_the_linear_programs(size: int, seed: int) -> None:
    roster, rules = mixed(size, 5, seed)
    draft = planned(roster, rules)
    proof = prove(framed(draft), experiences(draft), met(draft), [])
    total, lowest = most_by_program(roster, rules)
    assert proof.total == pytest.approx(total, rel=1e-4)
    assert lowest - 1e-9 <= proof.worst <= lowest * 1.03


def test_a_room_too_large_for_every_pair_is_bounded_nearly_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = planned(*mixed(60, 4))
    view, sums = framed(draft), experiences(draft)
    whole = prove(view, sums, met(draft), [])
    monkeypatch.setattr(relexp.pairing.program, "WHOLE", 20)
    few = prove(view, sums, met(draft), [])
    assert whole.total - 1e-9 <= few.total <= whole.total * 1.001
    monkeypatch.setattr(relexp.pairing.program, "LARGE", 30)
    smooth = prove(view, sums, met(draft), [])
    assert whole.total - 1e-9 <= smooth.total <= whole.total * 1.01


def test_prices_that_are_too_low_bring_their_pairs_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relexp.pairing.program, "WHOLE", 4)
    monkeypatch.setattr(relexp.pairing.program, "FEW", 2)
    draft = planned(*mixed(30, 5, 4))
    view = framed(draft)
    half = np.full(view.size, 0.5)
    u, m = prices(view, half, np.zeros((30, 30), dtype=bool))
    monkeypatch.setattr(relexp.pairing.program, "WHOLE", 150)
    best = prices(view, half, met(draft))
    assert bound(view, half, u, m) == pytest.approx(bound(view, half, *best), rel=2e-2)


def test_a_program_that_is_not_done_in_time_still_proves_something(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relexp.pairing.program, "WHOLE", 4)
    monkeypatch.setattr(relexp.pairing.program, "FEW", 1)
    monkeypatch.setattr(relexp.pairing.program, "TURNS", 2)
    monkeypatch.setattr(relexp.pairing.program, "TIGHT", -1.0)
    draft = planned(*mixed(30, 5, 4))
    view, sums = framed(draft), experiences(draft)
    half = np.full(view.size, 0.5)
    assert bound(view, half, *prices(view, half, met(draft))) >= sums.sum() / 2
    answer = lowest_mean(view, np.arange(4), np.zeros((30, 30), dtype=bool))
    assert answer is not None
    assert bound(view, *answer) >= float((sums / view.n).min())


@pytest.mark.parametrize("guests_per_host", [1, 2])
def test_hosts_and_guests_are_bounded_by_conversations_that_cross(guests_per_host: int) -> None:
    roster, rules = mixed(21, 3)
    side = {person.id: "host" if number % 3 == 0 else "guest" for number, person in enumerate(roster)}
    people = tuple(
        type(person)(person.id, person.name, values={**person.values, "side": side[person.id]}) for person in roster
    )
    sided = Rules(rounds=3, across=rules.across, sides=Sides(guests_per_host=guests_per_host))
    draft = planned(Roster(people), sided)
    view, sums = framed(draft), experiences(draft)
    proof = prove(view, sums, met(draft), [])
    assert sums.sum() / 2 - 1e-9 <= proof.total <= sums.sum() / 2 * 1.1
    shapes = columns(view, promising(view, np.full(21, 0.5), met(draft)))
    assert (view.side[shapes.one] != view.side[shapes.other]).all() or guests_per_host == 1
    assert set(shapes.mine.tolist()) | set(shapes.theirs.tolist()) == ({0.5, 1.0} if guests_per_host == 2 else {1.0})


def test_second_meetings_and_rests_are_in_the_frame() -> None:
    rules = Rules(rounds=3, odd=Odd.REST, repeats=Repeats.FEWEST, present={"a": frozenset({1})})
    draft = planned(crowd(4), rules)
    view = framed(draft)
    assert view.often[0].tolist() == [0, 1, 1, 1]
    assert view.often[1, 2] == 3
    assert sum(rests for _, rests in view.rests) == 2
    assert view.n.tolist() == [1, 3, 3, 3]


def test_a_crowd_of_one_group_shares_what_difference_there_is() -> None:
    roster = crowd(12, {"town": ("x",) * 9 + ("y",) * 3})
    rules = Rules(rounds=4, across=(Across("town", never_same=NeverSame.FEWEST),))
    draft = planned(roster, rules)
    crowd_of = np.array([person.values["town"] == "x" for person in roster])
    proof = prove(framed(draft), experiences(draft), met(draft), [crowd_of])
    assert proof.worst == pytest.approx(3 * 4 / 9 / 4, abs=0.02)


def test_known_prices_serve_again_and_newcomers_get_one() -> None:
    roster, rules = mixed(40, 5)
    draft = planned(roster, rules)
    view, sums = framed(draft), experiences(draft)
    first = prove(view, sums, met(draft), [])
    known = Known(first.u.copy(), first.m, first.share.copy(), first.worst_u.copy(), first.worst_m)
    again = reprove(view, sums, known)
    assert isinstance(again, Proof)
    assert again.total == pytest.approx(first.total)
    known.u[3] = known.share[3] = known.worst_u[3] = np.nan
    with_one_new = reprove(view, sums, known)
    assert with_one_new is None or first.total - 1e-9 <= with_one_new.total <= first.total * 1.005
    assert reprove(view, sums * 0.5, known) is None, "they prove too little"
    gone = Known(known.u, 0.0, np.full(40, np.nan), known.worst_u, 0.0)
    assert reprove(view, sums, gone) is None


def test_nobody_there_is_bounded_by_nothing() -> None:
    away = Rules(rounds=1, present={"a": frozenset(), "b": frozenset()})
    draft = planned(crowd(2), away)
    proof = prove(framed(draft), experiences(draft), met(draft), [])
    assert (proof.total, proof.worst) == (0.0, 0.0)


def test_people_who_may_not_meet_at_all_are_bounded_by_nothing() -> None:
    rules = Rules(rounds=1, keep_apart=frozenset({("a", "b")}), odd=Odd.REST)
    room = opened(crowd(2), rules)
    view = frame(room, np.zeros((2, 2), dtype=np.int8), 0, [np.array([0, 1])])
    nobody = np.zeros((2, 2), dtype=bool)
    assert bound(view, np.full(2, 0.5), *prices(view, np.full(2, 0.5), nobody)) == 0
    assert lowest_mean(view, np.array([0]), nobody) is None


def test_a_program_without_an_answer_has_none() -> None:
    answer = maximise(np.ones(1), None, (np.array([[1.0]]), np.array([5.0])), np.ones(1), inner=False)
    assert answer is None
    found = maximise(np.array([2.0]), (np.array([[1.0]]), np.array([0.5])), None, np.ones(1), inner=True)
    assert found is not None
    assert found.optimum == pytest.approx(1.0)
    assert found.limits.tolist() == pytest.approx([2.0])


def test_where_the_solver_gives_up_any_prices_still_prove_something(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = planned(*mixed(12, 3))
    monkeypatch.setattr(relexp.pairing.program, "maximise", lambda *_, **__: None)
    view, sums = framed(draft), experiences(draft)
    proof = prove(view, sums, met(draft), [])
    assert proof.total >= sums.sum() / 2
    assert proof.worst >= (sums / view.n).min()


def test_numbers_are_compared_by_their_distance() -> None:
    roster = crowd(3, {"years": ("0", "5", "10")})
    room = opened(roster, Rules(rounds=1, across=(Across("years", kind=Kind.NUMBER),)))
    assert room.exact[0].tolist() == [0.0, 0.5, 1.0]

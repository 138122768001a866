"""OR-Tools CP-SAT: all rounds in one model, or a model a round. A yes-or-no variable says that two people meet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np

from benchmarks.facts import Facts
from benchmarks.peers.rounds import Ask, Talk, Work, round_by_round, seat_left_over

Option = tuple[int, int, int]
WHOLE = 100_000
# A seat is worth more than any difference, so that the solver always has an answer, if not everybody seated.
SEAT = 4 * WHOLE
WORKERS = 2


def joint(facts: Facts, ask: Ask) -> list[list[Talk]]:
    """Every round at once, in one model, with what it has found when the time is over."""
    work = Work(facts, ask.past)
    worth, may = work.worth(), np.triu(work.may(facts.pair_may), 1)
    options = []
    for number in range(len(ask.past), facts.rules.rounds):
        pinned = {k for pin in facts.rules.pins if pin.round == number + 1 for k in map(facts.place.get, pin.people)}
        here = facts.here[:, number] & ~np.isin(np.arange(len(facts.people)), list(pinned))
        a, b = np.nonzero(may & here[:, None] & here[None, :])
        options += [(number, i, j) for i, j in zip(a.tolist(), b.tolist(), strict=True)]
    met = _solve(options, worth, ask)
    for _, i, j in met:
        # Whoever is left over must not join somebody they meet in another round.
        work.met[i, j] = work.met[j, i] = work.met[i, j] + 1
    for number in range(len(ask.past), facts.rules.rounds):
        talks: list[Talk] = [(i, j) for r, i, j in met if r == number]
        work.hold(work.pinned() + seat_left_over(work, talks, lambda w, m: _one_round(w, m, replace(ask, seconds=2.0))))
    return work.rounds


def one_round(facts: Facts, ask: Ask) -> list[list[Talk]]:
    """One round after another, each with its share of the time."""
    share = replace(ask, seconds=ask.seconds / max(facts.rules.rounds - len(ask.past), 1))
    return round_by_round(facts, lambda worth, may: _one_round(worth, may, share), ask.past)


def _one_round(worth: np.ndarray, may: np.ndarray, ask: Ask) -> list[tuple[int, int]]:
    a, b = np.nonzero(np.triu(may, 1))
    options = [(0, i, j) for i, j in zip(a.tolist(), b.tolist(), strict=True)]
    return [(i, j) for _, i, j in _solve(options, worth, ask)]


def _solve(options: list[Option], worth: np.ndarray, ask: Ask) -> list[Option]:
    """The options (round, a, b) chosen: nobody twice in a round, no two people twice.

    Raises TimeoutError when the solver has found nothing in its time.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in options]
    seats, pairs = defaultdict(list), defaultdict(list)
    for variable, (number, a, b) in zip(chosen, options, strict=True):
        seats[number, a].append(variable)
        seats[number, b].append(variable)
        pairs[a, b].append(variable)
    for together in [*seats.values(), *(group for group in pairs.values() if len(group) > 1)]:
        model.add_at_most_one(together)
    prices = [SEAT + round(float(worth[a, b]) * WHOLE) for _, a, b in options]
    model.maximize(cp_model.LinearExpr.weighted_sum(chosen, prices))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = ask.seconds
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = ask.seed
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise TimeoutError
    return [option for option, variable in zip(options, chosen, strict=True) if solver.boolean_value(variable)]

"""One door to the solver of yes-or-no choices: which of many possible conversations there are to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from relexp.pairing.room import Bools, Floats, Ints

# How far from a whole number a solver's answer may stray.
WHOLE = 1e-6


class Unproven(Exception):
    """The search was given up before it found an answer or proved that there is none."""


@dataclass
class Program:
    """Choices with their prices, each taken at most `most` times, and rows that bind them: low <= sum <= high."""

    prices: Floats
    most: Floats
    _low: list[float] = field(default_factory=list)
    _high: list[float] = field(default_factory=list)
    _rows: list[int] = field(default_factory=list)
    _columns: list[int] = field(default_factory=list)
    _values: list[float] = field(default_factory=list)

    def bind(self, members: Sequence[int], low: float, high: float, against: Sequence[int] = ()) -> None:
        """One more row: `members` count for it, `against` count from it."""
        row = len(self._low)
        self._low.append(low)
        self._high.append(high)
        self._rows += [row] * (len(members) + len(against))
        self._columns += [*members, *against]
        self._values += [1.0] * len(members) + [-1.0] * len(against)

    def solve(self, nodes: int, *, below: float = np.inf, gap: float = 0.0, presolve: bool = False) -> Bools | None:
        """What is chosen at the least price; None where nothing fits, or nothing cheaper than `below`.

        `gap` is the share of the price by which something cheaper may be missed; `presolve` first makes the program
        smaller, which pays for large ones alone.
        Nodes of the search tree, not seconds, end a search too long, so that slow machines and fast find the same.
        Raises Unproven when it ends before anything was found.
        """
        # the choices without whole numbers take a tenth of the time, and most often come out whole by themselves
        relaxed = self._ask()
        if relaxed.status == 2 or (relaxed.x is not None and relaxed.fun >= below):
            return None
        if relaxed.x is not None and _is_whole(relaxed.x):
            return _taken(relaxed.x)
        answer = self._ask(nodes, gap, presolve)
        if answer.status == 2:
            return None
        if answer.x is None:
            raise Unproven
        return _taken(answer.x)

    def _ask(self, nodes: int = 0, gap: float = 0.0, presolve: bool = False) -> Any:
        shape = (len(self._low), len(self.prices))
        rows: Ints = np.array(self._rows, dtype=np.int64)
        columns: Ints = np.array(self._columns, dtype=np.int64)
        matrix = sparse.csr_array((np.array(self._values), (rows, columns)), shape=shape)
        options: Any = {"presolve": presolve, "mip_rel_gap": gap, "node_limit": nodes or None}
        return milp(
            c=self.prices,
            constraints=LinearConstraint(matrix, np.array(self._low), np.array(self._high)),
            integrality=np.full(len(self.prices), int(nodes > 0)),
            bounds=Bounds(0, self.most),
            options=options,
        )


def _is_whole(x: Floats) -> bool:
    return bool((np.abs(x - np.rint(x)) < WHOLE).all())


def _taken(x: Floats) -> Bools:
    chosen: Bools = np.asarray(x) > 0.5
    return chosen

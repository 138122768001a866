"""One door to the solver: a linear program in, its optimum, answer and prices out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from relexp.pairing.room import Floats


@dataclass(frozen=True)
class Answer:
    """The optimum of a program, and the price of each of its limits and balances (as for a maximum)."""

    optimum: float
    limits: Floats
    balances: Floats


def maximise(
    gain: Floats,
    limits: tuple[Any, Floats] | None,
    balances: tuple[Any, Floats] | None,
    often: Floats,
    *,
    inner: bool,
) -> Answer | None:
    """The largest gain @ x with limits[0] @ x <= limits[1], balances[0] @ x = balances[1] and 0 <= x <= often.

    `inner` asks for the interior-point method, whose prices lie in the middle of all that are best. None where the
    program has no answer.
    """
    options: dict[str, Any] = {"method": "highs-ipm" if inner else "highs"}
    if limits is not None:
        options |= {"A_ub": sparse.csr_array(limits[0]), "b_ub": limits[1]}
    if balances is not None:
        options |= {"A_eq": sparse.csr_array(balances[0]), "b_eq": balances[1]}
    solve: Any = linprog
    answer = solve(-gain, bounds=np.stack([np.zeros(len(often)), often], axis=1), **options)
    if answer.status != 0:
        return None
    return Answer(
        -float(answer.fun),
        np.maximum(-np.asarray(answer.ineqlin.marginals, dtype=np.float64), 0.0),
        -np.asarray(answer.eqlin.marginals, dtype=np.float64),
    )

"""All that a trainer asks of the table, counted in one go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from relexp.leadership.board import Board
from relexp.leadership.chains import Forest, forest
from relexp.leadership.contact import Contact, contact
from relexp.leadership.evidence import Evidence, Move
from relexp.leadership.growth import After, Developing, Movement, after_training, developing, movement
from relexp.leadership.leader import Row
from relexp.leadership.spread import Spread, spread


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of a table on a day; each tells what it is compared with."""

    contact: Contact
    spread: Spread
    forest: Forest
    movement: tuple[Movement, ...]
    after: tuple[After, ...]
    developing: tuple[Developing, ...]


def measure(
    rows: Sequence[Row],
    board: Board,
    today: date,
    *,
    moves: Sequence[Move] = (),
    evidence: Iterable[Evidence] = (),
    steps: Iterable[tuple[str, date]] = (),
    developed: Iterable[tuple[str, str, date]] = (),
) -> Measures:
    """The measures of these rows: `steps` are (leader, day), `developed` (leader, who developed them, since when)."""
    leaders = [row.leader for row in rows]
    found = forest(leaders)
    trainings = ((leader.id, key, day) for leader in leaders for key, day in leader.training.items())
    return Measures(
        contact(rows, today),
        spread(leaders, board.ladder, found),
        found,
        movement(moves, evidence, board.ladder),
        after_training(trainings, steps, today),
        developing(developed),
    )

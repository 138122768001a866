"""Random tables of leaders, and short ways to make one by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from relexp.leadership.board import Board, Named, default_board
from relexp.leadership.leader import Leader, Row, Step, Wording
from relexp.reflection.one_to_ones import Following

TODAY = date(2026, 3, 6)
BOARD = Board(default_board().ladder, default_board().trainings, default_board().habits, (Named("phone", "Rings"),))
STAGES = ("", *(stage.key for stage in BOARD.ladder), "gone")
INSTITUTIONS = ("", "St Mary's", "Al-Noor", "Hamilton Hall", "UNISON West")
NAMES = ("Amina", "amína", "نور الهدى", "রহিমা", "Siân", "Ben")


def ago(days: int) -> date:
    """So many days before today; below 0 for a day to come."""
    return TODAY - timedelta(days)


def leader(id: str, by: str = "", **parts: Any) -> Leader:
    """A leader of this id, who is called so, too, and whom somebody develops."""
    return Leader(id, parts.pop("name", id), developed_by=by, **parts)


def row(id: str, meetings: int = 0, met: int | None = None, made: int = 10, **parts: Any) -> Row:
    """A row of somebody who has had so many one-to-ones, the last so many days ago."""
    if meetings and met is None:
        met = 1
    return Row(leader(id, **parts), ago(made), None if met is None else ago(met), meetings)


days = st.integers(-60, 200).map(ago)
words = st.sampled_from(("", "to be heard", "Her children breathe the ring road"))


@st.composite
def steps(draw: Callable[..., Any]) -> Step | None:
    """An open step, or none."""
    step = Step(
        draw(st.sampled_from(("", "Ring three people"))),
        draw(st.none() | days),
        draw(st.sampled_from(("", "Ruth"))),
        draw(st.none() | days),
    )
    return step if step.what or step.due or step.agreed_by else None


@st.composite
def chained(draw: Callable[..., Any], most: int = 12) -> list[Leader]:
    """A table of leaders of whom only this is known: who develops them, their stage and their institution."""
    ids = [f"L{number}" for number in range(draw(st.integers(0, most)))]
    above, stages, institutions = (
        draw(st.lists(st.sampled_from(those), min_size=len(ids), max_size=len(ids)))
        for those in (("", "gone", *ids), STAGES, INSTITUTIONS)
    )
    return [
        Leader(id, id, institutions[place], stage=stages[place], developed_by=above[place])
        for place, id in enumerate(ids)
    ]


@st.composite
def leaders(draw: Callable[..., Any], most: int = 12) -> list[Leader]:
    """A table of leaders, who develop each other any way, rings and people who are gone included."""
    ids = [f"L{number}" for number in range(draw(st.integers(0, most)))]
    trainings = [each.key for each in BOARD.trainings]
    return [
        Leader(
            id,
            draw(st.sampled_from(NAMES)),
            draw(st.sampled_from(INSTITUTIONS)),
            draw(st.sampled_from(("", "treasurer"))),
            draw(st.sampled_from(STAGES)),
            draw(st.none() | st.sampled_from([*Following])),
            *draw(st.tuples(words, words, words)),
            draw(steps()),
            draw(st.dictionaries(st.sampled_from(trainings), days, max_size=3)),
            draw(st.sampled_from(("", "gone", *ids))),
            draw(st.none() | days),
            draw(st.dictionaries(st.just("phone"), st.just("on Sundays"))),
            draw(
                st.dictionaries(st.sampled_from(("self_interest", "talents", "stretch")), st.sampled_from([*Wording]))
            ),
        )
        for id in ids
    ]


@st.composite
def rows(draw: Callable[..., Any], most: int = 12) -> list[Row]:
    """A table with what follows from the evidence."""
    found = []
    for each in draw(leaders(most)):
        meetings = draw(st.integers(0, 9))
        found.append(Row(each, draw(days), draw(days) if meetings else None, meetings, draw(st.none() | days)))
    return found

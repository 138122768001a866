"""The table as it was on an earlier day, and what somebody did taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from relexp.leadership.columns import Change, cell, with_cell
from relexp.leadership.leader import Leader


def before(leader: Leader, later: Iterable[Change]) -> Leader:
    """A leader as they were before these changes, which are given the latest first."""
    for change in later:
        leader = with_cell(leader, change.field, change.before)
    return leader


def taken_back(now: Mapping[str, Leader], done: Iterable[Change]) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """What takes a deed back, and what of it stays: cells that somebody has changed since are not written over."""
    back: list[Change] = []
    stays: list[Change] = []
    for change in done:
        leader = now.get(change.leader)
        untouched = leader is not None and cell(leader, change.field) == change.after
        (back if untouched else stays).append(change)
    return tuple(change.back for change in reversed(back)), tuple(stays)

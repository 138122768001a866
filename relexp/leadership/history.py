"""The table as it was on an earlier day, and what somebody did taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from relexp.leadership.columns import Change, cell, with_cell
from relexp.leadership.evidence import Deed
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


def next_back(deeds: Sequence[Deed]) -> tuple[Deed | None, Deed | None]:
    """What somebody would take back next, and what they would do again, from what they did, the latest first.

    Of both it is the deed to be taken back: to do something again is to take back what took it back.
    """
    stands: list[Deed] = []
    undone: list[Deed] = []
    for deed in reversed(deeds):
        if not deed.undoes:
            stands.append(deed)
            # Whoever goes on does not go back to what was taken back before.
            undone.clear()
        elif stands and stands[-1].id == deed.undoes:
            undone.append(replace(deed, rows=stands.pop().rows))
        elif undone and undone[-1].id == deed.undoes:
            stands.append(replace(deed, rows=undone.pop().rows))
    return (stands[-1] if stands else None), (undone[-1] if undone else None)

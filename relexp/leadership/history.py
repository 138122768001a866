"""The table as it was on an earlier day, and what somebody did taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from relexp.leadership.columns import Change, cell, thing, with_cell
from relexp.leadership.evidence import Deed
from relexp.leadership.leader import WORDS, Leader, Wording


def before(leader: Leader, later: Iterable[Change]) -> Leader:
    """A leader as they were before these changes, which are given the latest first."""
    for change in later:
        leader = with_cell(leader, change.field, change.before)
    return leader


def taken_back(now: Mapping[str, Leader], done: Iterable[Change]) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """What takes a deed back, and what of it stays: cells that somebody has changed since are not written over.

    Nor are those that belong together with one, and words that both have agreed on since.
    """
    those = tuple(done)
    worded = {(each.leader, each.field) for each in those}
    touched = {(each.leader, thing(each.field)) for each in those if _is_touched(now.get(each.leader), each, worded)}
    back = [each.back for each in reversed(those) if (each.leader, thing(each.field)) not in touched]
    return tuple(back), tuple(each for each in those if (each.leader, thing(each.field)) in touched)


def _is_touched(leader: Leader | None, done: Change, worded: Collection[tuple[str, str]]) -> bool:
    if leader is None or cell(leader, done.field) != done.after:
        return True
    # A deed that leaves words as both agreed on them says so.
    wording = f"wording.{done.field}"
    agreed = done.field in WORDS and cell(leader, wording) == Wording.AGREED
    return agreed and (done.leader, wording) not in worded


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

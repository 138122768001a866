"""Whether the evening on the page is still the one that the page asks for, and what to say where it is not."""

from __future__ import annotations

from relexp.apps.asking import Asking
from relexp.apps.drafts import Draft, room_mark
from relexp.apps.rounds import MOST_ROUNDS, rounds_range
from relexp.messages import Message, say
from relexp.pairing.evening import Evening
from relexp.roster.person import Roster


def standing(
    draft: Draft | None, roster: Roster | None, evening: Evening | None, rounds: int, asking: Asking, can_undo: bool
) -> Message | None:
    """What to say of the evening shown, or of the one kept: the weightiest alone; None where it is as asked.

    `rounds` is the number typed; `can_undo`: a correction of the sheet can be taken back.
    """
    if not 1 <= rounds <= MOST_ROUNDS:
        return rounds_range()
    if evening is not None and len(evening.rounds) != rounds:
        return say("app.rounds_other", planned=len(evening.rounds))
    if evening is not None and asking.still_meet(evening):
        return say("apart.meet")
    if draft is None or roster is None:
        return None
    if draft.evening and draft.room and draft.room != room_mark(roster):
        if can_undo:
            return say("table.earlier_sheet")
        if evening is not None:
            return say("table.other_sheet")
    if evening is not None and (draft.planned not in (None, asking.wishes) or asking.met_again(evening)):
        return say("wish.planned_otherwise")
    return None

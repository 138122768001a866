"""What to say where things on the page do not fit each other: the evening and what is asked, a format and the sheet."""

from __future__ import annotations

from relexp.apps.asking import Asking
from relexp.apps.drafts import Draft, room_mark
from relexp.apps.rounds import MOST_ROUNDS, rounds_range
from relexp.gathering.formats import FORMATS, Format
from relexp.messages import Message, say
from relexp.pairing.evening import Evening
from relexp.roster.person import Roster
from relexp.roster.wishes import Wishes, host_choices

HOSTS = next(format for format in FORMATS if format.key == "hosts")


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


def hosting(format: Format, wishes: Wishes, roster: Roster | None) -> Message | None:
    """How hosts come to meet guests, beside a format that is meant for them; None beside any other."""
    if format.questions != HOSTS.questions or roster is None:
        return None
    opener = say("wish.open")
    if wishes.hosts is not None:
        return say("times.hosts_meet", host=wishes.hosts.host, open=opener)
    if host_choices(roster):
        return say("times.hosts_ask", open=opener, hosting=say("wish.hosting"))
    return say("times.hosts_column", table=say("table.open"), column=say("template.side"))

"""The evening for all to see: one round at a time over the whole screen, with names and tables and nothing else."""

from __future__ import annotations

import anywidget
import traitlets

from relexp.apps.widgets import script
from relexp.messages import say
from relexp.pairing.evening import Conversation, Evening, Round

_WORDS = ("show", "title", "rest", "back", "next", "hold", "go_on", "close")


class RoomScreen(anywidget.AnyWidget):
    """A button that lets the evening fill the screen; `rounds` holds names as on a badge, tables and rests alone."""

    _esm = script("room.js")
    rounds = traitlets.List(traitlets.Dict()).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self) -> None:
        super().__init__(words={word: str(say(f"room.{word}")) for word in _WORDS})

    def present(self, evening: Evening) -> None:
        """Take these rounds in place of those before."""
        self.rounds = [_shown(evening, round) for round in evening.rounds]


def _shown(evening: Evening, round: Round) -> dict[str, object]:
    name = evening.names.get
    return {
        "title": str(say("room.round", round=round.number)),
        "of": str(say("room.of", rounds=len(evening.rounds))),
        "seats": [
            {"table": str(say("room.table", table=talk.table)), "number": talk.table, "names": _names(evening, talk)}
            for talk in round.conversations
        ],
        "resting": [name(id, id) for id in round.resting],
    }


def _names(evening: Evening, talk: Conversation) -> list[str]:
    return [evening.names.get(id, id) for id in (*talk.people, *talk.interpreters)]

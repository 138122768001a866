"""What a facilitator has done on the gathering page, as bytes to keep and to come back to."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TypeVar

from relexp.apps.kept_wishes import wishes_of, wishes_shape
from relexp.exchange.evening_json import json_bytes, read_json
from relexp.messages import TEMPLATES, FaultsFound, Message
from relexp.pairing.evening import Evening
from relexp.roster.duplicates import likely_duplicates, merge
from relexp.roster.person import Roster
from relexp.roster.wishes import Wishes

VERSION = 1
# The name under which a sheet is read that was corrected on the page.
CORRECTED = "corrected.csv"
_SIMPLE = (str, int, float)
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Decision:
    """Two ids that looked like one person, and whether the organiser said that they are the same."""

    first: str
    second: str
    same: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it was brought: what the page calls it, and its bytes.

    `file` is the name it is read under where that is another. `own`: it is that of the room there is, corrected.
    """

    name: str
    content: bytes
    file: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """The page of one gathering, by what was done on it; all that is shown follows from this.

    `name` is what the page calls the sheet, `file` the name it is read under where that is another. `rounds` is as
    typed. `evening` is the planned one as json, `stopped` whether it was stopped early. `told` are the reasons why it
    cannot be as asked: those of the evening, or without one those on the page. `planning`: a plan is in the making.
    `wishes` are those on the page (None: the usual ones), `planned` those that the evening was planned with.
    `apart` is who must not be put together, under lock.
    `times` is what the panel of the times keeps; `spellings` what was said of the ways in which organisations are
    written. `met` are earlier evenings, by name, with who met there.
    `by_hand`: the steps by which the evening was changed, and what is kept of it, as `hand_steps` writes them.
    `room` is the mark of the room that the evening was planned for, "" where nobody noted it. `mending` are sheets with
    faults that are being mended beside the room, the one on the page last. `opening` is what the panel
    that opens the doors keeps.
    """

    name: str
    sheet: bytes
    file: str = ""
    rounds: int = 0
    decisions: tuple[Decision, ...] = ()
    evening: str = ""
    stopped: bool = False
    told: tuple[Message, ...] = ()
    planning: bool = False
    wishes: Wishes | None = None
    planned: Wishes | None = None
    apart: str = ""
    times: str = ""
    spellings: str = ""
    met: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    by_hand: str = ""
    room: str = ""
    mending: tuple[Sheet, ...] = ()
    opening: str = ""

    def decided(self, first: str, second: str, same: bool) -> Draft:
        """The draft with one more decision on two people; merged people are another room, with no evening yet."""
        decisions = (*self.decisions, Decision(first, second, same))
        if not same:
            return replace(self, decisions=decisions)
        return replace(
            self,
            decisions=decisions,
            evening="",
            by_hand="",
            room="",
            told=(),
            stopped=False,
            planned=None,
            planning=False,
        )

    def with_evening(self, evening: Evening, roster: Roster, wishes: Wishes | None) -> Draft:
        """The draft with the evening that was planned for this room with these wishes."""
        shown = json_bytes(evening, roster).decode()
        room = room_mark(roster)
        return replace(self, evening=shown, planned=wishes, room=room, told=(), stopped=False, planning=False)

    def to_bytes(self) -> bytes:
        """The draft as a store keeps it."""
        shape = {
            "version": VERSION,
            "name": self.name,
            "sheet": base64.b64encode(self.sheet).decode(),
            "file": self.file,
            "rounds": self.rounds,
            "decisions": [[each.first, each.second, each.same] for each in self.decisions],
            "evening": self.evening,
            "stopped": self.stopped,
            "told": [[each.code, {key: _simple(value) for key, value in each.values.items()}] for each in self.told],
            "planning": self.planning,
            "wishes": self.wishes and wishes_shape(self.wishes),
            "planned": self.planned and wishes_shape(self.planned),
            "apart": self.apart,
            "times": self.times,
            "met": self.met,
        }
        if self.spellings:
            shape["spellings"] = self.spellings
        if self.by_hand:
            shape["by_hand"] = self.by_hand
        if self.room:
            shape["room"] = self.room
        if self.opening:
            shape["opening"] = self.opening
        if self.mending:
            shape["mending"] = [
                [each.name, base64.b64encode(each.content).decode(), each.file, each.own] for each in self.mending
            ]
        return json.dumps(shape, allow_nan=False).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Draft | None:
        """The draft that `to_bytes` made these bytes of; None when it was not, or was a later relexp's."""
        try:
            return _draft(json.loads(content))
        except (ValueError, TypeError, KeyError, RecursionError):
            return None


def as_decided(draft: Draft, roster: Roster) -> Roster:
    """The roster with those made one who were said to be the same."""
    for decision in draft.decisions:
        pairs = likely_duplicates(roster) if decision.same else ()
        same = next((each for each in pairs if (each.first, each.second) == (decision.first, decision.second)), None)
        roster = merge(roster, same) if same else roster
    return roster


def kept_evening(draft: Draft, roster: Roster) -> Evening | None:
    """The evening that was planned, if it is of these people."""
    if not draft.evening:
        return None
    try:
        evening = read_json(draft.evening.encode(), draft.name)
    except FaultsFound:
        return None
    return named(evening, roster) if set(evening.names) == {person.id for person in roster} else None


def named(evening: Evening, roster: Roster) -> Evening:
    """The evening with everybody's name as the roster has it now."""
    names = {id: roster[id].name if id in roster else name for id, name in evening.names.items()}
    return replace(evening, names=names)


def room_mark(roster: Roster) -> str:
    """What tells this room from another to a plan: everything on the sheet but what people are called."""
    place = roster.index.get
    people = [
        (
            *(getattr(person, part) for part in _LOOKED_AT),
            *(sorted(each) for each in (person.languages, person.rest)),
            *(place(each or "") for each in (person.responsible_adult, person.interpreter_for)),
            sorted((key, value) for key, value in person.values.items() if key not in _NAMING),
        )
        for person in roster
    ]
    return blake2b(repr(people).encode(), digest_size=16).hexdigest()


_LOOKED_AT = ("organisation", "side", "under_18", "fixed_seat", "quiet", "women_only", "gender")
# Columns that hold what people are called.
_NAMING = frozenset({"name", "email", "responsible_adult", "interpreter_for"})


def _simple(value: object) -> object:
    return value if isinstance(value, _SIMPLE) else str(value)


def _draft(shape: Mapping[str, object]) -> Draft:
    """Raises ValueError, TypeError or KeyError for anything that is no draft."""
    if type(shape) is not dict or shape["version"] != VERSION:
        raise ValueError("no draft")
    return Draft(
        name=_of(str, shape["name"]),
        sheet=base64.b64decode(_of(str, shape["sheet"]), validate=True),
        file=_of(str, shape["file"]),
        rounds=_of(int, shape["rounds"]),
        decisions=tuple(_decision(*_of(list, each)) for each in _of(list, shape["decisions"])),
        evening=_of(str, shape["evening"]),
        stopped=_of(bool, shape["stopped"]),
        told=_told(_of(list, shape["told"])),
        planning=_of(bool, shape["planning"]),
        wishes=_wishes(shape.get("wishes")),
        planned=_wishes(shape.get("planned")),
        apart=_of(str, shape.get("apart", "")),
        # Drafts of before there were times have none.
        times=_of(str, shape.get("times", "")),
        spellings=_of(str, shape.get("spellings", "")),
        met=tuple(_met(*_of(list, each)) for each in _of(list, shape.get("met", []))),
        by_hand=_of(str, shape.get("by_hand", "")),
        room=_of(str, shape.get("room", "")),
        mending=_mending(_of(list, shape.get("mending", []))),
        opening=_of(str, shape.get("opening", "")),
    )


def _of(kind: type[Kind], value: object) -> Kind:
    # True is an int to Python, not to us.
    if type(value) is not kind:
        raise TypeError("no draft")
    return value


def _decision(first: object, second: object, same: object) -> Decision:
    return Decision(_of(str, first), _of(str, second), _of(bool, same))


def _mending(shapes: list[object]) -> tuple[Sheet, ...]:
    # Drafts of before had one at most.
    rows = [shapes] if shapes and isinstance(shapes[0], str) else shapes
    return tuple(_sheet(*_of(list, each)) for each in rows)


def _sheet(name: object, sheet: object, file: object, own: object) -> Sheet:
    content = base64.b64decode(_of(str, sheet), validate=True)
    return Sheet(_of(str, name), content, _of(str, file), _of(bool, own))


def _wishes(shape: object) -> Wishes | None:
    """Those of an earlier relexp are none."""
    return None if shape is None else wishes_of(_of(dict, shape))


def _met(name: object, pairs: object) -> tuple[str, tuple[tuple[str, str], ...]]:
    return _of(str, name), tuple((_of(str, one), _of(str, other)) for one, other in _of(list, pairs))


def _told(shapes: list[object]) -> tuple[Message, ...]:
    """The sentences, all of them or none: a later relexp may have other words for some."""
    pairs = [(_of(str, code), _of(dict, values)) for code, values in (_of(list, each) for each in shapes)]
    for _, values in pairs:
        if not all(isinstance(value, _SIMPLE) for value in values.values()):
            raise TypeError("no draft")
    return tuple(Message(code, values) for code, values in pairs) if all(code in TEMPLATES for code, _ in pairs) else ()

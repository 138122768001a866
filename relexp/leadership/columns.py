"""The cells of the table: what each holds as it is kept, and as people read, type and paste it.

As it is kept a cell is a text: a stage's key, a day as 2026-03-06, the id of whoever develops somebody, "" for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from relexp.leadership.board import Board, Named
from relexp.leadership.leader import WORDS, Leader, Step, Wording
from relexp.messages import Fault, FaultsFound, Message, say
from relexp.reflection.one_to_ones import Following
from relexp.roster.words import fold, squeeze, tidy

# A cell is no place for a book.
LONGEST = 500
TEXTS = ("name", "institution", "role", *WORDS, "step", "agreed_by")
FIXED = (
    "name", "institution", "role", "stage", "following", *WORDS, "step", "due", "agreed_by", "developed_by", "review",
)  # fmt: skip
# What follows from the evidence, and is read but not written.
DERIVED = ("met", "meetings", "challenge", "seen")
# What a new house sees at first: the rest is a press away.
AT_FIRST = ("name", "institution", "stage", "following", "step", "due", "met")
# The cells that are the open step.
STEP = ("step", "due", "agreed_by")
# What no sheet holds: it comes along when text is pasted from a broken file, and nobody sees it.
_UNFIT = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff\ufffe\uffff]")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[./\s-](\d{1,2}|[a-z]{3,9})[./\s-](\d{4}|\d{2})")
_BANDS = ((Following.NOBODY, 0), (Following.FEW, 2), (Following.SOME, 9), (Following.MANY, 10**6))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of one leader: what stood in it, and what stands in it now."""

    leader: str
    field: str
    before: str
    after: str

    @property
    def back(self) -> Change:
        """The change that takes this one back."""
        return replace(self, before=self.after, after=self.before)


def thing(field: str) -> str:
    """What a cell is a part of: nobody agrees to words that they have not seen, nor gives another's step a new day."""
    return "step" if field in STEP else field.removeprefix("wording.")


def fields(board: Board) -> tuple[str, ...]:
    """Every column that can be written, in the order of the table: `training.<key>` and `own.<key>` beside ours."""
    training = tuple(f"training.{each.key}" for each in board.trainings)
    return (*FIXED[:11], *training, *FIXED[11:], *(f"own.{each.key}" for each in board.own))


def heading(board: Board, field: str) -> str:
    """What a column is called on a page and in a sheet."""
    group, _, key = field.partition(".")
    if group == "training" and key:
        return str(say("lead.column_training", name=_name(board.trainings, key)))
    return _name(board.own, key) if group == "own" and key else str(say(f"lead.column_{field}"))


def cell(leader: Leader, field: str) -> str:
    """A cell as it is kept."""
    group, _, key = field.partition(".")
    match group:
        case "training":
            return leader.training[key].isoformat() if key in leader.training else ""
        case "own":
            return leader.own.get(key, "")
        case "wording":
            return str(leader.wording.get(key, ""))
        case "step":
            return leader.step.what if leader.step else ""
        case "due":
            return leader.step.due.isoformat() if leader.step and leader.step.due else ""
        case "agreed_by":
            return leader.step.agreed_by if leader.step else ""
        case "following":
            return str(leader.following or "")
        case "review":
            return leader.review.isoformat() if leader.review else ""
    return str(getattr(leader, field))


def with_cell(leader: Leader, field: str, text: str) -> Leader:
    """The leader with another text in a cell, as it is kept; the wording stays as agreed as it was."""
    group, _, key = field.partition(".")
    match group:
        case "training":
            others = {each: day for each, day in leader.training.items() if each != key}
            return replace(leader, training=others | ({key: date.fromisoformat(text)} if text else {}))
        case "own":
            others_own = {each: said for each, said in leader.own.items() if each != key}
            return replace(leader, own=others_own | ({key: text} if text else {}))
        case "wording":
            others_worded = {each: by for each, by in leader.wording.items() if each != key}
            return replace(leader, wording=others_worded | ({key: Wording(text)} if text else {}))
        case "following":
            return replace(leader, following=Following(text) if text else None)
        case "review":
            return replace(leader, review=date.fromisoformat(text) if text else None)
        case "step" | "due" | "agreed_by":
            return replace(leader, step=_step(leader.step or Step(""), field, text))
    if field not in FIXED:
        raise ValueError(f"no column is called {field!r}")
    plain: dict[str, Any] = {field: text}
    return replace(leader, **plain)


def reworded(changes: Iterable[Change], leader: Leader, by: Wording) -> tuple[Change, ...]:
    """The changes that one of the two made, with what follows: the other has not agreed to those words yet."""
    found = []
    for change in changes:
        found.append(change)
        stands = by if change.after else ""
        before = cell(leader, f"wording.{change.field}") if change.field in WORDS else stands
        if before != stands:
            found.append(Change(leader.id, f"wording.{change.field}", before, str(stands)))
    return tuple(found)


def agreed(leader: Leader) -> dict[str, str]:
    """The cells with which both stand behind the words as they are read here: the words too, should they change."""
    words = {part: cell(leader, part) for part in leader.to_agree}
    return words | {f"wording.{part}": str(Wording.AGREED) for part in leader.to_agree}


def shown(board: Board, field: str, text: str, names: Mapping[str, str]) -> str:
    """A cell as people read it; `names` are those of the leaders by id."""
    match field:
        case "stage":
            return board.ladder.name(text)
        case "following":
            return str(say(f"lead.following_{Following(text).name.lower()}")) if text else ""
        case "developed_by":
            return names.get(text, "")
    return text


def in_cell(text: str) -> str:
    """A day as it is read in a cell: 6 Mar 2026; any other text as it is."""
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return text
    return f"{day.day} {day:%b %Y}" if day else text


def fit(text: str) -> str:
    """A text as every sheet can hold it: on one line, without padding and without letters that are none."""
    return squeeze(tidy(_UNFIT.sub("", text.replace("\ufffd", "?"))))


def read(board: Board, field: str, typed: str, people: Callable[[str], Collection[str]]) -> str:
    """A cell as it is kept, from what somebody typed; `people` gives the ids of the leaders of an id or a name.

    Raises FaultsFound, with what to do, where it fits no such cell.
    """
    text = fit(typed)
    if not text:
        if field == "name":
            raise _wrong("lead.no_name", field, typed)
        return ""
    group = field.partition(".")[0]
    if group == "training" or field in ("due", "review"):
        return _read_day(text, field)
    match field:
        case "stage":
            stage = board.ladder.named(text)
            if stage is None:
                known = ", ".join(each.name for each in board.ladder)
                raise _wrong("lead.no_stage", field, text, typed=text, known=known)
            return stage.key
        case "following":
            return _read_following(text)
        case "developed_by":
            return _read_person(text, people(text))
    if len(text) > LONGEST:
        raise _wrong("lead.long", field, text[:40], most=LONGEST)
    return text


def changes(before: Leader, after: Leader, those: Iterable[str]) -> tuple[Change, ...]:
    """The cells of these columns that differ."""
    pairs = ((field, cell(before, field), cell(after, field)) for field in those)
    return tuple(Change(after.id, field, old, new) for field, old, new in pairs if old != new)


def _step(step: Step, field: str, text: str) -> Step | None:
    match field:
        case "step":
            step = replace(step, what=text)
        case "due":
            step = replace(step, due=date.fromisoformat(text) if text else None)
        case _:
            step = replace(step, agreed_by=text)
    return step if step.what or step.due or step.agreed_by else None


def _name(those: tuple[Named, ...], key: str) -> str:
    return next((each.name for each in those if each.key == key), key)


def _read_day(text: str, field: str) -> str:
    """A day as 2026-03-06, 6/3/2026, 6.3.26, 6 March 2026 or 6th March 2026: the day first, as in Europe."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    try:
        found = _DAY.fullmatch(text.lower())
        day, month, year = found.groups() if found else ("", "", "")
        number = int(month) if month.isdigit() else 1 + _MONTHS.index(month[:3])
        return date(int(year) + (2000 if len(year) == 2 else 0), number, int(day)).isoformat()
    except ValueError:
        raise _wrong("lead.no_day", field, text, typed=text) from None


def _read_following(text: str) -> str:
    typed = fold(text).replace("–", "-").replace(" to ", "-").replace(" ", "")
    for band in Following:
        words = fold(str(say(f"lead.following_{band.name.lower()}"))).replace(" to ", "-").replace(" ", "")
        if typed in (str(band), words):
            return str(band)
    if typed.isascii() and typed.isdigit():
        count = int(typed[:6])
        return str(next(band for band, most in _BANDS if count <= most))
    known = ", ".join(str(say(f"lead.following_{band.name.lower()}")) for band in Following)
    raise _wrong("lead.no_following", "following", text, typed=text, known=known)


def _read_person(text: str, ids: Collection[str]) -> str:
    if len(ids) != 1:
        raise _wrong("lead.two_of_name" if ids else "lead.no_such_person", "developed_by", text, typed=text)
    return next(iter(ids))


def _wrong(code: str, field: str, value: str, **values: object) -> FaultsFound:
    column = field if "." in field else str(say(f"lead.column_{field}"))
    return FaultsFound([Fault(Message(code, values), column=column, value=value)])

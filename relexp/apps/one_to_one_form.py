"""The form for a one-to-one: who, when and for how long first; everything else is folded away, and may stay blank."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

import ipywidgets

from relexp.apps.html import sentence, tag
from relexp.apps.widgets import Fragment, Pick, row, show
from relexp.messages import Message, say
from relexp.reflection.one_to_ones import Following, Interest, OneToOne, faults
from relexp.store.codes import LONGEST, typed_code

LINES = ("energy", "told", "heard", "gave", "given", "step")
FEW_LINES = ("same", "different", "learnt")
FOLLOWING: tuple[Following | None, ...] = (None, *Following)
_LISTS = ("institutions", "also")
_OWNERS = ("nobody", "me", "other")


class OneToOneForm(ipywidgets.VBox):
    """Fields by the names of what they note; `read` gives what stands in them, with all that is wrong."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self.fields: dict[str, Any] = {
            "other": _text("other"),
            "day": ipywidgets.DatePicker(description=str(say("reading.one_day"))),
            "minutes": _text("minutes"),
            **{part: _text(part) for part in (*LINES, *_LISTS, "writer")},
            **{part: ipywidgets.Textarea(description=_label(part), rows=2) for part in FEW_LINES},
            "following": Pick(label=_label("following"), options=[_following(each) for each in FOLLOWING]),
            "owner": Pick(label=_label("owner"), options=[str(say(f"reading.owner_{each}")) for each in _OWNERS]),
            "due": ipywidgets.DatePicker(description=_label("due")),
            "done": ipywidgets.Checkbox(description=_label("done"), indent=False),
        }
        self.interests = {
            each: ipywidgets.Checkbox(description=str(say(f"reading.interest_{each}")), indent=False)
            for each in Interest
        }
        self.more = ipywidgets.ToggleButton(value=False, description=str(say("reading.one_more")), tooltip="")
        super().__init__(self._laid_out())
        self.add_class("one-form")
        self.more.observe(lambda change: show(self._folded, change["new"]), "value")
        self.empty()

    def _laid_out(self) -> tuple[ipywidgets.Widget, ...]:
        fields, hint, interests = self.fields, Fragment(), Fragment()
        hint.show(tag("p", sentence(say("reading.one_who_hint")), class_="hint"))
        interests.show(tag("p", _label("interests"), class_="read"))
        boxes = row(self.interests.values())
        boxes.add_class("interests")
        parts: list[ipywidgets.Widget] = [fields["energy"], interests, boxes]
        parts += [fields[part] for part in ("told", "heard", "following", "institutions", *FEW_LINES)]
        parts += [fields[part] for part in ("gave", "given", "step", "owner", "due", "done", "also", "writer")]
        self._folded = ipywidgets.VBox(parts)
        self._folded.add_class("controls")
        show(self._folded, False)
        least = row(fields[part] for part in ("other", "day", "minutes"))
        least.add_class("controls")
        return (least, hint, row((self.more,)), self._folded)

    def empty(self) -> None:
        """Begin a new one; your own code stays."""
        for part, field in self.fields.items():
            if part != "writer":
                field.value = _blank(field)
        self.fields["day"].value = self._today()
        for box in self.interests.values():
            box.value = False
        self.more.value = False
        self._begun = self.typed()

    @property
    def touched(self) -> bool:
        """Whether something stands in it that is not kept."""
        return self.typed() != self._begun

    def typed(self) -> tuple[object, ...]:
        """All that stands in it, as it was typed."""
        return (*(field.value for field in self.fields.values()), *(box.value for box in self.interests.values()))

    def fill(self, meeting: OneToOne, me: str) -> None:
        """Show one that was noted; `me` is the code of a writer who typed none of their own."""
        fields = self.fields
        for part in ("other", "day", *LINES, *FEW_LINES, "due", "done"):
            fields[part].value = getattr(meeting, part)
        fields["minutes"].value = str(meeting.minutes)
        for part in _LISTS:
            fields[part].value = ", ".join(getattr(meeting, part))
        fields["writer"].value = "" if meeting.writer == me else meeting.writer
        fields["following"].value = FOLLOWING.index(meeting.following)
        fields["owner"].value = 1 if meeting.owner == meeting.writer else 2 if meeting.owner else 0
        for interest, box in self.interests.items():
            box.value = interest in meeting.interests
        self.more.value = True
        self._begun = self.typed()

    def read(self, me: str, known: Collection[str]) -> tuple[OneToOne | None, list[Message]]:
        """What stands in the form, and what is wrong with it; `known` are the codes of those who are remembered."""
        value = {part: field.value for part, field in self.fields.items()}
        writer, other = _code(value["writer"], known) or me, _code(value["other"], known)
        also = tuple(_code(each, known) for each in _parts(value["also"]))
        meeting = OneToOne(
            writer,
            other,
            value["day"] or self._today(),
            _number(value["minutes"]),
            **{part: value[part].strip() for part in (*LINES, *FEW_LINES)},
            interests=frozenset(each for each, box in self.interests.items() if box.value),
            following=FOLLOWING[value["following"]],
            institutions=_parts(value["institutions"]),
            owner=("", writer, other)[value["owner"]],
            due=value["due"],
            done=value["done"],
            also=also,
        )
        wrong = [say("reading.one_no_day")] if value["day"] is None else []
        wrong += [
            say("reading.one_long_code", typed=each, most=LONGEST)
            for each in (writer, other, *also)
            if len(each) > LONGEST
        ]
        wrong += [_named(fault.key, fault.message) for fault in faults(meeting, self._today())]
        return (None if wrong else meeting), wrong


def _named(part: str | None, message: Message) -> Message:
    """What is wrong with a field, with the field's name where it does not say so itself."""
    if message.code != "reflect.long":
        return message
    return say("reading.one_what_wrong", field=_label(part or ""), wrong=str(message))


def _label(part: str) -> str:
    return str(say(f"reading.one_{part}"))


def _text(part: str) -> ipywidgets.Text:
    return ipywidgets.Text(description=_label(part))


def _following(each: Following | None) -> str:
    return str(say(f"reading.following_{each.name.lower() if each else 'not_noted'}"))


def _blank(field: ipywidgets.Widget) -> object:
    if isinstance(field, Pick):
        return 0
    if isinstance(field, ipywidgets.Checkbox):
        return False
    return None if isinstance(field, ipywidgets.DatePicker) else ""


def _code(text: str, known: Collection[str]) -> str:
    """A code as it is kept, where it is one that is known here; else the letters as they were typed."""
    code = typed_code(text)
    return code if code in known else text.strip()


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("،", ",").split(",") if part.strip())


def _number(text: str) -> int:
    """Minutes as they were typed; 0, which no talk lasts, where it is no number."""
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 5 else 0

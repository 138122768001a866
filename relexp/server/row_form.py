"""A form about one thing of a leader's own row: nothing that was typed is lost, and nothing is written over unseen."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from relexp.leadership.columns import LONGEST
from relexp.leadership.leader import WORDS, Row
from relexp.messages import FaultsFound, say
from relexp.server.row import RowPage, mark
from relexp.store.leader_deeds import Clash
from relexp.store.seal import Seal

# The fields in which somebody writes.
_IN_WORDS = ("what", "answer", "words", "step", "seen_by", *WORDS, "role", "institution")
_KEY = re.compile(r"[0-9a-f]{32}")
# Not seen themselves, but they shape the letters beside them, in Bengali, Urdu and others.
_JOINERS = "\u200c\u200d"


class How(StrEnum):
    """How something is answered."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    ONE_OF = "one_of"


@dataclass(frozen=True)
class Field:
    """Something that is asked: `says` is the question, `stands` what is kept now, `options` keys with their words."""

    name: str
    says: str
    stands: str = ""
    how: How = How.LINE
    longest: int = LONGEST
    needed: bool = False
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Form:
    """What is asked about one thing: its key, what it is `about` with a word `beside` that, and the buttons."""

    key: str
    fields: tuple[Field, ...]
    about: str = ""
    beside: str = ""
    presses: tuple[tuple[str, str], ...] = (("keep", "lead.row_press_keep"),)


@dataclass(frozen=True)
class Meanwhile:
    """What somebody else wrote while this was typed, and what was typed."""

    says: str
    typed: str
    now: str


class RowForm(RowPage):
    """A page with one form. Whoever writes says what stood there before; where another was there meanwhile, both are
    shown, and pressing again is a choice."""

    # Where on the page of the row one finds oneself afterwards.
    section: ClassVar[str]

    def form(self, row: Row, *of: str) -> Form | None:
        """What is asked; None where there is nothing (any more) to ask about."""
        raise NotImplementedError

    def keep(self, row: Row, form: Form, typed: Mapping[str, str], *of: str) -> Iterable[Clash]:
        """Keep what was typed; what somebody else wrote in this very moment comes back. Raises FaultsFound."""
        raise NotImplementedError

    def wrong(self, typed: Mapping[str, str]) -> dict[str, str]:
        """What cannot be kept as it is, by field, beside what holds for every form."""
        return {}

    def at(self, *of: str) -> str:
        """Where on the page of the row one finds oneself afterwards."""
        return self.section

    async def get(self, *of: str) -> None:
        if self.speaks_another() or (row := await self.row()) is None:
            return
        form = await asyncio.to_thread(self.form, row, *of)
        if form is None:
            self.redirect(f"{self.base_url}row")
        else:
            self.ask(form, {field.name: field.stands for field in form.fields}, of)

    async def post(self, *of: str) -> None:
        if (row := await self.row()) is None:
            return
        form = await asyncio.to_thread(self.form, row, *of)
        # Somebody else's link may have been opened since, on the same phone.
        if form is None or self.get_body_argument("whose", self.whose) != self.whose:
            self.is_gone()
            return
        typed = self.typed(form)
        wrong = self.faults(form, typed) | self.wrong(typed)
        meanwhile = self.meanwhile(form, typed)
        changed = await asyncio.to_thread(self.is_changed, row, form)
        if not (wrong or meanwhile or changed):
            try:
                clashes = tuple(await asyncio.to_thread(self.keep, row, form, typed, *of))
            except FaultsFound as found:
                wrong = {fault.key or form.fields[0].name: self.told(fault.message) for fault in found.faults}
            else:
                if not clashes:
                    self.back(self.at(*of))
                    return
                again = await asyncio.to_thread(self.form, row, *of)
                meanwhile = [*self.clashed(form, clashes)]
                changed = not meanwhile
                form = again or form
        self.ask(form, typed, of, wrong, meanwhile, changed)

    @property
    def whose(self) -> str:
        """What tells a form of theirs from one of another leader."""
        return mark(self.visitor.id)

    def is_changed(self, row: Row, form: Form) -> bool:
        """Whether what it is about has changed since the form was read."""
        return self.get_body_argument("about", mark(form.about)) != mark(form.about)

    def is_gone(self) -> None:
        """What was asked about is not there any more: what was typed is shown, to be copied."""
        lost = [clean(self.get_body_argument(name, ""), lines=True) for name in _IN_WORDS]
        self.show("row_form.html", form=None, lost=[*filter(None, lost)], words=self.words, xsrf=self.xsrf_form_html())

    def typed(self, form: Form) -> dict[str, str]:
        """What came of each field; what nobody touched is as it stands now."""
        found = {}
        for field in form.fields:
            came = clean(self.get_body_argument(field.name, field.stands), lines=field.how is How.TEXT)
            if field.how is How.ONE_OF and came not in {key for key, _ in field.options}:
                came = ""
            found[field.name] = field.stands if mark(came) == self.seen(field) else came
        return found

    def seen(self, field: Field) -> str:
        """The mark of what stood in a field when the form was read."""
        return self.get_body_argument(f"seen-{field.name}", mark(field.stands))

    def faults(self, form: Form, typed: Mapping[str, str]) -> dict[str, str]:
        """What is missing, or too long."""
        wrong = {}
        for field in form.fields:
            if field.needed and not typed[field.name]:
                wrong[field.name] = self.words("lead.row_choose" if field.options else "lead.row_needed")
            elif len(typed[field.name]) > field.longest:
                wrong[field.name] = self.told(say("reflect.long", most=field.longest))
        return wrong

    def meanwhile(self, form: Form, typed: Mapping[str, str]) -> list[Meanwhile]:
        """Where somebody else wrote since the form was read, and something else than was typed."""
        return [
            Meanwhile(field.says, self.in_words(field, typed[field.name]), self.in_words(field, field.stands))
            for field in form.fields
            if mark(field.stands) not in (self.seen(field), mark(typed[field.name]))
        ]

    def clashed(self, form: Form, clashes: Iterable[Clash]) -> Iterable[Meanwhile]:
        """The same where it happened while this was being kept."""
        fields = {field.name: field for field in form.fields}
        for each in clashes:
            if each.change.before != each.now and (field := fields.get(each.change.field)):
                after, stands = (self.in_words(field, text) for text in (each.change.after, each.now))
                yield Meanwhile(field.says, after, stands)

    def in_words(self, field: Field, value: str) -> str:
        """What stands in a field as people read it."""
        return dict(field.options).get(value, value)

    def ask(
        self,
        form: Form,
        typed: Mapping[str, str],
        of: tuple[str, ...],
        wrong: Mapping[str, str] | None = None,
        meanwhile: Iterable[Meanwhile] = (),
        changed: bool = False,
    ) -> None:
        """Write the page with what was typed in it."""
        self.show(
            "row_form.html",
            form=form,
            typed=typed,
            wrong=wrong or {},
            meanwhile=meanwhile,
            changed=changed,
            section=self.at(*of),
            key=self.key() or secrets.token_hex(16),
            whose=self.whose,
            how=How,
            mark=mark,
            words=self.words,
            xsrf=self.xsrf_form_html(),
        )

    def key(self) -> str:
        """The key of this form, the same where it is sent twice; "" where it is read the first time."""
        found = self.get_body_argument("key", "")
        return found if _KEY.fullmatch(found) else ""

    def id(self, of: str = "") -> str:
        """The id of what is kept by this form, or of this thing: nobody can make one that is another's."""
        return Seal().mark(f"{self.visitor.id} {of or self.key() or secrets.token_hex(16)}").hex()[:32]


def clean(text: str, *, lines: bool = False) -> str:
    """What was typed, without what cannot be seen: on one line, or on as many as there are."""
    if lines:
        return "\n".join(clean(line) for line in text.splitlines()).strip()
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace() or c in _JOINERS).split())

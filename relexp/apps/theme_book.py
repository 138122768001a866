"""The book of themes on the page: added, renamed, put in order and taken out; what is changed is kept at once."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace

import ipywidgets
from markupsafe import Markup

from relexp.apps.html import join, sentence, tag, typed
from relexp.apps.widgets import Fragment, button, row, show
from relexp.messages import Message, say
from relexp.reflection.codebook import Theme
from relexp.store.reading import Reading

LONGEST_NAME, LONGEST_WHEN = 60, 200
Book = tuple[Theme, ...]


class ThemeBook(ipywidgets.VBox):
    """The themes as a list, a form for a new one, and one for the theme that is chosen; `changed` hears of each change.

    Two may change the book at once: each change is made to what is kept, never to what this page showed before.
    """

    def __init__(
        self, guard: Callable[[Callable[[], None]], None], speak: Callable[[str], None], changed: Callable[[], None]
    ) -> None:
        self._guard, self._speak, self._changed = guard, speak, changed
        self._reading: Reading | None = None
        self._showing = False
        self.list, self.wrong, self.sure = Fragment(), Fragment(), Fragment()
        self.name, self.when = _fields()
        self.add = button(str(say("reading.book_take")), lambda: guard(self._add))
        self.which = ipywidgets.Dropdown(description=str(say("reading.book_pick")))
        self.which.add_class("wide")
        self.new_name, self.new_when = _fields(at_once=False)
        self.up = button(str(say("reading.book_up")), lambda: guard(lambda: self._move(-1)))
        self.down = button(str(say("reading.book_down")), lambda: guard(lambda: self._move(1)))
        self.out = button(str(say("reading.book_out")), lambda: self._ask(True))
        self.out_yes = button(str(say("reading.book_out")), lambda: guard(self._take_out))
        self.out_no = button(str(say("reading.book_keep")), lambda: self._ask(False))
        self._asking = ipywidgets.VBox((self.sure, row((self.out_yes, self.out_no))))
        self._asking.add_class("note")
        super().__init__(self._laid_out())
        self.add_class("walk-in")
        self.wrong.show(None)
        self._ask(False)
        self.which.observe(lambda _: guard(self._fill), "value")
        for field in (self.new_name, self.new_when):
            field.observe(lambda _: guard(self._rename), "value")

    def offer(self, reading: Reading) -> None:
        """Show the book as it is kept."""
        self._reading = reading
        self._show()

    def _laid_out(self) -> tuple[ipywidgets.Widget, ...]:
        heads = {}
        for key in ("book_add", "book_change"):
            heads[key] = Fragment()
            heads[key].show(tag("h3", str(say(f"reading.{key}"))))
        new, change = row((self.name, self.when)), row((self.new_name, self.new_when))
        for fields in (new, change):
            fields.add_class("controls")
            fields.add_class("theme-fields")
        tools = row((self.up, self.down, self.out))
        tools.add_class("tools")
        self._change_form = ipywidgets.VBox((heads["book_change"], self.which, change, tools, self._asking))
        return (self.list, heads["book_add"], new, row((self.add,)), self.wrong, self._change_form)

    def _show(self) -> None:
        book = self._book()
        items = (tag("li", tag("strong", typed(each.name)), _when(each)) for each in book)
        lead = tag("p", str(say("reading.book_lead" if book else "reading.book_none")), class_="hint")
        pieces = [tag("h2", str(say("reading.book"))), lead, *([tag("ol", *items, class_="said")] if book else [])]
        self.list.show(join(pieces))
        before, keys = self.which.value, [each.key for each in book]
        self._showing = True
        self.which.options = [(each.name, each.key) for each in book]
        self.which.value = before if before in keys else next(iter(keys), None)
        self._showing = False
        show(self._change_form, bool(book))
        self._fill()

    def _fill(self) -> None:
        book = self._book()
        place = self._place(book)
        if self._showing or place is None:
            return
        self._showing = True
        self.new_name.value, self.new_when.value = book[place].name, book[place].when
        self._showing = False
        self.up.disabled, self.down.disabled = place == 0, place == len(book) - 1
        self._ask(False)

    def _add(self) -> None:
        new = Theme(secrets.token_hex(4), self.name.value.strip(), self.when.value.strip())
        if self._told(new):
            return
        self._write((*self._book(), new))
        self.name.value = self.when.value = ""

    def _rename(self) -> None:
        book = self._book()
        place = self._place(book)
        if self._showing:
            return
        if place is None:
            self._gone()
            return
        new = replace(book[place], name=self.new_name.value.strip(), when=self.new_when.value.strip())
        if new != book[place] and not self._told(new):
            self._write((*book[:place], new, *book[place + 1 :]))

    def _move(self, by: int) -> None:
        book = [*self._book()]
        place = self._place(book)
        if place is None:
            self._gone()
        elif 0 <= place + by < len(book):
            book.insert(place + by, book.pop(place))
            self._write(tuple(book))

    def _take_out(self) -> None:
        self._write(tuple(each for each in self._book() if each.key != self.which.value))

    def _ask(self, asked: bool) -> None:
        """Ask once more before a theme is taken off all its lines, or ask no longer."""
        book = self._book()
        place = self._place(book)
        if place is not None:
            sure = say("reading.book_sure", name=book[place].name)
            self.sure.show(tag("p", sentence(sure)))
            if asked:
                self._speak(str(sure))
        show(self._asking, asked and place is not None)
        show(self.out, not asked)

    def _gone(self) -> None:
        self._show()
        self._say(say("reading.book_gone"))

    def _told(self, new: Theme) -> bool:
        """Whether something is wrong with a theme; then all of it is told."""
        wrong = [*_faults(new, self._book())]
        self._say(*wrong)
        return bool(wrong)

    def _say(self, *wrong: Message) -> None:
        said = tag("ul", *(tag("li", sentence(each)) for each in wrong), class_="faults") if wrong else None
        self.wrong.show(tag("div", said, class_="note") if said else None)
        if wrong:
            self._speak(" ".join(map(str, wrong)))

    def _write(self, book: Book) -> None:
        if self._reading is None:
            return
        self._reading.write_book(book)
        self._say()
        self._speak(str(say("reading.book_kept")))
        self._show()
        self._changed()

    def _book(self) -> Book:
        return self._reading.book() if self._reading else ()

    def _place(self, book: Sequence[Theme]) -> int | None:
        return next((place for place, each in enumerate(book) if each.key == self.which.value), None)


def _fields(*, at_once: bool = True) -> tuple[ipywidgets.Text, ipywidgets.Text]:
    """The name of a theme and when a line belongs to it."""
    codes = ("reading.book_name", "reading.book_belongs")
    name, when = (ipywidgets.Text(description=str(say(code)), continuous_update=at_once) for code in codes)
    return name, when


def _faults(new: Theme, book: Book) -> list[Message]:
    found = []
    if not new.name:
        found.append(say("reading.book_no_name"))
    if len(new.name) > LONGEST_NAME:
        found.append(say("reading.book_long", most=LONGEST_NAME))
    if len(new.when) > LONGEST_WHEN:
        found.append(say("reading.book_when_long", most=LONGEST_WHEN))
    if any(new.name.casefold() == each.name.casefold() for each in book if each.key != new.key):
        found.append(say("reading.book_twice", name=new.name))
    return found


def _when(theme: Theme) -> Markup | None:
    return tag("span", " ", sentence(say("reading.book_when", when=theme.when)), class_="small") if theme.when else None

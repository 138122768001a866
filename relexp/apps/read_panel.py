"""Reading the lines for themes: the book of themes, then the lines one at a time, each reader by themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import ipywidgets

from relexp.apps.html import join, sentence, tag
from relexp.apps.line_reader import LineReader
from relexp.apps.theme_book import ThemeBook
from relexp.apps.widgets import Fragment, row, show
from relexp.messages import say
from relexp.privacy.roles import Identity
from relexp.store import Store
from relexp.store.written import Line
from relexp.weave.held import Held


class ReadPanel(ipywidgets.VBox):
    """The reader's own themes alone are on it: `offer` says who reads, and what."""

    def __init__(self, guard: Callable[[Callable[[], None]], None], speak: Callable[[str], None]) -> None:
        self._guard, self._speak = guard, speak
        self._store: Store | None = None
        self._me: Identity | None = None
        self._lines: list[tuple[Held, Line]] = []
        self.book = ThemeBook(guard, speak, self._show)
        self.opener = ipywidgets.ToggleButton(value=False, description=str(say("reading.book_open")), tooltip="")
        self.heading, self.done = Fragment(), Fragment()
        self.reader = LineReader(self._noted, str(say("reading.lines_label")), "reading.read_of")
        super().__init__((row((self.opener,)), self.book, self.heading, self.reader, self.done))
        show(self.book, False)
        self.opener.observe(lambda change: show(self.book, change["new"]), "value")

    def offer(self, store: Store, me: Identity, gatherings: Sequence[Held]) -> None:
        """Show the lines of these gatherings to this reader."""
        self._store, self._me = store, me
        self._lines = lines_of(store, gatherings)
        self.book.offer(store.reading)
        if not store.reading.book():
            self.opener.value = True
        self._show()

    def _show(self) -> None:
        if self._store is None or self._me is None:
            return
        lead = tag("p", str(say("reading.lines_lead" if self._lines else "reading.lines_none")), class_="hint")
        self.heading.show(join((tag("h2", str(say("reading.lines"))), lead)))
        reading = self._store.reading
        noted = {each.line: each.theme for each in reading.coded(ids_of(self._lines), self._me)}
        self.reader.offer(self._lines, reading.book(), noted)
        show(self.reader, bool(self._lines))
        self._show_done()

    def _show_done(self) -> None:
        done = bool(self._lines) and all(line.id in self.reader.noted for _, line in self._lines)
        self.done.show(tag("p", sentence(say("reading.lines_all")), class_="note") if done else None)

    def _noted(self, line_id: str, theme: str | None) -> None:
        kept = False

        def keep() -> None:
            nonlocal kept
            kept = self._keep(line_id, theme)

        self._guard(keep)
        if not kept:
            self.reader.refuse(line_id)

    def _keep(self, line_id: str, theme: str | None) -> bool:
        if self._store is None or self._me is None or theme is None:
            return False
        if theme and theme not in {each.key for each in self._store.reading.book()}:
            self.book.offer(self._store.reading)
            self._show()
            self._speak(str(say("reading.book_gone")))
            return False
        self._store.reading.code(line_id, theme, self._me)
        self.reader.noted = {**self.reader.noted, line_id: theme}
        self._show_done()
        return True


def ids_of(lines: Sequence[tuple[Held, Line]]) -> list[str]:
    """The gatherings of these lines."""
    return [*dict.fromkeys(held.id for held, _ in lines)]


def named(held: Held) -> str:
    """A gathering by its name and its day."""
    return str(say("reading.one", name=held.name, day=f"{held.day.day} {held.day:%B %Y}"))


def lines_of(store: Store, gatherings: Sequence[Held]) -> list[tuple[Held, Line]]:
    """The lines of these gatherings, round by round."""
    return [(held, line) for held in gatherings for line in store.written.lines(held.id)]

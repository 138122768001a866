"""What readers settle together: how far they agree, the lines on which they differ, and what came up in all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from string import ascii_uppercase

import ipywidgets

from relexp.apps.chart import Chart
from relexp.apps.html import join, sentence, tag
from relexp.apps.line_reader import LineReader
from relexp.apps.read_panel import ids_of, lines_of, named
from relexp.apps.settle_view import Place, agreement_page, counts_figure, counts_table
from relexp.apps.widgets import Fragment, show
from relexp.messages import Message, say
from relexp.privacy.roles import Identity
from relexp.privacy.suppression import FEWEST
from relexp.reflection.codebook import NONE, Coded, agreement, counted, read_all, settled
from relexp.store import Store
from relexp.store.written import Line
from relexp.weave.held import Held


class SettlePanel(ipywidgets.VBox):
    """Nothing that another reader noted is on it, or in its state, before the one who looks has read every line."""

    def __init__(self, guard: Callable[[Callable[[], None]], None], speak: Callable[[str], None]) -> None:
        self._guard, self._speak = guard, speak
        self._store: Store | None = None
        self._lines: list[tuple[Held, Line]] = []
        self._coded: list[Coded] = []
        self.agree, self.differ, self.counts, self.table = Fragment(), Fragment(), Fragment(), Fragment()
        label, take_back = str(say("reading.differ_label")), str(say("reading.take_back"))
        self.reader = LineReader(self._decided, label, "reading.decided_of", take_back)
        self.chart = Chart({"data": [], "layout": {}}, str(say("reading.counts_chart")), height=360)
        super().__init__((self.agree, self.differ, self.reader, self.counts, self.chart, self.table))

    def offer(self, store: Store, me: Identity, gatherings: Sequence[Held]) -> None:
        """Show what there is to settle to a reader who has read all lines of these gatherings."""
        self._store, self._lines = store, lines_of(store, gatherings)
        lines = [line.id for _, line in self._lines]
        coded = store.reading.coded(ids_of(self._lines))
        done = read_all(coded, lines)
        self._coded = [each for each in coded if each.coder in done] if me.id in done else []
        if me.id not in done:
            own = sum(each.coder == me.id for each in coded)
            first = say("reading.settle_first", count=own, all=len(lines)) if lines else say("reading.settle_no_lines")
            self._nothing(first)
            return
        readers = _called(me.id, [each for each in done if each != me.id])
        self._show_agreement(readers)
        self._show_differing(readers)
        self._show_counts()

    def _nothing(self, why: Message) -> None:
        heading = tag("h2", str(say("reading.settle")))
        self.agree.show(join((heading, tag("p", sentence(why), class_="note"))))
        self.reader.offer((), (), {})
        self.chart.draw({"data": [], "layout": {}})
        for fragment in (self.differ, self.counts, self.table):
            fragment.show(None)
        for widget in (self.reader, self.chart):
            show(widget, False)

    def _show_agreement(self, readers: Mapping[str, str]) -> None:
        pairs = [
            (readers[one], readers[other], agreement(self._coded, one, other))
            for one, other in combinations(readers, 2)
        ]
        alone = tag("p", sentence(say("reading.settle_alone")), class_="note")
        self.agree.show(join((tag("h2", str(say("reading.settle"))), agreement_page(pairs) if pairs else alone)))

    def _show_differing(self, readers: Mapping[str, str]) -> None:
        if self._store is None:
            return
        book, decided = self._store.reading.book(), self._store.reading.decided(ids_of(self._lines))
        called = {each.key: each.name for each in book} | {NONE: str(say("reading.fits_none"))}
        given: dict[str, dict[str, str]] = {}
        for each in self._coded:
            given.setdefault(each.line, {})[each.coder] = each.theme
        # One that was decided stays, even if nobody differs any more: else it could not be taken back.
        lines = [
            (held, line) for held, line in self._lines if len({*given[line.id].values()}) > 1 or line.id in decided
        ]
        said = {
            line.id: [(name, called.get(given[line.id][reader], "")) for reader, name in readers.items()]
            for _, line in lines
        }
        lead = say("reading.differ_lead" if lines else "reading.differ_none")
        heading = tag("h2", str(say("reading.differ")))
        alone = len(readers) < 2 and not lines
        self.differ.show(None if alone else join((heading, tag("p", sentence(lead), class_="hint"))))
        shown = {line.id for _, line in lines}
        self.reader.offer(lines, book, {line: theme for line, theme in decided.items() if line in shown}, said)
        show(self.reader, bool(lines))

    def _show_counts(self) -> None:
        if self._store is None:
            return
        book = self._store.reading.book()
        themes = settled(self._coded, self._store.reading.decided(ids_of(self._lines)))
        places, where = _places(self._lines)
        counts = counted(themes, where)
        none = sum(theme == NONE for theme in themes.values())
        says = {"settled": len(themes), "all": len(self._lines)}
        told = say("reading.counts_says_few", **says)
        if none >= FEWEST:
            told = say("reading.counts_says", none=none, **says)
        if not counts:
            told = say("reading.counts_none")
        self.counts.show(join((tag("h2", str(say("reading.counts"))), tag("p", sentence(told)))))
        self.table.show(counts_table(counts, book, places) if counts else None)
        self.chart.draw(counts_figure(counts, book, places))
        show(self.chart, any(counts.values()))

    def _decided(self, line_id: str, theme: str | None) -> None:
        kept = False

        def keep() -> None:
            nonlocal kept
            kept = self._keep(line_id, theme)

        self._guard(keep)
        if not kept:
            self.reader.refuse(line_id)

    def _keep(self, line_id: str, theme: str | None) -> bool:
        if self._store is None:
            return False
        if theme and theme not in {each.key for each in self._store.reading.book()}:
            self._speak(str(say("reading.book_gone")))
            return False
        self._store.reading.settle(line_id, theme)
        rest = {line: each for line, each in self.reader.noted.items() if line != line_id}
        self.reader.noted = rest if theme is None else rest | {line_id: theme}
        self._show_counts()
        return True


def _called(me: str, others: Sequence[str]) -> dict[str, str]:
    """What each reader is called: nobody by a name."""
    if len(others) == 1:
        return {me: str(say("reading.you")), others[0]: str(say("reading.another"))}
    letters = {each: str(say("reading.another_of", letter=ascii_uppercase[at % 26])) for at, each in enumerate(others)}
    return {me: str(say("reading.you")), **letters}


def _places(lines: Sequence[tuple[Held, Line]]) -> tuple[list[Place], dict[str, str]]:
    """The places that are told apart, and the place of each line by its key: the rounds, or the gatherings."""
    gatherings = {held.id: held for held, _ in lines}
    if len(gatherings) > 1:
        names = Counter(held.name for held in gatherings.values())
        places = [
            Place(held.id, held.name if names[held.name] == 1 else named(held), f"{held.day.day} {held.day:%b<br>%Y}")
            for held in gatherings.values()
        ]
        return places, {line.id: held.id for held, line in lines}
    rounds = dict.fromkeys(line.round for _, line in lines)
    places = [Place(str(round), str(say("reading.line_round", round=round)), str(round)) for round in rounds]
    return places, {line.id: str(line.round) for _, line in lines}

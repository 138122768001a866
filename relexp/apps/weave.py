"""What we wove: what the gatherings of this house changed, to look at, to follow up, to print and to hand on."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import datetime

import ipywidgets

from relexp.apps.chart import Chart
from relexp.apps.follow_panel import FollowPanel
from relexp.apps.html import folded, in_words, join, sentence, tag
from relexp.apps.lines_panel import LinesPanel
from relexp.apps.paper_panel import Papers
from relexp.apps.telling import Telling
from relexp.apps.visitor import Visitor, visitor
from relexp.apps.weave_charts import rounds_figure, web_figure
from relexp.apps.weave_view import cloth_page, rounds_page, rounds_table, section_page, web_page
from relexp.apps.widgets import Download, Fragment, Pick, Voice, show
from relexp.exchange.weave_files import weave_files
from relexp.exchange.weave_report import report_page
from relexp.exchange.weave_svg import standing_svg
from relexp.messages import Message, say
from relexp.privacy.suppression import FEWEST
from relexp.reflection.codebook import settled
from relexp.weave.cloth import cloth
from relexp.weave.held import Held
from relexp.weave.nameless import nameless
from relexp.weave.report import Report, report
from relexp.weave.web import Kind, Web
from relexp.weave.words import sections

# The day in the zip's entries: always the same, so that the same web gives the same file.
_DAY = (2000, 1, 1, 0, 0, 0)
VIEWS = ("told", "again", "lines", "hand_on")


def weave() -> Weave:
    """The app, as a widget to put on a page."""
    return Weave(visitor())


class Weave(Telling, ipywidgets.VBox):
    """The page of what was woven; `which` says of which gathering, or of all of them."""

    def __init__(self, visitor: Visitor, now: Callable[[], datetime] = lambda: datetime.now().astimezone()) -> None:
        self._store, self._now = visitor.store, now
        self._held: tuple[Held, ...] = ()
        self._report: Report | None = None
        self.voice, self.heading, self.notice = Voice(), Fragment(), Fragment()
        self.which = ipywidgets.Dropdown(description=str(say("woven.which")))
        self.which.add_class("wide")
        self.view = Pick(label=str(say("woven.view")), options=[str(say(f"woven.view_{view}")) for view in VIEWS])
        self.told, self.answers, self.limits, self.cloth = Fragment(), Fragment(), Fragment(), Fragment()
        self.rounds, self.rounds_twin = Fragment(), Fragment()
        self.web = Fragment()
        self.mix = Chart({"data": [], "layout": {}}, "", height=300)
        self.net = Chart({"data": [], "layout": {}}, "", height=520)
        self.before_after = ipywidgets.VBox((self.web, self.net))
        self.follow = FollowPanel(self._guard, self.voice.say, lambda: self._now().date(), self.look)
        self.lines = LinesPanel(self._guard, self.voice.say)
        words = {word: str(say(f"paper.{word}")) for word in ("list", "print", "save", "making")}
        words |= {"print_all": str(say("woven.report")), "save_all": str(say("woven.report_save"))}
        things = [{"page": "report", "title": str(say("woven.report")), "place": ""}]
        self.papers = Papers(self._page, things=things, words=words)
        name = f"{say('woven.files_file')}.zip"
        self.files = Download(self._files, label=str(say("woven.files")), filename=name, kind="application/zip")
        super().__init__(self._laid_out())
        self.add_class("app")
        self.which.observe(lambda _: self._guard(self.look), "value")
        self._guard(self._open)

    def _open(self) -> None:
        if self._store is None:
            self._nothing(say("woven.no_store"))
            return
        self._store.weave.keep(self._now())
        self._held = self._store.weave.held()
        if not self._held:
            self._nothing(say("woven.none"))
            return
        self.notice.show(None)
        one = [(_titled(each), each.id) for each in reversed(self._held)]
        every = [(str(say("woven.all")), "")] if len(one) > 1 else []
        self.which.options = [*one, *every]
        self.which.value = one[0][1]
        self._show_view()

    def look(self) -> None:
        """Show what was woven at the gathering that is chosen, or at all of them."""
        if self._store is None or not self._held:
            return
        chosen, again = self.which.value or None, self._store.meeting_again.all()
        answers = self._store.survey.all()
        followed = [(each.gathering, each.follow_up) for each in again]
        found = report(self._held, self._store.weave.web(), answers, followed, chosen, self._themes(chosen))
        self._report = found
        said = sections(found)
        self.told.show(join(tag("section", section_page(each)) for each in said[:-2]))
        self.answers.show(section_page(said[-2]))
        self.limits.show(folded(str(said[-1].heading), section_page(said[-1])))
        self.cloth.show(cloth_page(cloth(self._talks())))
        self.rounds.show(rounds_page(found.gatherings))
        self.rounds_twin.show(rounds_table(found.gatherings))
        self.mix.label = str(say("woven.rounds"))
        self.mix.draw(rounds_figure(found.gatherings))
        enough = found.now.people >= FEWEST
        for shown_of_many in (self.before_after, self.to_programs):
            show(shown_of_many, enough)
        if enough:
            self.web.show(web_page(found))
            self.net.label = str(say("woven.web"))
            self.net.draw(web_figure(found))
        ids, days = {each.id for each in found.gatherings}, {each.id: each.day for each in self._held}
        self.follow.offer(self._store.meeting_again, [each for each in again if each.gathering in ids], days)
        self.lines.offer(self._store.written, found.gatherings)

    def _themes(self, chosen: str | None) -> Counter[str]:
        """In how many lines each theme came up, as the readers settled it."""
        if self._store is None:
            return Counter()
        reading, ids = self._store.reading, [each.id for each in self._held if chosen in (None, each.id)]
        names = {theme.key: theme.name for theme in reading.book()}
        found = settled(reading.coded(ids), reading.decided(ids))
        return Counter(names[theme] for theme in found.values() if theme in names)

    def _laid_out(self) -> tuple[ipywidgets.Widget, ...]:
        title = tag("h1", str(say("woven.title")))
        self.heading.show(join((title, tag("p", str(say("woven.lead")), class_="lead"))))
        hints = Fragment()
        report_hint, files_hint = (
            tag("p", str(say(f"woven.{key}")), class_="hint") for key in ("report_hint", "files_hint")
        )
        hints.show(join((tag("h2", str(say("woven.hand_on"))), report_hint)))
        files = Fragment()
        files.show(files_hint)
        opening = ipywidgets.VBox((self.heading, self.notice, self.which, self.view))
        told = (
            ipywidgets.VBox((self.cloth, self.told)),
            ipywidgets.VBox((self.rounds, self.mix, self.rounds_twin)),
            self.before_after,
            ipywidgets.VBox((self.answers,)),
            ipywidgets.VBox((self.limits,)),
        )
        self.to_programs = ipywidgets.VBox((files, self.files))
        hand_on = ipywidgets.VBox((hints, self.papers, self.to_programs))
        for each in (opening, *told, self.follow, self.lines, hand_on):
            each.add_class("step")
        self._views = (ipywidgets.VBox(told), self.follow, self.lines, hand_on)
        self.view.observe(lambda _: self._show_view(), "value")
        self._show_view()
        return (opening, *self._views, self.voice)

    def _show_view(self) -> None:
        for place, view in enumerate(self._views):
            show(view, bool(self._held) and place == self.view.value)

    def _nothing(self, why: Message) -> None:
        plan = tag("p", tag("a", str(say("woven.plan_one")), href="gathering", class_="button"))
        self.notice.show(join((tag("p", sentence(why), class_="lead"), plan)))
        for each in (self.which, self.view):
            show(each, False)

    def _talks(self, *, last: bool = False) -> Web:
        """The talks that are drawn: of the gatherings on the page or of the last one, with those who held them."""
        if self._report is None:
            return Web({})
        ids = {each.id for each in self._report.gatherings[-1 if last else 0 :]}
        ties = tuple(tie for tie in self._report.after.of(Kind.TALK).ties if tie.gathering in ids)
        tied = {id for tie in ties for id in tie.pair}
        return Web({id: about for id, about in self._report.after.people.items() if id in tied}, ties)

    def _page(self, name: str) -> tuple[str, bytes]:
        if self._report is None:
            raise ValueError("there is nothing to print")
        told = self._report.gatherings
        title = _titled(told[0]) if len(told) == 1 else str(say("woven.all"))
        return f"{say('woven.report_file')}.html", report_page(self._report, title, self._talks(last=True))

    def _files(self) -> bytes:
        if self._report is None:
            raise ValueError("there is nothing to hand on")
        headers = {key: header for held in self._report.gatherings for key, header in held.headers.items()}
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
            drawn = {"weave.svg": standing_svg(cloth(self._talks()))}
            for name, data in (weave_files(nameless(self._report.after, [*headers]), headers) | drawn).items():
                zipped.writestr(zipfile.ZipInfo(name, _DAY), data)
        return file.getvalue()


def _titled(held: Held) -> str:
    return str(say("woven.one", name=held.name, day=in_words(held.day)))

"""The evening on paper: everything with one press, or one thing at a time, and files to keep."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

import anywidget
import ipywidgets
import traitlets

from relexp.apps.care_panel import CarePanel
from relexp.apps.evening_panel import EveningPanel
from relexp.apps.format_panel import FormatPanel
from relexp.apps.html import sentence, tag
from relexp.apps.widgets import Download, Fragment, Pick, row, script, show
from relexp.exchange.evening_json import json_bytes
from relexp.exchange.print_pack import PAGES, WHOLE, Pack
from relexp.exchange.zoom import lacking_email, zoom_files
from relexp.messages import listed, say
from relexp.pairing.evening import Evening

_WORDS = ("print_all", "save_all", "list", "print", "save", "making")
# The day in the zip's entries: always the same, so that the same evening gives the same file.
_DAY = (2000, 1, 1, 0, 0, 0)


class Papers(anywidget.AnyWidget):
    """Buttons that print or save a page; `make` gives the page by its name, as HTML, when one is pressed."""

    _esm = script("paper.js")
    things = traitlets.List(traitlets.Dict()).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, make: Callable[[str], tuple[str, bytes]], **traits: object) -> None:
        super().__init__(**traits)
        self.make = make
        self.on_msg(self._asked)

    def _asked(self, widget: object, content: dict[str, object], buffers: object) -> None:
        page = next((thing for thing in self.things if thing["page"] == content.get("page")), None)
        how = "print" if content.get("how") == "print" else "save"
        answer: dict[str, object] = {}
        found: list[bytes] = []
        try:
            if page is not None:
                file, html = self.make(str(page["page"]))
                said = say("paper.printing" if how == "print" else "paper.saved", page=page["title"])
                answer, found = {"how": how, "file": file, "said": str(said)}, [html]
        finally:
            # Whatever went wrong, the button waits no longer.
            self.send(answer, buffers=found)


class PaperPanel(ipywidgets.VBox):
    """What there is to print and to keep of the evening that `evening` shows, with the times that `times` holds.

    `care` says whom people turn to.
    """

    def __init__(self, evening: EveningPanel, times: FormatPanel, care: CarePanel) -> None:
        self._evening, self._times, self._care = evening, times, care
        self._quiet: tuple[int, ...] = ()
        sizes = [str(say("paper.size_normal")), str(say("paper.size_large"))]
        self.size = Pick(label=str(say("paper.size")), options=sizes)
        on_badges = [str(say("paper.badge_name")), str(say("paper.badge_organisation"))]
        self.badges = Pick(label=str(say("paper.on_badges")), options=on_badges)
        self.papers = Papers(self._page, things=_things(), words={word: str(say(f"paper.{word}")) for word in _WORDS})
        name = str(say("app.take_file"))
        self.json = Download(self._json, label=str(say("paper.json")), filename=f"{name}.json", kind="application/json")
        rooms = f"{say('paper.zoom_file')}.zip"
        self.zoom = Download(self._zoom, label=str(say("paper.zoom")), filename=rooms, kind="application/zip")
        self.zoom_note = Fragment()
        super().__init__(self._laid_out())
        self.add_class("step")
        show(self, False)

    def present(self, quiet: Sequence[int] = ()) -> None:
        """Offer the papers of the evening that is on the page; `quiet` tables are marked on them."""
        self._quiet = tuple(quiet)
        roster = self._evening.roster
        lacking = lacking_email(roster)
        online = len(lacking) < len(roster)
        note = [tag("p", str(say("paper.zoom_hint")), class_="hint")]
        if lacking:
            note.append(tag("p", sentence(say("paper.zoom_lacking", names=listed(lacking))), class_="note"))
        self.zoom_note.show(tag("div", *note) if online else None)
        show(self.zoom, online)
        show(self, True)

    def clear(self) -> None:
        """There is no evening on the page."""
        show(self, False)

    def _laid_out(self) -> tuple[ipywidgets.Widget, ...]:
        heading, files, hint = Fragment(), Fragment(), Fragment()
        heading.show(tag("div", tag("h2", str(say("paper.heading"))), tag("p", str(say("paper.lead")), class_="lead")))
        files.show(tag("h3", str(say("paper.files"))))
        hint.show(tag("p", str(say("paper.files_hint")), class_="hint"))
        choices = row((self.size, self.badges))
        choices.add_class("controls")
        kept = row((self._evening.xlsx, self._evening.csv, self.json, self.zoom))
        return (heading, choices, self.papers, files, kept, hint, self.zoom_note)

    def _shown(self) -> Evening:
        if self._evening.evening is None:
            raise ValueError("there is no evening on the page")
        return self._evening.evening

    def _page(self, name: str) -> tuple[str, bytes]:
        evening = self._shown()
        rounds, large = len(evening.rounds), self.size.value == 1
        pack = Pack(
            evening,
            self._evening.roster,
            self._quiet,
            times=self._times.timetable(rounds),
            asked=self._times.asked(rounds),
            organisations=self.badges.value == 1,
            lead=self._care.lead,
        )
        return f"{name}{'-large' if large else ''}.html", pack.page(name, large)

    def _json(self) -> bytes:
        return json_bytes(self._shown(), self._evening.roster)

    def _zoom(self) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as rooms:
            for name, data in zoom_files(self._shown(), self._evening.roster, part=True).items():
                rooms.writestr(zipfile.ZipInfo(name, _DAY), data)
        return file.getvalue()


def _things() -> list[dict[str, str]]:
    names = {page: page.replace("-", "_") for page in PAGES}
    return [
        {
            "page": page,
            "title": str(say(f"paper.name_{name}")),
            "place": "" if page == WHOLE else str(say(f"paper.place_{name}")),
        }
        for page, name in names.items()
    ]

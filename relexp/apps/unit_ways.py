"""Other ways to read a unit: in another language, in easy words, on paper, in large print."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import ipywidgets
from markupsafe import Markup

from relexp.apps.html import join, tag
from relexp.apps.widgets import Download, Fragment, row
from relexp.exchange.unit_print import unit_page
from relexp.exchange.unit_words import SIMPLE, Edition, editions, languages_of
from relexp.messages import say


class Ways(ipywidgets.VBox):
    """The way to each other edition, and two print-outs."""

    def __init__(self, read: Edition, folder: Path) -> None:
        self._read, self._folder = read, folder
        ways = Fragment()
        ways.show(_others(read, folder))
        papers = [
            Download(
                partial(self._paper, large),
                label=str(say("unit.print_large" if large else "unit.print")),
                filename=f"{read.unit.id}{'-large' if large else ''}.html",
                kind="text/html",
            )
            for large in (False, True)
        ]
        super().__init__((ways, row(papers)))
        self.add_class("ways")

    def _paper(self, large: bool) -> bytes:
        return unit_page(self._read, self._read.unit.sources, large=large, folder=self._folder).encode()


def notes(read: Edition) -> list[Markup]:
    """That it is a draft: in its language, then in English."""
    return [tag("p", text, lang=language, dir="auto", class_="note") for language, text in read.notes.items()]


def _others(read: Edition, folder: Path) -> Markup:
    names = languages_of(folder)
    here = SIMPLE if read.easy else read.language if read.language in names else ""
    links = [
        tag(
            "li",
            tag(
                "a",
                _called(name, names),
                href=f"{read.unit.id}.{name}" if name else read.unit.id,
                lang=read.language if name == SIMPLE else name or "en",
            ),
        )
        for name in editions(folder)
        if name != here
    ]
    return tag("ul", *links, class_="editions", aria_label=str(say("unit.ways"))) if links else join(())


def _called(name: str, languages: dict[str, str]) -> str:
    """An edition by its name: a language in its own words."""
    if name in languages:
        return languages[name]
    return str(say("unit.in_easy_words")) if name else "English"

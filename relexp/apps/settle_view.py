"""How far readers agree, and how often each theme came up, as they stand on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from markupsafe import Markup

from relexp.apps.html import join, sentence, tag, typed
from relexp.apps.weave_charts import COLOURS
from relexp.messages import say
from relexp.privacy.suppression import FEWEST
from relexp.reflection.codebook import Agreement, Theme


@dataclass(frozen=True, slots=True)
class Place:
    """Where themes are counted, a round or a gathering: its key, its name, and what there is room for below a bar."""

    key: str
    name: str
    short: str


# How often each theme came up in each place: None where they are few.
Counts = Mapping[tuple[str, str], int | None]
# Each theme has a pattern of its own beside its colour.
_PATTERNS = ("", "/", ".", "x", "-", "\\", "+", "|")
_GRID = "rgba(101, 91, 78, 0.25)"
_FINE = {"fillmode": "overlay", "fgcolor": "#fff", "size": 7, "solidity": 0.25}


def agreement_page(pairs: Sequence[tuple[str, str, Agreement]]) -> Markup:
    """How far each two readers agree, and what that means."""
    said = [tag("li", _agreement(one, other, found)) for one, other, found in pairs]
    means = (tag("li", sentence(say(f"reading.means_{code}"))) for code in ("kappa", "alpha", "leave"))
    fold = tag("details", tag("summary", str(say("reading.means"))), tag("ul", *means, class_="said"))
    return join((tag("ul", *said, class_="said"), fold))


def counts_table(counts: Counts, book: Sequence[Theme], places: Sequence[Place]) -> Markup:
    """How often each theme came up in each place, by the place's key and name."""
    heads = [tag("th", str(say("reading.counts_theme")), scope="col")]
    heads += [tag("th", typed(place.name), scope="col") for place in places]
    rows = (
        tag(
            "tr",
            tag("th", typed(theme.name), scope="row"),
            *(tag("td", _count(counts, place.key, theme.key), data_label=place.name) for place in places),
        )
        for theme in book
    )
    return tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), class_="beside")


def counts_figure(counts: Counts, book: Sequence[Theme], places: Sequence[Place]) -> Mapping[str, Any]:
    """The same as bars, a theme upon the other; those that are few are left out."""
    bars = [
        {
            "type": "bar",
            "name": escape(theme.name, quote=False),
            "x": [*range(len(places))],
            "y": [counts.get((place.key, theme.key)) or 0 for place in places],
            "hoverinfo": "y+name",
            "marker": {
                "color": COLOURS[number % len(COLOURS)],
                "pattern": _FINE | {"shape": _PATTERNS[number % len(_PATTERNS)]},
                "line": {"width": 1, "color": "#fff"},
            },
        }
        for number, theme in enumerate(book)
        if any(counts.get((place.key, theme.key)) for place in places)
    ]
    ticks = {"tickvals": [*range(len(places))], "ticktext": [place.short for place in places]}
    axes = {
        "xaxis": {"fixedrange": True, **ticks},
        "yaxis": {"fixedrange": True, "rangemode": "tozero", "gridcolor": _GRID},
    }
    look = {"barmode": "stack", "bargap": 0.35, "margin": {"l": 36, "r": 8, "t": 8, "b": 56}, "showlegend": True}
    return {"data": bars, "layout": axes | look | {"legend": {"orientation": "h", "y": -0.22}}}


def _agreement(one: str, other: str, found: Agreement) -> Markup:
    # "Another reader" begins a line elsewhere, and stands within one here.
    other = other[:1].lower() + other[1:]
    if found.lines < FEWEST or found.share is None:
        return sentence(say("reading.agree_few", one=one, other=other, count=found.lines))
    same = found.lines - len(found.settle)
    share = round(100 * found.share)
    first = say("reading.agree", one=one, other=other, same=same, count=found.lines, share=share)
    if found.kappa is None or found.alpha is None:
        return join((sentence(first), sentence(say("reading.agree_one_theme"))), " ")
    then = say("reading.agree_kappa", kappa=_figure(found.kappa), alpha=_figure(found.alpha))
    return join((sentence(first), sentence(then)), " ")


def _figure(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def _count(counts: Counts, place: str, theme: str) -> str:
    count = counts.get((place, theme), 0)
    if count is None:
        return str(say("reading.few"))
    return str(count) if count else str(say("reading.not_once"))

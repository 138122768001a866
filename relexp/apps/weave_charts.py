"""The pictures of what was woven as plotly draws them: the web before and after, and the mix round by round."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from relexp.messages import say
from relexp.weave.cloth import cloth
from relexp.weave.held import Held
from relexp.weave.report import Report
from relexp.weave.tonight import COLUMN
from relexp.weave.web import Pair

Figure = Mapping[str, Any]
Place = tuple[float, float]

# The colours of the groups are those of the page, and each has a shape of its own too.
COLOURS = ("#0b5f94", "#b8860b", "#00795a", "#b4491a", "#93557d", "#3f8fbf", "#7b7363", "#97371a", "#00795a", "#b8860b")
SHAPES = (
    "circle",
    "square",
    "diamond",
    "triangle-up",
    "cross",
    "star",
    "x",
    "circle-open",
    "square-open",
    "diamond-open",
)
GRID = "rgba(128, 128, 128, 0.25)"
# What stood before and what is new; where lines are many, each is thinner to the eye.
BEFORE, NEW = "rgba(125, 113, 98, {:.2f})", "rgba(190, 80, 30, {:.2f})"
_CLEAR = "rgba(0,0,0,0)"
_PLAIN = {
    "paper_bgcolor": _CLEAR,
    "plot_bgcolor": _CLEAR,
    "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
    "legend": {"orientation": "h", "y": -0.04},
}


def web_figure(report: Report) -> Figure:
    """Everybody on a ring, side by side with their own, the pairs who met as lines across it; nobody has a name."""
    named = [group.name for group in cloth(report.after).groups]
    groups: dict[str, list[str]] = {name: [] for name in named}
    for id, about in report.after.people.items():
        name = about.get(COLUMN, "")
        groups[name if name in groups else ""].append(id)
    places = _ring([*groups.values()])
    before = [pair for pair in report.after.first if pair in report.before.first]
    new = [pair for pair in report.after.first if pair not in report.before.first]
    thin = min(0.55, max(0.12, 80 / max(len(report.after.first), 1)))
    lines = [
        _lines(new, places, str(say("woven.web_new")), NEW.format(thin)),
        _lines(before, places, str(say("woven.web_before")), BEFORE.format(thin)),
    ]
    size = max(5, min(14, 900 // max(len(places), 1)))
    dots = [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [places[id][0] for id in ids],
            "y": [places[id][1] for id in ids],
            "name": name or str(say("woven.smaller")),
            "hoverinfo": "name",
            "marker": {
                "size": size,
                "color": COLOURS[number % len(COLOURS)],
                "symbol": SHAPES[number % len(SHAPES)],
                "line": {"width": 1, "color": "#fff"},
            },
        }
        for number, (name, ids) in enumerate(groups.items())
        if ids
    ]
    axis = {"visible": False, "fixedrange": True}
    return {"data": [*lines, *dots], "layout": _PLAIN | {"xaxis": axis, "yaxis": axis | {"scaleanchor": "x"}}}


def rounds_figure(gatherings: Sequence[Held]) -> Figure:
    """Each round's conversations, those from two organisations below and all others on top."""
    rounds = [(held, each) for held in gatherings for each in held.rounds]
    labels = [_label(held, each.number, gatherings) for held, each in rounds]
    across = [each.across for _, each in rounds]
    rest = [each.talks - each.across for _, each in rounds]
    bars = [
        _bars(labels, across, "woven.across", COLOURS[0]),
        _bars(labels, rest, "woven.within", "rgba(101, 91, 78, 0.45)"),
    ]
    most = max((each.talks for _, each in rounds), default=0)
    step = {"dtick": max(1, round(most / 5))}
    axes = {
        "xaxis": {"fixedrange": True, "type": "category", "linecolor": GRID},
        "yaxis": {"fixedrange": True, "rangemode": "tozero", "gridcolor": GRID, "zerolinecolor": GRID} | step,
    }
    margin = {"margin": {"l": 36, "r": 8, "t": 8, "b": 36}, "legend": {"orientation": "h", "y": -0.18}}
    return {"data": bars, "layout": _PLAIN | axes | margin | {"barmode": "stack", "bargap": 0.35}}


def _label(held: Held, round: int, gatherings: Sequence[Held]) -> str:
    if len(gatherings) == 1:
        return str(round)
    return f"{gatherings.index(held) + 1}.{round}"


def _bars(labels: list[str], values: list[int], name: str, colour: str) -> dict[str, Any]:
    return {"type": "bar", "x": labels, "y": values, "name": str(say(name)), "marker": {"color": colour}}


def _lines(pairs: Sequence[Pair], places: Mapping[str, Place], name: str, colour: str) -> dict[str, Any]:
    """Pairs as one trace of curves that bend towards the middle of the ring."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for one, other in pairs:
        (x1, y1), (x2, y2) = places[one], places[other]
        xs += [x1, (x1 + x2) / 4, x2, None]
        ys += [y1, (y1 + y2) / 4, y2, None]
    line = {"width": 1.3, "color": colour, "shape": "spline", "smoothing": 1.1}
    return {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "name": name, "hoverinfo": "skip", "line": line}


def _ring(groups: Sequence[Sequence[str]]) -> Mapping[str, Place]:
    """A place on a ring for everybody, with a gap between groups; the first begins at the top."""
    gap = 2
    steps = sum(len(group) + gap for group in groups if group)
    found: dict[str, Place] = {}
    step = 0
    for group in groups:
        for id in group:
            angle = math.tau * step / max(steps, 1)
            found[id] = (round(math.sin(angle), 4), round(math.cos(angle), 4))
            step += 1
        step += gap if group else 0
    return found

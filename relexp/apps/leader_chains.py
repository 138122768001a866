"""The picture of who develops whom: from left to right, a line for each person; the table beside it says the same."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from relexp.apps.html import sentence, tag
from relexp.leadership.chains import Picture
from relexp.messages import say

_STEP, _LINE, _DOT, _EDGE = 230, 34, 7, 12
_LETTERS, _LETTER = 24, 8


def chains_svg(drawn: Picture, names: Mapping[str, str]) -> Markup:
    """The chains as a picture, with how many people are not on it."""
    at = {node.leader: (_EDGE + node.x * _STEP, round(_EDGE + node.y * _LINE + _LINE / 2, 1)) for node in drawn.nodes}
    width = _EDGE * 2 + (max(node.x for node in drawn.nodes) + 1) * _STEP
    height = _EDGE * 2 + drawn.lines * _LINE
    threads = (_thread(at[node.above], at[node.leader]) for node in drawn.nodes if node.above)
    people = (_person(at[node.leader], names.get(node.leader, ""), node.hidden) for node in drawn.nodes)
    picture = tag(
        "svg",
        tag("g", *threads, class_="chain-threads"),
        tag("g", *people),
        viewBox=f"0 0 {width} {height}",
        width=str(width),
        height=str(height),
        role="img",
        aria_label=str(say("leader.chart_chains")),
        class_="chains",
    )
    left = (
        tag("p", sentence(say("leader.chains_left", count=drawn.left_out)), class_="hint") if drawn.left_out else None
    )
    frame = tag(
        "div", picture, class_="leaders-frame", tabindex="0", role="region", aria_label=str(say("leader.chart_chains"))
    )
    return tag("figure", frame, left)


def _thread(one: tuple[float, float], other: tuple[float, float]) -> Markup:
    (x, y), (to_x, to_y) = one, other
    middle = (x + to_x) / 2 + _STEP / 4
    return tag("path", d=f"M{x} {y} C{middle} {y} {middle} {to_y} {to_x} {to_y}")


def _person(at: tuple[float, float], name: str, hidden: int) -> Markup:
    x, y = at
    short = name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1].rstrip()}…"
    more = f" +{hidden}" if hidden else ""
    # The thread to whom they develop goes on behind the name.
    behind = tag("rect", x=str(x + _DOT + 2), y=str(y - 11), width=str(_LETTER * len(short) + 10), height="22")
    words = tag("text", tag("tspan", short, direction="auto"), more, x=str(x + _DOT + 6), y=str(y), class_="chain-name")
    return tag("g", tag("title", name), behind, tag("circle", cx=str(x), cy=str(y), r=str(_DOT)), words)

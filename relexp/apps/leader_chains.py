"""The picture of who develops whom: generations side by side where there is room, else each below who develops them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from relexp.apps.html import sentence, tag
from relexp.leadership.chains import Node, Picture
from relexp.messages import say

_STEP, _LINE, _DOT, _EDGE = 250, 36, 7, 12
# On a narrow screen a generation is set in by so much.
_INDENT, _NARROW = 26, 366
_LETTERS, _LETTER = 24, 9

Places = Mapping[str, tuple[float, float]]


def chains_svg(drawn: Picture, names: Mapping[str, str]) -> Markup:
    """The chains as a picture for a wide and one for a narrow screen, with how many people are not on it."""
    left = (
        tag("p", sentence(say("leader.chains_left", count=drawn.left_out)), class_="hint") if drawn.left_out else None
    )
    return tag("figure", _side_by_side(drawn, names), _one_below_the_other(drawn, names), left)


def _side_by_side(drawn: Picture, names: Mapping[str, str]) -> Markup:
    at = {node.leader: (_EDGE + node.x * _STEP, round(_EDGE + node.y * _LINE + _LINE / 2, 1)) for node in drawn.nodes}
    width = _EDGE * 2 + (max(node.x for node in drawn.nodes) + 1) * _STEP
    developers = {node.above for node in drawn.nodes}
    threads = (_branch(at[node.above], at[node.leader]) for node in drawn.nodes if node.above)
    # A name stands on its thread as on a line, so that the thread never goes through it.
    people = (_person(node, at, names, -12 if node.leader in developers else 0) for node in drawn.nodes)
    return _picture("chains-wide", width, _EDGE * 2 + drawn.lines * _LINE, threads, people)


def _one_below_the_other(drawn: Picture, names: Mapping[str, str]) -> Markup:
    at = {node.leader: (_EDGE + node.x * _INDENT, _EDGE + node.line * _LINE + _LINE / 2) for node in drawn.nodes}
    deepest = _EDGE * 2 + max(node.x for node in drawn.nodes) * _INDENT + _LETTERS * _LETTER
    height = _EDGE * 2 + (max(node.line for node in drawn.nodes) + 1) * _LINE
    threads = (_elbow(at[node.above], at[node.leader]) for node in drawn.nodes if node.above)
    people = (_person(node, at, names, 0) for node in drawn.nodes)
    return _picture("chains-narrow", max(_NARROW, deepest), height, threads, people)


def _picture(form: str, width: int, height: int, threads: Iterable[Markup], people: Iterable[Markup]) -> Markup:
    label = str(say("leader.chart_chains"))
    picture = tag(
        "svg",
        tag("g", *threads, class_="chain-threads"),
        tag("g", *people),
        viewBox=f"0 0 {width} {height}",
        width=str(width),
        height=str(height),
        role="img",
        aria_label=label,
        class_="chains",
    )
    return tag("div", picture, class_=f"leaders-frame {form}", tabindex="0", role="region", aria_label=label)


def _branch(one: tuple[float, float], other: tuple[float, float]) -> Markup:
    """Along below the name of who develops, then over to whom they develop."""
    (x, y), (to_x, to_y) = one, other
    turn = to_x - _STEP / 5
    middle = (turn + to_x) / 2
    return tag("path", d=f"M{x} {y} H{turn} C{middle} {y} {middle} {to_y} {to_x} {to_y}")


def _elbow(one: tuple[float, float], other: tuple[float, float]) -> Markup:
    """Down from who develops, and round to whom they develop."""
    (x, y), (to_x, to_y) = one, other
    return tag("path", d=f"M{x} {y} V{to_y - 10} Q{x} {to_y} {x + 10} {to_y} H{to_x}")


def _person(node: Node, at: Places, names: Mapping[str, str], up: int) -> Markup:
    x, y = at[node.leader]
    name = names.get(node.leader, "")
    short = name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1].rstrip()}…"
    more = f" +{node.hidden}" if node.hidden else ""
    words = tag(
        "text", tag("tspan", short, direction="auto"), more, x=str(x + _DOT + 6), y=str(y + up), class_="chain-name"
    )
    return tag("g", tag("title", name), tag("circle", cx=str(x), cy=str(y), r=str(_DOT)), words)

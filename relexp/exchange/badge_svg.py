"""A badge as a picture that holds it: a small cloth to look at, and the signed text for whoever checks it."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from markupsafe import Markup

from relexp.exchange.weave_svg import COLOURS
from relexp.messages import say

_WIDE, _HIGH = 480, 640
# The cloth: so many threads each way, so far apart, below the top edge.
_THREADS, _STEP, _TOP = 8, 32, 62
_LEFT = (_WIDE - (_THREADS - 1) * _STEP) / 2
_PAPER, _INK, _FAINT, _ACCENT = "#fbf8f2", "#1b1713", "#5a5147", "#97371a"
_SERIF = "Palatino, Noto Serif, Noto Serif Bengali, Noto Naskh Arabic, Georgia, serif"
_SANS = "system-ui, Noto Sans, Noto Sans Bengali, Noto Kufi Arabic, sans-serif"


def badge_picture(signed: str, name: str, module: str, organisation: str) -> bytes:
    """A signed badge as an SVG, in which wallets and the pages that show badges find it (Open Badges 3.0, 5.3).

    `name` is whose it is, `module` what it is for, `organisation` whose word it is.
    """
    from openbadgeslib.baking import SVG_ELEMENT_OB3, SVG_NS_OB3, bake_svg

    drawn = Markup("").join(_drawn(name, module, organisation))
    told = say("record.badge_picture", name=name, module=module)
    picture = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img"><title>{}</title>{}</svg>'
    ).format(_WIDE, _HIGH, str(told), drawn)
    return bake_svg(picture.encode(), signed, element=SVG_ELEMENT_OB3, namespace=SVG_NS_OB3)


def _drawn(name: str, module: str, organisation: str) -> Iterator[Markup]:
    edge = '<rect x="{0}" y="{0}" width="{1}" height="{2}" rx="14" fill="{3}" stroke="{4}" stroke-width="{5}"{6}/>'
    yield Markup(edge).format(4, _WIDE - 8, _HIGH - 8, _PAPER, _INK, 2, "")
    selvedge = Markup(' stroke-dasharray="6 6"')
    yield Markup(edge).format(16, _WIDE - 32, _HIGH - 32, "none", _ACCENT, 3, selvedge)
    yield from _cloth()
    down = _TOP + _THREADS * _STEP + 36.0
    for text, font, size, bold, ink, letters in (
        (str(say("record.title")), _SANS, 17, 400, _FAINT, 50),
        (module, _SERIF, 30, 700, _INK, 27),
        (name, _SERIF, 24, 400, _ACCENT, 34),
        (organisation, _SANS, 17, 400, _FAINT, 46),
    ):
        for line in _lines(text, letters):
            down += size * 1.25
            dress = Markup('font-family="{}" font-size="{}" font-weight="{}" fill="{}"').format(font, size, bold, ink)
            said = Markup('<text x="{}" y="{}" text-anchor="middle" {}>{}</text>')
            yield said.format(_WIDE / 2, round(down), dress, line)
        down += 8


def _cloth() -> Iterator[Markup]:
    """Threads that go over and under each other, each a step on from the one beside it."""
    near, far = _LEFT - _STEP / 2, _LEFT + (_THREADS - 0.5) * _STEP
    rows = [(_TOP + (place + 0.5) * _STEP, COLOURS[-1 - place % len(COLOURS)]) for place in range(_THREADS)]
    for y, colour in rows:
        yield _thread(near, y, far, y, colour)
    for place in range(_THREADS):
        x = _LEFT + place * _STEP
        yield _thread(x, _TOP, x, _TOP + _THREADS * _STEP, COLOURS[place % len(COLOURS)])
    for place, (y, colour) in enumerate(rows):
        # Above every other thread, as wide as that and its edges.
        for x in (_LEFT + over * _STEP for over in range(place % 2, _THREADS, 2)):
            yield _thread(x - 13, y, x + 13, y, colour, 3)


def _thread(x: float, y: float, to_x: float, to_y: float, colour: str, more: int = 0) -> Markup:
    """A thread with an edge of paper on either side; so much longer than that, where it goes on below others."""
    line = Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"/>')
    edge = line.format(x, y, to_x, to_y, _PAPER, 24)
    return edge + line.format(x - more, y, to_x + more, to_y, colour, 18)


def _lines(text: str, letters: int) -> list[str]:
    """A text in up to two lines of so many letters."""
    return wrap(text, letters, max_lines=2, placeholder="…")

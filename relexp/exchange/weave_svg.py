"""The weave drawn: a picture of nothing but threads, that grows row by row and prints as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from relexp.weave.cloth import Cloth

# Everything in units of the picture, which is 1000 wide however many threads it has: a row is so high on a page, and so
# on a screen that is wider than high.
WIDE = 1000
ROW, FLAT = 110, 74
EDGE = 26
# The light strand in a thread, by its group: told apart without their colours too. None: a thread without one.
STRANDS = (None, "1 8", "", "9 5", "3 3", "16 6 2 6", "1 4")
# The groups' colours where no page dresses the picture.
COLOURS = ("#0b5f94", "#b8860b", "#00795a", "#b4491a", "#93557d", "#3f8fbf", "#7b7363")
# In a cloth of more threads than this they are too fine for a strand; its table tells what it shows.
FINE = 130


def weave_svg(cloth: Cloth, label: str = "", row: int = ROW) -> Markup:
    """The cloth as one SVG that says `label` to who cannot see it ("" where that stands beside it).

    Everything in it is a class (`thread`, `strand`, `under`, `loose`, `g0` to `g6`, `row`), so that a page dresses it.
    """
    told = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    high = 2 * EDGE + row * max(len(cloth.rows), 1)
    last = cloth.rows[-1].places if cloth.rows else tuple(range(len(cloth.threads)))
    drawn = (
        *_fringe(cloth, 0, EDGE, range(len(cloth.threads))),
        *(piece for number in range(len(cloth.rows)) for piece in _row(cloth, number, row)),
        *_fringe(cloth, high - EDGE, high, last),
    )
    return Markup(
        '<svg class="weave" viewBox="0 0 {wide} {high}" {told} fill="none" stroke-width="{thick:.2f}" '
        'xmlns="http://www.w3.org/2000/svg">{drawn}</svg>'
    ).format(wide=WIDE, high=high, told=told, thick=_thick(cloth), drawn=Markup("").join(drawn))


def standing_svg(cloth: Cloth) -> bytes:
    """The cloth as a file of its own, in its colours, for a poster or a keepsake; nobody is named in it."""
    dressed = "".join(f".g{group}{{stroke:{colour}}}" for group, colour in enumerate(COLOURS))
    style = Markup("<style>.under,.strand{{stroke:#fff}}.strand{{stroke-linecap:round;opacity:.85}}{}</style>").format(
        Markup(dressed + ".loose{opacity:.55}")
    )
    drawn = weave_svg(cloth)
    start = drawn.index(">") + 1
    return (drawn[:start] + style + drawn[start:]).encode()


def _thick(cloth: Cloth) -> float:
    """Threads lie close, and never touch where they lie side by side."""
    return max(1.4, min(13.0, 0.62 * WIDE / max(len(cloth.threads), 1)))


def _across(cloth: Cloth, place: int) -> float:
    return (place + 0.5) * WIDE / len(cloth.threads)


def _row(cloth: Cloth, number: int, high: int) -> Iterator[Markup]:
    """One row: what hangs loose behind, then each conversation's threads, one over the other by turns."""
    row = cloth.rows[number]
    before = cloth.rows[number - 1].places if number else tuple(range(len(cloth.threads)))

    def path(thread: int) -> str:
        return _path(cloth, before[thread], row.places[thread], EDGE + high * number, high)

    yield Markup('<g class="row" data-row="{}">').format(number + 1)
    for thread in row.loose:
        yield _drawn(cloth, thread, path(thread), "loose")
    for turn, crossing in enumerate(row.crossings):
        over = crossing if (turn + number) % 2 else crossing[::-1]
        for thread in over:
            yield _under(cloth, path(thread))
            yield _drawn(cloth, thread, path(thread))
    yield Markup("</g>")


def _path(cloth: Cloth, start: int, end: int, top: float, high: float) -> str:
    one, other, middle = _across(cloth, start), _across(cloth, end), top + high / 2
    return f"M{one:.1f} {top:g}C{one:.1f} {middle:g} {other:.1f} {middle:g} {other:.1f} {top + high:g}"


def _under(cloth: Cloth, path: str) -> Markup:
    """The edge by which a thread is seen to lie over another: finer than the room between two that lie side by side."""
    thick = _thick(cloth)
    return Markup('<path class="under" stroke-width="{:.2f}" d="{}"/>').format(thick + min(3, 0.35 * thick), path)


def _fringe(cloth: Cloth, top: float, bottom: float, places: Sequence[int]) -> Iterator[Markup]:
    """Where the threads begin and where they end."""
    for thread, place in enumerate(places):
        yield _drawn(cloth, thread, f"M{_across(cloth, place):.1f} {top:g}V{bottom:g}")


def _drawn(cloth: Cloth, thread: int, path: str, more: str = "") -> Markup:
    group = cloth.threads[thread] % len(STRANDS)
    kind = f"thread g{group} {more}".strip()
    thin = Markup(' stroke-width="{:.2f}"').format(_thick(cloth) * 0.35) if more else ""
    made = Markup('<path class="{}"{} d="{}"/>').format(kind, thin, path)
    strand = STRANDS[group]
    if strand is None or more or len(cloth.threads) > FINE:
        return made
    dashes = Markup(' stroke-dasharray="{}"').format(strand) if strand else ""
    wide = _thick(cloth) * 0.24
    return made + Markup('<path class="strand" stroke-width="{:.2f}" d="{}"{}/>').format(wide, path, dashes)

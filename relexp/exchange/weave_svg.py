"""The weave drawn: a picture of nothing but threads, that grows row by row and prints as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from relexp.weave.cloth import Cloth, Row

# Everything in units of the picture, which is 1000 wide however many threads it has.
WIDE = 1000
ROW = 110
EDGE = 26
# The light strand in a thread, by its group: told apart without their colours too. None: a thread without one.
STRANDS = (None, "1 8", "", "9 5", "3 3", "16 6 2 6", "1 4")
# In a cloth of more threads than this they are too fine for a strand; its table tells what it shows.
FINE = 130


def weave_svg(cloth: Cloth, label: str, rows: int | None = None) -> Markup:
    """The cloth as one SVG that says `label` to who cannot see it; `rows` of it, or all.

    Everything in it is a class (`thread`, `strand`, `under`, `loose`, `g0` to `g6`, `row`), so that a page dresses it.
    """
    woven = cloth.rows if rows is None else cloth.rows[:rows]
    high = 2 * EDGE + ROW * max(len(woven), 1)
    drawn = (
        *_fringe(cloth, 0, EDGE, range(len(cloth.threads))),
        *(piece for number, row in enumerate(woven) for piece in _row(cloth, number, row)),
        *_fringe(cloth, high - EDGE, high, woven[-1].places if woven else range(len(cloth.threads))),
    )
    return Markup(
        '<svg class="weave" viewBox="0 0 {wide} {high}" role="img" aria-label="{label}" '
        'xmlns="http://www.w3.org/2000/svg" style="--thread: {thick:.2f}px">{drawn}</svg>'
    ).format(wide=WIDE, high=high, label=label, thick=_thick(cloth), drawn=Markup("").join(drawn))


def _thick(cloth: Cloth) -> float:
    """Threads lie close, and never touch where they lie side by side."""
    return max(1.4, min(13.0, 0.62 * WIDE / max(len(cloth.threads), 1)))


def _across(cloth: Cloth, place: int) -> float:
    return (place + 0.5) * WIDE / len(cloth.threads)


def _row(cloth: Cloth, number: int, row: Row) -> Iterator[Markup]:
    """One row: what hangs loose behind, then each conversation's threads, one over the other by turns."""
    before = cloth.rows[number - 1].places if number else tuple(range(len(cloth.threads)))
    top = EDGE + ROW * number
    yield Markup('<g class="row" data-row="{}">').format(number + 1)
    for thread in row.loose:
        yield _thread(cloth, thread, before[thread], row.places[thread], top, "loose")
    for turn, crossing in enumerate(row.crossings):
        over = crossing if (turn + number) % 2 else crossing[::-1]
        for thread in over:
            yield _under(cloth, before[thread], row.places[thread], top)
            yield _thread(cloth, thread, before[thread], row.places[thread], top)
    yield Markup("</g>")


def _path(cloth: Cloth, start: int, end: int, top: float) -> str:
    one, other, middle = _across(cloth, start), _across(cloth, end), top + ROW / 2
    return f"M{one:.1f} {top:g}C{one:.1f} {middle:g} {other:.1f} {middle:g} {other:.1f} {top + ROW:g}"


def _thread(cloth: Cloth, thread: int, start: int, end: int, top: float, more: str = "") -> Markup:
    return _drawn(cloth, thread, _path(cloth, start, end, top), more)


def _under(cloth: Cloth, start: int, end: int, top: float) -> Markup:
    """The shadow by which a thread is seen to lie over another."""
    return Markup('<path class="under" d="{}"/>').format(_path(cloth, start, end, top))


def _fringe(cloth: Cloth, top: float, bottom: float, places: Sequence[int]) -> Iterator[Markup]:
    """Where the threads begin and where they end."""
    for thread, place in enumerate(places):
        yield _drawn(cloth, thread, f"M{_across(cloth, place):.1f} {top:g}V{bottom:g}")


def _drawn(cloth: Cloth, thread: int, path: str, more: str = "") -> Markup:
    group = cloth.threads[thread] % len(STRANDS)
    kind = f"thread g{group} {more}".strip()
    made = Markup('<path class="{}" d="{}"/>').format(kind, path)
    strand = STRANDS[group]
    if strand is None or more or len(cloth.threads) > FINE:
        return made
    dashes = Markup(' stroke-dasharray="{}"').format(strand) if strand else ""
    return made + Markup('<path class="strand" d="{}"{}/>').format(path, dashes)

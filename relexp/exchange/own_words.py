"""What a learner wrote, to take along: as a plain text, and as a page for the printer. It goes to nobody but them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from relexp.exchange.learner_print import long_day
from relexp.exchange.print_pack import paper
from relexp.learning.own_words import Words


def own_text(words: Sequence[Words]) -> bytes:
    """All of it as a plain text that any computer opens: a heading a unit, and each piece below what was asked."""
    lines: list[str] = []
    for unit, pieces in groupby(words, key=lambda each: each.unit):
        lines += [unit, "=" * len(unit), ""]
        for each in pieces:
            lines += [each.asked, "", each.said, "", ""]
    return "\r\n".join(lines).encode("utf-8-sig")


def own_page(words: Sequence[Words], day: date) -> bytes:
    """All of it as HTML for the browser's printer, on A4."""
    units = [(unit, [*pieces]) for unit, pieces in groupby(words, key=lambda each: each.unit)]
    return paper().get_template("own.html.j2").render(units=units, day=long_day(day)).encode()

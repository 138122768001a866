"""The short questions on paper, for whoever has no phone: two sheets a page, before, after and a month later."""

from __future__ import annotations

from relexp.exchange.print_pack import paper
from relexp.weave.survey import CIRCLES, QUESTIONS, Moment


def question_sheets() -> bytes:
    """A page for each moment, as HTML for the browser's printer, on A4, to be cut in two."""
    moments = [(str(moment), [each for each in QUESTIONS if moment in each.asked]) for moment in Moment]
    page = paper().get_template("question-sheets.html.j2")
    return page.render(moments=moments, circles=CIRCLES).encode()

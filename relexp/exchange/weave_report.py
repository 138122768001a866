"""What was woven on one page, for co-hosts and funders: the cloth, what can be told of it, and how sure that is."""

from __future__ import annotations

from relexp.exchange.print_pack import paper
from relexp.exchange.weave_svg import weave_svg
from relexp.messages import say
from relexp.privacy.suppression import FEWEST
from relexp.weave.cloth import cloth
from relexp.weave.report import Report
from relexp.weave.web import Web
from relexp.weave.words import sections

# So high a cloth leaves room on the page for what is said of it.
_HIGH = 160


def report_page(report: Report, title: str, woven: Web) -> bytes:
    """The report as HTML for the browser's printer, on A4; `woven` are the talks of the last gathering, to be drawn.

    A cloth of fewer than five people is not drawn.
    """
    found = cloth(woven)
    drawn = len(found.threads) >= FEWEST and bool(found.rows)
    return (
        paper()
        .get_template("weave-report.html.j2")
        .render(
            title=title,
            picture=weave_svg(found, row=max(14, _HIGH // max(len(found.rows), 1))) if drawn else "",
            picture_says=say("woven.cloth_says", people=len(found.threads)),
            last=report.gatherings[-1].name if len(report.gatherings) > 1 else "",
            sections=sections(report),
        )
        .encode()
    )

"""How people grow: what a trainer asks, in words, charts and a picture of who develops whom, each with its table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import ipywidgets
from markupsafe import Markup

from relexp.apps.chart import Chart
from relexp.apps.html import folded, join, sentence, tag, typed
from relexp.apps.leader_chains import chains_svg
from relexp.apps.weave_charts import GRID
from relexp.apps.widgets import Fragment, show
from relexp.leadership.board import Board
from relexp.leadership.chains import picture
from relexp.leadership.growth import Quarter
from relexp.leadership.measures import Measures
from relexp.leadership.words import Section, Table, sections
from relexp.messages import Message, say
from relexp.store import Store

_QUARTERS = 8


class GrowthPanel(ipywidgets.VBox):
    """The measures of the table, counted when they are looked at."""

    def __init__(self) -> None:
        self.heading, self.before, self.chains, self.after = (Fragment() for _ in range(4))
        none: dict[str, Any] = {"data": [], "layout": {}}
        self.contact = Chart(none, str(say("leader.chart_contact")), height=260)
        self.movement = Chart(none, str(say("leader.chart_movement")), height=300)
        self._parts = [Fragment() for _ in range(7)]
        stuck, contact, spread, mix, chains, movement, after = self._parts
        told = (stuck, contact, self.contact, spread, mix, chains, self.chains, movement, self.movement, after)
        super().__init__((self.heading, *told))
        self.add_class("growth")

    def offer(self, store: Store, board: Board, names: Mapping[str, str], today: date) -> None:
        """Show how people grow, as far as the table tells."""
        found = store.leaders.measures(board, today)
        said = sections(found, board, names)
        hint = tag("p", sentence(say("leader.growth_lead" if said else "leader.growth_none")), class_="hint")
        self.heading.show(join((tag("h2", str(say("leader.growth"))), hint)))
        for place, part in enumerate(self._parts):
            part.show(_section(said[place]) if said else None)
        for chart in (self.contact, self.movement):
            show(chart, bool(said))
        if said:
            self._draw(found, names)
        self.chains.show(chains_svg(picture(found.forest), names) if said and found.forest.chains else None)

    def _draw(self, found: Measures, names: Mapping[str, str]) -> None:
        bands = found.contact.bands
        self.contact.draw(
            _bars([_band(each.least, each.most) for each in bands], {"": [each.people for each in bands]})
        )
        last = found.movement[-_QUARTERS:]
        show(self.movement, bool(last))
        kinds = {
            "new": [len(q.new) for q in last],
            "up": [len(q.up) for q in last],
            "down": [len(q.down) for q in last],
        }
        told = {str(say(f"lead.head_{kind}")): counts for kind, counts in kinds.items()}
        self.movement.draw(_bars([_short(each.quarter) for each in last], told))


def _bars(where: list[str], counts: Mapping[str, list[int]]) -> dict[str, Any]:
    """Bars side by side, told apart by pattern as well as by colour."""
    colours, patterns = ("#0b5f94", "#00795a", "#b4491a"), ("", "/", "x")
    data = [
        {
            "type": "bar",
            "name": name,
            "x": where,
            "y": values,
            "text": [str(value) if value else "" for value in values],
            "textposition": "outside",
            "cliponaxis": False,
            "marker": {"color": colours[place], "pattern": {"shape": patterns[place]}},
        }
        for place, (name, values) in enumerate(counts.items())
    ]
    axis = {"rangemode": "tozero", "tickformat": "d", "gridcolor": GRID, "zerolinecolor": GRID}
    layout = {
        "barmode": "group",
        "showlegend": len(data) > 1,
        "legend": {"orientation": "h", "y": 1.18},
        "margin": {"l": 40, "r": 10, "t": 36, "b": 40},
        "xaxis": {"type": "category", "fixedrange": True},
        "yaxis": axis | {"fixedrange": True, "nticks": 5},
    }
    return {"data": data, "layout": layout}


def _short(quarter: Quarter) -> str:
    return str(say(f"leader.quarter_{quarter.number}", year=f"{quarter.year % 100:02}"))


def _band(least: int, most: int | None) -> str:
    return f"{least}+" if most is None else str(least) if least == most else f"{least}–{most}"


def _section(section: Section) -> Markup:
    """A heading, its sentences, and its table folded below them."""
    lines = tag("ul", *(tag("li", sentence(line)) for line in section.lines), class_="said")
    table = folded(str(say("leader.as_table")), _table(section.table)) if section.table else None
    return tag("section", tag("h3", str(section.heading)), lines if section.lines else None, table)


def _table(table: Table) -> Markup:
    heads = [_text(each) for each in table.heads]
    head = tag("tr", *(tag("th", each, scope="col") for each in heads))
    rows = (
        tag(
            "tr",
            tag("th", typed(_text(first)), scope="row"),
            *(tag("td", typed(_text(each)), data_label=name) for each, name in zip(rest, heads[1:], strict=True)),
        )
        for first, *rest in table.rows
    )
    whole = tag("table", tag("thead", head), tag("tbody", *rows), class_="beside")
    return tag("div", whole, class_="leaders-frame", tabindex="0", role="region", aria_label=heads[0])


def _text(cell: Message | str) -> str:
    return str(cell)

"""The page as a notebook's widgets: the same for relexp and for stock Voila, but for the chart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w
import pandas as pd

from benchmarks.pages.people import HIGHEST, LOWEST, ORDERS, START, chosen, figure, points, sentence

# A chart, and what is called with the rows to show on it.
Chart = tuple[w.Widget, Callable[[pd.DataFrame], None]]


def figure_widget(rows: pd.DataFrame) -> Chart:
    """Plotly's own widget, as any notebook would have it."""
    from plotly.graph_objects import FigureWidget

    made = FigureWidget(figure(rows))

    def show(changed: pd.DataFrame) -> None:
        with made.batch_update():
            made.data[0].update(points(changed))

    return made, show


def relexp_chart(rows: pd.DataFrame) -> Chart:
    """The chart of relexp's apps."""
    from relexp.apps.chart import Chart as OwnChart

    made = OwnChart(figure=figure(rows), label="Age and score")

    def show(changed: pd.DataFrame) -> None:
        made.draw(figure(changed))

    return made, show


def page(chart: Callable[[pd.DataFrame], Chart]) -> w.Widget:
    """A slider, a text and a dropdown above a sentence, a chart and a table that follow them."""
    score = w.IntSlider(START, LOWEST, HIGHEST, description="Score")
    name = w.Text(description="Name")
    order = w.Dropdown(options=ORDERS, description="Order")
    said, table = w.HTML(), w.HTML()
    picture, draw = chart(chosen(START))

    def show(*_: Any) -> None:
        rows = chosen(score.value, name.value, order.value)
        said.value = f"<p>{sentence(rows, score.value)}</p>"
        table.value = rows.to_html(index=False)
        draw(rows)

    for control in (score, name, order):
        control.observe(show, names="value")
    show()
    return w.VBox([w.HBox([score, name, order]), said, picture, table])

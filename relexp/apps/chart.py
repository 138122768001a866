"""A chart on a page: lines, bars, points or slices, drawn in the browser from a figure's plain data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import anywidget
import traitlets

from relexp.apps.widgets import script


class Chart(anywidget.AnyWidget):
    """A chart of `figure`, which `label` tells in a sentence to those who do not see it.

    `figure` is a plotly figure, or a mapping of plotly's `data` (scatter, bar and pie traces) and `layout`; whoever
    shows a chart shows its numbers as a table beside it. `height` is in pixels. The drawing program is one file that
    the served page fetches when it has a chart. Elsewhere, in JupyterLab say, there is no such file, and the label
    stands in the chart's place: use plotly's own FigureWidget there.
    """

    _esm = script("chart.js")
    data: traitlets.List[object] = traitlets.List().tag(sync=True)
    layout_ = traitlets.Dict().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int(360).tag(sync=True)

    def __init__(self, figure: Any, label: str, **traits: object) -> None:
        super().__init__(label=label, **traits)
        self.draw(figure)

    def draw(self, figure: Any) -> None:
        """Show another figure in this one's place."""
        plain = figure if isinstance(figure, Mapping) else json.loads(figure.to_json())
        with self.hold_sync():
            self.data, self.layout_ = list(plain["data"]), dict(plain.get("layout", {}))

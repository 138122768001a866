"""The page for Solara: a component that is drawn again when what it reads changes.

solara run benchmarks/pages/solara_page.py
"""

import plotly.graph_objects as go
import solara

from benchmarks.pages.people import HIGHEST, LOWEST, ORDERS, START, chosen, figure, sentence

score = solara.reactive(START)
name = solara.reactive("")
order = solara.reactive(ORDERS[0])


@solara.component
def Page() -> None:  # noqa: N802 - Solara asks for this name
    """The whole page."""
    rows = chosen(score.value, name.value, order.value)
    with solara.Row():
        solara.SliderInt("Score", value=score, min=LOWEST, max=HIGHEST)
        solara.InputText("Name", value=name, continuous_update=True)
        solara.Select("Order", value=order, values=list(ORDERS))
    solara.Text(sentence(rows, score.value))
    solara.FigurePlotly(go.Figure(figure(rows)))
    solara.HTML(unsafe_innerHTML=rows.to_html(index=False))

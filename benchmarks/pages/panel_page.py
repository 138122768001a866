"""The page for Panel: functions bound to the controls.

panel serve benchmarks/pages/panel_page.py
"""

import panel as pn

from benchmarks.pages.people import HIGHEST, LOWEST, ORDERS, START, chosen, figure, sentence

pn.extension("plotly")

score = pn.widgets.IntSlider(name="Score", start=LOWEST, end=HIGHEST, value=START)
name = pn.widgets.TextInput(name="Name")
order = pn.widgets.Select(name="Order", options=list(ORDERS))
rows = pn.rx(chosen)(score, name, order)

pn.Column(
    pn.Row(score, name, order),
    pn.pane.Markdown(pn.bind(sentence, rows, score)),
    pn.pane.Plotly(pn.bind(figure, rows), height=360),
    pn.pane.DataFrame(rows, index=False),
).servable()

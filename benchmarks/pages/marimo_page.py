"""The page for marimo: cells that are run again when what they read changes.

marimo run benchmarks/pages/marimo_page.py
"""

import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    import plotly.graph_objects as go

    from benchmarks.pages.people import HIGHEST, LOWEST, ORDERS, START, chosen, figure, sentence

    return HIGHEST, LOWEST, ORDERS, START, chosen, figure, go, mo, sentence


@app.cell
def _(HIGHEST, LOWEST, ORDERS, START, mo):
    score = mo.ui.slider(LOWEST, HIGHEST, value=START, label="Score")
    name = mo.ui.text(label="Name", debounce=False)
    order = mo.ui.dropdown(ORDERS, value=ORDERS[0], label="Order")
    mo.hstack([score, name, order])
    return name, order, score


@app.cell
def _(chosen, name, order, score):
    rows = chosen(score.value, name.value, order.value)
    return (rows,)


@app.cell
def _(mo, rows, score, sentence):
    mo.md(sentence(rows, score.value))
    return


@app.cell
def _(figure, go, rows):
    go.Figure(figure(rows))
    return


@app.cell
def _(mo, rows):
    mo.plain(rows)
    return


if __name__ == "__main__":
    app.run()

"""The page for marimo: cells that are run again when what they read changes.

marimo run benchmarks/pages/marimo_page.py
"""

import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    import plotly.graph_objects as go

    from benchmarks.pages import people

    return go, mo, people


@app.cell
def _(mo, people):
    score = mo.ui.slider(people.LOWEST, people.HIGHEST, value=people.START, label="Score")
    name = mo.ui.text(label="Name", debounce=False)
    order = mo.ui.dropdown(people.ORDERS, value=people.ORDERS[0], label="Order")
    mo.hstack([score, name, order])
    return name, order, score


@app.cell
def _(name, order, people, score):
    rows = people.chosen(score.value, name.value, order.value)
    return (rows,)


@app.cell
def _(mo, people, rows, score):
    mo.md(people.sentence(rows, score.value))
    return


@app.cell
def _(go, people, rows):
    go.Figure(people.figure(rows))
    return


@app.cell
def _(mo, rows):
    mo.plain(rows)
    return


if __name__ == "__main__":
    app.run()

"""Sixty made-up people and what every engine's page shows of them: the same rows, the same sentence, the same chart."""

from __future__ import annotations

from random import Random
from typing import Any

import pandas as pd

MANY = 60
LOWEST, START, HIGHEST = 0, 10, 500
ORDERS = ("Name", "Organisation", "Age", "Score")
GIVEN = (
    "Amina Ben Chidi Dora Emeka Farah Grace Hamza Iris Jonas Kofi Lena Mei Noor Omar Petra Rosa Sami Tola Uma".split()
)
FAMILY = ("Abbott", "Okafor", "Lindqvist")
PLACES = ("St Mark's", "Al-Noor", "Riverside School", "Tenants' Union", "The Orchard")


def people() -> pd.DataFrame:
    """Everybody, in the order in which they came."""
    draw = Random(3)
    rows = [
        (f"{given} {family}", draw.choice(PLACES), draw.randint(16, 90), draw.randint(START + 2, HIGHEST))
        for family in FAMILY
        for given in GIVEN
    ]
    return pd.DataFrame(rows, columns=list(ORDERS))


EVERYBODY = people()


def chosen(score: int, name: str = "", order: str = ORDERS[0]) -> pd.DataFrame:
    """Who has that score or more and a name with these letters in it, sorted by a column."""
    named = EVERYBODY["Name"].str.contains(name, case=False, regex=False)
    return EVERYBODY[named & (EVERYBODY["Score"] >= score)].sort_values(order, kind="stable")


def sentence(rows: pd.DataFrame, score: int) -> str:
    """What a page says after each change; it holds the slider's value, so that every press of a key changes it."""
    return f"{len(rows)} of {MANY} people score {score} or more"


def points(rows: pd.DataFrame) -> dict[str, list[Any]]:
    """Where everybody stands on the chart, and their names."""
    return {"x": rows["Age"].tolist(), "y": rows["Score"].tolist(), "text": rows["Name"].tolist()}


def figure(rows: pd.DataFrame) -> dict[str, Any]:
    """The chart as plotly takes it: a labelled point a person."""
    trace = {"type": "scatter", "mode": "markers+text", "textposition": "top center", **points(rows)}
    return {"data": [trace], "layout": {"height": 360, "xaxis": {"title": {"text": "Age"}}}}

"""Keeps the latest results in RESULTS.md: each benchmark has its own section and leaves the others alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

TITLE = "# Results\n\nThe latest run kept of each benchmark; each section is written by its own script.\n"


def keep(path: Path, name: str, text: str) -> None:
    """Put a section in place of the one of that name, or at the end."""
    before = path.read_text(encoding="utf-8") if path.exists() else TITLE
    opening, closing = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    section = f"{opening}\n## {name}\n\n{text.strip()}\n\n{closing}"
    if opening in before and closing in before:
        head, rest = before.split(opening, 1)
        after = head + section + rest.split(closing, 1)[1]
    else:
        after = f"{before.rstrip()}\n\n{section}"
    path.write_text(after, encoding="utf-8")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as Markdown, aligned so that it reads well in a terminal too."""
    lines = [head, tuple("-" for _ in head), *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    text = []
    for number, line in enumerate(lines):
        fill = "-" if number == 1 else " "
        text.append("| " + " | ".join(cell.ljust(width, fill) for cell, width in zip(line, widths, strict=True)) + " |")
    return "\n".join(text)


Figures = Mapping[str, Mapping[str, float | None]]
SIX_ROUNDS = ("ordinary_120", "ordinary_300", "odd_119", "one_group_45", "one_group_60", "languages_120", "churn_120")
MIDDLE = (*SIX_ROUNDS, "many_rules_120")
TIGHT = ("tight_school_8", "tight_everyone_30", "tight_hosts_24")
REPLAN, MENU = ("churn_replan_120",), ("one_group_60/ours_menu",)
# What is aimed at, the figure it is about, the rooms, and the most that the figure may be.
PAIRING = (
    ("100 to 300 people: total within 0.1% of the bound", "gap", MIDDLE, 0.001),
    ("100 to 300 people: worst-off person within 0.5% of theirs", "worst_below", MIDDLE, 0.005),
    ("120 people, 6 rounds: 0.3 s", "seconds", ("ordinary_120",), 0.3),
    ("3,000 people, 6 rounds: 3 s", "seconds", ("people_3000",), 3.0),
    ("3,000 people: total within 0.05% of the bound", "gap", ("people_3000",), 0.0005),
    ("3,000 people: under 1 GB", "mb", ("people_3000",), 1000.0),
    ("tight rooms: under 1 s", "seconds", TIGHT, 1.0),
    ("tight rooms: no rule broken", "broken_rules", TIGHT, 0.0),
    ("re-plan at 120 people: 0.05 s", "seconds", REPLAN, 0.05),
    ("re-plan: at most twice the partners changed that had to", "changed_of_floor", REPLAN, 2.0),
    ("the menu for a lop-sided room: 2 s", "seconds", MENU, 2.0),
    ("the menu: each choice within 0.5% of its bound", "gap", MENU, 0.005),
    ("every room: no rule broken", "broken_rules", (), 0.0),
)


def pairing_targets(figures: Figures) -> str:
    """What the pairing aims at, beside the medians of our own rows; only targets whose rooms were planned."""
    ours = {case: found for case, found in figures.items() if case.split("/")[1].startswith("ours")}
    rows = []
    for words, name, rooms, limit in PAIRING:
        cases = [room if "/" in room else f"{room}/ours" for room in rooms] or list(ours)
        found = [(_figure(ours.get(case, {}), name), case.removesuffix("/ours")) for case in cases]
        known = [(value, case) for value, case in found if value is not None]
        if known:
            value, case = max(known)
            rows.append((words, f"{_shown(name, value)} ({case})", "yes" if value <= limit else "no"))
    return table(("target", "measured, where it is furthest off", "met"), rows)


def _figure(found: Mapping[str, float | None], name: str) -> float | None:
    if name == "worst_below":
        share = found.get("worst_of_bound")
        return None if share is None else 1 - share
    return found.get(name)


def _shown(name: str, value: float) -> str:
    if name in ("gap", "worst_below"):
        return f"{100 * value + 0.0:.3f}%"
    units = {"seconds": " s", "mb": " MB"}
    return f"{value:.3g}{units.get(name, '')}"

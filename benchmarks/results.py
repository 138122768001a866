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


# What is aimed at, the figure it is about, the most that it may be, and whether that is a share of stock Voila's.
SERVING = (
    ("first visit interactive: 0.15 of stock Voila", "interactive_s", 0.15, True),
    ("first visit, chart drawn: 0.2 of stock Voila", "chart_s", 0.2, True),
    ("next page: 0.15 of stock Voila", "next_page_s", 0.15, True),
    ("requests of a first visit: 10", "requests", 10.0, False),
    ("on the wire: 600 kB", "kb", 600.0, False),
    ("requests to other hosts: none", "foreign_requests", 0.0, False),
    ("CPU a visitor: 0.1 of stock Voila", "cpu_s", 0.1, True),
    ("memory a visitor: 30 MB", "pss_mb", 30.0, False),
    ("first of 30 at once: 1 s", "first_of_30_s", 1.0, False),
    ("last of 30 at once: 10 s", "last_of_30_s", 10.0, False),
    ("first visit on 10 Mbit/s, 40 ms: 2 s", "interactive_10mbit_s", 2.0, False),
)


def serving_targets(figures: Figures) -> str:
    """What the server aims at, beside our own medians; only targets whose figures were measured."""
    ours, stock = figures.get("ours", {}), figures.get("voila", {})
    rows = []
    for words, name, limit, share in SERVING:
        value, whole = ours.get(name), stock.get(name)
        if value is None or (share and not whole):
            continue
        if share and whole:
            value /= whole
        rows.append((words, f"{value:.0f}" if value >= 100 else f"{value:.3g}", "yes" if value <= limit else "no"))
    peers = {name: found["interactive_s"] for name, found in figures.items() if name not in ("ours", "voila")}
    soonest = min(((value, name) for name, value in peers.items() if value is not None), default=None)
    value = ours.get("interactive_s")
    if soonest and value is not None:
        words = f"first visit interactive before every peer (soonest: {soonest[1]}, {soonest[0]:.2f} s)"
        rows.append((words, f"{value:.3g}", "yes" if value < soonest[0] else "no"))
    return table(("target", "measured", "met"), rows)

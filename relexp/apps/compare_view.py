"""This evening beside others, as it stands on the page: what is clearly better and what is not, a picture, a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from relexp.apps.html import sentence, tag
from relexp.messages import Message, say
from relexp.pairing.compare import MORE, Compared, Spread, verdicts

# In the order in which they are read.
_FIGURES = ("difference", "worst", "across", "same", "repeats", "broken")
# The picture's own units.
WIDE, HIGH = 200.0, 44


def compared_page(compared: Compared) -> Markup:
    """The comparison in sentences, then figure by figure."""
    lines = [tag("li", sentence(each)) for each in sentences(compared)]
    return tag(
        "div",
        tag("p", sentence(say("compare.done", times=compared.times)), id="compared", tabindex="-1", class_="read"),
        tag("ul", *lines, class_="said"),
        _table(compared),
    )


def sentences(compared: Compared) -> Iterator[Message]:
    """What is clearly better than left to chance, what hardly is, and what is worse; then beside two rows."""
    for way, others in (("compare.chance", compared.chance), ("compare.rows", compared.rows)):
        found = verdicts(compared, others)
        if set(found.values()) <= {"hardly"}:
            yield say("compare.all_hardly", way=str(say(way)))
            continue
        for verdict in ("clear", "often", "hardly", "worse"):
            figures = [_name(compared, figure) for figure in _FIGURES if found.get(figure) == verdict]
            if figures:
                yield say(f"compare.{verdict}", way=str(say(way)), figures="; ".join(figures))


def _name(compared: Compared, figure: str) -> str:
    if figure in ("across", "same"):
        return str(say(f"compare.{figure}", column=compared.column or ""))
    return str(say(f"compare.{figure}"))


def _table(compared: Compared) -> Markup:
    codes = ("compare.figure", "compare.ours", "compare.by_chance", "compare.by_rows")
    heads = [str(say(code)) for code in codes]
    picture = tag(
        "th", tag("span", sentence(say("compare.picture", times=compared.times)), class_="unseen"), scope="col"
    )
    head = tag("tr", *(tag("th", head, scope="col") for head in heads), picture)
    rows = (_row(compared, figure, heads) for figure in _FIGURES if figure in compared.ours)
    return tag("table", tag("thead", head), tag("tbody", *rows), class_="beside")


def _row(compared: Compared, figure: str, heads: list[str]) -> Markup:
    ours, chance, rows = compared.ours[figure], compared.chance[figure], compared.rows[figure]
    which = str(say("compare.more" if figure in MORE else "compare.less"))
    return tag(
        "tr",
        tag("th", _name(compared, figure), tag("span", which, class_="small"), scope="row"),
        tag("td", tag("strong", _number(ours)), data_label=heads[1]),
        tag("td", _spread(chance), data_label=heads[2]),
        tag("td", _spread(rows), data_label=heads[3]),
        tag("td", _strip(ours, {"chance": chance, "rows": rows})),
    )


def _spread(spread: Spread) -> Markup:
    values = {"low": _number(spread.low), "middle": _number(spread.middle), "high": _number(spread.high)}
    return sentence(say("compare.spread", **values))


def _strip(ours: float, spreads: Mapping[str, Spread]) -> Markup:
    """One figure as a strip: where the others lie, each from lowest to highest, and where this evening does."""
    ends = [ours, *(end for spread in spreads.values() for end in (spread.low, spread.high))]
    low, width = min(ends), (max(ends) - min(ends)) or 1.0

    def at(value: float) -> float:
        return 8 + (WIDE - 16) * (value - low) / width

    lines = []
    for place, (name, spread) in enumerate(spreads.items()):
        y = 12 + 20 * place
        # A range of nothing is still seen.
        ends_at = f"M{at(spread.low) - 1:.1f} {y}H{at(spread.high) + 1:.1f}"
        lines.append(tag("path", d=ends_at, class_=name, fill="none"))
        lines.append(tag("path", d=f"M{at(spread.middle):.1f} {y - 7}V{y + 7}", class_="middle", fill="none"))
    here = at(ours)
    diamond = (
        f"M{here:.1f} {HIGH / 2 - 9}L{here + 8:.1f} {HIGH / 2}L{here:.1f} {HIGH / 2 + 9}L{here - 8:.1f} {HIGH / 2}Z"
    )
    lines.append(tag("path", d=diamond, class_="here"))
    return tag("svg", *lines, viewBox=f"0 0 {WIDE:.0f} {HIGH}", class_="strip", aria_hidden="true")


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if value < 1000 else f"{value:,.0f}"

"""What was woven as it stands on the page: what can be told, the cloth, and the tables that say what pictures show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from relexp.apps.html import folded, join, sentence, tag, typed
from relexp.exchange.weave_svg import weave_svg
from relexp.messages import Message, say
from relexp.privacy.suppression import FEWEST
from relexp.weave.cloth import Cloth
from relexp.weave.held import Held
from relexp.weave.report import Report
from relexp.weave.words import Section


def section_page(section: Section) -> Markup:
    """A heading, and what is said below it: numbers side by side, then sentences."""
    found = section.table
    table = _table(found.heads, ([_cell(cell) for cell in row] for row in found.rows)) if found else None
    lines = (tag("li", sentence(line)) for line in section.lines)
    return join(
        piece for piece in (tag("h2", sentence(section.heading)), table, tag("ul", *lines, class_="said")) if piece
    )


def _cell(cell: Message | str) -> Markup:
    return sentence(cell) if isinstance(cell, Message) else typed(cell)


def cloth_page(found: Cloth) -> Markup | None:
    """The cloth with what it shows as a table; None where it is of too few to be shown."""
    if len(found.threads) < FEWEST or not found.rows:
        return None
    told = say("woven.cloth_says", people=len(found.threads))
    table = folded(str(say("woven.as_table")), _met(found))
    return tag(
        "section",
        tag("h2", str(say("woven.cloth"))),
        weave_svg(found, row=max(18, min(74, 640 // len(found.rows)))),
        tag("p", sentence(told), class_="small"),
        table,
        class_="keepsake",
    )


def rounds_page(gatherings: Sequence[Held]) -> Markup:
    """The rounds in a sentence."""
    rounds = [round for held in gatherings for round in held.rounds]
    across, talks = sum(round.across for round in rounds), sum(round.talks for round in rounds)
    said = sentence(say("woven.rounds_says", across=across, talks=talks))
    return join((tag("h2", str(say("woven.rounds"))), tag("p", said)))


def rounds_table(gatherings: Sequence[Held]) -> Markup:
    """What the chart of the rounds shows, as a table."""
    several = len(gatherings) > 1
    heads = [*(["woven.gathering"] if several else []), "woven.round", "woven.talks", "woven.across"]
    rows = (
        (*((typed(held.name),) if several else ()), str(round.number), str(round.talks), str(round.across))
        for held in gatherings
        for round in held.rounds
    )
    return folded(str(say("woven.as_table")), _table([say(code) for code in heads], rows))


def web_page(report: Report) -> Markup:
    """The web before and after in a sentence."""
    counts = {"people": report.now.people, "before": report.was.pairs, "after": report.now.pairs}
    return join((tag("h2", str(say("woven.web"))), tag("p", sentence(say("woven.web_says", **counts)))))


def _met(found: Cloth) -> Markup:
    names = [group.name or str(say("woven.smaller")) for group in found.groups]
    most = sorted(found.meetings().items(), key=lambda each: (-each[1], each[0]))
    rows: list[tuple[Markup | str, ...]] = [
        (typed(names[one]), str(say("woven.among")) if one == other else typed(names[other]), str(count))
        for (one, other), count in most
        if count >= FEWEST
    ]
    if few := sum(count for _, count in most if count < FEWEST):
        rows.append((str(say("woven.others")), "", str(few)))
    return _table([say("woven.groups"), say("woven.groups"), say("woven.meetings")], rows)


def _table(heads: Sequence[Message], rows: Iterable[Sequence[Markup | str]]) -> Markup:
    head = tag("tr", *(tag("th", sentence(each), scope="col") for each in heads))
    labels = [str(each) for each in heads]
    body = (
        tag(
            "tr",
            tag("th", row[0], scope="row"),
            *(tag("td", cell, data_label=label) for cell, label in zip(row[1:], labels[1:], strict=True)),
        )
        for row in rows
    )
    return tag("table", tag("thead", head), tag("tbody", *body), class_="beside")

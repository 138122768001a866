"""A record of learning as it is read on the page: the hours by what they went into, and what shows what was done."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from relexp.apps.html import folded, join, sentence, tag, typed
from relexp.exchange.learner_print import length, long_day
from relexp.learning.hours import WHOLE
from relexp.learning.record import Record
from relexp.learning.unit import Unit
from relexp.messages import say


def hours_table(record: Record) -> Markup:
    """The hours towards 25, by activity: taken beside planned, and how much of it the learner noted themselves."""
    hours = record.hours
    within = "is" if hours.left else "over"
    so_far = say(f"record.so_far_{within}", taken=length(hours.taken), whole=length(WHOLE))
    how = say("record.so_far_says", logged=length(hours.logged)) if hours.logged else say("record.so_far_reckoned")
    value = f"{min(hours.taken, WHOLE):.0f}"
    bar = tag("progress", max=str(WHOLE), value=value, aria_label=str(so_far))
    heads = ("activity", "taken", "planned")
    rows = (
        tag(
            "tr",
            tag("th", str(say(f"record.activity_{activity}")), scope="row"),
            tag("td", str(length(taken))),
            tag("td", str(length(planned)) if planned else "–"),
        )
        for activity, (planned, taken) in hours.by_activity().items()
    )
    head = tag("tr", *(tag("th", str(say(f"record.{each}")), scope="col") for each in heads))
    caption = tag("caption", str(say("record.by_activity")))
    table = tag("table", caption, tag("thead", head), tag("tbody", *rows), class_="hours")
    return join((tag("p", tag("strong", sentence(so_far))), bar, tag("p", sentence(how), class_="small"), table))


def evidence_list(record: Record) -> Markup:
    """What was done and when, the oldest first."""
    if not record.evidence:
        return tag("p", sentence(say("record.shows_nothing")))
    lines = (
        tag(
            "li",
            tag("span", each.title),
            " ",
            tag("span", f"{say(f'record.kind_{each.kind}')}, {long_day(each.at)}", class_="small"),
        )
        for each in record.evidence
    )
    return tag("ul", *lines, class_="evidence")


def confirmed(record: Record) -> Markup:
    """Who confirmed it; nothing where nobody did."""
    lines = (
        tag(
            "p",
            sentence(say("record.confirmed_by", by=each.by, length=length(each.minutes), day=long_day(each.day))),
            *((" ", typed(each.said)) if each.said else ()),
            class_="note",
        )
        for each in record.confirmations
    )
    return join(lines)


def blocks_table(units: Sequence[Unit], record: Record) -> Markup:
    """Each part of each unit with its planned minutes and those that were taken, folded away."""
    titles = {(unit.id, block.id): block.title for unit in units for block in unit.blocks}
    names = {unit.id: unit.title for unit in units}
    bodies = []
    for id, spells in groupby(record.hours.spells, key=lambda spell: spell.unit):
        head = tag("tr", tag("th", names.get(id, str(say("record.activity_by_hand"))), colspan="3", scope="colgroup"))
        rows = (
            tag(
                "tr",
                tag("th", titles.get((id, spell.block), str(say("record.activity_by_hand"))), scope="row"),
                tag("td", str(length(spell.taken)) if spell.taken else "–"),
                tag("td", str(length(spell.planned)) if spell.planned else "–"),
            )
            for spell in spells
        )
        bodies.append(tag("tbody", head, *rows))
    heads = ("activity", "taken", "planned")
    head = tag("tr", *(tag("th", str(say(f"record.{each}")), scope="col") for each in heads))
    return folded(str(say("study.blocks")), tag("table", tag("thead", head), *bodies, class_="hours"))

"""The room as the organiser sees it before the evening: faults and how to mend them, and how mixed it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from relexp.apps.html import join, sentence, tag, typed
from relexp.messages import Fault, Message, say
from relexp.roster.mix import Mix
from relexp.roster.no_shows import Turnout

MOST_FAULTS = 50
MOST_REASONS = 12
# Somebody under 18 may be among the adults or alone, or somebody's needs were not understood.
GRAVE = frozenset(
    {
        "sheet.young_by_age",
        "sheet.young_unmarked",
        "sheet.may_be_young",
        "sheet.birth_not_read",
        "sheet.no_adult",
        "sheet.adult_taken",
        "sheet.needs_in_words",
        "rules.young_rest",
        "rules.young_alone",
        "rules.adult_away",
    }
)
MOST_GROUPS = 8

# The picture's own units; the page stretches it. In a small room the cloth is narrow, not its threads thick.
WIDE, HIGH, THICKEST = 1000, 80, 30


def faults_page(faults: Sequence[Fault], name: str, here: bool = False) -> Markup:
    """Everything to mend in a sheet, in its order, each with place and remedy; `here`: it can be mended on the page."""
    heading = (
        say("app.faults_one", name=name) if len(faults) == 1 else say("app.faults_many", name=name, count=len(faults))
    )
    more = len(faults) - MOST_FAULTS
    return tag(
        "div",
        tag("h3", sentence(heading), id="faults", tabindex="-1"),
        tag("ul", *(_fault(fault) for fault in faults[:MOST_FAULTS]), class_="faults"),
        tag("p", sentence(say("app.faults_more", count=more))) if more > 0 else None,
        tag("p", str(say("app.faults_help_here" if here else "app.faults_help"))),
        class_="note",
    )


def warnings_page(warnings: Sequence[Fault]) -> Markup | None:
    """What is worth knowing though the sheet can be used as it is; what concerns safety is never folded away."""
    grave = [warning for warning in warnings if warning.message.code in GRAVE]
    others = [warning for warning in warnings if warning.message.code not in GRAVE]
    if not warnings:
        return None
    return join((_grave(grave) if grave else "", _folded(others) if others else ""))


def _grave(warnings: Sequence[Fault]) -> Markup:
    heading = tag("h3", str(say("app.grave")))
    return tag("div", heading, tag("ul", *map(_fault, warnings), class_="faults"), class_="note")


def _folded(warnings: Sequence[Fault]) -> Markup:
    lines = tag("ul", *map(_fault, warnings[:MOST_FAULTS]), class_="faults")
    return tag("details", tag("summary", f"{say('app.warnings')} ({len(warnings)})"), lines, open=len(warnings) < 4)


def reasons_page(causes: Sequence[Message], bent: Sequence[Message]) -> Markup:
    """Why the evening cannot be as asked, the weightiest cause first; then what the nearest evening would bend."""
    more = len(causes) - MOST_REASONS
    return tag(
        "div",
        tag("h3", str(say("app.impossible")), id="reasons", tabindex="-1"),
        _listed(causes[:MOST_REASONS]),
        tag("p", sentence(say("app.reasons_more", count=more))) if more > 0 else None,
        tag("p", str(say("app.nearest"))) if bent else None,
        _listed(bent) if bent else None,
        class_="note",
    )


def _listed(sentences: Sequence[Message]) -> Markup:
    return tag("ul", *(tag("li", sentence(each)) for each in sentences))


def mix_page(mix: Mix, beside: int = 0) -> Markup:
    """The mix of the room: one sentence, a thread a person, the same as a table, and what to think about.

    So many people sit `beside` somebody as interpreters, and are not counted in it.
    """
    found = _strands(mix)
    thoughts = (*mix.warnings, *mix.not_here)
    return tag(
        "div",
        tag("p", sentence(mix.summary), class_="lead"),
        tag("p", sentence(say("mix.beside" if beside > 1 else "mix.beside_one", count=beside))) if beside else None,
        tag("figure", _threads(found), _table(mix.heading, found)) if found else None,
        tag("ul", *(tag("li", sentence(thought)) for thought in thoughts), class_="said") if thoughts else None,
    )


@dataclass(frozen=True, slots=True)
class _Strand:
    """People of one answer, as one strand of the picture; the smallest groups share a strand."""

    name: Markup
    people: int
    one_group: bool = True


def away_page(found: Sequence[Turnout], mix: Mix) -> Markup:
    """Who may stay away, as a table with a bar for each range, folded away until somebody asks."""
    codes = ("away.share", "away.people", *(("away.across",) if mix.largest else ()))
    head = tag("tr", *(tag("th", str(say(code)), scope="col") for code in codes))
    rows = []
    for turnout in found:
        share = say("away.in_ten", tenths=round(10 * turnout.away)) if turnout.away else say("away.nobody")
        ranges = [turnout.people, turnout.across] if mix.largest else [turnout.people]
        cells = (tag("td", _range_bar(low, high, mix.people), tag("span", _range(low, high))) for low, high in ranges)
        rows.append(tag("tr", tag("th", str(share), scope="row"), *cells))
    table = tag("table", tag("thead", head), tag("tbody", *rows), class_="away")
    return tag("details", tag("summary", str(say("away.heading"))), tag("p", str(say("away.says"))), table)


def _range(low: int, high: int) -> str:
    return str(low) if low == high else str(say("away.range", low=low, high=high))


def _range_bar(low: int, high: int, whole: int) -> Markup:
    """From nobody to everybody on the sheet: the sure part full, the open part striped."""
    sure, open = (100 * low / whole, 100 * (high - low) / whole) if whole else (0.0, 0.0)
    parts = (
        tag("span", class_=part, style=f"inline-size:{size:.1f}%") for part, size in (("sure", sure), ("open", open))
    )
    return tag("span", *parts, class_="range", aria_hidden="true")


def _strands(mix: Mix) -> tuple[_Strand, ...]:
    # One small group alone takes no more room than "1 smaller group" would.
    keep = mix.groups if len(mix.groups) <= MOST_GROUPS + 1 else mix.groups[:MOST_GROUPS]
    made = [_Strand(typed(group.name), group.people) for group in keep]
    if rest := mix.groups[len(keep) :]:
        name = sentence(say("app.mix_rest", count=len(rest)))
        made.append(_Strand(name, sum(group.people for group in rest), one_group=False))
    if made and mix.blanks:
        made.append(_Strand(tag("i", str(say("app.mix_blank"))), mix.blanks, one_group=False))
    return tuple(made)


def _fault(fault: Fault) -> Markup:
    place = []
    if fault.row is not None:
        place.append(sentence(say("place.row", row=fault.row)))
    if fault.column:
        place.append(sentence(say("place.column", column=fault.column)))
    where = tag("span", join(place, ", "), class_="place") if place else None
    return tag("li", where, tag("span", sentence(fault.message)))


def _threads(found: Sequence[_Strand]) -> Markup:
    """One upright thread a person, group beside group: how thick each strand of the cloth will be."""
    people = sum(group.people for group in found)
    gap = max(1.0, people / 50)
    across = people + gap * (len(found) - 1)
    pitch = min(WIDE / across, THICKEST)
    threads: list[Markup] = []
    left = 0.0
    for place, group in enumerate(found):
        lines = "".join(f"M{(left + thread + 0.5) * pitch:.1f} 0V{HIGH}" for thread in range(group.people))
        threads.append(tag("path", d=lines, class_=f"strand strand-{place % 10}", stroke_width=f"{0.62 * pitch:.2f}"))
        left += group.people + gap
    said = "; ".join(f"{group.name.striptags()} {group.people}" for group in found)
    return tag(
        "svg",
        *threads,
        viewBox=f"0 0 {across * pitch:.0f} {HIGH}",
        preserveAspectRatio="none",
        role="img",
        class_="threads",
        style=f"inline-size:{100 * across * pitch / WIDE:.0f}%",
        aria_label=str(say("app.mix_picture", groups=said)),
    )


def _table(heading: str, found: Sequence[_Strand]) -> Markup:
    total = sum(group.people for group in found)
    heads = (typed(heading), *(str(say(code)) for code in ("app.mix_people", "app.mix_share")))
    head = tag("tr", *(tag("th", name, scope="col") for name in heads))
    rows = (
        tag(
            "tr",
            tag("th", _swatch(place), group.name, scope="row"),
            tag("td", group.people),
            tag(
                "td",
                _bar(group.people / total, group.one_group),
                tag("span", f"{100 * group.people / total:.0f}%", class_="percent"),
            ),
        )
        for place, group in enumerate(found)
    )
    return tag("table", tag("thead", head), tag("tbody", *rows), class_="mix")


def _swatch(place: int) -> Markup:
    """The strand's colour and pattern, beside its name."""
    threads = tag("path", d="M6 0V24M18 0V24", class_=f"strand strand-{place % 10}", stroke_width=9)
    return tag("svg", threads, viewBox="0 0 24 24", class_="swatch", aria_hidden="true")


def _bar(share: float, one_group: bool) -> Markup:
    over = "over" if one_group and share > 0.5 else None
    filled = tag("span", class_=over, style=f"inline-size:{100 * share:.1f}%")
    return tag("span", filled, class_="bar", aria_hidden="true")

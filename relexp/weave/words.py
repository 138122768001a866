"""The report in sentences: what can be told, how sure it is, and what cannot be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from relexp.messages import Message, listed, say
from relexp.privacy.retention import CONTACTS
from relexp.privacy.suppression import FEWEST
from relexp.weave.held import Held
from relexp.weave.measures import Crossing
from relexp.weave.report import Report
from relexp.weave.survey import Change, Moment, Says, Share
from relexp.weave.tonight import COLUMN

LIMITS = ("met", "chance", "code", "answers", "change", "few", "contact")


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers side by side, a row for each thing that is told."""

    heads: tuple[Message, ...]
    rows: tuple[tuple[Message | str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and what is said below it."""

    heading: Message
    lines: tuple[Message, ...]
    table: Table | None = None


def sections(report: Report) -> tuple[Section, ...]:
    """All that is said of a report, in the order in which it is read."""
    found = {
        "met": _met(report),
        "grew": _grew(report),
        "again": _again(report),
        "themes": _themes(report),
        "answers": _answers(report),
        "how": (say(f"woven.how_{limit}") for limit in LIMITS),
    }
    tables = {"met": _differences(report), "answers": _changes(report)}
    made = (Section(say(f"woven.{key}"), tuple(lines), tables.get(key)) for key, lines in found.items())
    return tuple(section for section in made if section.lines)


def _met(report: Report) -> Iterator[Message]:
    if len(report.gatherings) == 1:
        (held,) = report.gatherings
        yield say("woven.met_one", people=held.people, pairs=held.pairs, rounds=len(held.rounds))
        if held.people < FEWEST:
            return
        for crossing in held.crossings:
            if crossing.unknown:
                column = held.headers[crossing.column]
                yield say("woven.crossed_unknown", column=column, count=crossing.unknown)
        if held.possible:
            yield say("woven.linked", linked=held.linked, possible=held.possible)
        return
    talks = sum(round.talks for held in report.gatherings for round in held.rounds)
    yield say("woven.met_many", count=len(report.gatherings), talks=talks)
    for held in report.gatherings:
        share = next((each.share for each in held.crossings if each.column == COLUMN), None)
        told = "–" if share is None else round(100 * share)
        day = held.day.isoformat()
        yield say("woven.met_each", name=held.name, day=day, people=held.people, pairs=held.pairs, share=told)


def _differences(report: Report) -> Table | None:
    """How far the pairs of one gathering differ, beside what else it could have been."""
    if len(report.gatherings) != 1:
        return None
    (held,) = report.gatherings
    if held.people < FEWEST:
        return None
    rows = tuple(row for crossing in held.crossings for row in _crossed(held, crossing))
    return (
        Table(tuple(say(f"woven.head_{key}") for key in ("column", "here", "lot", "rows", "most")), rows)
        if rows
        else None
    )


def _crossed(held: Held, crossing: Crossing) -> Iterator[tuple[Message | str, ...]]:
    if crossing.chance is None or crossing.best is None:
        return
    known = crossing.between + crossing.within
    low, chance, high, best = (
        pairs(index, known)
        for index in (crossing.chance.low, crossing.chance.mean, crossing.chance.high, crossing.best)
    )
    across, of = held.rows[crossing.column]
    yield (
        held.headers[crossing.column],
        say("woven.of", count=crossing.between, of=known),
        say("woven.lot", chance=chance, low=low, high=high),
        say("woven.of", count=across, of=of),
        str(best),
    )


def pairs(index: float, known: int) -> int:
    """How many of so many pairs differ, where this is the E-I index."""
    return round((index + 1) / 2 * known)


def _grew(report: Report) -> Iterator[Message]:
    people, now = report.now.people, report.now
    if not people:
        yield say("woven.grew_nobody")
        return
    if people < FEWEST:
        yield say("woven.grew_few")
        return
    yield say("woven.grew_people", people=people)
    yield say("woven.grew_new", new=_told(report.new))
    tied = _told(people - len(report.was.alone))
    if len(now.parts) == 1:
        yield say("woven.grew_one_web", tied=tied)
    else:
        yield say("woven.grew_before", tied=tied, parts=len(now.parts), largest=_told(now.parts[0]))
    if report.links:
        named = [str(say("woven.grew_link", one=one, other=other)) for one, other in report.links]
        yield say("woven.grew_links", links=listed(named))
    if report.small_links:
        yield say("woven.grew_small_links", count=report.small_links)
    if now.holding:
        yield say("woven.grew_holding", count=_told(len(now.holding)))


def _again(report: Report) -> Iterator[Message]:
    followed = report.followed
    if not followed.agreed:
        yield say("woven.again_none", days=CONTACTS.days)
        return
    parts = {part: getattr(followed, part) for part in ("met", "given_up", "to_come")}
    told = {part: _told(count) for part, count in parts.items()}
    if followed.agreed >= FEWEST and any(0 < count < FEWEST for count in parts.values()):
        # All of them, less the others, would tell the few.
        yield say("woven.again_parts", **told)
    else:
        yield say("woven.again_told", agreed=_told(followed.agreed), **told)


def _themes(report: Report) -> Iterator[Message]:
    """What came up in the lines that were shared; nothing where nobody has read them."""
    often = [str(say("woven.theme", theme=name, count=count)) for name, count in report.themes if count >= FEWEST]
    few = [name for name, count in report.themes if count < FEWEST]
    if often:
        yield say("woven.themes_often", themes=listed(often))
    if few:
        yield say("woven.themes_few", themes=listed(few))


def _answers(report: Report) -> Iterator[Message]:
    shares = [each for each in report.shares if each.count]
    levels = [each for each in report.levels if each.count]
    if not (shares or levels or changes(report)):
        yield say("woven.answers_none")
    for share in shares:
        yield _share(share)
    for level in levels:
        question = str(say(f"ask.{level.question}"))
        if level.middle is None:
            yield say("woven.share_few", question=question, count=_told(level.count))
        else:
            yield say("woven.level", question=question, middle=f"{level.middle:g}", count=level.count)


@dataclass(frozen=True, slots=True)
class Changed:
    """One line of the table of answers: the question, when it was asked, of how many, and what may be said of it."""

    question: Message
    when: Message
    count: str
    middles: str
    change: str
    says: Message


def changes(report: Report) -> tuple[Changed, ...]:
    """How answers changed in the same people, question by question; those that nobody answered twice are left out."""
    return tuple(_changed(*each) for each in report.changes if each[0].count)


def _changes(report: Report) -> Table | None:
    found = changes(report)
    heads = tuple(say(f"woven.head_{key}") for key in ("question", "when", "count", "middles", "change", "says"))
    rows = tuple((each.question, each.when, each.count, each.middles, each.change, each.says) for each in found)
    return Table(heads, rows) if rows else None


def _changed(change: Change, first: Moment, then: Moment) -> Changed:
    when = say("woven.when", first=str(say(f"woven.moment_{first}")), then=str(say(f"woven.moment_{then}")))
    question, count = say(f"woven.short_{change.question}"), str(_told(change.count))
    if change.mean is None or change.low is None or change.high is None or change.smallest is None:
        return Changed(question, when, count, "", "", say("woven.says_too_few"))
    middles = f"{change.first:g} → {change.then:g}"
    mean, low, high = (_number(value) for value in (change.mean, change.low, change.high))
    says = say(
        f"woven.says_{change.says}", **({"smallest": _number(change.smallest)} if change.says is Says.UNCLEAR else {})
    )
    return Changed(question, when, count, middles, str(say("woven.change", mean=mean, low=low, high=high)), says)


def _share(share: Share) -> Message:
    question = str(say(f"ask.{share.question}"))
    if share.yes is None or share.low is None or share.high is None:
        return say("woven.share_few", question=question, count=_told(share.count))
    low, high = round(100 * share.low), round(100 * share.high)
    return say("woven.share", question=question, yes=share.yes, count=share.count, low=low, high=high)


def _number(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def _told(count: int) -> int | str:
    """A count, unless it is of so few that somebody could be known by it."""
    return str(say("woven.few")) if 0 < count < FEWEST else count

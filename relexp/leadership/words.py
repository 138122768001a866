"""The measures of the table in sentences and tables: each figure beside what it is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from relexp.leadership.board import Board
from relexp.leadership.chains import DRAWN, Forest, twin
from relexp.leadership.contact import EQUAL_FIFTH, EQUAL_GINI, Band, Contact, Stuck
from relexp.leadership.growth import WITHIN, After, Moved, Movement, Quarter
from relexp.leadership.measures import Measures
from relexp.leadership.spread import Mix, Spread, mix_says
from relexp.messages import Message, listed, say
from relexp.privacy.suppression import FEWEST

# A fifth of fewer people than this is one person, of whom nothing can be said.
ENOUGH = 10
# So many quarters, institutions and changes are read; the rest is counted.
QUARTERS, INSTITUTIONS, CHANGES = 8, 20, 12

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers side by side, a row for each thing that is told."""

    heads: tuple[Message | str, ...]
    rows: tuple[tuple[Message | str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and what is said below it."""

    heading: Message
    lines: tuple[Message, ...]
    table: Table | None = None


def sections(measures: Measures, board: Board, names: Names) -> tuple[Section, ...]:
    """All that is said of the table, in the order in which it is read; `names` are those of the leaders by id."""
    if not measures.contact.people:
        return ()
    found = (
        Section(say("lead.of_stuck"), tuple(_stuck(measures.contact, names))),
        Section(say("lead.of_contact"), tuple(_contact(measures.contact, names)), _bands(measures.contact)),
        Section(say("lead.of_spread"), tuple(_spread(measures.spread, names)), _hanging(measures.spread, names)),
        Section(say("lead.of_mix"), tuple(_mixes(measures.spread, board)), _mix_table(measures.spread, board)),
        Section(say("lead.of_chains"), tuple(_chains(measures, names)), chains_table(measures.forest, names, DRAWN)),
        Section(say("lead.of_movement"), tuple(_moves(measures.movement, board, names)), _quarters(measures)),
        Section(say("lead.of_after"), tuple(_after(measures.after, board)), _after_table(measures.after, board)),
    )
    return tuple(section for section in found if section.lines)


def chains_table(forest: Forest, names: Names, most: int | None = None) -> Table | None:
    """The picture of the chains as a table: who develops whom, a row each."""
    rows = tuple((_name(names, id), _all(_name(names, other) for other in ids)) for id, ids in twin(forest)[:most])
    return Table((say("lead.head_leader"), say("lead.head_develops")), rows) if rows else None


def quarter_says(quarter: Quarter) -> Message:
    """What a quarter is called."""
    return say(f"lead.quarter_{quarter.number}", year=quarter.year)


def _stuck(contact: Contact, names: Names) -> Iterator[Message]:
    if not contact.stuck:
        yield say("lead.stuck_nobody", people=contact.people)
        return
    yield say("lead.stuck_all", count=len(contact.stuck), people=contact.people)
    for why in Stuck:
        those = [_name(names, each.leader) for each in contact.stuck if why in each.why]
        if those:
            yield say(f"lead.stuck_{why}", count=len(those), people=contact.people, names=listed(those))


def _contact(contact: Contact, names: Names) -> Iterator[Message]:
    yield say("lead.contact_all", meetings=contact.meetings, people=contact.people)
    if contact.never:
        never = listed([_name(names, id) for id in contact.never])
        yield say("lead.contact_never", count=len(contact.never), people=contact.people, names=never)
    if contact.top_fifth is None or contact.gini is None:
        return
    if contact.people < ENOUGH:
        yield say("lead.contact_few", people=contact.people)
        return
    yield say("lead.contact_fifth", share=_in_100(contact.top_fifth), equal=_in_100(EQUAL_FIFTH))
    yield say("lead.contact_gini", gini=f"{contact.gini:.2f}", equal=f"{EQUAL_GINI:g}")
    yield say("lead.contact_why")


def _bands(contact: Contact) -> Table:
    heads = (say("lead.head_meetings"), say("lead.head_people"), say("lead.head_in_100"))
    rows = []
    for band in contact.bands:
        rows.append((_band(band), str(band.people), str(_in_100(band.people / contact.people))))
    return Table(heads, tuple(rows))


def _band(band: Band) -> Message:
    if band.most is None:
        return say("lead.band_from", least=band.least)
    return say("lead.band_one" if band.least == band.most else "lead.band", least=band.least, most=band.most)


def _spread(spread: Spread, names: Names) -> Iterator[Message]:
    if spread.lone:
        those = [str(say("lead.lone_one", institution=e.institution, name=_name(names, e.leader))) for e in spread.lone]
        yield say("lead.lone", count=len(spread.lone), all=spread.institutions, those=listed(those))
    elif spread.institutions:
        yield say("lead.lone_none", all=spread.institutions)
    yield say("lead.hanging") if spread.hanging else say("lead.hanging_none")


def _hanging(spread: Spread, names: Names) -> Table | None:
    heads = tuple(say(f"lead.head_{key}") for key in ("without", "undeveloped", "parts", "below", "unled"))
    rows = tuple(
        (
            _name(names, each.leader),
            _all(_name(names, id) for id in each.develops),
            str(each.parts or ""),
            str(each.below or ""),
            _all(each.institutions),
        )
        for each in spread.hanging
    )
    return Table(heads, rows) if rows else None


def _mixes(spread: Spread, board: Board) -> Iterator[Message]:
    if not spread.institutions:
        yield say("lead.mix_unknown")
        return
    for mix in spread.mixes:
        yield mix_says(mix, board.ladder)
    if any(mix.people for mix in spread.mixes):
        yield say("lead.mix_how")
    if spread.institutions > INSTITUTIONS:
        yield say("lead.mix_more", most=INSTITUTIONS, more=spread.institutions - INSTITUTIONS)


def _mix_table(spread: Spread, board: Board) -> Table | None:
    """Each institution on each stage, beside how many would be there were each stage mixed as the whole."""
    told: list[Mix] = [mix for mix in spread.mixes if mix.people]
    if not told:
        return None
    stages = [board.ladder.name(mix.stage) for mix in told]
    heads: tuple[Message | str, ...] = (say("lead.head_institution"), say("lead.head_whole"), *stages)
    order = sorted(range(len(told[0].shares)), key=lambda place: -told[0].shares[place].whole)
    rows: list[tuple[Message | str, ...]] = []
    for place in order[:INSTITUTIONS]:
        shares = [mix.shares[place] for mix in told]
        cells = (say("lead.mix_cell", people=share.people, expected=f"{share.expected:.1f}") for share in shares)
        rows.append((shares[0].institution, str(_in_100(shares[0].whole)), *cells))
    return Table(heads, tuple(rows))


def _chains(measures: Measures, names: Names) -> Iterator[Message]:
    forest, people = measures.forest, measures.contact.people
    yield say("lead.chains_developers", count=len(forest.developers), people=people)
    if forest.chains:
        largest, deepest = forest.chains[0], max(chain.depth for chain in forest.chains)
        yield say("lead.chains_size", count=len(forest.chains), size=len(largest.people), depth=deepest + 1)
    for circle in forest.circles:
        if len(circle) == 1:
            yield say("lead.circle_one", name=_name(names, circle[0]))
        else:
            yield say("lead.circle", names=_all(_name(names, id) for id in circle))


def _moves(movements: Sequence[Movement], board: Board, names: Names) -> Iterator[Message]:
    if not movements:
        yield say("lead.moves_none")
        return
    now, before = movements[-1], movements[-2] if len(movements) > 1 else None
    counts = {"up": len(now.up), "down": len(now.down), "new": len(now.new)}
    yield say("lead.moves_now", quarter=str(quarter_says(now.quarter)), **counts)
    if before:
        yield say("lead.moves_before", up=len(before.up), down=len(before.down), new=len(before.new))
    changed = (*now.up, *now.down)
    for moved in changed[:CHANGES]:
        yield _moved(moved, board, names)
    if len(changed) > CHANGES:
        yield say("lead.moves_more", more=len(changed) - CHANGES)


def _moved(moved: Moved, board: Board, names: Names) -> Message:
    """One change of stage, with its line of evidence."""
    move, line = moved.move, moved.evidence
    about = {
        "name": _name(names, move.leader),
        "before": board.ladder.name(move.before),
        "after": board.ladder.name(move.after),
        "day": f"{move.day.day} {move.day:%B %Y}",
    }
    if line is None:
        return say("lead.moved_bare", **about)
    kind = str(say(f"lead.kind_{line.kind}"))
    what = str(say("lead.kind_what", kind=kind, what=line.what)) if line.what else kind
    if line.seen_by:
        return say("lead.moved_seen", what=what, seen_by=line.seen_by, **about)
    return say("lead.moved", what=what, **about)


def _quarters(measures: Measures) -> Table | None:
    """The last quarters, in which people changed stage or developed another."""
    moved = {each.quarter: each for each in measures.movement}
    developed = {each.quarter: each for each in measures.developing}
    quarters = sorted({*moved, *developed})[-QUARTERS:]
    heads = tuple(say(f"lead.head_{key}") for key in ("quarter", "up", "down", "new", "developed", "first"))
    rows: list[tuple[Message | str, ...]] = []
    for quarter in quarters:
        movement, others = moved.get(quarter), developed.get(quarter)
        parts = (movement.up, movement.down, movement.new) if movement else ((), (), ())
        parts_of = (others.leaders, others.first) if others else ((), ())
        rows.append((quarter_says(quarter), *(str(len(part)) for part in (*parts, *parts_of))))
    return Table(heads, tuple(rows)) if rows else None


def _after(after: Iterable[After], board: Board) -> Iterator[Message]:
    told = False
    for each in after:
        told, training = True, _training(board, each.training)
        if each.people >= FEWEST:
            counts = {"stepped": each.stepped, "before": each.before, "people": each.people}
            yield say("lead.after", training=training, days=WITHIN, **counts)
        elif each.people:
            yield say("lead.after_few", training=training, people=each.people, days=WITHIN)
        if each.open:
            yield say("lead.after_open", training=training, open=each.open, days=WITHIN)
    if not told:
        yield say("lead.after_none")


def _after_table(after: Iterable[After], board: Board) -> Table | None:
    heads = tuple(say(f"lead.head_{key}") for key in ("training", "did", "stepped", "before", "open"))
    rows = tuple(
        (_training(board, each.training), *map(str, (each.people, each.stepped, each.before, each.open)))
        for each in after
    )
    return Table(heads, rows) if rows else None


def _name(names: Names, id: str) -> str:
    return names.get(id) or str(say("lead.somebody"))


def _training(board: Board, key: str) -> str:
    return next((each.name for each in board.trainings if each.key == key), key)


def _all(things: Iterable[str]) -> str:
    """All of them, however many: a table leaves nobody out."""
    those = tuple(things)
    return listed(those, len(those))


def _in_100(share: float) -> int:
    return round(100 * share)

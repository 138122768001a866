"""What an organiser wishes of the evening, as the page asks for it; from that follow the rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from relexp.messages import Message, listed, say
from relexp.roster.headers import weighable
from relexp.roster.person import Roster
from relexp.roster.rule_defaults import answers, compared, default_across, default_share
from relexp.roster.rule_values import quote
from relexp.roster.rules import Kind, Odd, Repeats
from relexp.roster.words import words


class Aim(StrEnum):
    """What is wished of a column: difference, something in common, or nothing."""

    ACROSS = "across"
    SHARE = "share"
    IGNORE = "ignore"


class Own(StrEnum):
    """How firmly people are kept from talking with their own group."""

    NEVER = "never"
    SELDOM = "seldom"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Hosts:
    """Hosts and guests: which answer under which column means host, and how many guests a host talks with."""

    column: str
    host: str
    guests_per_host: int = 1


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the organiser wishes, each with what is usual.

    `columns` are those of the sheet that may count, each with its aim. With `ordered` the first matters most and the
    last least; else all alike. `own` speaks of where people came from (of the first column that is to differ, where
    that is not among them), and `most` caps the rounds that one person may spend with their own (None: as few as can
    be). `breadth` goes from 0, the deepest difference, to 1, the widest range of people. `tables` None: as many as are
    needed.
    """

    columns: tuple[tuple[str, Aim], ...]
    ordered: bool = False
    own: Own = Own.SELDOM
    most: int | None = None
    odd: Odd = Odd.TRIO
    repeats: Repeats = Repeats.NEVER
    breadth: float = 0.0
    hosts: Hosts | None = None
    tables: int | None = None
    quiet: tuple[int, ...] = field(default=())

    def across(self) -> tuple[str, ...]:
        """The columns that are to differ, in their order."""
        return tuple(column for column, aim in self.columns if aim is Aim.ACROSS)

    def moved(self, place: int, to: int) -> Wishes:
        """The wishes with a column moved to another place among the others: from now on their order counts."""
        columns = list(self.columns)
        columns.insert(max(0, min(to, len(columns) - 1)), columns.pop(place))
        return replace(self, columns=tuple(columns), ordered=True)

    def aimed(self, place: int, aim: Aim) -> Wishes:
        """The wishes with another aim for a column."""
        columns = tuple((name, aim if at == place else old) for at, (name, old) in enumerate(self.columns))
        return replace(self, columns=columns)


def usual(roster: Roster) -> Wishes:
    """What is wished when nobody has said anything: the same as `default_rules`."""
    differ = [attribute.column for attribute in default_across(roster)]
    share = default_share(roster)
    others = [column for column in weighable(roster) if column not in (*differ, *share) and answers(roster, column)]
    aims = [(differ, Aim.ACROSS), (share, Aim.SHARE), (others, Aim.IGNORE)]
    columns = tuple((column, aim) for found, aim in aims for column in found)
    own = Own.SELDOM if any(attribute.never_same for attribute in default_across(roster)) else Own.ANY
    return Wishes(columns, own=own)


def fitted(wishes: Wishes, roster: Roster) -> Wishes:
    """The wishes as they fit another sheet: what it lacks is left out, what it brings is as usual."""
    plain = dict(usual(roster).columns)
    kept = tuple((column, aim) for column, aim in wishes.columns if column in plain)
    new = tuple((column, aim) for column, aim in plain.items() if column not in dict(kept))
    hosts = wishes.hosts
    if hosts is not None and hosts.host not in host_answers(roster, hosts.column):
        hosts = None
    return replace(wishes, columns=(*kept, *new), hosts=hosts)


def own_column(wishes: Wishes, roster: Roster) -> str | None:
    """The column whose groups `own` speaks of; None where nothing is to differ."""
    crossed = wishes.hosts.column if wishes.hosts is not None else None
    differ = [column for column in wishes.across() if column != crossed]
    usually = [attribute.column for attribute in default_across(roster) if attribute.never_same]
    return next((column for column in (*usually, *differ) if column in differ), None)


def host_answers(roster: Roster, column: str) -> tuple[str, ...]:
    """The two answers of a column that everybody has filled in with one of two; else none."""
    found = answers(roster, column)
    everybody = all(person.values.get(column, "").strip() for person in roster.talkers)
    return found if len(found) == 2 and everybody and column not in roster.private else ()


def host_choices(roster: Roster) -> tuple[Hosts, ...]:
    """Every way to say who the hosts are, by what the sheet tells."""
    return tuple(Hosts(column, answer) for column in roster.columns for answer in host_answers(roster, column))


def named_hosts(roster: Roster) -> Hosts | None:
    """The hosts, where the sheet itself says who is host and who is guest."""
    return next((each for each in host_choices(roster) if words(each.host)[:1] in (("host",), ("hosts",))), None)


def as_raw(wishes: Wishes, roster: Roster, rounds: int) -> dict[str, object]:
    """The wishes in the shape of a rules file, for `check_rules`."""
    raw: dict[str, object] = {
        "rounds": rounds,
        "odd": wishes.odd,
        "repeats": wishes.repeats,
        "breadth": wishes.breadth,
    }
    if wishes.hosts is not None:
        host = wishes.hosts.host
        guest = next(answer for answer in host_answers(roster, wishes.hosts.column) if answer != host)
        raw["sides"] = {
            "column": wishes.hosts.column,
            "hosts": host,
            "guests": guest,
            "guests_per_host": wishes.hosts.guests_per_host,
        }
    tables: dict[str, object] = {"count": wishes.tables} if wishes.tables else {}
    if wishes.quiet:
        tables["quiet"] = list(wishes.quiet)
    if tables:
        raw["tables"] = tables
    plain = usual(roster)
    if (wishes.columns, wishes.ordered, wishes.own, wishes.most) != (plain.columns, False, plain.own, None):
        raw["across"] = dict(_differences(wishes, roster))
        raw["share"] = {column: {} for column, aim in wishes.columns if aim is Aim.SHARE}
    return raw


def _differences(wishes: Wishes, roster: Roster) -> Iterator[tuple[str, dict[str, object]]]:
    crossed = wishes.hosts.column if wishes.hosts is not None else None
    columns = [column for column in wishes.across() if column != crossed]
    own = own_column(wishes, roster)
    for place, column in enumerate(columns):
        found: dict[str, object] = {"weight": len(columns) - place if wishes.ordered else 1}
        attribute = compared(roster, column)
        if attribute.kind is Kind.ORDERED:
            found |= {"kind": attribute.kind, "order": list(attribute.order)}
        if column == own and wishes.own is not Own.ANY:
            found["never_same"] = "hard" if wishes.own is Own.NEVER else "fewest"
            if wishes.own is Own.SELDOM and wishes.most is not None:
                found["cap"] = wishes.most
        yield column, found


def in_words(wishes: Wishes, roster: Roster) -> tuple[Message, ...]:
    """The wishes as the organiser would say them."""
    return tuple(_in_words(wishes, roster))


def _in_words(wishes: Wishes, roster: Roster) -> Iterator[Message]:
    differ = wishes.across()
    across = [_called(roster, column) for column in differ if column not in roster.private]
    if across:
        code = "wish.across_ordered" if wishes.ordered and len(across) > 1 else "wish.across"
        yield say(code, columns=listed(across))
    if len(across) < len(differ):
        yield say("wish.private")
    if not differ:
        yield say("wish.no_difference")
    share = [_called(roster, column) for column, aim in wishes.columns if aim is Aim.SHARE]
    if share:
        yield say("wish.share", columns=listed(share))
    own = own_column(wishes, roster)
    if own is not None and own not in roster.private and wishes.own is not Own.ANY:
        code = "wish.own_most" if wishes.own is Own.SELDOM and wishes.most is not None else f"wish.own_{wishes.own}"
        yield say(code, column=_called(roster, own), most=wishes.most)
    if wishes.hosts is not None:
        code = "wish.hosts_two" if wishes.hosts.guests_per_host == 2 else "wish.hosts"
        yield say(code, host=wishes.hosts.host)
    yield say(f"wish.repeats_{wishes.repeats}")
    yield say(f"wish.odd_{wishes.odd}_sides" if wishes.hosts else f"wish.odd_{wishes.odd}")


def _called(roster: Roster, column: str) -> str:
    return f"“{quote(roster.columns[column])}”"


def needs_in_words(roster: Roster) -> tuple[Message, ...]:
    """What people need tonight and the plan keeps to, as numbers: who needs what is nobody else's business."""
    people = roster.people
    counts = {
        "young": sum(person.under_18 for person in people),
        "interpreter": len(roster.interpreters),
        "seat": sum(person.fixed_seat is not None for person in people),
        "quiet": sum(person.quiet for person in people),
        "rest": sum(bool(person.rest) for person in people),
    }
    return tuple(say(f"need.{need}", count=count) for need, count in counts.items() if count)

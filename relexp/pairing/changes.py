"""What an organiser may change in an evening by hand: each change as it is said, and the round that comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from relexp.messages import Message, say
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.roster.person import Roster
from relexp.roster.rules import Pin, Rules

# More tables than any hall has: a slip of the finger, not a wish.
MOST_TABLES = 999


@dataclass(frozen=True, slots=True)
class Swap:
    """Two people change places in a round; either of them may be resting."""

    round: int
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Join:
    """A person leaves their partners, or their rest, and joins the pair (or the one who rests) of another person."""

    round: int
    person: str
    to: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's whole conversation goes to another table; whoever talks there comes to theirs."""

    round: int
    person: str
    table: int


@dataclass(frozen=True, slots=True)
class Keep:
    """The conversation of these people is kept in its round, however often the evening is planned again."""

    round: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetGo:
    """The conversation of these people is kept no longer."""

    round: int
    people: tuple[str, ...]


Change = Swap | Join | Seat | Keep | LetGo


class Refused(Exception):
    """A change that cannot be, or that is never made; `reasons` say why, in people's words."""

    def __init__(self, reasons: Iterable[Message]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("\n".join(str(reason) for reason in self.reasons))


def changed(evening: Evening, roster: Roster, rules: Rules, change: Change) -> tuple[tuple[Round, ...], Rules]:
    """The rounds and rules after a change, whatever rule it breaks; the figures are not those of the new rounds.

    Raises Refused for a round that is not there or is over, for somebody who does not talk or rest in it, and for
    what makes no conversation of two or three.
    """
    number = change.round
    if not 1 <= number <= len(evening.rounds):
        raise Refused([say("hand.no_round", round=number)])
    round = evening.rounds[number - 1]
    if isinstance(change, Keep | LetGo):
        return evening.rounds, replace(rules, pins=_pins(round, roster, rules, change))
    _not_over(evening, round, rules)
    if isinstance(change, Swap):
        new = _swapped(_Desk(evening, roster, round), change.one, change.other)
    elif isinstance(change, Join):
        new = _joined(_Desk(evening, roster, round), change.person, change.to)
    else:
        new = _seated(_Desk(evening, roster, round), change.person, change.table, rules.tables.count)
    if any(not _same_talk(new, pin.people) for pin in rules.locked if pin.round == number):
        raise Refused([say("hand.happened", round=number)])
    return (*evening.rounds[: number - 1], new, *evening.rounds[number:]), rules


def _not_over(evening: Evening, round: Round, rules: Rules) -> None:
    said = evening.report.get("finished_rounds")
    if isinstance(said, int) and round.number <= said:
        raise Refused([say("hand.over", round=round.number)])


def _same_talk(round: Round, people: tuple[str, ...]) -> bool:
    return any({*people} == {*talk.people} for talk in round.conversations)


def _pins(round: Round, roster: Roster, rules: Rules, change: Keep | LetGo) -> tuple[Pin, ...]:
    people = frozenset(change.people)
    if isinstance(change, LetGo):
        return tuple(pin for pin in rules.pins if (pin.round, frozenset(pin.people)) != (round.number, people))
    talk = next((talk for talk in round.conversations if people == {*talk.people}), None)
    if talk is None:
        names = " & ".join(roster[id].name if id in roster else id for id in change.people)
        raise Refused([say("hand.no_talk", people=names, round=round.number)])
    # Nobody can be kept in two conversations of one round: the latest wish counts.
    others = (pin for pin in rules.pins if pin.round != round.number or people.isdisjoint(pin.people))
    return (*others, Pin(round.number, talk.people))


class _Desk:
    """One round laid out by table, where two people or more can be taken up and put down elsewhere."""

    def __init__(self, evening: Evening, roster: Roster, round: Round) -> None:
        self.evening, self.roster, self.round = evening, roster, round
        self.at: dict[str, int | None] = {id: talk.table for talk in round.conversations for id in talk.people}
        self.at |= dict.fromkeys((id for id in round.resting if id in roster), None)

    def where(self, id: str) -> int | None:
        """The table of somebody who is to move, None where they rest."""
        if id not in self.at or self.roster[id].interpreter_for is not None:
            name = self.roster[id].name if id in self.roster else id
            raise Refused([say("hand.not_there", person=name, round=self.round.number)])
        return self.at[id]

    def name(self, id: str) -> str:
        return self.roster[id].name

    def together(self, table: int | None) -> list[str]:
        """Who talks at a table."""
        return [id for id, where in self.at.items() if where == table and where is not None]

    def exchange(self, one: int, other: int) -> None:
        """Let two tables change places."""
        turned = {one: other, other: one}
        self.at = {id: turned.get(table, table) if table is not None else None for id, table in self.at.items()}

    def free(self, most: int) -> int:
        """The lowest table that nobody talks at."""
        taken = {*self.at.values()}
        return next(table for table in range(1, most + 2) if table not in taken)

    def finished(self) -> Round:
        """The round as it is now laid: people in the sheet's order, beside their interpreters, tables in theirs."""
        order = self.roster.index
        people: dict[int, list[str]] = {}
        for id, table in self.at.items():
            if table is not None:
                people.setdefault(table, []).append(id)
        talks = [
            Conversation(tuple(sorted(ids, key=order.__getitem__)), table, self._helpers(ids))
            for table, ids in sorted(people.items())
        ]
        resting = sorted((id for id, table in self.at.items() if table is None), key=order.__getitem__)
        return Round(self.round.number, tuple(talks), tuple(resting))

    def _helpers(self, ids: Iterable[str]) -> tuple[str, ...]:
        present: Mapping[str, frozenset[int]] = self.evening.present
        number = self.round.number
        ordered = sorted(ids, key=self.roster.index.__getitem__)
        wanted = (helper for id in ordered for helper in self.roster.interpreters.get(id, ()))
        return tuple(helper for helper in wanted if number in present.get(helper, (number,)))


def _swapped(desk: _Desk, one: str, other: str) -> Round:
    mine, theirs = desk.where(one), desk.where(other)
    if mine == theirs:
        code = "hand.both_rest" if mine is None else "hand.together"
        raise Refused([say(code, one=desk.name(one), other=desk.name(other), round=desk.round.number)])
    desk.at[one], desk.at[other] = theirs, mine
    if mine is not None and theirs is not None and _better_seated_the_other_way(desk, (one, other), mine, theirs):
        desk.exchange(mine, theirs)
    return desk.finished()


def _better_seated_the_other_way(desk: _Desk, movers: tuple[str, str], one: int, other: int) -> bool:
    """Whether those who keep a seat, or need quiet, stay where they are if the other two change tables instead."""
    here = [*desk.together(one), *desk.together(other)]
    weights = {id: 2 * (desk.roster[id].fixed_seat is not None) + desk.roster[id].quiet for id in here}
    moving = sum(weights[id] for id in movers)
    return moving > sum(weights.values()) - moving


def _joined(desk: _Desk, person: str, to: str) -> Round:
    mine, theirs = desk.where(person), desk.where(to)
    names = {"person": desk.name(person), "other": desk.name(to), "round": desk.round.number}
    if person == to or (mine == theirs and mine is not None):
        raise Refused([say("hand.together", one=names["person"], other=names["other"], round=names["round"])])
    if len(desk.together(theirs)) > 2:
        raise Refused([say("hand.four", table=theirs, **names)])
    left = [id for id in desk.together(mine) if id != person]
    if theirs is None:
        # The table that is left empty is as good as any, and the least to walk.
        theirs = mine if len(left) == 1 and mine is not None else desk.free(len(desk.at))
        desk.at[to] = theirs
    desk.at[person] = theirs
    if len(left) == 1:
        desk.at[left[0]] = None
    return desk.finished()


def _seated(desk: _Desk, person: str, table: int, count: int | None) -> Round:
    mine = desk.where(person)
    if mine is None:
        raise Refused([say("hand.rests_no_table", person=desk.name(person), round=desk.round.number)])
    if not 1 <= table <= (count or MOST_TABLES):
        raise Refused([say("hand.no_table", table=table, most=count or MOST_TABLES)])
    if mine == table:
        raise Refused([say("hand.sits_there", person=desk.name(person), table=table, round=desk.round.number)])
    desk.exchange(mine, table)
    return desk.finished()

"""Gives a peer's conversations their tables in the plainest way, so that its evening can be judged like any other."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.facts import Facts
from benchmarks.peers.rounds import Talk
from relexp.pairing.evening import Conversation, Evening, Round


def evening_of(facts: Facts, rounds: Sequence[Sequence[Talk]]) -> Evening:
    """An evening of these conversations: fixed people keep a table, quiet people get quiet ones, the rest fill up."""
    own = _own_tables(facts)
    names = {person.id: person.name for person in facts.roster}
    seated = tuple(_round(facts, number, talks, own) for number, talks in enumerate(rounds))
    return Evening(seated, names, facts.rules.seed, facts.rules.present)


def _own_tables(facts: Facts) -> dict[int, int]:
    """The table of each person with a fixed seat: the sheet's, else from the highest down; quiet ones for the quiet."""
    own = {k: person.fixed_seat for k, person in enumerate(facts.people) if person.fixed_seat}
    most = facts.rules.tables.count or max(int(here.sum()) // 2 for here in facts.here.T)
    spare = [table for table in range(most, 0, -1) if table not in own.values()]
    quiet = [table for table in spare if table in facts.rules.tables.quiet]
    loud = [table for table in spare if table not in facts.rules.tables.quiet]
    for place, person in enumerate(facts.people):
        if person.fixed_seat == 0:
            own[place] = (quiet or loud if person.quiet else loud or quiet).pop(0)
    return own


def _round(facts: Facts, number: int, talks: Sequence[Talk], own: dict[int, int]) -> Round:
    at: dict[Talk, int] = {}
    quiet = sorted(facts.rules.tables.quiet - set(own.values()))
    loud = (k for k in range(1, 2 * len(facts.people)) if k not in facts.rules.tables.quiet and k not in own.values())
    for talk in sorted(talks, key=lambda talk: not any(facts.people[k].quiet for k in talk)):
        fixed = [own[k] for k in talk if k in own]
        if fixed and fixed[0] not in at.values():
            at[talk] = fixed[0]
        elif quiet and any(facts.people[k].quiet for k in talk):
            at[talk] = quiet.pop(0)
    for talk in talks:
        if talk not in at:
            at[talk] = _next_table(facts, quiet, loud)
    conversations = sorted((_conversation(facts, talk, table) for talk, table in at.items()), key=lambda c: c.table)
    here = {facts.people[k].id for k in range(len(facts.people)) if facts.rules.attends(facts.people[k].id, number + 1)}
    seated = {id for talk in conversations for id in talk.people}
    resting = tuple(person.id for person in facts.people if person.id in here - seated)
    return Round(number + 1, tuple(conversations), resting)


def _next_table(facts: Facts, quiet: list[int], loud: object) -> int:
    """The lowest table still free; a quiet one only when the count of tables leaves no other."""
    table = next(loud)  # type: ignore[call-overload]
    count = facts.rules.tables.count
    return quiet.pop(0) if quiet and count and table > count else table


def _conversation(facts: Facts, talk: Talk, table: int) -> Conversation:
    people = tuple(facts.people[k].id for k in talk)
    helpers = tuple(id for person in people for id in facts.roster.interpreters.get(person, ()))
    return Conversation(people, table, helpers)

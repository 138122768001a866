"""Re-checks the tables: one conversation each, kept seats kept, and quiet for those who need it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relexp.messages import Message, say
from relexp.pairing.verify_facts import Facts, Talk
from relexp.pairing.verify_pairs import next_to


def misplaced(facts: Facts) -> Iterator[Message]:
    """Every breach of a rule on tables, round by round."""
    for talks in facts.talks.values():
        yield from _numbers(facts, talks)
        yield from _quiet(facts, talks)
    yield from _fixed_seats(facts)


def _numbers(facts: Facts, talks: tuple[Talk, ...]) -> Iterator[Message]:
    taken: set[int] = set()
    for talk in talks:
        where = {"round": talk.round, "table": talk.table}
        if not _exists(facts, talk.table):
            yield say("verify.table_number", **where)
        if talk.table in taken:
            yield say("verify.table_shared", **where)
        taken.add(talk.table)


def _exists(facts: Facts, table: int) -> bool:
    count = facts.rules.tables.count
    return table >= 1 and (count is None or table <= count)


def _quiet(facts: Facts, talks: tuple[Talk, ...]) -> Iterator[Message]:
    """Quiet tables go to those who need them, as far as there are any that nobody keeps."""
    kept = {talk.table for talk in talks if talk.locked or _needs(facts, talk) or _keepers(facts, talk)}
    to_give = sorted(table for table in facts.rules.tables.quiet if table not in kept and _exists(facts, table))
    loud = [talk for talk in talks if _needs(facts, talk) and talk.table not in facts.rules.tables.quiet]
    movable = [talk for talk in loud if not talk.locked and not _keepers(facts, talk)]
    for talk, quiet in zip(movable, to_give, strict=False):
        yield say("verify.quiet", round=talk.round, table=talk.table, quiet=quiet)


def _needs(facts: Facts, talk: Talk) -> bool:
    return any(facts.roster.people[place].quiet for place in talk.people)


def _keepers(facts: Facts, talk: Talk) -> list[int]:
    """Those of a conversation who keep a seat."""
    return [place for place in talk.people if facts.fixed[place] is not None]


def _fixed_seats(facts: Facts) -> Iterator[Message]:
    own = _own_tables(facts)
    for talk in facts.every_talk():
        keepers = _keepers(facts, talk)
        at_home = [place for place in keepers if own.get(place, talk.table) == talk.table]
        for place in keepers:
            # Someone away from their own table is with another who keeps a seat, at a table next to theirs.
            if place not in at_home and not (at_home and next_to(facts, own[place], talk.table)):
                yield say("verify.fixed", person=facts.name(place), round=talk.round, table=talk.table)


def _own_tables(facts: Facts) -> Mapping[int, int]:
    """The table of each who keeps a seat: by number, else the first where they talk with people who keep none.

    Left out is whoever has no number and talks only with others who keep a seat.
    """
    own = {place: table for place, table in enumerate(facts.fixed) if table}
    for talk in facts.every_talk():
        keepers = _keepers(facts, talk)
        if len(keepers) == 1:
            own.setdefault(keepers[0], talk.table)
    return own

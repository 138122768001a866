"""What was woven: each gathering in numbers, and by code who met, of those who agreed to be remembered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from operator import attrgetter

from sqlalchemy import Connection, delete, or_, select, update

from relexp.messages import FaultsFound
from relexp.messages.fault_log import log_fault
from relexp.privacy.consent import REMEMBERED
from relexp.store.after_tables import follow_ups, held, one_to_ones, threads, ties
from relexp.store.codes import code_of, finder_of
from relexp.store.database import Database
from relexp.store.gathering_rows import Kept, kept, last_words
from relexp.store.seal import Seal
from relexp.store.tables import gatherings
from relexp.store.tonight import AFTERWARDS, whole
from relexp.weave.held import Held, remembered
from relexp.weave.held import held as counted
from relexp.weave.tonight import web_of
from relexp.weave.web import Kind, Tie, Web


class Weave:
    """All that was woven at the gatherings of this house."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, now: datetime) -> int:
        """Keep what was woven at every gathering that is over and has changed since; how many those were.

        The numbers are those of its end: whoever is erased later, or says no, is still counted, and no more than that.
        """
        with self._database.reads() as connection:
            over = or_(gatherings.c.closed.is_not(None), gatherings.c.made < now - AFTERWARDS)
            found = [kept(row) for row in connection.execute(select(gatherings).where(over))]
            known = {row.id: row for row in connection.execute(select(held.c.id, held.c.closed, held.c.changed))}
        done = 0
        for each in found:
            before = known.get(each.id)
            if before is None or before.changed != each.changed:
                try:
                    done += self._keep(each, before is None or before.closed != _ended(each))
                except FaultsFound:
                    raise
                except Exception as error:
                    # One that cannot be told keeps neither the others nor what is to be deleted after this.
                    log_fault(error)
        return done

    def held(self) -> tuple[Held, ...]:
        """Every gathering in numbers, in the order in which they were held."""
        with self._database.reads() as connection:
            rows = connection.execute(select(held).order_by(held.c.day, held.c.closed)).all()
        return tuple(Held.from_plain(row.id, row.name, row.day, json.loads(row.numbers)) for row in rows)

    def web(self) -> Web:
        """Everybody who agreed to be remembered, by code, and how they are tied: talks, and meetings that followed,
        arranged ones too.

        Of somebody who came several times it tells what the last time told.
        """
        with self._database.reads() as connection:
            people = {
                row.code: json.loads(row.about)
                for row in connection.execute(select(threads).join(held).order_by(held.c.day, held.c.closed))
            }
            in_order = (held.c.day, held.c.closed, ties.c.round, ties.c.one, ties.c.other)
            talked = select(ties, held.c.day).join(held, held.c.id == ties.c.held_id).order_by(*in_order)
            met = connection.execute(talked).all()
            arranged = connection.execute(select(one_to_ones)).all()
            again = connection.execute(select(follow_ups).where(follow_ups.c.done.is_not(None))).all()
        talks = [Tie(row.day, row.held_id, row.round, row.one, row.other, Kind.TALK) for row in met]
        kept_up = [
            Tie(row.done, row.held_id, 0, row.one, row.other, Kind.AGAIN)
            for row in again
            if row.one in people and row.other in people
        ]
        apart = [
            Tie(row.day, "", 0, row.one, row.other, Kind.ONE_TO_ONE)
            for row in arranged
            if row.one in people and row.other in people and row.one != row.other
        ]
        return Web(people, tuple(sorted(apart + talks + kept_up, key=attrgetter("day"))))

    def there(self, gathering_id: str) -> frozenset[str]:
        """The codes of those who were at a gathering, and agreed to be remembered."""
        with self._database.reads() as connection:
            looked_for = select(threads.c.code).where(threads.c.held_id == gathering_id)
            return frozenset(connection.execute(looked_for).scalars())

    def purge(self, before: datetime) -> int:
        """Forget who was at the gatherings that were held before then, numbers apart; how many they were."""
        old = select(held.c.id).where(held.c.day < before.astimezone().date())
        with self._database.writes() as connection:
            return connection.execute(delete(threads).where(threads.c.held_id.in_(old))).rowcount

    def _keep(self, gathering: Kept, anew: bool) -> int:
        seal = Seal()
        with self._database.reads() as connection:
            found = whole(connection, gathering)
            names = {guest.person.id: guest.person.name for guest in found.people}
            agreed = {id for id, row in last_words(connection, gathering.id, REMEMBERED).items() if row.yes}
        ended, day = _ended(gathering), gathering.made.astimezone().date()
        numbers = counted(found, ended, day) if anew else None
        web = remembered(web_of(found, ended, day), agreed, lambda id: code_of(id, names[id], seal))
        finders = {code_of(id, names[id], seal): finder_of(names[id], seal) for id in agreed}
        with self._database.writes() as connection:
            # Whoever said no or was erased meanwhile is looked at again, the next time.
            here = (gatherings.c.id == gathering.id, gatherings.c.changed == gathering.changed)
            if connection.execute(select(gatherings.c.id).where(*here).with_for_update()).first() is None:
                return 0
            if numbers is not None:
                connection.execute(delete(held).where(held.c.id == gathering.id))
                row = {"id": gathering.id, "name": numbers.name, "day": day, "closed": ended}
                row |= {"changed": gathering.changed, "numbers": json.dumps(numbers.to_plain())}
                connection.execute(held.insert().values(row))
            counted_at = update(held).where(held.c.id == gathering.id).values(changed=gathering.changed)
            if not connection.execute(counted_at).rowcount:
                return 0
            connection.execute(delete(threads).where(threads.c.held_id == gathering.id))
            _lay(connection, gathering.id, web, finders)
        return 1


def _ended(gathering: Kept) -> datetime:
    return gathering.closed or gathering.made + AFTERWARDS


def _lay(connection: Connection, id: str, web: Web, finders: Mapping[str, str]) -> None:
    people = [
        {"held_id": id, "code": code, "finder": finders[code], "about": json.dumps(about, ensure_ascii=False)}
        for code, about in web.people.items()
    ]
    met = [{"held_id": id, "round": tie.round, "one": tie.pair[0], "other": tie.pair[1]} for tie in web.ties]
    if people:
        connection.execute(threads.insert(), people)
    if met:
        connection.execute(ties.insert(), met)

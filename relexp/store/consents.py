"""The ledger of consent: each yes and each no of a person, a line each, and none of them is written over."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, func, select

from relexp.privacy.consent import PURPOSES, REACHED, REMEMBERED, Said, Way
from relexp.privacy.roles import Identity
from relexp.roster.words import fold
from relexp.store.after_tables import follow_ups, threads, wishes
from relexp.store.codes import code_of
from relexp.store.database import Database
from relexp.store.gathering_rows import called, changing, count_up, last_words
from relexp.store.seal import Seal
from relexp.store.tables import consents, gatherings, identities, met, people, seats

_SEATING = PURPOSES[0].key
_LEDGER = (
    select(consents, identities.c.name.label("by"))
    .outerjoin_from(consents, identities)
    .where(
        consents.c.gathering_id.in_(bindparam("gatherings", expanding=True)),
        consents.c.person_id.in_(bindparam("people", expanding=True)),
    )
    .order_by(consents.c.number)
)


class Consents:
    """What everybody at a gathering said yes and no to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, gathering_id: str, person_id: str) -> tuple[Said, ...]:
        """All that a person said, in its order; what holds now is the last line of each purpose."""
        return self.of_all([(gathering_id, person_id)])[0]

    def of_all(self, those: Sequence[tuple[str, str]]) -> list[tuple[Said, ...]]:
        """The same of several, each a gathering and a person, in one look-up."""
        asked = {"gatherings": list({each[0] for each in those}), "people": list({each[1] for each in those})}
        found: dict[tuple[str, str], list[Said]] = {each: [] for each in those}
        with self._database.reads() as connection:
            rows = connection.execute(_LEDGER, asked).all()
        for row in rows:
            said = Said(row.purpose, row.yes, row.wording, row.at, Way(row.way), row.by or "")
            found.get((row.gathering_id, row.person_id), []).append(said)
        return [tuple(found[each]) for each in those]

    def note(self, gathering_id: str, person_id: str, said: Said, by: Identity) -> None:
        """Add a line to what a person said: `by` is who noted it at the desk, or their own phone.

        Whoever is no longer to be on the plan meets nobody again and, once the evening is over, with whom they sat is
        deleted. How to reach somebody who says no to that is deleted too, whichever gathering it was of. Raises
        FaultsFound when the person is not on the list (any more).
        """
        with changing(self._database, gathering_id) as connection:
            add(connection, gathering_id, person_id, said, by.id)
            if said.purpose == REMEMBERED and not said.yes:
                self._forget_everywhere(connection, gathering_id, person_id, said, by)
            if said.purpose == REACHED and not said.yes:
                _reach_nowhere(connection, gathering_id, person_id)
            if said.purpose == _SEATING and not said.yes:
                _unseat(connection, gathering_id, person_id)
                _meet_nobody(connection, gathering_id, person_id)

    def _forget_everywhere(
        self, connection: Connection, gathering_id: str, person_id: str, said: Said, by: Identity
    ) -> None:
        """At every gathering: whoever says no once does not have to remember where they said yes."""
        connection.execute(delete(threads).where(threads.c.code == _code(connection, gathering_id, person_id)))
        for id in _everywhere(connection, gathering_id, person_id):
            last = last_words(connection, id, said.purpose).get(person_id)
            if id != gathering_id and last is not None and last.yes:
                count_up(connection, id)
                add(connection, id, person_id, said, by.id)


def add(connection: Connection, gathering_id: str, person_id: str, said: Said, identity_id: str) -> None:
    """Put a line at the end of the ledger; whoever does it holds the gathering (`changing`)."""
    last = select(func.max(consents.c.number)).where(consents.c.gathering_id == gathering_id)
    row = {
        "gathering_id": gathering_id,
        "number": (connection.execute(last).scalar_one_or_none() or 0) + 1,
        "person_id": person_id,
        "purpose": said.purpose,
        "yes": said.yes,
        "wording": said.wording,
        "at": said.at,
        "way": str(said.way),
        "identity_id": identity_id,
    }
    connection.execute(consents.insert().values(row))


def _meet_nobody(connection: Connection, gathering_id: str, person_id: str) -> None:
    """Whoever is not to be named wishes to meet nobody, and nobody keeps how to reach them."""
    either = (wishes.c.person_id == person_id) | (wishes.c.other_id == person_id)
    connection.execute(delete(wishes).where(wishes.c.gathering_id == gathering_id, either))
    code = _code(connection, gathering_id, person_id)
    both = (follow_ups.c.one == code) | (follow_ups.c.other == code)
    connection.execute(delete(follow_ups).where(follow_ups.c.held_id == gathering_id, both))


def _reach_nowhere(connection: Connection, gathering_id: str, person_id: str) -> None:
    """At every gathering: nobody keeps how to reach somebody, nor may the two of them be asked how it went."""
    there = wishes.c.gathering_id.in_(_everywhere(connection, gathering_id, person_id))
    connection.execute(delete(wishes).where(there, wishes.c.person_id == person_id))
    code = _code(connection, gathering_id, person_id)
    connection.execute(delete(follow_ups).where((follow_ups.c.one == code) | (follow_ups.c.other == code)))


def _everywhere(connection: Connection, gathering_id: str, person_id: str) -> list[str]:
    """Every gathering at which somebody is on the list: by their id and name, of which one alone may be another's."""
    name = called(connection, gathering_id, person_id) or ""
    rows = connection.execute(select(people.c.gathering_id, people.c.name).where(people.c.person_id == person_id)).all()
    return sorted(row.gathering_id for row in rows if fold(row.name) == fold(name))


def _code(connection: Connection, gathering_id: str, person_id: str) -> str:
    return code_of(person_id, called(connection, gathering_id, person_id) or "", Seal())


def _unseat(connection: Connection, gathering_id: str, person_id: str) -> None:
    """Once the evening is over nobody needs to know where somebody sat; before that, tables are planned again."""
    over = select(gatherings.c.closed).where(gatherings.c.id == gathering_id)
    if connection.execute(over).scalar_one_or_none() is None:
        return
    connection.execute(delete(seats).where(seats.c.gathering_id == gathering_id, seats.c.person_id == person_id))
    both = (met.c.one_id == person_id) | (met.c.other_id == person_id)
    connection.execute(delete(met).where(met.c.gathering_id == gathering_id, both))

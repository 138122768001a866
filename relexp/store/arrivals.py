"""Those who come by phones of their own: all who come in the same moment are kept by one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, or_, select, update

from relexp.messages import FaultsFound
from relexp.privacy.consent import Said, Way
from relexp.roster.person import Person
from relexp.store.consents import add
from relexp.store.database import Database
from relexp.store.gathering_rows import about, about_by_phone, count_up
from relexp.store.tables import people


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody comes by a phone of their own, with what they need and the purposes they say yes to."""

    gathering_id: str
    person: Person
    phone: str
    yes: tuple[str, ...]
    wording: str
    at: datetime


# Written once: to put a sentence together takes longer than to say it.
_THERE = select(people.c.person_id, people.c.identity_id, people.c.about, people.c.place).where(
    people.c.gathering_id == bindparam("gathering"),
    or_(people.c.person_id == bindparam("person"), people.c.identity_id == bindparam("phone")),
)
_COMES = (
    update(people)
    .where(people.c.gathering_id == bindparam("gathering"), people.c.person_id == bindparam("person"))
    .values(
        came=func.coalesce(people.c.came, bindparam("at", type_=people.c.came.type)),
        identity_id=bindparam("phone"),
        went=None,
        name=bindparam("called"),
        about=bindparam("said"),
    )
)


def take_in(database: Database, those: Sequence[Arrival]) -> list[bool | Exception]:
    """Keep that they are here, all of them durably by one change; for each whether their name and phone were free.

    Where they were not, nothing of theirs is changed. Whoever is at fault gets what went wrong, and the others come
    in without them; what nobody alone is at fault for (FaultsFound: the disk is full) is told to everybody.
    """
    found: dict[int, bool | Exception] = {}
    left = dict(enumerate(those))
    while left:
        trying: list[int] = []
        try:
            found |= _all_of(database, left, trying)
            break
        except Exception as error:
            if not trying or not _is_theirs(error):
                found |= dict.fromkeys(left, error)
                break
            found[trying[-1]] = error
            del left[trying[-1]]
    return [found[number] for number in range(len(those))]


def _all_of(database: Database, those: Mapping[int, Arrival], trying: list[int]) -> dict[int, bool]:
    """All of them in one change; `trying` ends with whose turn it is, and is empty while it is nobody's."""
    found = {}
    with database.writes() as connection:
        for id in sorted({each.gathering_id for each in those.values()}):
            count_up(connection, id)
        for number, each in those.items():
            trying.append(number)
            found[number] = _take_in(connection, each)
        trying.clear()
    return found


def _is_theirs(error: Exception) -> bool:
    return not isinstance(error, FaultsFound) or all(fault.message.code == "store.nobody" for fault in error.faults)


def _take_in(connection: Connection, arrival: Arrival) -> bool:
    id, person, phone = arrival.gathering_id, arrival.person, arrival.phone
    who = {"gathering": id, "person": person.id, "phone": phone}
    rows = connection.execute(_THERE, who).all()
    theirs = next((row for row in rows if row.person_id == person.id), None)
    held = min((row for row in rows if row.identity_id == phone), key=lambda row: row.place, default=None)
    if held is not None or (theirs is not None and theirs.identity_id is not None):
        return held is not None and held.person_id == person.id
    if theirs is None:
        put_on_list(connection, id, [person], last_place(connection, id) + 1)
    # Where it was the wrong name, all that was said by this phone is to be taken back.
    said = about_by_phone(person, None if theirs is None else theirs.about)
    connection.execute(_COMES, who | {"at": arrival.at, "called": person.name, "said": said})
    for purpose in arrival.yes:
        add(connection, id, person.id, Said(purpose, True, arrival.wording, arrival.at, Way.PHONE), phone)
    return True


def put_on_list(connection: Connection, id: str, persons: Sequence[Person], place: int) -> None:
    """Put people on the list of a gathering, from this place on."""
    rows = [
        {"gathering_id": id, "person_id": each.id, "place": at, "name": each.name, "about": about(each)}
        for at, each in enumerate(persons, start=place)
    ]
    if rows:
        connection.execute(insert(people), rows)


def last_place(connection: Connection, id: str) -> int:
    """The last place on the list; -1 while nobody is on it."""
    last = connection.execute(select(func.max(people.c.place)).where(people.c.gathering_id == id)).scalar_one_or_none()
    return -1 if last is None else last

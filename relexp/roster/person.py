"""The people in the room, as the sign-up sheet gave them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Person:
    """Someone on the sheet: who they are, whom they came with, and what they need tonight.

    `values` holds every other column of the sheet by its column key, a blank as "". Columns that the product
    knows (organisation, side, languages) stand in `values` too, so that any of them can be an attribute.
    `fixed_seat` is None, 0 for "keeps a seat, any table", or the number of the table they keep. `row` is where they
    stand on the sheet, as a spreadsheet counts, None for who comes from no sheet; it makes nobody another person.
    """

    id: str
    name: str
    organisation: str = ""
    side: str = ""
    languages: frozenset[str] = frozenset()
    under_18: bool = False
    responsible_adult: str | None = None
    interpreter_for: str | None = None
    fixed_seat: int | None = None
    quiet: bool = False
    rest: frozenset[int] = frozenset()
    women_only: bool = False
    gender: str = ""
    email: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    row: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Roster:
    """Who is in the room: the people in the sheet's order, and the sheet's columns.

    `columns` maps each column key to its header as the user wrote it; `private` names the keys that are used for
    pairing alone and never shown, printed, exported or logged.
    """

    people: tuple[Person, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    private: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.people)

    def __iter__(self) -> Iterator[Person]:
        return iter(self.people)

    def __getitem__(self, id: str) -> Person:
        return self.people[self.index[id]]

    def __contains__(self, id: object) -> bool:
        return id in self.index

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Each person's place in the roster, by id."""
        return {person.id: place for place, person in enumerate(self.people)}

    @cached_property
    def interpreters(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of each person's interpreters, for those who have any."""
        found: dict[str, tuple[str, ...]] = {}
        for person in self.people:
            if person.interpreter_for is not None:
                found[person.interpreter_for] = (*found.get(person.interpreter_for, ()), person.id)
        return found

    @cached_property
    def talkers(self) -> tuple[Person, ...]:
        """Everyone who talks for themselves: all but the interpreters."""
        return tuple(person for person in self.people if person.interpreter_for is None)

    def column(self, key: str) -> tuple[str, ...]:
        """Everyone's value in one column, in roster order; a blank is ""."""
        return tuple(person.values.get(key, "") for person in self.people)

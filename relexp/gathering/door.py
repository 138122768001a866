"""At the door: finding a name from what somebody types, and what they say of themselves and need tonight."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from relexp.gathering.tonight import Guest
from relexp.roster.answers import languages
from relexp.roster.difference import members
from relexp.roster.identity import make_ids
from relexp.roster.person import Person
from relexp.roster.words import fold, squeeze, words

LETTERS = 2
MOST = 5
# As long as a badge, a line or a short list can be.
LONGEST_NAME = 60
LONGEST_LINE = 120
_ANY_TABLE = 0
# Not seen themselves, but they shape the letters beside them, in Bengali, Urdu and others.
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Found:
    """Names that begin as what was typed, each once, and whether there are more of them than are told."""

    guests: tuple[Guest, ...] = ()
    more: bool = False


def find(typed: str, guests: Iterable[Guest], most: int = MOST) -> Found:
    """Whose name has a word for each that was typed, from its first letters on: at most so many, never the list."""
    asked = words(typed)
    if sum(map(len, asked)) < LETTERS:
        return Found()
    named: dict[str, Guest] = {}
    for guest in guests:
        own = words(guest.person.name)
        if all(any(word.startswith(part) for word in own) for part in asked):
            named.setdefault(fold(guest.person.name), guest)
    # Who is called just that comes first, then those whose first name begins so.
    order = sorted(named, key=lambda name: (name != fold(typed), not name.startswith(asked[0]), name))
    return Found(tuple(named[name] for name in order[:most]), len(order) > most)


def namesakes(person: Person, guests: Iterable[Guest]) -> tuple[Guest, ...]:
    """Everybody who is called the same, the person among them."""
    return tuple(guest for guest in guests if fold(guest.person.name) == fold(person.name))


def told_apart(came_with: str, called: Sequence[Guest]) -> Guest | None:
    """Which of several people of one name came with these; None where that is not told by it."""
    said = set(words(came_with))
    fits = [guest for guest in called if said and said <= set(words(guest.person.organisation))]
    return fits[0] if len(fits) == 1 else None


def adult_called(name: str, guests: Iterable[Guest]) -> str | None:
    """The id of the one grown-up on the list who is called that; None where there is none, or more than one."""
    grown = [guest.person for guest in guests if not guest.person.under_18]
    fits = [person.id for person in grown if words(name) and fold(person.name) == fold(name)]
    return fits[0] if len(fits) == 1 else None


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody says of themselves at the door; `adult` is the name of the grown-up who answers for them."""

    name: str = ""
    came_with: str = ""
    languages: str = ""
    under_18: bool = False
    adult: str = ""
    seat: bool = False
    quiet: bool = False
    women_only: bool = False
    rest: frozenset[int] = field(default=frozenset())

    def newcomer(self, taken: Collection[str], adult_id: str | None) -> Person:
        """Somebody whom nobody expected, with an id that is not taken."""
        (id,) = make_ids([(self.name, self.came_with, "")], taken)
        spoken = languages(self.languages)
        values = {"organisation": self.came_with, "languages": spoken}
        new = Person(id, self.name, self.came_with, languages=members(spoken), values=values)
        return self.added_to(new, adult_id)

    def added_to(self, person: Person, adult_id: str | None) -> Person:
        """Somebody with what they need besides what is known: nothing that the sheet says is taken back."""
        return replace(
            person,
            under_18=person.under_18 or self.under_18,
            responsible_adult=adult_id or person.responsible_adult,
            fixed_seat=_ANY_TABLE if self.seat and person.fixed_seat is None else person.fixed_seat,
            quiet=person.quiet or self.quiet,
            women_only=person.women_only or self.women_only,
            # Who asks for women alone does so as a woman.
            gender="woman" if self.women_only else person.gender,
            rest=person.rest | self.rest,
        )


def line(text: str, longest: int = LONGEST_LINE) -> str:
    """What was typed into one line of a form: without what cannot be seen, and no longer than it may be."""
    return squeeze("".join(filter(_belongs, text)))[:longest].rstrip()


def _belongs(char: str) -> bool:
    return char.isprintable() or char.isspace() or char in _JOINERS

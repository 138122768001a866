"""Organisations that are written in more than one way, found for the organiser to say whether they are one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from relexp.roster.words import fold, words

# Written or left out as it comes.
_LEFT_OUT = frozenset({"the", "and"})
# One form for words that are written short or long, or in the way of another country.
_ONE_FORM = {
    short: form
    for form, others in {
        "st": "saint sainte ste snt street",
        "centre": "center ctr cntr",
        "organisation": "organization org",
        "association": "assoc assn",
        "university": "univ uni",
        "united": "utd",
        "community": "comm",
        "road": "rd",
        "avenue": "ave",
        "group": "grp",
        "limited": "ltd",
        "first": "1st",
        "second": "2nd",
        "third": "3rd",
    }.items()
    for short in others.split()
}
# In shorter words a letter more is another word: Ann and Anna, Ali and Alia.
_SHORTEST = 5


@dataclass(frozen=True, slots=True)
class Spellings:
    """Ways of writing what may be one organisation, the most usual first, with how many people wrote each."""

    counts: tuple[tuple[str, int], ...]

    @property
    def usual(self) -> str:
        """The most usual of them."""
        return self.counts[0][0]

    @property
    def forms(self) -> frozenset[str]:
        """All of them, as they count for different groups."""
        return frozenset(text.casefold() for text, _ in self.counts)


def likely_spellings(names: Sequence[str]) -> tuple[Spellings, ...]:
    """Every organisation that seems to be written in several ways, in the order of first appearance; blanks are none.

    Those that differ by case, accents, punctuation, spaces, "the", "and" and "&", "St" and "Saint" and the like; then
    those with one letter too many, too few or out of its place in one longer word. One letter in place of another is no
    such slip: St Mark's is not St Mary's. Ways that count for one group already are not asked about.
    """
    counts: dict[str, int] = {}
    for name in names:
        if name:
            counts[name] = counts.get(name, 0) + 1
    alike: dict[str, list[str]] = {}
    for name in counts:
        if plain := "".join(_words(name)):
            alike.setdefault(plain, []).append(name)
    found = [_spellings(group, counts) for group in alike.values()]
    several = [each for each in found if len(each.forms) > 1]
    # A slip is asked about once it is clear how each of the two is written.
    alone = [each.usual for each in found if len(each.forms) == 1]
    slips = [_spellings([*alike[_key(one)], *alike[_key(other)]], counts) for one, other in _slips(alone)]
    place = {name: at for at, name in enumerate(counts)}
    return tuple(sorted((*several, *slips), key=lambda each: min(place[text] for text, _ in each.counts)))


def _spellings(group: Sequence[str], counts: Mapping[str, int]) -> Spellings:
    # Of two as usual as each other, the one with capitals.
    order = sorted(group, key=lambda name: (-counts[name], name == name.casefold()))
    return Spellings(tuple((name, counts[name]) for name in order))


def _words(name: str) -> tuple[str, ...]:
    plain = fold(name).replace("'", "").replace("`", "").replace("´", "")
    return tuple(_ONE_FORM.get(word, word) for word in words(plain) if word not in _LEFT_OUT)


def _key(name: str) -> str:
    return "".join(_words(name))


def _slips(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    # Names that differ by a slip are alike once a letter is taken out of one of their words: so each meets only those
    # with which it shares such a shorter form.
    shorter: dict[tuple[object, ...], list[tuple[str, str]]] = {}
    for name in names:
        written = _words(name)
        near: dict[str, None] = {}
        for at, word in enumerate(written):
            for form in {word, *(word[:cut] + word[cut + 1 :] for cut in range(len(word)))}:
                known = shorter.setdefault((at, *written[:at], form, *written[at + 1 :]), [])
                near.update((other, None) for other, another in known if _is_slip(another, word))
                known.append((name, word))
        yield from ((other, name) for other in near)


def _is_slip(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(long) < _SHORTEST or not (one.isalpha() and other.isalpha()) or one[0] != other[0]:
        return False
    if len(short) == len(long):
        differ = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        return len(differ) == 2 and differ[1] == differ[0] + 1 and sorted(one) == sorted(other)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))

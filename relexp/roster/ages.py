"""What people write of their age, read for one thing alone: whether they are under 18."""

from __future__ import annotations

import re
from collections.abc import Sequence

from relexp.roster.answers import yes_no
from relexp.roster.eighteen import in_words
from relexp.roster.words import fold, words

ADULT = 18
# Beyond this it is a year, or a slip.
_OLDEST = 120
# "Age group" with 1 to 9 below it holds the numbers of groups.
_GROUP_NUMBERS = 10

_OLD = r"(?: ?(?:y|yo|y/o|yrs?|years?|ans|anos|lat|lata|oed)(?:[ -]?old| of age)?)?\.?"
_I_AM = r"(?:(?:i am|i'm|im|aged?|now) )?"
_YEARS = re.compile(rf"{_I_AM}(\d{{1,3}})(?:[.,]\d+)?{_OLD}")
_MONTHS = re.compile(r"(\d{1,3}) ?(?:mths?|months?|wks?|weeks?)(?: old)?")
_BAND = re.compile(rf"{_I_AM}(\d{{1,3}}){_OLD} ?(?:-|to|a) ?(\d{{1,3}}){_OLD}")
_FROM = re.compile(
    rf"(?:aged? )?(\d{{1,3}}){_OLD} ?(?:\+|plus|(?:and|or) (?:over|older|above|more|up|upwards))"
    rf"|(?:over|above|more than|older than|at least|>=|>|≥)[ -]?(\d{{1,3}})s?{_OLD}"
)
_BELOW = re.compile(
    r"(?:under|u|<|below|younger than|less than|not yet|dan|o dan|moins de|menor de|menos de|ponizej)"
    rf"[ -]?(\d{{1,3}})s?{_OLD}"
)
_UP_TO = re.compile(
    rf"(?:aged? )?(\d{{1,3}}){_OLD} (?:and|or) (?:under|younger|below|less)|(?:up to|<=|≤) ?(\d{{1,3}}){_OLD}"
)
_DECADE = re.compile(r"(?:in )?(?:my |their )?(?:(?:early|mid|late)[ -])?([2-9]0)(?:'?s|\+)")

_YOUNG = frozenset(
    map(
        fold,
        "child|children|a child|kid|kids|minor|a minor|under|under age|underage|under eighteen|not an adult|not adult"
        "|infant|toddler|baby|plentyn|enfant|mineur|mineure|menor|menor de edad|niño|niña|dziecko|niepełnoletni"
        "|niepełnoletnia|طفل|طفلة|قاصر|শিশু|بچہ|بچی".split("|"),
    )
)
_GROWN = frozenset(
    map(
        fold,
        "adult|adults|an adult|grown up|grown-up|grownup|over|over eighteen|of age|not a child|not a minor|pensioner"
        "|retired|senior|senior citizen|oap|oedolyn|adulte|majeur|majeure|adulto|adulta|mayor de edad|dorosły|dorosła"
        "|pełnoletni|pełnoletnia|بالغ|بالغة|প্রাপ্তবয়স্ক|بالغہ".split("|"),
    )
)
# "Child 12", but not "under 12".
_HEADS = (_YOUNG | _GROWN) - {"under", "over"}
# Said beside a yes or a no, and nothing more than it.
_FILLING = frozenset("i am|i'm|im|am|i am not|i'm not|im not|he is|she is|they are|thanks|thank you".split("|"))
_SILENT = frozenset(
    map(
        fold,
        "prefer not to say|rather not say|would rather not say|not given|not said|not known|unknown|n/a|na|none|private"
        "|secret|-|?|.|x".split("|"),
    )
)

_AGE = frozenset(words("age ages aged oed oedran edad wiek âge العمر বয়স عمر"))
_BANDED = frozenset(words("band bands group groups range ranges bracket brackets category categories"))
_OTHERS = frozenset(
    words(
        "child childs children childrens kid kids son daughter sons daughters youngest oldest eldest baby dependant"
        " dependants partner parent minimum maximum min max average uk concern student students pupil pupils work teach"
        " teaching taught lead others"
    )
)
# "What ages do you work with?", but not "Age (for the insurance)", nor "young people: ask us" beside one's own.
_OF_OTHERS = re.compile(
    r"^(?:with|for) (?:what|which|whom)\b|\b(?:with|for)$|\byou \w+ with\b"
    r"|(?<!\byoung )\bpeople\b(?! (?:under|over|below|aged))|\bof (?:the |your |our )?young people\b"
)
_HOW_OLD = re.compile(r"\bhow old (?:are you|will you be)\b")
_IF_A_CHILD = re.compile(r"\bif (?:(?:you|they) are )?(?:an? )?child\b")
_IF_YOUNG = re.compile(
    r"\bif\b.*\b(?:under|below|less|not over|not yet|u18|underage|young|younger|youth|child|minor|not an adult)\b"
)
_BORN = re.compile(
    r"\b(?:(?:date|year|month|day) of birth|birth ?(?:date|year|day|month)|dob|d o b|when were you born|year born"
    r"|naissance|nacimiento|urodzenia|dyddiad geni)\b|تاریخ المیلاد|تاريخ الميلاد"
)
_PLACE = re.compile(r"\b(?:place|country|town|city|where|lieu|pays|lugar|miejsce|child|childs|children|childrens)\b")
_BETWEEN = re.compile(r"[()\[\],;:]+| - ")


def asks_age(header: str) -> bool:
    """Whether a heading asks somebody's own age, as a number or as a band."""
    said = words(header)
    asked = " ".join(said)
    if _HOW_OLD.search(asked):
        return True
    of_others = not _OTHERS.isdisjoint(said) or _OF_OTHERS.search(asked)
    return not _AGE.isdisjoint(said) and (not of_others or bool(_IF_A_CHILD.search(asked)))


def speaks_of_age(header: str) -> bool:
    """Whether a heading speaks of any age, that of somebody's child too."""
    return not _AGE.isdisjoint(words(header))


def asks_birth(header: str) -> bool:
    """Whether a heading asks when somebody was born."""
    asked = " ".join(words(header))
    return bool(_BORN.search(asked)) and not _PLACE.search(asked)


def of_the_young_alone(header: str) -> bool:
    """Whether only those who are young fill in a column: "Age, if under 18", but not "Age (if you like)"."""
    return bool(_IF_YOUNG.search(" ".join(words(in_words(header)))))


def holds_ages(header: str, cells: Sequence[str]) -> bool:
    """Whether a column holds the very ages of people, and not only bands of them."""
    return asks_age(header) and any(_exact(_plain(cell), _least(header)) is not None for cell in cells if cell)


def young(text: str, header: str = "") -> bool | None:
    """Whether an age cell says under 18 (True) or 18 and over (False); None where it does not say."""
    return _agreed([_young(piece, _least(header)) for piece in _pieces(text)])


def young_if(text: str, yes: bool | None, *, counted: bool = False) -> bool | None:
    """Whether a cell of a yes/no column on age says under 18; a blank says nothing.

    `yes` is what its yes means; None where yes and no say nothing ("Under or over 18?").
    `counted`: there are ages in the column, so that a lone 0 or 1 may be one.
    """
    return _agreed([_answer(piece, yes, counted) for piece in _pieces(text) if piece not in _FILLING])


def is_silent(text: str) -> bool:
    """Whether a cell says that its writer would rather not say, or nothing at all."""
    return not text or fold(text) in _SILENT


def counts_years(text: str) -> bool:
    """Whether a cell of a yes/no column is a number that is neither of its 1 and 0."""
    return (_exact(_plain(text), 0) or 0) > 1


def _pieces(text: str) -> list[str]:
    plain = _plain(text)
    first, _, rest = plain.partition(" ")
    head = first.strip(" ,.-")
    # "No 15" is "no, 15".
    if rest and (head in _HEADS or (not head.isdecimal() and head and yes_no(head) is not None)):
        plain = f"{head},{rest}"
    return [piece for each in _BETWEEN.split(plain) if (piece := each.strip(" .!?-"))]


def _plain(text: str) -> str:
    return fold(text).replace("–", "-").replace("—", "-").replace("−", "-")


def _agreed(said: Sequence[bool | None]) -> bool | None:
    """What all pieces of a cell say together: grown up only where every one of them does."""
    if True in said:
        return None if False in said else True
    return False if said and None not in said else None


def _answer(piece: str, yes: bool | None, counted: bool) -> bool | None:
    answer = yes_no(piece)
    if answer is None or (counted and piece.isdecimal()):
        # A 0 is either no or a baby.
        return _young(piece, 0)
    return yes if answer or yes is None else not yes


def _young(piece: str, least: int) -> bool | None:
    if piece in _YOUNG or _MONTHS.fullmatch(piece):
        return True
    if piece in _GROWN or _DECADE.fullmatch(piece):
        return False
    age = _exact(piece, least)
    low, high = (age, age) if age is not None else _span(piece)
    return True if high < ADULT else False if low >= ADULT else None


def _exact(piece: str, least: int) -> int | None:
    found = _YEARS.fullmatch(piece)
    age = int(found[1]) if found else 0
    return age if max(1, least) <= age <= _OLDEST else None


def _span(piece: str) -> tuple[int, int]:
    """The least and the most years that a piece allows."""
    if found := _BAND.fullmatch(piece):
        low, high = sorted((int(found[1]), int(found[2])))
        return low, high
    if found := _FROM.fullmatch(piece):
        return int(found[1] or found[2]), _OLDEST
    if found := _BELOW.fullmatch(piece):
        return 0, int(found[1]) - 1
    if found := _UP_TO.fullmatch(piece):
        return 0, int(found[1] or found[2])
    return 0, _OLDEST


def _least(header: str) -> int:
    return 0 if _BANDED.isdisjoint(words(header)) else _GROUP_NUMBERS

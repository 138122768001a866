"""What was said of the ways in which organisations are written, as it is kept: one organisation, or several."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from relexp.exchange.cells import Cells
from relexp.roster.headers import columns_of
from relexp.roster.spellings import Spellings
from relexp.roster.table import Table


@dataclass(frozen=True, slots=True)
class OneSpelling:
    """An organisation that is written in one way since, and what stood before in which rows of the sheet."""

    spelling: str
    before: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """All answers: which ways of writing are several organisations, and which were made one."""

    several: tuple[tuple[str, ...], ...] = ()
    one: tuple[OneSpelling, ...] = ()

    def to_text(self) -> str:
        """The answers as a draft keeps them; "" for none."""
        if not (self.several or self.one):
            return ""
        one = [[each.spelling, [[row, text] for row, text in each.before]] for each in self.one]
        return json.dumps({"several": [list(forms) for forms in self.several], "one": one}, ensure_ascii=False)

    @classmethod
    def of_text(cls, text: str) -> Said:
        """The answers that `to_text` wrote; none where it did not."""
        try:
            return _said(json.loads(text)) if text else cls()
        except (ValueError, TypeError, KeyError, RecursionError):
            return cls()

    def settles(self, spellings: Spellings) -> bool:
        """Whether these ways of writing were said to be several organisations."""
        return any(spellings.forms <= {*forms} for forms in self.several)

    def kept_several(self, spellings: Spellings) -> Said:
        """The answers with one more: these are several organisations."""
        return replace(self, several=(*self.several, tuple(sorted(spellings.forms))))

    def made_one(self, spellings: Spellings, cells: Cells) -> tuple[Said, Cells]:
        """The answers with one more, and the sheet with all of these written in the most usual way."""
        ways = {text for text, _ in spellings.counts}
        before = tuple(
            (number, text)
            for number, _, text in _written(cells)
            if " ".join(text.split()) in ways and text != spellings.usual
        )
        made = OneSpelling(spellings.usual, before)
        # What was taken back in the table and is done again stands here once.
        others = tuple(each for each in self.one if each != made)
        return replace(self, one=(*others, made)), _with(cells, dict.fromkeys(dict(before), made.spelling))

    def made_several(self, made: OneSpelling, cells: Cells) -> tuple[Said, Cells]:
        """The answers without one, and the sheet as it was before it, in the rows that were not changed since."""
        texts = {number: text for number, text in made.before if number in _held(made, cells)}
        return replace(self, one=tuple(each for each in self.one if each != made)), _with(cells, texts)

    def holding(self, cells: Cells) -> tuple[OneSpelling, ...]:
        """Those that were made one and still are, by what stands in the sheet."""
        return tuple(each for each in self.one if _held(each, cells))


def _held(made: OneSpelling, cells: Cells) -> set[int]:
    before = dict(made.before)
    return {number for number, _, text in _written(cells) if number in before and text == made.spelling}


def _written(cells: Cells) -> Iterator[tuple[int, int, str]]:
    """Every row's number, the place of its organisation, and what stands there."""
    columns = columns_of(Table(cells.header, tuple(zip(cells.numbers, cells.rows, strict=True))))
    places = next((column.places for column in columns if column.key == "organisation"), ())
    for number, row in zip(cells.numbers, cells.rows, strict=True):
        place = next((place for place in places if row[place]), None)
        if place is not None:
            yield number, place, row[place]


def _with(cells: Cells, texts: dict[int, str]) -> Cells:
    for number, place, _ in tuple(_written(cells)):
        if number in texts:
            cells = cells.with_cell(cells.numbers.index(number), place, texts[number])
    return cells


def _said(shape: dict[str, list[Sequence[object]]]) -> Said:
    """Raises TypeError, ValueError or KeyError for what are no such answers."""
    several = tuple(tuple(_text(form) for form in forms) for forms in shape["several"])
    return Said(several, tuple(_one(*each) for each in shape["one"]))


def _one(spelling: object, before: object) -> OneSpelling:
    if not isinstance(before, list):
        raise TypeError("no spelling")
    return OneSpelling(_text(spelling), tuple((int(row), _text(text)) for row, text in before))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no spelling")
    return value

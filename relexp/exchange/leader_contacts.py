"""Leaders for other programs: as contact cards, and as people for Action Network and whatever else speaks OSDI.

Neither holds what somebody said of themselves (self-interest, talents, stretch) or a column that a house made its own.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from relexp.exchange.sheets import write_csv
from relexp.leadership.board import Board
from relexp.leadership.columns import cell, shown
from relexp.leadership.leader import Row

# A line of a card holds so many bytes (RFC 6350, 3.2).
_LINE = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n", "\r": None})


def vcards(rows: Sequence[Row]) -> bytes:
    """A card for each leader (vCard 4.0, RFC 6350): what they are called, where they come from, their role now.

    We keep no telephone and no e-mail, so the cards have none.
    """
    return "".join(f"{_folded(line)}\r\n" for row in rows for line in _card(row)).encode()


def osdi_csv(board: Board, rows: Sequence[Row]) -> bytes:
    """The leaders as csv under the names of fields that Action Network takes as they are, its own and custom ones.

    `identifier` is OSDI's: who gave it, and the id. Action Network skips people without an e-mail address, which we do
    not keep: add theirs first. Source: the people of OSDI 1.x, and Action Network's page on file formats for uploads.
    """
    trainings = [f"training.{each.key}" for each in board.trainings]
    keys = ("institution", "role", "stage", *trainings)
    header = ("first_name", "last_name", "identifier", *(key.replace(".", "_") for key in keys))
    made = io.BytesIO()
    write_csv(made, header, (_person(board, row, keys) for row in rows))
    return made.getvalue()


def _person(board: Board, row: Row, keys: Sequence[str]) -> list[str]:
    told = [shown(board, key, cell(row.leader, key), {}) for key in keys]
    return [*_parts(row.leader.name), f"relexp:{row.leader.id}", *told]


def _card(row: Row) -> Iterator[str]:
    leader = row.leader
    given, family = (part.translate(_ESCAPED) for part in _parts(leader.name))
    yield from ("BEGIN:VCARD", "VERSION:4.0", f"FN:{leader.name.translate(_ESCAPED)}", f"N:{family};{given};;;")
    if leader.institution:
        yield f"ORG:{leader.institution.translate(_ESCAPED)}"
    if leader.role:
        yield f"ROLE:{leader.role.translate(_ESCAPED)}"
    yield "END:VCARD"


def _parts(name: str) -> tuple[str, str]:
    """The given names and the family name, which are one name here: together again they are what was written."""
    given, _, family = name.rpartition(" ")
    return (given, family) if given else (family, "")


def _folded(line: str) -> str:
    """A line of a card, gone on with after a space where it is too long; no letter is cut in two."""
    parts, size = [""], 0
    for letter in line:
        size += (more := len(letter.encode()))
        if size > _LINE:
            parts.append("")
            # The space before the rest counts.
            size = more + 1
        parts[-1] += letter
    return "\r\n ".join(parts)

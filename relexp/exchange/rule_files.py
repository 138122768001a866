"""The rules file: text in TOML, read into rules that are checked against the sheet."""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from relexp.exchange.rule_lines import left_open, line_of, lines_of
from relexp.messages import Fault, FaultsFound, tell
from relexp.roster.person import Roster
from relexp.roster.rule_check import check_rules
from relexp.roster.rule_values import quote
from relexp.roster.rules import Rules

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CURLY = frozenset("“”„‟‘’«»")


def load_rules(path: Path | str, roster: Roster) -> Rules:
    """The rules in a file, checked against the people it is meant for.

    Raises FaultsFound with every fault in the rules, each with its line, or with the line where the file itself is
    not written as rules are.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise FaultsFound([tell("rules.no_file", path=path)]) from error
    except OSError as error:
        raise FaultsFound([tell("rules.not_read", path=path, why=error.strerror)]) from error
    raw = read_rules(data, path.name)
    try:
        return check_rules(raw, roster)
    except FaultsFound as found:
        raise FaultsFound(with_lines(found.faults, data)) from None


def with_lines(faults: Iterable[Fault], data: bytes) -> tuple[Fault, ...]:
    """Faults of a rules file, each with the line where its key or its table stands, as far as these are in the file.

    `data` is a file that can be read.
    """
    try:
        lines = lines_of(_text(data))
    except RecursionError:
        # Brackets within brackets within brackets: faults without a line are better than none.
        lines = {}
    return tuple(replace(fault, line=line_of(fault.key or "", lines)) for fault in faults)


def read_rules(data: bytes, name: str) -> Mapping[str, object]:
    """The contents of a rules file, unchecked; `name` is how messages call it. Raises FaultsFound."""
    try:
        text = _text(data)
    except UnicodeDecodeError as error:
        raise FaultsFound([tell("rules.not_text", path=name)]) from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FaultsFound([_syntax(str(error), text, name)]) from error
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits, or brackets within brackets without end: no rules, by hand or by accident.
        raise FaultsFound([tell("rules.not_text", path=name)]) from error


def _text(data: bytes) -> str:
    return data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8-sig")


def _syntax(why: str, text: str, name: str) -> Fault:
    """What to tell the writer of a file that is no TOML; only the line is read from the reader's own words."""
    place = re.search(r"at line (\d+)", why)
    if place is None:
        opened = left_open(text)
        return tell("rules.syntax_open", path=name, line=opened) if opened else tell("rules.syntax_end", path=name)
    number = int(place[1])
    line = text.splitlines()[number - 1]
    if _CURLY & set(line):
        code = "rules.curly"
    elif re.match("Cannot (declare|overwrite|mutate)", why):
        code = "rules.twice"
    else:
        code = "rules.syntax"
    return tell(code, path=name, line=number, found=quote(line))

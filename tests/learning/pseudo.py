"""A language that nobody speaks: every text accented, a good third longer and in brackets, its signs left as they are."""

from __future__ import annotations

import re
from math import ceil

_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀćđéƒǵĥíĵķłḿńóṕǫŕśťúṽẃẋýźÁɃĆĐÉƑǴĤÍĴĶŁḾŃÓṔǪŔŚŤÚṼẂẊÝŹ",
)
# Where a link leads, a picture's address, a gap; what stays as it is in a translation.
_KEPT = re.compile(r"(\]\([^)]*\)|\{\w*\})")
# What a line or a cell begins with in Markdown.
_SIGN = re.compile(r"^(\s*(?:[-*+]|\d+\.|>|\|)\s+|\s*)")
_RULE = re.compile(r"^[|\s:-]*$")


def pseudo(text: str) -> str:
    """A text in that language."""
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    if _RULE.match(line):
        return line
    if line.strip().startswith("|"):
        return "|".join(f" {_said(cell.strip())} " if cell.strip() else cell for cell in line.split("|"))
    sign = _SIGN.match(line)
    start = sign.group(0) if sign else ""
    return start + _said(line[len(start) :])


def _said(text: str) -> str:
    accented = "".join(part if _KEPT.fullmatch(part) else part.translate(_ACCENTED) for part in _KEPT.split(text))
    return f"⟦{accented}{' ·' * ceil(0.2 * len(text))}⟧"

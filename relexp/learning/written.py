"""What a tool of a unit keeps as JSON, read with care: whatever comes, a text is a text and a number is a number."""

from __future__ import annotations

import json


class NotOurs(ValueError):
    """Something that was kept, or came from a browser, is not what the tool writes."""


def kept(said: str) -> dict[str, object]:
    """The keys and values of what was kept. Raises NotOurs where it is none."""
    try:
        found = json.loads(said)
    except (ValueError, RecursionError) as error:
        raise NotOurs from error
    return table(found)


def table(value: object) -> dict[str, object]:
    """Keys and values. Raises NotOurs for anything else."""
    if not isinstance(value, dict):
        raise NotOurs
    return value


def tables(value: object, most: int) -> list[dict[str, object]]:
    """Keys and values, several times and at most so often. Raises NotOurs for anything else."""
    if not isinstance(value, list) or len(value) > most:
        raise NotOurs
    return [table(each) for each in value]


def text(value: object, most: int) -> str:
    """What a person typed, cut to a length, without what no file can hold. Raises NotOurs for anything else."""
    if not isinstance(value, str):
        raise NotOurs
    whole = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\x00", "")[:most]


def number(value: object, least: float, most: float) -> float:
    """A number from least to most. Raises NotOurs for anything else."""
    # What is not finite lies between no two numbers.
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise NotOurs
    return float(value)

"""The organiser's wishes as a draft keeps them."""

from __future__ import annotations

from dataclasses import asdict

from relexp.roster.rules import Odd, Repeats
from relexp.roster.wishes import Aim, Hosts, Own, Wishes


def wishes_shape(wishes: Wishes) -> dict[str, object]:
    """The wishes in the shapes of json."""
    return asdict(wishes)


def wishes_of(shape: dict[str, object]) -> Wishes:
    """The wishes in a shape that `wishes_shape` made. Raises ValueError, TypeError or KeyError for any other."""
    columns, hosts = shape["columns"], shape["hosts"]
    if not isinstance(columns, list) or not isinstance(shape["quiet"], list):
        raise TypeError("no wishes")
    return Wishes(
        columns=tuple((_text(column), Aim(aim)) for column, aim in columns),
        ordered=shape["ordered"] is True,
        own=Own(_text(shape["own"])),
        most=_whole_or_none(shape["most"]),
        odd=Odd(_text(shape["odd"])),
        repeats=Repeats(_text(shape["repeats"])),
        breadth=_share(shape["breadth"]),
        hosts=None if hosts is None else _hosts(hosts),
        tables=_whole_or_none(shape["tables"]),
        quiet=tuple(_whole(each) for each in shape["quiet"]),
    )


def _hosts(shape: object) -> Hosts:
    if not isinstance(shape, dict):
        raise TypeError("no wishes")
    return Hosts(_text(shape["column"]), _text(shape["host"]), _whole(shape["guests_per_host"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no wishes")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("no wishes")
    return value


def _whole_or_none(value: object) -> int | None:
    return None if value is None else _whole(value)


def _share(value: object) -> float:
    if not isinstance(value, float | int) or isinstance(value, bool) or not 0 <= value <= 1:
        raise TypeError("no wishes")
    return float(value)

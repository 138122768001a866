"""The line of every key, table and entry of a rules file is known, however the file is written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest

from relexp.exchange.rule_lines import line_of, lines_of

WRITTEN = '''# Rules [for] May
rounds = 4  # = [
keep_apart = [["a", "b"],   # "c"
  ["c", "d"],

  ["e",
   'f']]
"met_before" = []
tables.count = 3
tables . quiet = [1, 2]
note = """
[no]
x = "1"
"""
other = \'\'\'
[neither]
\'\'\'
[across."Who did you come with?"]
weight = 4.5
order = [
 "16 = 24",
 "[65+]",
]
[across]
area = {weight = 1, never_same = "hard"}
[[pin]]
round = 1
people = ["p1",
 "p2"]
[[pin]]
round = 2
[[pin.more]]
[ present ]
B."Car\\"ter" = [1]
'St. Mary' = [2]
day = 1979-05-27T07:32:00Z
'''


def places(value: object, place: str = "") -> Iterator[str]:
    """Every place in what a file holds, as faults name it."""
    if place:
        yield place
    if isinstance(value, dict):
        for key, held in value.items():
            yield from places(held, f"{place}.{key}" if place else key)
    if isinstance(value, list):
        for count, item in enumerate(value, start=1):
            yield from places(item, f"{place}[{count}]")


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_place_that_a_fault_could_name_has_its_line(ends: str) -> None:
    text = WRITTEN.replace("\n", ends)
    lines = lines_of(text)
    assert set(lines) == set(places(tomllib.loads(text)))
    assert all(1 <= line <= WRITTEN.count("\n") for line in lines.values())


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("rounds", 2),
        ("keep_apart", 3),
        ("keep_apart[2]", 4),
        ("keep_apart[3][2]", 7),
        ("met_before", 8),
        ("tables.count", 9),
        ("tables.quiet[2]", 10),
        ("across.Who did you come with?", 18),
        ("across.Who did you come with?.order[2]", 22),
        ("across.area.never_same", 25),
        ("pin[1]", 26),
        ("pin[1].people[2]", 29),
        ("pin[2].round", 31),
        ('present.B.Car"ter', 34),
        ("present.St. Mary[1]", 35),
    ],
)
def test_a_place_is_on_the_line_where_it_is_written(place: str, line: int) -> None:
    assert line_of(place, lines_of(WRITTEN)) == line


def test_what_is_missing_is_looked_for_in_its_table() -> None:
    lines = lines_of("[tables]\ncount = 3\n[[pin]]\nround = 1\n")
    assert line_of("tables.quiet", lines) == 1
    assert line_of("pin[1].people", lines) == 3
    assert line_of("tables.count[1]", lines) == 2
    assert line_of("sides.column", lines) is None
    assert line_of("", lines) is None


def test_a_list_of_thousands_is_read_in_moments() -> None:
    lines = lines_of("met_before = [\n" + '["p1", "p2"],\n' * 20_000 + "]\n")
    assert lines["met_before[20000]"] == 20_001

"""The units of every module: right in themselves, and with one another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from relexp.exchange.units import load_units
from relexp.learning.plain import look_at
from relexp.learning.unit import PACE, BlockKind, Unit
from relexp.messages import FaultsFound
from tests.learning.made_up import FILES

HOME = Path(__file__).parents[2]
MODULES = sorted(each for each in (HOME / "modules").iterdir() if each.is_dir())
UNITS = [unit for module in MODULES for unit in load_units(module)]
each_unit = pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.id)
# How the title of a reading says which part of the unit's essay it is.
PART = re.compile(r"\(the essay, part (\d+) of (\d+)\)$")


def words(text: str) -> int:
    return look_at(text).words


def lay(module: Path, name: str, number: int, **changed: tuple[str, str]) -> None:
    """Put the made-up unit into a module, with a text changed."""
    folder = module / name
    folder.mkdir(parents=True)
    (folder / "map.png").write_bytes(b"")
    for file, text in FILES.items():
        old, new = changed.get(file.replace(".", "_"), ("", ""))
        written = text.replace(old, new, 1) if old else text
        (folder / file).write_text(written.replace("number = 1", f"number = {number}", 1), encoding="utf-8")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_every_unit_of_the_module_is_right(module: Path) -> None:
    units = load_units(module)
    assert [unit.number for unit in units] == [*range(len(units))]


@each_unit
def test_a_unit_has_questions_reflections_a_task_outside_and_an_exercise(unit: Unit) -> None:
    exercises = [block.tool for block in unit.blocks if block.kind is BlockKind.EXERCISE]
    assert len(unit.items) >= 8
    assert len(unit.prompts) >= 3
    assert len(unit.tasks) >= 1
    assert len(exercises) >= 1
    assert all((HOME / "exercises" / each / "task.md").is_file() for each in exercises)


@each_unit
def test_a_unit_says_its_purpose_in_a_minute_and_has_one_doing_something_within_five(unit: Unit) -> None:
    assert words(unit.purpose) <= PACE
    first = next(place for place, block in enumerate(unit.blocks) if block.kind is not BlockKind.READING)
    before = sum(block.minutes for block in unit.blocks[:first])
    assert before + words(unit.blocks[first].text) / PACE <= 5


@each_unit
def test_no_block_is_longer_than_one_sitting(unit: Unit) -> None:
    assert [block.id for block in unit.blocks if block.minutes > 25] == []


@each_unit
def test_the_minutes_of_a_unit_are_its_hours_and_of_each_activity_it_is_told_how_they_were_reckoned(unit: Unit) -> None:
    assert unit.minutes == unit.hours * 60
    for block in unit.blocks:
        read = words(block.text) / PACE
        if block.kind is BlockKind.READING:
            assert abs(block.minutes - read) <= 1, block.id
        else:
            assert block.estimate, block.id
            assert block.minutes > read, block.id


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.hours >= 1], ids=lambda unit: unit.id)
def test_a_unit_of_an_hour_or_more_holds_an_essay_in_parts(unit: Unit) -> None:
    parts = [(found, block) for block in unit.blocks if (found := PART.search(block.title))]
    assert [(int(found[1]), int(found[2])) for found, _ in parts] == [
        (place, len(parts)) for place in range(1, len(parts) + 1)
    ]
    assert {block.kind for _, block in parts} == {BlockKind.READING}
    assert 1500 <= sum(words(block.text) for _, block in parts) <= 2500


def test_units_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    lay(tmp_path, "02-another", 2, unit_toml=('id = "meeting-a-stranger"', 'id = "another"'))
    lay(tmp_path, "01-meeting-a-stranger", 1)
    assert [unit.id for unit in load_units(tmp_path)] == ["meeting-a-stranger", "another"]


def test_all_faults_of_all_units_are_told_with_where_they_stand(tmp_path: Path) -> None:
    lay(tmp_path, "01-wrong-name", 1, unit_toml=("needs = []", 'needs = ["later"]'))
    (tmp_path / "01-wrong-name" / "map.png").unlink()
    lay(
        tmp_path,
        "02-later",
        2,
        unit_toml=('id = "meeting-a-stranger"', 'id = "later"'),
        quiz_toml=('one = "better"', ""),
    )
    with pytest.raises(FaultsFound) as found:
        load_units(tmp_path)
    told = [(fault.message.code, fault.key) for fault in found.value.faults]
    assert told == [
        ("learn.no_key", "02-later/quiz.toml: item one"),
        ("learn.folder", "01-wrong-name"),
        ("learn.no_image", "01-wrong-name/unit.md: ::: your-map"),
        ("learn.no_need", "01-wrong-name/unit.toml: needs"),
    ]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_no_question_shows_a_star_that_was_to_make_a_word_slant(module: Path) -> None:
    asked = {item.id: str(item) for unit in load_units(module) for item in unit.items.values()}
    keys = {id: str(key) for unit in load_units(module) for id, key in unit.keys.items()}
    assert [id for id, text in (*asked.items(), *keys.items()) if "*" in text] == []

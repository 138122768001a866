"""The units of every module: right in themselves, and with one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from relexp.exchange.units import load_units
from relexp.messages import FaultsFound
from tests.learning.made_up import FILES

MODULES = sorted(each for each in (Path(__file__).parents[2] / "modules").iterdir() if each.is_dir())


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

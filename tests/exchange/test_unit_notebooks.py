"""A unit becomes a notebook that anybody can open: its text, a cell for each activity, and no answer anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import nbformat
import pytest

from relexp.cli import main
from relexp.exchange.shipped import shipped
from relexp.exchange.unit_notebooks import unit_notebooks
from relexp.exchange.units import load_unit, load_units
from relexp.learning.quiz import Item, Key
from relexp.learning.unit import BlockKind
from tests.learning.made_up import FILES

MODULES = shipped("modules")
BUILT = sorted((shipped("notebooks") / "units").glob("*.ipynb"))


def lay(home: Path) -> Path:
    """A made-up module with one unit, below a folder."""
    folder = home / "modules" / "made-up" / "01-meeting-a-stranger"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "map.png").write_bytes(b"\x89PNG made up")
    return folder


def secrets(item: Item, key: Key) -> Iterator[str]:
    """All that nobody may read before they have answered."""
    yield from (each.says for each in item.options)
    yield from (choice.says for scene in item.scenes for choice in scene.choices)
    yield from item.hints
    yield from filter(None, (item.sharper, item.worked, key.well, key.low, key.high, key.missing))


def test_the_same_texts_give_the_same_bytes() -> None:
    assert unit_notebooks(MODULES) == unit_notebooks(MODULES)


def test_the_notebooks_that_travel_are_what_the_modules_say() -> None:
    assert {path.name: path.read_bytes() for path in BUILT} == unit_notebooks(MODULES)


def test_each_activity_has_a_cell_with_its_id_and_each_reading_its_text() -> None:
    for module in filter(Path.is_dir, MODULES.iterdir()):
        for unit in load_units(module):
            notebook = nbformat.reads(unit_notebooks(MODULES)[f"{unit.number:02}-{unit.id}.ipynb"].decode(), 4)
            cells = {cell.id: cell for cell in notebook.cells}
            assert len(cells) == len(notebook.cells)
            for block in unit.blocks:
                reads = block.kind is BlockKind.READING
                assert cells[block.id].cell_type == ("markdown" if reads else "code")
                if not reads:
                    assert cells[block.id].source == f'here.block("{block.id}")'
                assert block.title in cells[block.id if reads else f"{block.id}-text"].source
            assert all(not cell.get("outputs") for cell in notebook.cells)


def test_no_notebook_holds_a_key_or_what_is_said_of_an_answer() -> None:
    for module in filter(Path.is_dir, MODULES.iterdir()):
        for unit in load_units(module):
            text = next(path for path in BUILT if path.stem == f"{unit.number:02}-{unit.id}").read_text("utf-8")
            for id, item in unit.items.items():
                for secret in secrets(item, unit.keys[id]):
                    assert json.dumps(secret, ensure_ascii=False)[1:-1] not in text, (unit.id, id)


def test_sources_are_addresses_blocks_are_places_and_pictures_travel_along(tmp_path: Path) -> None:
    lay(tmp_path)
    made = unit_notebooks(tmp_path / "modules")["01-meeting-a-stranger.ipynb"].decode()
    notebook = nbformat.reads(made, 4)
    texts = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert (
        '[a study found](<https://pudding.cool/2025/06/hello-stranger> "The Pudding (2025): Hello, stranger")' in texts
    )
    assert "[the quiz](#What-do-you-think?)" in texts
    assert "source:" not in texts
    picture = next(cell for cell in notebook.cells if cell.id == "your-map-text")
    assert "(attachment:map.png)" in picture.source
    assert list(picture.attachments["map.png"]) == ["image/png"]


def test_one_unit_can_be_had_by_its_id() -> None:
    module = MODULES / "across-difference"
    assert load_unit(module, "start") == load_units(module)[0]
    with pytest.raises(KeyError):
        load_unit(module, "nothing")


def test_build_writes_the_notebooks_and_says_which_are_not_fresh(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with chdir(tmp_path):
        walk(tmp_path, capsys)


def walk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build"]) == 1
    assert "no folder modules/" in capsys.readouterr().err
    folder = lay(tmp_path)
    units = tmp_path / "notebooks" / "units"
    assert main(["build", "--check"]) == 1
    assert "01-meeting-a-stranger.ipynb is not what modules/ says" in capsys.readouterr().err
    assert not units.exists()
    assert main(["build"]) == 0
    (units / "09-gone.ipynb").write_text("{}")
    assert main(["build", "--check"]) == 1
    assert "09-gone.ipynb" in capsys.readouterr().err
    assert main(["build"]) == 0
    assert main(["build", "--check"]) == 0
    assert [path.name for path in units.iterdir()] == ["01-meeting-a-stranger.ipynb"]
    (folder / "unit.md").write_text(FILES["unit.md"] + "\n<b>bold</b>\n")
    (folder / "quiz.toml").write_text(FILES["quiz.toml"].replace('one = "better"', ""))
    before = (units / "01-meeting-a-stranger.ipynb").read_bytes()
    assert main(["build"]) == 1
    told = capsys.readouterr().err
    # Every fault at once, each with where it stands; and nothing is half-written.
    assert "Raw HTML" in told
    assert "The key of “one” is missing" in told
    assert (units / "01-meeting-a-stranger.ipynb").read_bytes() == before

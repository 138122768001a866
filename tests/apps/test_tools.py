"""The module's tools as panels: what is kept, when it is, and when it is done."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from relexp.apps.map_tool import MapTool
from relexp.apps.story_tool import StoryTool
from relexp.apps.tools import TOOLS
from relexp.exchange.units import load_units
from relexp.learning.unit import BlockKind
from tests.browser.notebooks.module_tools import STORY, a_map

MODULES = Path(__file__).parents[2] / "modules"


class Heard:
    """Who keeps, speaks, and is told that it is done."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.spoken: list[str] = []
        self.times_done = 0

    def done(self) -> None:
        self.times_done += 1


@pytest.fixture
def heard() -> Heard:
    return Heard()


def make(name: str, said: str, heard: Heard):
    return TOOLS[name](said, heard.kept.append, heard.spoken.append, heard.done)


def test_every_tool_that_a_unit_names_is_there() -> None:
    named = {
        block.tool
        for module in MODULES.iterdir()
        if module.is_dir()
        for unit in load_units(module)
        for block in unit.blocks
        if block.kind is BlockKind.TOOL
    }
    assert named == set(TOOLS)


@pytest.mark.parametrize("name", TOOLS)
@pytest.mark.parametrize("said", ["", a_map(7), STORY, "{broken", "[]", "null", "<script>alert(1)</script>"])
def test_whatever_was_kept_opens_and_stays_kept_until_something_is_done(name: str, said: str, heard: Heard) -> None:
    make(name, said, heard)
    assert heard.kept == heard.spoken == []
    assert heard.times_done == 0


def test_what_cannot_be_read_is_shown_as_it_is(heard: Heard) -> None:
    assert make("two-axis-map", "{broken", heard).unread == "{broken"
    assert make("two-minute-story", "{broken", heard).unread == "{broken"
    assert make("two-minute-story", STORY, heard).unread == ""


@pytest.mark.parametrize("name", TOOLS)
def test_each_word_that_a_page_gets_is_on_it_somewhere(name: str, heard: Heard) -> None:
    tool = make(name, "", heard)
    script = tool._esm
    parts = tool.words.get("parts", [])
    by_part = {*parts, *(f"{part}_ask" for part in parts)}
    assert [word for word in tool.words if f"words.{word}" not in script and word not in by_part] == []


def test_a_map_is_done_once_however_much_is_changed_afterwards(heard: Heard) -> None:
    tool = make("two-axis-map", "", heard)
    for count in range(1, 8):
        tool.state = json.loads(a_map(count))
    assert len(heard.kept) == 7
    assert heard.spoken[:2] == [
        "5 more dots to go. Small moments are best, and there is no hurry.",
        "4 more dots to go. Small moments are best, and there is no hurry.",
    ]
    assert heard.times_done == 1
    again = make("two-axis-map", heard.kept[-1], Heard())
    assert again.state == json.loads(heard.kept[-1])
    assert again.mirror == tool.mirror != []


@pytest.mark.parametrize("name", TOOLS)
@pytest.mark.parametrize("sent", [None, [], {"dots": [{}], "takes": [{}]}, "x", {"dots": 1, "takes": 1}])
def test_what_a_browser_sends_and_is_none_is_not_kept(name: str, sent: object, heard: Heard) -> None:
    make(name, "", heard).state = sent
    assert heard.kept == []


@pytest.mark.parametrize(("name", "said"), [("two-axis-map", a_map(3)), ("two-minute-story", STORY)])
def test_the_same_again_is_not_kept_again(name: str, said: str, heard: Heard) -> None:
    tool = make(name, said, heard)
    tool.state = {**tool.state, "more": "of another version"}
    assert heard.kept == []


def test_the_table_of_a_map_is_safe_to_open_in_a_spreadsheet(heard: Heard) -> None:
    raw = json.loads(a_map(3))
    raw["dots"][0]["label"] = "=1+1"
    tool = make("two-axis-map", json.dumps(raw), heard)
    assert isinstance(tool, MapTool)
    sent = []
    tool.send = lambda content, buffers: sent.append((content, buffers))  # type: ignore[method-assign]
    tool._handle_custom_msg({"wanted": "csv"}, [])
    ((content, (data,)),) = sent
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert content == {"file": "map.csv"}
    assert rows[0][:3] == ["Dot", "Moment", "When"]
    assert rows[1][1] == "'=1+1"
    assert rows[3][1:3] == ["جنازة خالتي في القرية القديمة", "٢٠٠١"]
    assert [row[-1] for row in rows] == ["to tell", "", "", "x"]


def test_a_story_is_done_once_with_a_take_that_is_short_enough(heard: Heard) -> None:
    tool = make("two-minute-story", "", heard)
    assert isinstance(tool, StoryTool)
    whole = json.loads(STORY)
    tool.state = whole | {"us": "", "takes": whole["takes"][:1]}
    assert heard.spoken == ["Still empty: what it means for us. Which door do you open?"]
    tool.state = whole | {"takes": whole["takes"][:2]}
    assert heard.times_done == 0
    assert round(tool.pace) == 122
    tool.state = whole
    assert heard.spoken[-1].startswith("From 3:05 to 1:58: shorter by 1:07")
    tool.state = whole | {"clock": 0}
    assert heard.times_done == 1
    assert json.loads(heard.kept[-1])["clock"] == 0

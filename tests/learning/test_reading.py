"""A unit is read from its texts, and whatever is wrong in them is told at once."""

from __future__ import annotations

import pytest

from relexp.learning.quiz import Kind
from relexp.learning.reading import read_unit
from relexp.learning.unit import BlockKind, Unit
from relexp.messages import FaultsFound
from relexp.privacy.visibility import Visibility
from tests.learning.made_up import FILES


def read(file: str = "", old: str = "", new: str = "") -> Unit:
    """The made-up unit with one text in it changed."""
    if file:
        assert FILES[file].count(old) >= 1, old
    return read_unit(FILES | ({file: FILES[file].replace(old, new, 1)} if file else {}))


def faults(texts: dict[str, str]) -> list[str]:
    """What is wrong with a unit, each as code and place."""
    with pytest.raises(FaultsFound) as found:
        read_unit(texts)
    return [f"{fault.message.code} {fault.key}" for fault in found.value.faults]


def spoiled(file: str, old: str, new: str) -> list[str]:
    """What is wrong with the made-up unit when one text in it is changed."""
    assert FILES[file].count(old) >= 1, old
    return faults(FILES | {file: FILES[file].replace(old, new, 1)})


def test_a_unit_is_its_blocks_in_the_order_of_its_text() -> None:
    unit = read()
    assert (unit.title, unit.number, unit.hours, unit.minutes) == ("Meeting a stranger", 1, 0.75, 45)
    assert unit.purpose.startswith("In a minute:")
    assert [(block.id, block.kind) for block in unit.blocks] == [
        ("why-talk", BlockKind.READING),
        ("what-you-think", BlockKind.QUIZ),
        ("look-back", BlockKind.WORKSHEET),
        ("go-and-talk", BlockKind.FIELD),
        ("your-map", BlockKind.TOOL),
        ("pair-a-room", BlockKind.EXERCISE),
    ]
    assert unit.blocks[0].title == "Why talk at all"
    assert unit.blocks[0].text.startswith("People expect")
    assert {item.kind for item in unit.items.values()} == {*Kind}
    assert unit.prompts["last-stranger"].visibility is Visibility.ME
    assert unit.prompts["first-word"].visibility is Visibility.FACILITATOR
    assert unit.tasks["one-talk"].review == ("What surprised you?",)
    assert unit.sources["study-2025"].year == 2025


def test_whoever_stopped_at_a_block_that_was_renamed_finds_it() -> None:
    unit = read()
    assert unit.block("first-talk") is unit.block("why-talk") is unit.blocks[0]
    assert unit.block("nowhere") is None


def test_windows_line_ends_are_no_fault() -> None:
    texts = {file: text.replace("\n", "\r\n") for file, text in FILES.items()}
    assert read_unit(texts).blocks == read().blocks


@pytest.mark.parametrize(
    ("file", "old", "new", "wrong"),
    [
        ("unit.md", "# Meeting a stranger", "Meeting a stranger", "learn.no_title unit.md"),
        (
            "unit.md",
            "In a minute: why a talk with somebody new is worth the first awkward moment.",
            "",
            "learn.no_purpose unit.md",
        ),
        ("unit.md", "::: look-back", "::: Look Back", "learn.block_without_text unit.toml: block look-back"),
        ("unit.md", "::: look-back", "::: Look-Back", "learn.no_id unit.md: ::: Look-Back"),
        ("unit.md", "::: look-back", "::: why-talk", "learn.twice unit.md: ::: why-talk"),
        ("unit.md", "::: look-back", "::: another", "learn.text_without_block unit.md: ::: another"),
        ("unit.md", "## Look back", "Look back", "learn.no_heading unit.md: ::: look-back"),
        ("unit.md", "Draw it.", "Draw <b>it</b>.", "learn.html unit.md: ::: your-map"),
        ("unit.md", "Draw it.", "<script>draw()</script>", "learn.html unit.md: ::: your-map"),
        ("unit.md", "Draw it.", "![](map.png)", "learn.no_alt unit.md: ::: your-map"),
        ("unit.md", "Draw it.", "[Draw](source:nobody) it.", "learn.no_link unit.md: ::: your-map"),
        ("unit.md", "Draw it.", "[Draw](http://example.org) it.", "learn.no_link unit.md: ::: your-map"),
        ("unit.md", "(#what-you-think)", "(#what-they-think)", "learn.no_link unit.md: ::: why-talk"),
        ("unit.md", " [a study found](source:study-2025)", "", "learn.source_unused unit.toml: source study-2025"),
        (
            "unit.md",
            "Draw it.",
            "Institutionalised conceptualisations notwithstanding, intersubjectivity presupposes reciprocity.",
            "learn.hard unit.md: ::: your-map",
        ),
        ("unit.md", "Answer before you read on.", "word " * 2400, "learn.minutes unit.toml: block what-you-think"),
        (
            "unit.toml",
            'id = "why-talk"\nminutes = 1',
            'id = "why-talk"\nminutes = 9',
            "learn.minutes unit.toml: block why-talk",
        ),
        ("unit.toml", "hours = 0.75", "hours = 2", "learn.hours unit.toml: hours"),
        ("unit.toml", "hours = 0.75", "hours = true", "learn.lacks unit.toml: hours"),
        ("unit.toml", "number = 1", "number = 1.5", "learn.lacks unit.toml: number"),
        ("unit.toml", "number = 1", "number = [", "learn.no_toml unit.toml"),
        (
            "unit.toml",
            'objectives = ["say why a talk is worth it"]',
            "objectives = []",
            "learn.lacks unit.toml: objectives",
        ),
        ("unit.toml", 'kind = "quiz"', 'kind = "game"', "learn.no_kind unit.toml: block what-you-think"),
        ("unit.toml", 'estimate = "a minute an item"', "", "learn.no_estimate unit.toml: block what-you-think"),
        ("unit.toml", 'tool = "map"', "", "learn.no_tool unit.toml: block your-map"),
        (
            "unit.toml",
            'items = ["last-stranger", "first-word"]',
            "items = []",
            "learn.nothing_to_do unit.toml: block look-back",
        ),
        (
            "unit.toml",
            'items = ["last-stranger", "first-word"]',
            'items = ["nobody"]',
            "learn.no_item unit.toml: block look-back",
        ),
        (
            "unit.toml",
            'items = ["last-stranger", "first-word"]',
            'items = ["nobody"]',
            "learn.unused worksheet.toml: last-stranger",
        ),
        ("unit.toml", 'id = "study-2025"', 'name = "study-2025"', "learn.no_id unit.toml: source 1"),
        ("unit.toml", "https://pudding.cool", "pudding.cool", "learn.no_address unit.toml: source study-2025"),
        ("unit.toml", "year = 2025", "", "learn.lacks unit.toml: source study-2025"),
        ("unit.toml", 'first-talk = "why-talk"', 'first-talk = "gone"', "learn.renamed unit.toml: renamed first-talk"),
        (
            "unit.toml",
            'first-talk = "why-talk"',
            'look-back = "why-talk"',
            "learn.renamed unit.toml: renamed look-back",
        ),
        ("quiz.toml", 'kind = "many"', 'kind = "some"', "learn.no_kind quiz.toml: item many"),
        ("quiz.toml", 'id = "many"', 'id = "one"', "learn.twice quiz.toml: item one"),
        ("quiz.toml", 'ask = "Which help?"', "", "learn.lacks quiz.toml: item many"),
        ("quiz.toml", 'hints = ["There are two."]', "", "learn.no_hint quiz.toml: item many"),
        ("quiz.toml", 'says = "Both are heard."', "", "learn.no_feedback quiz.toml: item many, option turns"),
        ("quiz.toml", 'text = "Taking turns"', "", "learn.lacks quiz.toml: item many, option turns"),
        ("quiz.toml", 'text = "Sameness"', "", "learn.lacks quiz.toml: item match, partner sameness"),
        (
            "quiz.toml",
            '[[item.option]]\nid = "quite"\ntext = "Quite"\nsays = "Take somebody along who is not."',
            "",
            "learn.few_options quiz.toml: item sure",
        ),
        ("quiz.toml", 'one = "better"', 'one = "best"', "learn.no_key quiz.toml: item one"),
        ("quiz.toml", 'one = "better"', "", "learn.no_key quiz.toml: item one"),
        ("quiz.toml", 'one = "better"', "one = true", "learn.no_key quiz.toml: item one"),
        ("quiz.toml", 'one = "better"', 'one = "better"\nsure = "quite"', "learn.no_key quiz.toml: item sure"),
        ("quiz.toml", 'one = "better"', 'one = "better"\nother = "x"', "learn.key_of_nothing quiz.toml: key other"),
        ("quiz.toml", 'many = ["turns", "stories"]', 'many = ["turns", "turns"]', "learn.no_key quiz.toml: item many"),
        ("quiz.toml", '"talk", "commit"]', '"talk"]', "learn.no_key quiz.toml: item order"),
        ("quiz.toml", 'equity = "difference"', 'equity = "nobody"', "learn.no_key quiz.toml: item match"),
        ("quiz.toml", "value = 6", 'value = "six"', "learn.no_key quiz.toml: item number"),
        ("quiz.toml", 'short = [["listen", "hear"]]', "short = [[]]", "learn.no_key quiz.toml: item short"),
        ("quiz.toml", 'low = "More than that."', "", "learn.no_feedback quiz.toml: item number"),
        (
            "quiz.toml",
            'missing = "Say it with one word: what do your ears do?"',
            "",
            "learn.no_feedback quiz.toml: item short",
        ),
        ("quiz.toml", 'scenario = ["wave", "ask-why"]', 'scenario = ["nod"]', "learn.no_key quiz.toml: item scenario"),
        ("quiz.toml", 'to = "table"', 'to = "chair"', "learn.no_scene quiz.toml: item scenario, scene door"),
        ("quiz.toml", 'to = "table"', 'to = "end"', "learn.scene_unreached quiz.toml: item scenario, scene table"),
        (
            "quiz.toml",
            'says = "They tell you."\nto = "end"',
            'says = "They tell you."\nto = "table"',
            "learn.scene_without_end quiz.toml: item scenario, scene table",
        ),
        ("quiz.toml", 'id = "ask-why"', 'id = "wave"', "learn.twice quiz.toml: item scenario"),
        ("worksheet.toml", "lens = ", "lense = ", "learn.lacks worksheet.toml: prompt last-stranger"),
        (
            "worksheet.toml",
            'ask = "Who was it?"',
            'ask = "Who was it?"\nvisibility = "world"',
            "learn.no_visibility worksheet.toml: prompt last-stranger",
        ),
        ("worksheet.toml", "alone = ", "lonely = ", "learn.lacks worksheet.toml: task one-talk"),
        ("worksheet.toml", 'review = ["What surprised you?"]', "", "learn.lacks worksheet.toml: task one-talk"),
        ("worksheet.toml", 'id = "last-stranger"', 'id = "why-talk"', "learn.twice unit.toml: why-talk"),
    ],
)
def test_each_fault_is_told_where_it_stands(file: str, old: str, new: str, wrong: str) -> None:
    assert wrong in spoiled(file, old, new)


def test_a_scenario_needs_scenes() -> None:
    start = FILES["quiz.toml"].index("[[item.scene]]")
    end = FILES["quiz.toml"].index('[[item]]\nid = "sure"')
    texts = FILES | {"quiz.toml": FILES["quiz.toml"][:start] + FILES["quiz.toml"][end:]}
    assert "learn.few_options quiz.toml: item scenario" in faults(texts)


def test_all_faults_are_told_at_once_and_as_sentences() -> None:
    found = faults({})
    assert {"learn.no_title unit.md", "learn.lacks unit.toml: id", "learn.lacks unit.toml: hours"} <= {*found}
    with pytest.raises(FaultsFound) as told:
        read_unit(FILES | {"unit.toml": "[[block]]\nid = 3", "quiz.toml": "item = 3", "worksheet.toml": "task = [1]"})
    assert all(str(fault) for fault in told.value.faults)


def test_what_reaches_a_page_has_neither_the_key_nor_what_is_said_of_an_answer() -> None:
    unit = read()
    for id, item in unit.items.items():
        public = repr(item.public())
        key = unit.keys[id]
        says = [each.says for each in (*item.options, *(choice for scene in item.scenes for choice in scene.choices))]
        says += [key.well, key.low, key.high, key.missing, *item.hints, item.sharper, item.worked]
        assert not [each for each in says if each and each in public]
    order = [option["id"] for option in unit.items["order"].public()["options"]]
    assert order == ["arrive", "commit", "talk"]
    assert unit.items["scenario"].public()["scene"]["id"] == "door"
    assert unit.items["scenario"].scene("table")["choices"] == [{"id": "ask-why", "text": "Ask what brought them"}]


def test_the_version_of_a_unit_is_another_one_as_soon_as_anything_in_its_texts_is() -> None:
    changed = {read(file, old, f"{old} ").version for file, old in (("unit.md", "Draw it."), ("quiz.toml", "[key]"))}
    assert len({read().version, *changed}) == 3
    assert read().version == read().version != ""

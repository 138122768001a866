"""A unit on paper: whole, with room to write, without one answer, in any language."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from relexp.exchange.unit_print import unit_page
from relexp.exchange.unit_words import Edition, edition
from relexp.exchange.units import load_units
from relexp.learning.reading import read_unit
from relexp.learning.unit import Unit
from relexp.learning.wording import worded
from relexp.messages.language import sentences, to_learners
from tests.learning.made_up import FILES
from tests.learning.pseudo import pseudo

MODULE = Path(__file__).parents[2] / "modules" / "across-difference"
UNIT = read_unit(FILES)
UNITS = [UNIT, *load_units(MODULE)]


VOID = {"meta", "img", "br"}


class Words(HTMLParser):
    """The words that are read on a page, by eye or aloud, each piece with where it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[tuple[str, str]] = []
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag not in VOID:
            self._within.append(known.get("class") or tag)
        self.pieces += [(name, text) for name in ("alt", "aria-label", "title") if (text := known.get(name))]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._within.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and "style" not in self._within:
            self.pieces.append((" ".join(self._within), data.strip()))


def read(page: str) -> list[tuple[str, str]]:
    """The pieces of words on a page."""
    words = Words()
    words.feed(page)
    return words.pieces


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.id)
@pytest.mark.parametrize("large", [False, True])
def test_no_answer_is_on_paper_and_nothing_that_is_said_of_one(unit: Unit, large: bool) -> None:
    page = " ".join(text for _, text in read(unit_page(unit, unit.sources, large)))
    for item in unit.items.values():
        choices = [choice for scene in item.scenes for choice in scene.choices]
        says = [each.says for each in (*item.options, *choices)] + [*item.hints, item.sharper, item.worked]
        key = unit.keys[item.id]
        assert [
            each for each in (*says, key.well, key.low, key.high, key.missing) if len(each) > 20 and each in page
        ] == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.id)
def test_every_block_question_prompt_task_and_source_is_on_paper(unit: Unit) -> None:
    page = unit_page(unit, unit.sources)
    words = re.sub(r"\s+", " ", " ".join(text for _, text in read(page))).replace(" ,", ",")
    asked = [item.ask for item in unit.items.values()] + [prompt.ask for prompt in unit.prompts.values()]
    for text in [
        unit.title,
        *(block.title for block in unit.blocks),
        *asked,
        *(task.do for task in unit.tasks.values()),
    ]:
        plain = re.sub(r"[*_]", "", text)
        assert plain[:40] in words, text
    assert [source.address for source in unit.sources.values() if source.address not in words] == []
    assert page.count('class="ruled"') >= sum(prompt.lines for prompt in unit.prompts.values())


def test_a_page_holds_all_it_needs_and_no_script() -> None:
    unit = UNITS[-1]
    page = unit_page(unit, unit.sources, folder=MODULE / f"{unit.number:02}-{unit.id}")
    assert not re.search(r"<script|<link|src=\"(?!data:)|url\(|@import", page)
    assert "data:image/svg+xml;base64," in page


def test_a_picture_that_is_not_there_is_told_in_its_words() -> None:
    assert '<span class="picture">A line with two people on it</span>' in unit_page(UNIT, UNIT.sources)


def test_a_fact_has_the_number_of_its_source_and_a_link_within_is_only_its_words() -> None:
    page = unit_page(UNIT, UNIT.sources)
    assert "a study found<sup>1</sup>" in page
    assert "See the quiz." in page
    assert "#what-you-think" not in page


def test_what_looks_like_html_in_a_unit_is_only_letters() -> None:
    text = FILES["unit.toml"].replace("say why a talk is worth it", "say <b>why</b> & <script>")
    page = unit_page(read_unit(FILES | {"unit.toml": text}), {})
    assert "say &lt;b&gt;why&lt;/b&gt; &amp; &lt;script&gt;" in page


def test_in_large_print_a_cell_says_its_columns_heading() -> None:
    page = unit_page(UNIT, UNIT.sources, large=True)
    assert '<body class="large large-print">' in page
    assert '<td data-head="who">two</td>' in page


def test_urdu_runs_from_right_to_left_and_is_marked_as_a_draft_in_both_languages() -> None:
    unit = UNITS[1]
    page = unit_page(edition(MODULE / "00-start", unit, "ur"), unit.sources)
    assert '<html lang="ur" dir="rtl">' in page
    assert "Draft translation, not yet read by a speaker." in page
    assert sentences("ur")["words.read_draft"] in page
    assert sentences("ur")["words.read_objectives"] in page


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.id)
def test_nothing_is_left_in_english_on_a_page_of_a_unit_in_a_made_up_language(unit: Unit) -> None:
    language = {code: pseudo(text) for code, text in to_learners().items()}
    read_in = Edition(worded(unit, lambda _, text: pseudo(text)), "qps")
    page = unit_page(read_in, unit.sources, own=language)
    # Sources keep their names, the letters to answer by are A to D, and a gap is a number.
    left = [
        (within, text)
        for within, text in read(page)
        if "sources" not in within and re.search(r"[A-Za-z]", re.sub(r"^[A-Z]$|\(?https://\S+\)?", "", text))
    ]
    assert left == []

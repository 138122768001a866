"""The phone pages speak every language that has a file, whole, and say so where no speaker has read it yet."""

from __future__ import annotations

import asyncio
import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from jinja2.ext import babel_extract

from relexp.messages import TEMPLATES
from relexp.privacy.consent import PURPOSES, WORDING
from relexp.server import after, check_in
from relexp.server.front.renderer import Renderer
from relexp.server.languages import ENGLISH, LOCALE, languages
from relexp.server.places import TEMPLATES as PAGES

PHONE = ("busy", "card", "card_nothing", "card_now", "check_in", "find_name", "phone", "woven", "woven_words")
OWN = ("after", "ask", "line", "mine", "own_parts", "questions")
ROW = ("row", "row_form", "row_gone")
SCREEN = ("projector", "projector_now")
AROUND = ("index.html.j2", "broken.html")
OTHERS = languages()[1:]
UNITS = Path(__file__).parents[2] / "notebooks" / "units"


def sentences() -> Iterator[str]:
    """All that the pages for phones say."""
    for page in (*(f"{name}.html" for name in (*PHONE, *OWN, *ROW, *SCREEN)), *AROUND):
        with (PAGES / page).open("rb") as file:
            for _, _, words, _ in babel_extract(file, ("_",), [], {}):
                if isinstance(words, tuple):
                    words = words[0]
                # What is said by a name, such as a question, is among the others below.
                if words:
                    yield words
    for name in ("DESK", "NO_NAME", "NO_PLAN", "NO_ADULT", "TAKEN", "WHICH", "SLOWLY"):
        yield getattr(check_in, name)
    for purpose in PURPOSES:
        yield TEMPLATES[f"paper.yes_{purpose.key}"]
        yield TEMPLATES[f"paper.consent_{purpose.key}"]
    yield from (after.NO_REACH, after.NOBODY)
    yield from (said for code, said in TEMPLATES.items() if code.startswith(("prompt.", "ask.", "own.")))
    # What a house has not renamed is said in the language of the page.
    row = ("lead.row_", "lead.stage_", "lead.training_", "lead.habit_", "lead.following_")
    yield from (said for code, said in TEMPLATES.items() if code.startswith(row) and code != "lead.stage_needs")
    yield from (TEMPLATES[code] for code in ("reflect.axis", "reflect.long", "lead.no_day"))


def asked() -> Iterator[str]:
    """All that is said, in every language, to whoever is asked for a yes."""
    page = (PAGES / "check_in.html").read_text("utf-8")
    box = page[page.index('<fieldset class="consent">') : page.index("</fieldset>")]
    of_page = re.findall(r'_\("([^"]+)"', box)
    of_paper = [said for code, said in sorted(TEMPLATES.items()) if code.startswith(("paper.yes_", "paper.consent_"))]
    for language in languages():
        yield from (language.sentences.get(said, said) for said in (*of_page, *of_paper))


def test_other_words_for_what_people_say_yes_to_are_another_wording():
    # Where this fails, give WORDING in relexp/privacy/consent.py its next number, and put both here.
    found = hashlib.sha256("\n".join(asked()).encode()).hexdigest()[:16]
    assert (WORDING, found) == ("2026-2", "c7ef2c2c095c70c0")


def gaps(sentence: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)s|\{\w+\}", sentence))


@pytest.mark.parametrize("language", OTHERS, ids=lambda language: language.code)
def test_every_sentence_is_there_with_its_gaps_and_none_that_nothing_says(language):
    said = set(sentences())
    assert set(language.sentences) == said
    for sentence in said:
        assert gaps(language.sentences[sentence]) == gaps(sentence), sentence


class Enough(Exception):
    """What stands around an app has been sent; no Python is needed to see it."""


def around(notebook: str) -> str:
    """What somebody sees at once when they open a notebook of the units."""
    seen: list[str] = []

    async def start():
        raise Enough

    async def flush():
        pass

    async def read():
        with suppress(Enough):
            async for piece in Renderer(UNITS / notebook, base="/", contents=None).pieces("a-kernel", start, flush):
                seen.append(piece)

    asyncio.run(read())
    return "".join(seen)


@pytest.mark.parametrize(
    ("notebook", "first", "waiting"),
    [
        ("00-start.ipynb", "First page", "Getting the table ready…"),
        ("00-start.cy.ipynb", "Tudalen gyntaf", "Wrthi’n paratoi’r bwrdd…"),
        ("00-start.ur.ipynb", "پہلا صفحہ", "میز تیار کی جا رہی ہے…"),
    ],
)
def test_what_stands_around_an_app_is_in_the_language_of_its_notebook(notebook, first, waiting):
    page = around(notebook)
    assert f">{first}</a>" in page
    assert f'<p id="loading">{waiting}</p>' in page


def test_languages_are_called_what_their_speakers_call_them():
    assert [(each.code, each.name, each.direction) for each in languages()] == [
        ("en", "English", "ltr"),
        ("cy", "Cymraeg", "ltr"),
        ("ur", "اردو", "rtl"),
    ]


def test_a_third_language_is_one_file_and_no_draft_once_a_speaker_has_read_it(tmp_path):
    shutil.copy(LOCALE / "cy.po", tmp_path / "cy.po")
    text = (LOCALE / "cy.po").read_text("utf-8")
    (tmp_path / "pl.po").write_text(text.replace("#, fuzzy\n", "").replace("Language: cy", "Language: pl"), "utf-8")
    english, welsh, polish = languages(tmp_path)
    assert english == ENGLISH
    assert (welsh.draft, polish.draft) == (True, False)
    assert polish.name == "Polski"


def test_what_fills_a_gap_is_escaped_and_a_sentence_without_translation_is_english():
    assert ENGLISH("Hello %(name)s", name="<b>") == "Hello &lt;b&gt;"
    assert ENGLISH("100% of <i>") == "100% of &lt;i&gt;"

"""The record of learning as Chromium prints it: whole, in every script, and readable on a phone."""

from __future__ import annotations

import re
from datetime import date

import pypdfium2
import pytest
from playwright.sync_api import Browser

from relexp.exchange.learner_print import learner_page
from relexp.learning.record import Confirmation, record
from tests.browser.test_paper import A4, ARABIC, CUT, UNSEEN
from tests.learning.test_hours import SECOND, UNITS
from tests.learning.test_record import everything

MODULE = "Across difference: meeting, listening, acting together"
NAMES = (
    "Maria del Carmen Fernández de la Vega y Rodríguez-Santibáñez",
    "عبد الرحمن بن محمد الأنصاري",
    "মোহাম্মদ মামুন চৌধুরী রহিমা খাতুন নাসরিন আখতার বেগম",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "<img src=x onerror=alert(1)>",
)


def written(name: str) -> str:
    said = Confirmation(date(2026, 11, 20), name, 1500.0, "W" * 300)
    told = record(UNITS, everything() + everything(SECOND.id, 600), f"{name}\n" + "I ask first. " * 200, [said])
    return learner_page(told, name, MODULE, date(2026, 11, 26)).decode()


@pytest.mark.parametrize("name", NAMES)
def test_the_record_prints_whole_in_every_script(chromium: Browser, name: str) -> None:
    page = chromium.new_page(viewport=A4)
    page.emulate_media(media="print")
    page.set_content(written(name))
    assert page.evaluate(CUT) == []
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    page.close()
    text = "".join(UNSEEN.sub("", sheet.get_textpage().get_text_range()) for sheet in document)
    assert len(document) in (2, 3)
    document.close()
    for told in (MODULE, "Went out to people", "1. Meeting a stranger", "not an accredited qualification", "25 h"):
        assert UNSEEN.sub("", told) in text
    if re.fullmatch(r"[\u0000-\u024f]+", name):
        assert UNSEEN.sub("", name) in text
    elif ARABIC.search(name):
        assert len(ARABIC.findall(text)) >= 3 * len(ARABIC.findall(name))


@pytest.mark.parametrize("wide", [390, 1280])
@pytest.mark.parametrize("name", NAMES)
def test_the_record_is_read_on_a_screen_without_moving_it_sideways(chromium: Browser, name: str, wide: int) -> None:
    page = chromium.new_page(viewport={"width": wide, "height": 900})
    page.set_content(written(name))
    assert page.evaluate("document.documentElement.scrollWidth") <= wide
    assert page.evaluate("getComputedStyle(document.querySelector('.own')).direction") == (
        "rtl" if ARABIC.search(name) else "ltr"
    )
    page.close()

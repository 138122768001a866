"""What a learner wrote comes out whole, as a text and on paper, with nothing of it taken for HTML."""

from __future__ import annotations

from datetime import date

from relexp.exchange.own_words import own_page, own_text
from relexp.learning.own_words import Words

WORDS = (
    Words("Start here", "Who asked you?", "My aunt.\nShe said: <b>come</b>."),
    Words("Start here", "What worries you?", "مطبخ جدتي"),
    Words("Sameness and difference", "What felt the same?", "The queue."),
)


def test_as_a_text_each_piece_stands_below_what_was_asked_and_each_unit_once() -> None:
    text = own_text(WORDS).decode("utf-8-sig")
    assert text.count("Start here") == 1
    assert text.index("Who asked you?") < text.index("My aunt.") < text.index("What worries you?")
    assert "مطبخ جدتي" in text
    assert own_text(()) == b"\xef\xbb\xbf"


def test_on_paper_it_is_escaped_and_has_its_day() -> None:
    page = own_page(WORDS, date(2026, 11, 26)).decode()
    assert "She said: &lt;b&gt;come&lt;/b&gt;." in page
    assert page.count("<h2>") == 2
    assert "26 November 2026" in page

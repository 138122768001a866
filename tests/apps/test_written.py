"""What is written in the module reaches the page as it is meant, and nothing else does."""

from __future__ import annotations

from relexp.apps.written import written


def test_headings_stand_below_those_of_the_page() -> None:
    assert written("## What to do") == "<h3>What to do</h3>\n"
    assert written("###### Small", below=3) == "<h6>Small</h6>\n"


def test_html_is_shown_as_it_was_typed() -> None:
    assert "<script>" not in written("<script>alert(1)</script>\n\nand <b>bold</b>")
    assert "&lt;b&gt;" in written("and <b>bold</b>")


def test_links_lead_to_the_web_and_nowhere_else() -> None:
    assert 'href="https://example.org"' in written("[words](https://example.org)")
    for address in ("javascript:alert(1)", "data:text/html,x", "file:///etc", "//example.org", "#here"):
        assert "href" not in written(f"[words]({address})")


def test_of_an_image_only_its_words_are_shown() -> None:
    assert written('![A <map>](https://example.org/a.png "t")') == "<p>A &lt;map&gt;</p>\n"


def test_tables_lists_and_quotes_are_what_they_are() -> None:
    text = "> said\n\n- one\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    for element in ("<blockquote>", "<li>one</li>", "<th>a</th>", "<td>2</td>"):
        assert element in written(text)

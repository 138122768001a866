"""What a person typed reaches a page as text, never as HTML."""

import ast
from pathlib import Path

import pytest
from markupsafe import Markup

import relexp.apps
from relexp.apps.html import join, sentence, tag, typed
from relexp.apps.widgets import Fragment
from relexp.messages import say

NASTY = "<img src=x onerror=\"alert(1)\"> & 'Zoë'"


def test_text_inside_an_element_and_in_its_attributes_is_escaped():
    made = tag("p", NASTY, title=NASTY)
    assert "<img" not in made
    assert made.count("&lt;img") == 2
    assert '"alert' not in made


def test_a_name_keeps_its_own_direction_wherever_it_stands():
    assert typed("محمد") == Markup("<bdi>محمد</bdi>")


def test_the_words_in_a_sentence_s_gaps_are_escaped_and_numbers_stay_numbers():
    said = sentence(say("app.read", people=54, name=NASTY))
    assert said.startswith("54 people from <bdi>&lt;img")


def test_pieces_are_joined_without_losing_what_is_already_built():
    assert join((tag("b", "a"), "<"), " & ") == Markup("<b>a</b> &amp; &lt;")


def test_an_attribute_that_is_none_or_false_is_left_out_and_true_stands_alone():
    assert tag("details", open=True, class_=None, hidden=False) == Markup("<details open></details>")


def test_an_element_that_holds_nothing_is_not_closed_in_html_and_a_path_is():
    assert tag("br") == Markup("<br>")
    assert tag("path", d="M0 0") == Markup('<path d="M0 0"></path>')


def test_a_piece_of_page_takes_nothing_but_what_the_builder_made():
    piece = Fragment()
    with pytest.raises(TypeError):
        piece.show("<b>not built here</b>")
    piece.show(tag("b", "built"))
    assert piece.value == "<b>built</b>"
    piece.show(None)
    assert (piece.value, piece.layout.display) == ("", "none")


def test_no_other_modules_of_the_apps_build_html():
    folder = Path(relexp.apps.__file__).parent
    for module in folder.glob("*.py"):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        calls = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        texts = [
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        # The other one makes it of our own Markdown, in which HTML is no HTML.
        if module.name not in ("html.py", "written.py"):
            assert "Markup" not in calls, module.name
            assert not [text for text in texts if "</" in text or "<p" in text], module.name

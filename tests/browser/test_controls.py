"""Every control of ipywidgets, and anywidget, does on our page what it does in a notebook, both ways."""

from __future__ import annotations

import importlib.util
import inspect
import sys
from pathlib import Path
from types import ModuleType

import ipywidgets
import pytest
from playwright.sync_api import Locator, Page

from tests.browser.visiting import until

# Not on the page, and why.
EXCUSED = {
    "Controller": "needs a gamepad",
    **dict.fromkeys(("Widget", "DOMWidget", "ValueWidget", "CoreWidget"), "never shown themselves"),
    **dict.fromkeys(("Box", "HBox", "VBox", "GridBox", "Tab", "Accordion", "Stack"), "see the containers"),
    **dict.fromkeys(("AppLayout", "GridspecLayout", "TwoByTwoLayout"), "see the containers"),
    **dict.fromkeys(("Output", "interactive"), "see their own tests"),
}


def desk() -> ModuleType:
    """The module behind the notebook, to know what it shows."""
    spec = importlib.util.spec_from_file_location("desk", Path(__file__).parent / "notebooks" / "desk.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def press(control: Locator, key: str) -> None:
    control.press(key)


def enter(control: Locator, text: str) -> None:
    control.fill(text)
    control.press("Enter")


def choose(page: Page, control: Locator) -> None:
    with page.expect_file_chooser() as chooser:
        control.click()
    chooser.value.set_files([{"name": "a.csv", "mimeType": "text/csv", "buffer": b"name\nZo\xc3\xab"}])


SLIDERS = ("IntSlider", "FloatSlider", "FloatLogSlider", "IntRangeSlider", "FloatRangeSlider", "SelectionSlider")
SLIDERS += ("SelectionRangeSlider",)

# What a visitor does with each control, and what Python then hears.
BY_HAND = {
    "IntSlider": (lambda page, box: press(box.get_by_role("slider"), "ArrowRight"), "IntSlider=2"),
    "FloatSlider": (lambda page, box: press(box.get_by_role("slider"), "ArrowRight"), "FloatSlider=1.1"),
    "FloatLogSlider": (lambda page, box: press(box.get_by_role("slider"), "ArrowRight"), "FloatLogSlider=12.58"),
    "IntRangeSlider": (lambda page, box: press(box.get_by_role("slider").last, "ArrowRight"), "IntRangeSlider=(1, 4)"),
    "FloatRangeSlider": (
        lambda page, box: press(box.get_by_role("slider").first, "ArrowRight"),
        "FloatRangeSlider=(1.1, 3.0)",
    ),
    "SelectionSlider": (lambda page, box: press(box.get_by_role("slider"), "ArrowRight"), "SelectionSlider='b'"),
    "SelectionRangeSlider": (
        lambda page, box: press(box.get_by_role("slider").last, "ArrowRight"),
        "SelectionRangeSlider=(0, 3)",
    ),
    "IntText": (lambda page, box: enter(box.get_by_role("spinbutton"), "4"), "IntText=4"),
    "FloatText": (lambda page, box: enter(box.get_by_role("spinbutton"), "4.5"), "FloatText=4.5"),
    "BoundedIntText": (lambda page, box: enter(box.get_by_role("spinbutton"), "4"), "BoundedIntText=4"),
    "BoundedFloatText": (lambda page, box: enter(box.get_by_role("spinbutton"), "4.5"), "BoundedFloatText=4.5"),
    "ToggleButton": (lambda page, box: box.click(), "ToggleButton=True"),
    "Checkbox": (lambda page, box: box.get_by_label("Checkbox").click(), "Checkbox=True"),
    "Dropdown": (lambda page, box: box.get_by_label("Dropdown").select_option("b"), "Dropdown='b'"),
    "RadioButtons": (lambda page, box: box.get_by_label("b", exact=True).click(), "RadioButtons='b'"),
    "Select": (lambda page, box: box.get_by_label("Select").select_option("b"), "Select='b'"),
    "SelectMultiple": (lambda page, box: box.locator("select").select_option(["a", "b"]), "SelectMultiple=('a', 'b')"),
    "ToggleButtons": (lambda page, box: box.get_by_role("button", name="b").click(), "ToggleButtons='b'"),
    "Text": (lambda page, box: box.get_by_label("Text").fill("Amína"), "Text='Amína'"),
    "Textarea": (lambda page, box: box.get_by_label("Textarea").fill("one\ntwo"), "Textarea='one\\ntwo'"),
    "Combobox": (lambda page, box: box.get_by_label("Combobox").fill("apple"), "Combobox='apple'"),
    "Password": (lambda page, box: box.get_by_label("Password").fill("hush"), "Password='hush'"),
    "Play": (lambda page, box: box.get_by_role("button", name="Play: Play").click(), "Play="),
    "TagsInput": (lambda page, box: enter(box.get_by_role("combobox"), "new"), "TagsInput=['x', 'new']"),
    "ColorsInput": (lambda page, box: enter(box.get_by_role("combobox"), "red"), "ColorsInput=['blue', 'red']"),
    "IntsInput": (lambda page, box: enter(box.get_by_role("combobox"), "3"), "IntsInput=[1, 3]"),
    "FloatsInput": (lambda page, box: enter(box.get_by_role("combobox"), "3.5"), "FloatsInput=[1.0, 3.5]"),
    "DatePicker": (lambda page, box: box.locator("input").fill("2026-12-24"), "DatePicker=datetime.date(2026, 12, 24)"),
    "TimePicker": (lambda page, box: box.locator("input").fill("19:30"), "TimePicker=datetime.time(19, 30)"),
    "DatetimePicker": (
        lambda page, box: box.locator("input").fill("2026-12-24T19:30"),
        "DatetimePicker=datetime.datetime(2026, 12, 24, 19, 30, tzinfo=",
    ),
    "NaiveDatetimePicker": (
        lambda page, box: box.locator("input").fill("2026-12-24T19:30"),
        "NaiveDatetimePicker=datetime.datetime(2026, 12, 24, 19, 30)",
    ),
    "ColorPicker": (lambda page, box: enter(box.locator("input[type=text]"), "#abcdef"), "ColorPicker='#abcdef'"),
    "FileUpload": (choose, "FileUpload=[('a.csv', b'name\\nZo\\xc3\\xab')]"),
    "Button": (lambda page, box: box.click(), "Button pressed"),
}

VALUE = "box => box.querySelector('input, select, textarea').value"
SHOWN = "box => box.querySelector('.widget-readout').textContent"
TEXT = "box => box.textContent"
ON = "box => [box, ...box.querySelectorAll('button')].find((one) => one.ariaPressed === 'true')?.textContent"
TAGS = "box => [...box.querySelectorAll('.jupyter-widget-tag:not(input)')].map((tag) => tag.textContent || tag.style.backgroundColor).join()"
PART = "box => box.querySelector('[role=progressbar]').ariaValueNow"
PICKED = "box => [...box.querySelectorAll(':checked')].map((one) => one.value).join()"

# What the page shows of each control when Python has set it.
BY_PYTHON = {
    "IntSlider": (SHOWN, "5"),
    "FloatSlider": (SHOWN, "5.50"),
    "FloatLogSlider": (SHOWN, "1.00e+3"),
    "IntRangeSlider": (SHOWN, "4 – 6"),
    "FloatRangeSlider": (SHOWN, "4.50 – 6.00"),
    "SelectionSlider": (SHOWN, "c"),
    "SelectionRangeSlider": (SHOWN, "3-4"),
    "IntProgress": (PART, "67"),
    "FloatProgress": (PART, "50"),
    "IntText": (VALUE, "5"),
    "FloatText": (VALUE, "5.5"),
    "BoundedIntText": (VALUE, "5"),
    "BoundedFloatText": (VALUE, "5.5"),
    "ToggleButton": (ON, "ToggleButton"),
    "Checkbox": ("box => box.querySelector('input').checked", True),
    "Valid": ("box => box.classList.contains('mod-valid')", True),
    "Dropdown": (VALUE, "c"),
    "RadioButtons": (PICKED, "2"),
    "Select": (VALUE, "c"),
    "SelectMultiple": (PICKED, "b,c"),
    "ToggleButtons": (ON, "c"),
    "Text": (VALUE, "Zoë"),
    "Textarea": (VALUE, "Zoë\nand Bo"),
    "Combobox": (VALUE, "pear"),
    "Password": (VALUE, "secret"),
    "Label": (TEXT, "a label"),
    "HTML": ("box => box.querySelector('b').textContent", "bold"),
    "HTMLMath": ("box => box.querySelector('i')?.textContent + box.querySelector('mfrac')?.textContent", "half12"),
    "Image": ("box => box.naturalWidth", 2),
    # Where a sound or film lies tells its bytes apart: a new place for new ones.
    "Audio": ("box => box.src !== box.dataset.before", True),
    "Video": ("box => box.src !== box.dataset.before", True),
    "TagsInput": (TAGS, "y,z"),
    "ColorsInput": (TAGS, "red,green"),
    "IntsInput": (TAGS, "5,6"),
    "FloatsInput": (TAGS, "5.5"),
    "DatePicker": (VALUE, "2026-11-22"),
    "TimePicker": (VALUE, "10:11"),
    "DatetimePicker": (VALUE, "2026-11-22T10:11"),
    "NaiveDatetimePicker": (VALUE, "2026-11-22T10:11"),
    "ColorPicker": (VALUE, "#445566"),
    "FileUpload": (TEXT, "FileUpload (0)"),
}


@pytest.fixture(scope="module", autouse=True)
def _desk_is_forgotten():
    yield
    sys.modules.pop("desk", None)


def test_no_control_is_left_out():
    shown = set(desk().MADE)
    every = {
        name
        for name, one in vars(ipywidgets).items()
        if inspect.isclass(one) and issubclass(one, ipywidgets.DOMWidget) and not name.startswith("_")
    }
    assert every - shown - set(EXCUSED) == set()
    assert set(BY_HAND) | set(BY_PYTHON) == shown


def test_python_hears_what_is_done_with_each_control(visit_notebook):
    page = visit_notebook().open_notebook("controls")
    heard = {}
    for name, (act, words) in BY_HAND.items():
        act(page, page.locator(f"main .{name}"))
        log = page.locator(".log")
        try:
            log.get_by_text(words).wait_for(timeout=5000)
        except Exception:
            heard[name] = log.inner_text()
        if name == "Play":
            page.get_by_role("button", name="Play: Pause").click()
            page.wait_for_timeout(200)
    assert heard == {}


def test_the_page_shows_what_python_sets(visit_notebook):
    page = visit_notebook().open_notebook("controls")
    page.evaluate("document.querySelectorAll('audio, video').forEach((one) => { one.dataset.before = one.src; })")
    wrong = {}
    for name, (look, expected) in BY_PYTHON.items():
        tell = page.get_by_label("tell")
        tell.fill(name)
        tell.press("Enter")
        page.locator(".log").get_by_text(f"told {name}", exact=True).wait_for(timeout=5000)
        box = page.locator(f"main .{name}")
        for _ in range(40):
            seen = box.evaluate(look)
            if seen == expected:
                break
            page.wait_for_timeout(50)
        else:
            wrong[name] = seen
    assert wrong == {}


def test_anywidget_has_its_script_its_css_its_bytes_and_messages_both_ways(visit_notebook):
    page = visit_notebook().open_notebook("controls")
    box = page.locator(".counter")
    box.get_by_role("button", name="count 0, 1,2").click()
    page.locator(".log").get_by_text("counted 1").wait_for()
    box.get_by_role("button", name="send bytes").click()
    page.locator(".log").get_by_text("{'hello': 1} [b'\\x01\\x02\\x03']").wait_for()
    box.get_by_text('{"back":2} 5,6').wait_for()
    box.get_by_role("button", name="count 1, 7,8").wait_for()
    assert box.locator(".count").evaluate("(one) => getComputedStyle(one).letterSpacing") == "3px"


def test_the_output_widget_takes_text_html_markdown_a_widget_an_error_and_a_clearing(visit_notebook):
    page = visit_notebook().open_notebook("controls")
    out = page.locator(".out")
    assert out.inner_text().strip() == "from the start"
    page.get_by_role("button", name="go", exact=True).click()
    out.get_by_text("line two").wait_for()
    assert "from the start" not in out.inner_text()
    assert out.locator("b.bold").inner_text() == "html"
    out.locator("em", has_text="well").wait_for()
    slider = out.get_by_role("slider", name="inside")
    slider.press("ArrowRight")
    assert slider.get_attribute("aria-valuenow") == "8.0"
    page.get_by_role("button", name="fail").click()
    out.get_by_text("ZeroDivisionError").first.wait_for()
    assert "on purpose" in out.inner_text()
    page.get_by_role("button", name="named").click()
    out.get_by_text("'second'").wait_for()
    assert "'first'" not in out.inner_text()
    page.get_by_role("button", name="clear").click()
    until(page, "document.querySelector('.out').textContent === ''")
    assert page.evaluate("window.bad") is None


def test_tabs_folds_and_stacks_turn_by_mouse_key_and_python(visit_notebook):
    page = visit_notebook().open_notebook("controls")
    log = page.locator(".log")
    assert not page.get_by_text("inside two").is_visible()
    page.get_by_role("tab", name="Tab two").click()
    log.get_by_text("Tab 1").wait_for()
    assert page.get_by_text("inside two").is_visible()
    assert not page.get_by_text("inside one").is_visible()
    fold = page.get_by_role("button", name="Fold two")
    assert fold.get_attribute("aria-expanded") == "false"
    fold.press("Enter")
    log.get_by_text("Accordion 1").wait_for()
    assert page.get_by_text("under two").is_visible()
    until(page, "document.querySelectorAll('.Accordion [aria-expanded=true]').length === 1")
    page.get_by_role("button", name="turn").click()
    page.get_by_text("top", exact=True).wait_for()
    assert not page.get_by_text("bottom", exact=True).is_visible()
    for words in ("in a box", "in a grid", "header", "centre", "top left", "bottom right", "left", "right"):
        assert page.get_by_text(words, exact=True).is_visible()


def test_links_hold_in_the_page_and_in_python_and_interactive_answers(visit_notebook):
    page = visit_notebook().open_notebook("controls")
    page.get_by_role("slider", name="here", exact=True).press("ArrowRight")
    for name in ("there", "python", "only"):
        until(page, f"document.querySelector('[role=slider][aria-label={name}]').ariaValueNow === '1.0'")
    page.get_by_role("slider", name="x", exact=True).press("ArrowRight")
    page.locator(".added").get_by_text("sum 8").wait_for()


def test_children_come_and_threads_speak_while_nobody_asks(visit_notebook):
    page = visit_notebook().open_notebook("controls")
    for number in range(3):
        page.get_by_role("button", name="add", exact=True).click()
        page.locator(".room").get_by_text(f"child {number}").wait_for()
    page.get_by_role("button", name="later").click()
    page.get_by_text("from a thread").wait_for()
    # One that spoke while the page was still on its way is heard to the end as well.
    page.locator(".sooner").get_by_text("all steps").wait_for()


def test_what_cells_show_is_shown_and_no_script_in_it_runs(visit_notebook):
    page = visit_notebook().open_notebook("controls")
    page.locator("strong", has_text="strong").wait_for()
    until(page, "document.querySelectorAll('main math').length >= 2")
    assert page.locator("p.shown").is_visible()
    assert page.get_by_role("img", name="a square").is_visible()
    assert page.get_by_text("for the makers only").count() == 0
    assert page.evaluate("window.bad") is None
    assert page.get_by_text("'first text'").is_visible()
    page.get_by_role("button", name="change it").click()
    page.get_by_text("'second text'").wait_for()
    assert page.get_by_text("'first text'").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_every_control_has_a_name_room_for_a_thumb_and_its_place_on_the_screen(visit_notebook, size, scheme):
    window = visit_notebook(size, color_scheme=scheme)
    page = window.open_notebook("controls")
    until(page, "document.querySelectorAll('main math').length >= 2")
    window.check()
    assert page.evaluate("() => [...document.querySelectorAll('.noUi-handle')].every((one) => one.offsetWidth >= 28)")


def test_each_control_shows_where_the_keyboard_is(visit_notebook):
    page = visit_notebook().open_notebook("controls")
    page.get_by_label("tell").focus()
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            "[document.activeElement.outerHTML.slice(0, 300), getComputedStyle(document.activeElement).outlineStyle]"
        )
        if outline == "none":
            unseen.append(name)
    assert unseen == []

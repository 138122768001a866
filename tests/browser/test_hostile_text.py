"""Whatever somebody writes on a sheet, in a form or in a link, stays text: on every page, in every view."""

import csv
import io

import pytest

IMAGE = "<img src=x onerror=\"document.title='broken in'\">"
SCRIPT = "</script><script>document.title='broken in'</script>"
STATE = '"}}</script><!-- <svg onload="document.title=\'broken in\'">'
# The first turns the reading round for all that follows, the second closes an embedding nobody opened.
BIDI = "\u202egnp.exe\u202c\u2066 Zoë \u2069"
MARKS = "{{7*7}} ${7*7} <%= 7*7 %> \u0007&lt;b&gt; 'onmouseover='x"
ENDLESS = "Wołodymyra" * 1000
NASTY = (IMAGE, SCRIPT, STATE, BIDI, MARKS, ENDLESS)


def sheet(names):
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(["name", IMAGE, "came with", "under 18"])
    for place, name in enumerate(names):
        rows.writerow([name, SCRIPT if place % 2 else ENDLESS[:300], names[place % 3], ""])
    return written.getvalue().encode()


def unbroken(page):
    """Nothing that was written has become a part of the page, and the page is no wider than its screen."""
    assert page.title() != "broken in"
    assert (
        page.evaluate(
            "document.querySelectorAll('main [onerror], main [onload], main [onmouseover], main script:not([type])').length"
        )
        == 0
    )
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= screen


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_the_gathering_page_shows_hostile_names_as_names(visit, size):
    window = visit(size)
    page = window.open()
    window.choose(sheet([*NASTY, *(f"Amina {number}" for number in range(8))]), name=IMAGE + ".csv")
    page.get_by_role("button", name="Plan the evening").wait_for()
    unbroken(page)
    window.plan()
    unbroken(page)
    for view in ("By person", "By table", "By round"):
        page.get_by_text(view, exact=True).click()
        page.wait_for_timeout(200)
        unbroken(page)
        assert IMAGE in page.inner_text("main")
    page.get_by_label("Find a name").fill(SCRIPT)
    page.wait_for_timeout(300)
    unbroken(page)


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_a_faulty_sheet_is_told_of_in_words_that_stay_words(visit, size):
    window = visit(size)
    page = window.open()
    window.choose(f"name,under 18\n{IMAGE},{SCRIPT}\nBo,{STATE}\n".encode(), name=SCRIPT + ".csv")
    page.locator("#faults").wait_for()
    unbroken(page)


@pytest.mark.parametrize("size", ["laptop", "phone"])
@pytest.mark.parametrize("name", NASTY, ids=["image", "script", "state", "bidi", "marks", "endless"])
def test_the_name_on_a_link_is_only_a_name(visit, size, name):
    window = visit(size)
    page = window.page
    page.goto(window.links["facilitator"])
    page.goto(window.links["base"] + "/links")
    page.get_by_label("Their name").evaluate("(field, text) => { field.maxLength = 99999; field.value = text; }", name)
    page.get_by_role("button", name="Make the link").click()
    page.get_by_role("heading", name="The new link").wait_for()
    unbroken(page)
    page.get_by_role("button", name="Shut").last.click()
    unbroken(page)


def test_what_stands_in_an_address_is_not_put_on_the_page(visit):
    window = visit()
    page = window.page
    page.goto(window.links["base"] + "/<script>document.title='broken in'</script>?x=<img src=x onerror=1>")
    unbroken(page)
    assert "broken in" not in page.content()
    window.wrong.clear()

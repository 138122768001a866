"""A leader's own row, on a phone and on a laptop: read, answered and amended, with and without a script."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from relexp.leadership.evidence import Kind
from relexp.leadership.leader import Wording
from relexp.server.own import day
from relexp.store import open_store
from tests.browser.visiting import Running, until
from tests.server.leading import Led, led

LONG = "Wilhelmina-Konstantina Oluwaseun-Featherstonehaugh ap Llewelyn"


@pytest.fixture
def leading(server: Running) -> Iterator[type]:
    """Puts leaders into the table of the server."""
    store = open_store(server.store)
    yield lambda **more: led(store, **more)
    store.close()


def comes(window, leader: Led, language="en"):
    """The leader opens their link, in a language."""
    base = window.links["base"]
    window.page.goto(f"{base}{leader.link()}")
    window.page.goto(f"{base}/row?language={language}")
    return window.page


@pytest.mark.parametrize(
    ("size", "language", "script"),
    [("phone", "en", True), ("laptop", "en", True), ("phone", "ur", True), ("phone", "cy", False)],
)
def test_a_row_is_read_answered_and_amended(visit, leading, size, language, script):
    leader = leading()
    line = leader.line("Brought five neighbours", kind=Kind.TURNOUT, seen_by="Siân Prys")
    dare = leader.dare("Open the assembly in March")
    leader.reads(listens="often", dares="seldom")
    window = visit(size, java_script_enabled=script)
    page = comes(window, leader, language)

    def check():
        # What looks for faults is a script itself.
        if script:
            window.check()

    def follows(address):
        page.locator(f"a[href$='{address}']").first.click()
        check()

    def keeps(section):
        page.locator(".presses button").first.click()
        page.locator(f"#{section} .note[role=status]").wait_for()

    check()
    page.locator("#self_interest form button").click()
    page.locator("#self_interest .note[role=status]").wait_for()
    assert leader.leader.wording["self_interest"] is Wording.AGREED
    check()
    follows("row/words/talents")
    page.locator("textarea").fill("I listen for a long time. আমি শুনি।")
    keeps("talents")
    page.locator("#talents .behind.theirs").wait_for()
    follows("row/done")
    page.locator("textarea").fill("Four came to the house meeting")
    keeps("step")
    follows("row/step")
    page.locator("textarea").fill("Write to the head teacher")
    page.locator("input[type=date]").fill((day() + timedelta(9)).isoformat())
    keeps("step")
    follows(f"row/challenge/{dare}")
    page.locator("textarea").fill("Not with my mother ill.")
    page.locator(".presses button").last.click()
    page.locator("#challenges .note[role=status]").wait_for()
    follows(f"row/line/{line}")
    page.locator("textarea").fill("It was seven.")
    keeps("lines")
    follows("row/line")
    page.locator("textarea").fill("Spoke to the head teacher")
    page.locator("label:has(input[value=one_to_one])").click()
    keeps("lines")
    follows("row/habits")
    page.locator("label:has(input[name=habit-listens][value=at_times])").click()
    keeps("habits")
    follows("row/about")
    page.locator("label:has(input[value='10+'])").click()
    keeps("about")
    check()
    kept = leader.leader
    assert (kept.talents, kept.following) == ("I listen for a long time. আমি শুনি।", "10+")
    assert (kept.step.what, kept.step.agreed_by) == ("Write to the head teacher", "")
    assert leader.store.leaders.lines.challenges(leader.id)[0].taken is False
    assert sorted((each.what, each.answer) for each in leader.lines) == [
        ("Brought five neighbours", "It was seven."),
        ("Four came to the house meeting", ""),
        ("Spoke to the head teacher", ""),
    ]


@pytest.mark.parametrize("size", ["phone", "laptop"])
def test_a_trainer_writes_meanwhile_and_both_versions_are_shown(visit, leading, size):
    leader = leading()
    window = visit(size)
    page = comes(window, leader)
    page.locator("a[href$='row/words/talents']").click()
    page.get_by_label("What you are good at").fill("I listen for a long time.")
    leader.trainer_writes("talents", "People tell her the truth, and she keeps it.")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("heading", name="Somebody else changed this while you wrote").wait_for()
    window.check()
    assert page.locator(".two-versions dd").all_inner_texts() == [
        "I listen for a long time.",
        "People tell her the truth, and she keeps it.",
    ]
    assert page.get_by_label("What you are good at").input_value() == "I listen for a long time."
    assert leader.cell("talents") == "People tell her the truth, and she keeps it."
    page.get_by_role("link", name="Back, and change nothing").click()
    page.locator("#talents").get_by_text("and she keeps it.").wait_for()


def test_it_is_all_done_by_keyboard(visit, leading):
    leader = leading()
    page = comes(visit("laptop"), leader)
    page.goto(page.url.partition("?")[0] + "/habits")
    page.locator("input[name=habit-listens]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("getComputedStyle(document.activeElement.nextElementSibling).outlineStyle") == "solid"
    page.get_by_label("Is there something you want to say about it?").focus()
    page.keyboard.type("I talk too soon.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#habits .note").wait_for()
    (own,) = leader.store.leaders.lines.readings(leader.id)
    assert (own.habits, own.words) == ({"listens": "at_times"}, "I talk too soon.")


@pytest.mark.parametrize(("scheme", "language"), [("light", "en"), ("dark", "en"), ("dark", "ur")])
def test_long_names_large_letters_and_a_dark_screen_take_nothing_away(visit, leading, scheme, language):
    leader = leading(name=LONG, institution="নাসরিন আক্তার " * 6, role="رئيسة الدائرة النسائية", talents="a" * 500)
    for number in range(9):
        leader.line(f"{LONG} {number}", seen_by=LONG)
    leader.dare("b" * 300)
    window = visit("phone", color_scheme=scheme)
    page = comes(window, leader, language)
    page.locator("summary").click()
    window.check()
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    until(page, "getComputedStyle(document.documentElement).fontSize === '32px'")
    window.check()


@pytest.mark.parametrize("size", ["phone", "laptop"])
def test_a_trainer_makes_a_link_that_opens_the_row(visit, leading, size):
    leader = leading(name=LONG)
    window = visit(size)
    page, base = window.page, window.links["base"]
    page.goto(window.links["trainer"])
    page.goto(f"{base}/row/invite/{leader.id}")
    window.check()
    page.get_by_role("button", name="Make the link").click()
    link = page.locator("a.address").inner_text()
    window.check()
    assert link in page.get_by_label("A few words to send with it").input_value()
    theirs = visit("phone").page
    theirs.goto(link)
    theirs.get_by_role("heading", name=LONG).wait_for()
    page.get_by_role("button", name="Shut").click()
    page.get_by_text("None yet.").wait_for()

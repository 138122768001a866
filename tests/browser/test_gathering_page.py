"""The facilitator's journey in a real browser: a sheet, the mix, a plan, the evening, a file to keep."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from relexp.exchange.demo import demo_sheet
from tests.browser.visiting import until

LONG = "Maria del Carmen Fernández de la Vega y Rodríguez-Santibáñez de Olivares-Featherstonehaugh"
ARABIC = "عبد الرحمن بن محمد الأنصاري"
BENGALI = "মোহাম্মদ আব্দুল্লাহ আল মামুন চৌধুরী"
UNBROKEN = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"


def sheet(names, groups=("A", "B", "C", "D")):
    return "\n".join(
        ("name,organisation", *(f"{name},{groups[at % len(groups)]}" for at, name in enumerate(names)))
    ).encode()


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_a_sheet_of_54_becomes_an_evening_to_take_home(visit, size):
    window = visit(size)
    page = window.open()
    window.check()
    window.choose(demo_sheet())
    page.locator(".read", has_text="54 people").wait_for()
    page.get_by_role("img", name="One upright line a person").wait_for()
    page.locator("table.mix").wait_for()
    window.check()

    window.plan()
    assert page.locator(".seats li").count() == 27
    assert page.locator("#live").inner_text().startswith("The evening is ready")
    window.check()
    for view, entries in (("By person", 54), ("By table", 27), ("By round", 27)):
        page.get_by_text(view, exact=True).click()
        until(page, f"document.querySelectorAll('.seats > li, .cards > li').length === {entries}")
        window.check()

    with page.expect_download() as download:
        page.get_by_role("button", name="Download as csv").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert len(rows) == 54 * 5
    assert list(rows[0]) == ["round", "table", "id", "name", "with"]
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the spreadsheet").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    assert Path(download.value.path()).read_bytes().startswith(b"PK")


def test_the_journey_needs_no_mouse(visit):
    window = visit()
    page = window.open()

    def reach(name):
        for _ in range(40):
            page.keyboard.press("Tab")
            if (
                page.evaluate("(document.activeElement.closest('label') ?? document.activeElement).textContent").strip()
                == name
            ):
                return
        raise AssertionError(f"{name} cannot be reached with the Tab key")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    reach("Try a made-up room")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Plan the evening").wait_for()
    reach("Plan the evening")
    outline = page.evaluate("getComputedStyle(document.activeElement).outline")
    assert outline.endswith("solid 3px")
    page.keyboard.press("Enter")
    until(page, "document.activeElement.id === 'evening'")
    reach("By round")
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelectorAll('.cards > li').length === 54")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outline") == outline
    page.keyboard.type("amina")
    until(page, "document.querySelectorAll('.cards > li').length < 54")


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_long_arabic_and_bengali_names_fit_and_are_only_text(visit, size):
    names = [LONG, ARABIC, BENGALI, UNBROKEN, "<img src=x onerror=alert(1)>", "Bo"]
    window = visit(size)
    page = window.open()
    window.choose(sheet(names))
    page.locator(".read", has_text="6 people").wait_for()
    window.plan()
    for view in ("By person", "By table"):
        page.get_by_text(view, exact=True).click()
        page.locator(".cards > li").first.wait_for()
        window.check()
    page.get_by_text("By person", exact=True).click()
    page.get_by_role("heading", name=ARABIC).wait_for()
    assert page.get_by_role("heading", name="<img src=x onerror=alert(1)>").is_visible()
    assert page.locator("main img").count() == 0


def test_three_people_talk_as_a_trio(visit):
    window = visit("phone")
    page = window.open()
    window.choose(sheet(["Amina", "Bo", "Cass"]))
    page.locator(".read", has_text="3 people").wait_for()
    window.plan()
    assert page.locator(".seats li").count() == 1
    assert page.locator(".seats .name").count() == 3
    window.check()


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_three_hundred_people_stay_in_hand(visit, size):
    window = visit(size)
    page = window.open()
    groups = [f"Organisation {number}" for number in range(23)]
    window.choose(sheet([f"Person {number:03}" for number in range(300)], groups))
    page.locator(".read", has_text="300 people").wait_for()
    window.plan()
    assert page.locator(".seats li").count() == 60
    page.get_by_role("button", name="Show all 150").click()
    until(page, "document.querySelectorAll('.seats > li').length === 150")
    page.get_by_label("Find a name").fill("person 217")
    until(page, "document.querySelectorAll('.seats > li').length === 1")
    assert page.locator("mark").inner_text() == "Person 217"
    page.get_by_text("By person", exact=True).click()
    page.get_by_role("heading", name="Person 217").wait_for()
    window.check()


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_a_faulty_sheet_is_told_what_to_mend_all_at_once(visit, size):
    window = visit(size)
    page = window.open()
    window.choose(b"name,organisation,under_18\nAmina,A,perhaps\n,B,no\nCass,C," + b"x" * 200 + b"\n", "faulty.csv")
    heading = page.get_by_role("heading", name="things to mend in faulty.csv")
    heading.wait_for()
    assert page.locator(".faults li").count() == 3
    assert not page.get_by_role("button", name="Plan the evening").is_visible()
    window.check()


def test_the_impossible_is_explained_and_the_least_bad_offered(visit):
    window = visit()
    page = window.open()
    window.choose(sheet(["Amina", "Bo", "Cass", "Dee"]))
    page.locator(".read", has_text="4 people").wait_for()
    page.get_by_label("Number of rounds").fill("6")
    page.get_by_label("Number of rounds").press("Tab")
    page.get_by_role("button", name="Plan the evening").click()
    page.get_by_role("heading", name="This cannot be done as asked").wait_for(timeout=60_000)
    window.check()
    page.get_by_role("button", name="Show the least bad").click()
    page.get_by_role("heading", name="The least bad evening").wait_for(timeout=60_000)
    window.check()


def test_what_is_printed_names_its_round_and_says_what_is_left_out(visit):
    window = visit()
    page = window.open()
    window.choose(sheet([f"Person {number:03}" for number in range(124)]))
    page.locator(".read", has_text="124 people").wait_for()
    window.plan()
    page.locator(".pick").get_by_text("3", exact=True).click()
    page.get_by_role("heading", name="Round 3 of 5").wait_for()
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="Round 3 of 5").is_visible()
    assert page.get_by_text("60 of 62 shown.").is_visible()
    assert not page.locator("button:visible, input:visible, .hint:visible").count()


def test_a_button_that_cannot_be_pressed_looks_so_under_a_finger_too(visit):
    window = visit("phone")
    page = window.open()
    page.get_by_role("button", name="Try a made-up room").click()
    plan = page.get_by_role("button", name="Plan the evening")
    plan.hover()
    plan.evaluate("(button) => { button.disabled = true; }")
    assert plan.evaluate("(button) => getComputedStyle(button).backgroundColor") == "rgba(0, 0, 0, 0)"


def test_a_phone_says_what_the_numbers_of_the_mix_are(visit):
    window = visit("phone")
    page = window.open()
    page.get_by_role("button", name="Try a made-up room").click()
    page.get_by_role("button", name="Plan the evening").wait_for()
    for words in ("People", "Share of the room; the mark is at half"):
        box = page.get_by_role("columnheader", name=words).bounding_box()
        assert box["width"] > 40
        assert 0 <= box["x"] <= 390 - box["width"]


def test_deciding_who_is_the_same_person_leads_on_without_a_mouse(visit):
    window = visit()
    page = window.open()
    window.choose(b"name,organisation\nAmina,A\namina,A\nBo,B\nbo,B\nCass,C\nDee,D")
    page.locator(".read", has_text="6 people").wait_for()
    window.check()
    page.get_by_role("button", name="Same person: merge").first.press("Enter")
    page.locator(".read", has_text="5 people").wait_for()
    until(page, "document.activeElement.id === 'twice'")
    assert page.get_by_label("Number of rounds").input_value() == "1"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    until(page, "document.activeElement.id === 'read'")
    assert page.locator("#live").inner_text() == "Kept as two people."


def test_shares_and_choices_show_in_the_computer_s_own_colours(visit):
    window = visit(forced_colors="active")
    page = window.open()
    page.get_by_role("button", name="Try a made-up room").click()
    window.plan()
    colour = "(one) => getComputedStyle(one).backgroundColor"
    paper = page.locator("body").evaluate(colour)
    assert page.locator(".bar > span").first.evaluate(colour) != paper
    assert page.locator(".pick input:checked + span").first.evaluate(colour) != paper


def test_the_dark_page_is_as_readable(visit):
    window = visit(color_scheme="dark")
    page = window.open()
    page.get_by_role("button", name="Try a made-up room").click()
    window.plan()
    window.check()


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_one_organisation_in_several_spellings_leads_on_to_what_is_left_to_answer(visit, size):
    window = visit(size)
    page = window.open()
    window.choose(
        "name,organisation,Age,Access needs?\nAmina,St Mark's Church,11,quiet\nরহিমা খাতুন বেগম,st marks church,12,\n"
        "محمد عبد الرحمن الحسيني,جامعة النور,,step-free\nBo,جامعه النور,43,\nCass,Hill,44,\nDee,Dale,45,\n".encode()
    )
    page.get_by_role("heading", name="Are these one organisation?").wait_for()
    window.check()
    page.get_by_role("button", name="One organisation").first.press("Enter")
    until(page, "document.activeElement.id === 'spellings'")
    page.get_by_role("button", name="Not the same").first.press("Enter")
    until(page, "document.activeElement.id === 'read'")
    page.get_by_role("button", name="Not the same after all").wait_for()
    page.get_by_role("button", name="Ask again").wait_for()
    window.check()

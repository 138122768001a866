"""The papers of an evening, as Chromium prints them, and as a press on the page asks for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import time
from functools import lru_cache
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from relexp.exchange.print_pack import WHOLE, Pack
from relexp.exchange.print_signs import sheets
from relexp.exchange.print_values import signs
from relexp.exchange.rosters import read_roster
from relexp.gathering.asked import Lead
from relexp.gathering.formats import STANDARD, timetable
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.pairing.plan import plan
from relexp.roster.person import Roster
from relexp.roster.rule_check import default_rules
from tests.browser.visiting import until

# Each name ends in a number of its own, so that no name is a part of another.
NAMES = (
    "Maria del Carmen Fernández de la Vega y Rodríguez-Santibáñez {:03}",
    "عبد الرحمن بن محمد الأنصاري {:03}",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch{:03}",
    "মোহাম্মদ মামুন চৌধুরী রহিমা খাতুন নাসরিন আখতার বেগম {:03}",
    "Bo {:03}",
    "<img src=x onerror=alert(1)> {:03}",
)
FORENAMES = ("Amina", "Wojciech", "Bethan", "Tariq", "Grace", "Olusegun")
SURNAMES = ("Begum", "Okafor", "Hughes", "Cohen", "Nair", "Schmidt", "Silva", "Davies", "Mensah")
ROUNDS = {3: 1}
ARABIC = re.compile("[\u0620-\u064a]")
BENGALI = re.compile("[\u0980-\u09ff]")
# Words of the Bengali name, from its beginning to its end, that a file gives back as they were written.
PLAIN = ("মোহাম্মদ", "রহিমা", "বেগম")
# A hyphen at the end of a line is taken for one of the line.
UNSEEN = re.compile("[-\\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufffe\u00ad\x02]")


# What is left of A4 between the margins, in pixels.
A4 = {"width": 703, "height": 1032}
CUT = """() => [...document.querySelectorAll(".card, .badge, .sign, .question, td, li, p")]
  .filter((each) => each.scrollWidth > each.clientWidth + 2)
  .filter((each) => getComputedStyle(each).display !== "none" && each.clientWidth)
  .map((each) => each.textContent.trim().slice(0, 60))"""


@lru_cache
def room(people: int) -> tuple[Roster, Evening]:
    """People of whom every fifth has a name that is hard to print, in an evening of theirs."""
    rows = (
        f"{NAMES[number % 6] if number % 5 == 0 or number < 6 else 'Person {:03}'},Group {number % 7}"
        for number in range(people)
    )
    sheet = "\n".join(("name,organisation", *(row.format(number) for number, row in enumerate(rows))))
    roster = read_roster(sheet.encode(), "room.csv").roster
    return roster, plan(roster, default_rules(roster, rounds=ROUNDS.get(people, 5)))


def printed(chromium: Browser, pack: Pack, name: str, large: bool) -> list[str]:
    """The text of each printed page, without spaces; nothing on it may reach beyond what holds it."""
    page = chromium.new_page(viewport=A4)
    page.emulate_media(media="print")
    page.set_content(pack.page(name, large).decode())
    assert page.evaluate(CUT) == []
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    page.close()
    texts = [UNSEEN.sub("", sheet.get_textpage().get_text_range()) for sheet in document]
    document.close()
    return texts


def unnumbered(pages: list[str]) -> list[str]:
    """The pages without their numbers."""
    return [page.replace(f"{number}/{len(pages)}", "", 1) for number, page in enumerate(pages, start=1)]


def flat(text: str) -> str:
    return UNSEEN.sub("", text)


def count(pages: list[str], words: str) -> int:
    """How often words stand whole on one page."""
    return sum(page.count(flat(words)) for page in pages)


def letters(texts: Iterable[str]) -> Counter[str]:
    """How often each Arabic letter is there: a line that runs from right to left is read from a file in any order."""
    return Counter(letter for text in texts for letter in ARABIC.findall(text))


def check_whole(pages: list[str], times: dict[str, int]) -> None:
    """Each name stands as often as it should, never broken over pages, whatever script it is written in."""
    for name, often in times.items():
        if not BENGALI.search(name) and not ARABIC.search(name):
            assert count(pages, name) == often, name
    assert letters(pages) == letters(name for name, often in times.items() for _ in range(often))
    bengali = sum(often for name, often in times.items() if BENGALI.search(name))
    assert [count(pages, word) for word in PLAIN] == [bengali] * len(PLAIN)


@pytest.mark.parametrize("large", [False, True], ids=["A4", "large print"])
@pytest.mark.parametrize("people", [3, 54, 300])
def test_every_name_is_whole_on_its_badge_and_its_card_and_nothing_is_split(chromium, people, large):
    roster, evening = room(people)
    names = list(evening.names.values())
    pack = Pack(evening, roster, times=timetable(STANDARD, len(evening.rounds), time(19)))

    badges = printed(chromium, pack, "badges", large)
    numbers = Counter(re.findall(r"\d{3}", "|".join(badges)))
    assert numbers == Counter(re.search(r"\d{3}$", name)[0] for name in names)  # type: ignore[index]
    check_whole(badges, dict.fromkeys(names, 1))

    cards = printed(chromium, pack, "cards", large)
    met = Counter(
        id for round in evening.rounds for talk in round.conversations for id in talk.people * (len(talk.people) - 1)
    )
    check_whole(cards, {name: 1 + met[id] for id, name in evening.names.items()})
    heads = [page.count("RoundTableWith") for page in cards]
    assert heads == [page.count("Speakto:") for page in cards]
    assert sum(heads) == people

    tables = {talk.table for round in evening.rounds for talk in round.conversations}
    pages = printed(chromium, pack, "table-signs", large)
    assert sum(page.count("Here") for page in pages) == len(tables)
    assert len(pages) <= (len(tables) if large else len(tables) / 2 + 1) + people / 20


def long_evening(rounds: int) -> Evening:
    """Twelve tables: pairs, trios, pairs and trios with an interpreter each, of short, of mixed and of very long names."""
    names: dict[str, str] = {}

    def seated(number: int, table: int) -> Conversation:
        people, helping, kind = 2 + table % 2, table // 2 % 2, table % 3
        ids = [f"{number}-{table}-{seat}" for seat in range(people + helping)]
        for at, id in enumerate(ids, start=number + table):
            names[id] = NAMES[at % 4 if kind == 2 or (kind and at % 2) else 4].format(len(names))
        return Conversation(tuple(ids[:people]), table, tuple(ids[people:]))

    numbers = range(1, rounds + 1)
    return Evening(tuple(Round(each, tuple(seated(each, table) for table in range(1, 13))) for each in numbers), names)


@pytest.mark.parametrize("large", [False, True], ids=["A4", "large print"])
@pytest.mark.parametrize("rounds", [8, 12])
def test_a_table_sign_is_one_page_or_half_of_one_and_its_table_stands_on_every_page_of_a_longer_one(
    chromium, rounds, large
):
    evening = long_evening(rounds)
    pages = printed(chromium, Pack(evening, quiet=(1, 5, 8)), "table-signs", large)
    on_each = [len(sheet) for sheet in sheets(signs(evening, evening.rounds), large)]
    assert [page.count("RoundHere") for page in pages] == on_each
    assert [page.count("Table") for page in pages] == on_each
    # Without their numbers, which a file may give back on the other side of a name when Arabic stands on the same line.
    check_whole(pages, Counter(name[:-3] for name in evening.names.values()))


@pytest.mark.parametrize("large", [False, True], ids=["A4", "large print"])
@pytest.mark.parametrize("people", [3, 54, 300])
def test_the_one_file_is_no_longer_than_it_must_be_and_its_run_sheet_seats_everybody(chromium, people, large):
    roster, evening = room(people)
    pack = Pack(evening, roster, times=timetable(STANDARD, len(evening.rounds), time(19)))
    whole = printed(chromium, pack, WHOLE, large)
    assert len(whole) <= (2 * people + 20 if large else people + 10)
    assert all(unnumbered(whole))  # no page is empty
    run = "|".join(unnumbered(printed(chromium, pack, "run-sheet", large)))
    for round in evening.rounds:
        for talk in round.conversations:
            there = [evening.names[id] for id in talk.people]
            if not any(ARABIC.search(name) or BENGALI.search(name) for name in there):
                assert flat(f"{talk.table}{'&'.join(there)}") in run
    assert "19:25" in run


@pytest.mark.parametrize(("people", "pages"), [(12, 18), (30, 30), (54, 48)])
def test_an_ordinary_evening_wastes_no_page_and_splits_no_round(chromium, people, pages):
    rows = (f"{FORENAMES[number % 6]} {SURNAMES[number // 6]},Group {number % 7}" for number in range(people))
    roster = read_roster("\n".join(("name,organisation", *rows)).encode(), "room.csv").roster
    evening = plan(roster, default_rules(roster, rounds=5))
    times = timetable(STANDARD, 5, time(19))
    pack = Pack(evening, roster, times=times, lead=Lead("Siân Rees", "by the tea table, in a green scarf"))
    assert len(printed(chromium, pack, WHOLE, large=False)) <= pages
    assert len(printed(chromium, pack, "cards", large=False)) == -(-people // 6)
    run = printed(chromium, pack, "run-sheet", large=False)
    for round in evening.rounds:
        talks = [flat(" & ".join(evening.names[id] for id in talk.people)) for talk in round.conversations]
        assert any(all(talk in page for talk in talks) for page in run), f"round {round.number} is split"


# The browser's own dialog cannot be seen from here: what it would have been given is noted instead.
NOTE_PRINTING = """window.print = () => {
  (window.top.printed ??= []).push({
    title: document.title,
    words: document.body.innerText,
    large: document.body.className,
    band: getComputedStyle(document.querySelector("svg.band line") ?? document.body).strokeDasharray,
    apart: window !== window.top,
  });
};"""


def test_the_papers_are_printed_and_saved_from_the_page_with_its_times(visit):
    window = visit()
    page = window.open()
    page.add_init_script(NOTE_PRINTING)
    page.reload()
    page.get_by_role("button", name="Try a made-up room").click()
    page.get_by_role("button", name="Plan the evening").wait_for()
    page.get_by_text("You would finish at 20:55.", exact=True).wait_for()
    page.get_by_text("Short", exact=True).click()
    page.get_by_text("You would finish at 19:45.", exact=True).wait_for()
    assert page.get_by_label("Number of rounds").input_value() == "3"
    window.check()
    window.plan()
    page.get_by_role("button", name="Print everything").click()
    until(page, "window.printed?.length === 1")
    first = page.evaluate("window.printed[0]")
    assert first["apart"]
    assert first["title"] == "An evening on paper"
    assert "19:45" in first["words"]
    assert "Amina Rahman" in first["words"]
    assert "px" in first["band"]
    window.check()
    page.get_by_text("Large print", exact=True).click()
    page.get_by_text("One thing at a time").click()
    page.get_by_role("button", name="Print: Name badges").click()
    until(page, "window.printed.length === 2")
    second = page.evaluate("window.printed[1]")
    assert (second["title"], second["large"]) == ("Name badges", "large")
    assert "Al-Noor" not in second["words"]
    assert page.evaluate("document.activeElement.ariaLabel") == "Print: Name badges"
    window.check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save everything as one file").click()
    assert download.value.suggested_filename == "evening-on-paper-large.html"
    assert "Amina Rahman" in Path(download.value.path()).read_text(encoding="utf-8")


def test_the_times_and_the_questions_are_there_after_a_reload(visit):
    window = visit("phone")
    page = window.open()
    page.get_by_role("button", name="Try a made-up room").click()
    page.get_by_role("button", name="Plan the evening").wait_for()
    page.get_by_text("Change minutes", exact=True).click()
    page.get_by_label("Talk, each round").fill("10")
    page.get_by_label("Talk, each round").press("Tab")
    page.get_by_text("You would finish at 21:05.", exact=True).wait_for()
    window.check()
    page.get_by_text("Change questions", exact=True).click()
    page.get_by_label("Round 2", exact=True).fill("من أين أتيت؟")
    page.get_by_label("Round 2", exact=True).press("Tab")
    until(page, "document.querySelector('.times').textContent.includes('من أين أتيت؟')")
    window.check()
    page.get_by_text("Invitation", exact=True).first.click()
    page.get_by_role("button", name="Copy the invitation").wait_for()
    window.check()
    page.reload()
    page.get_by_text("Back where you were").wait_for()
    page.get_by_text("You would finish at 21:05.", exact=True).wait_for()
    page.get_by_text("من أين أتيت؟").first.wait_for()


def test_the_copied_invitation_is_what_is_pasted(visit):
    window = visit()
    page = window.open()
    page.get_by_role("button", name="Try a made-up room").click()
    page.get_by_text("Invitation", exact=True).first.click()
    page.get_by_role("button", name="Copy the invitation").click()
    page.get_by_text("Copied. Paste it where you want it.").wait_for()
    page.get_by_text("Change questions", exact=True).click()
    field = page.get_by_label("Round 1", exact=True)
    field.fill("")
    field.press("Control+v")
    until(
        page,
        "[...document.querySelectorAll('textarea')].some((one) => !one.readOnly && one.value.includes('finished by 20:55'))",
    )

"""The print pack: names are shown and never obeyed, and every card says where to go and with whom."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import time

import pytest

from relexp.exchange.invitation import invitation
from relexp.exchange.print_pack import AGAIN, PAGES, TOGETHER, WHOLE, Pack, print_files
from relexp.exchange.print_values import name_size
from relexp.gathering.formats import STANDARD, timetable
from relexp.gathering.latecomers import spare_cards
from relexp.messages import say
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.privacy.consent import PURPOSES, WORDING
from relexp.roster.person import Person, Roster
from relexp.roster.words import fold

NAMES = {
    "a": "<script>alert(1)</script>",
    "b": "Ben & Co",
    "c": "زينب",
    "d": 'Dora"><img src=x>',
    "i": "Ida",
    "l": "Lu",
}
EVENING = Evening(
    (
        Round(1, (Conversation(("a", "b"), 2), Conversation(("c", "d"), 1, ("i",)))),
        Round(2, (Conversation(("a", "l", "d"), 1, ()),), ("b", "c")),
    ),
    NAMES,
    present={"l": frozenset({2})},
    report={"people": 6},
)
ROSTER = Roster(tuple(Person(id, name, organisation="Secret Mosque") for id, name in reversed(NAMES.items())))
FILES = {name: data.decode("utf-8") for name, data in print_files(EVENING, ROSTER).items()}


def text(page: str) -> str:
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL).split())


def test_there_is_everything_in_one_file_and_each_thing_by_itself_all_in_large_print_too() -> None:
    assert sorted(FILES) == sorted(f"{page}{size}.html" for page in PAGES for size in ("", "-large"))
    for name, page in FILES.items():
        assert ('class="large"' in page) == ("large" in name)
        assert "size: A4" in page
    whole = FILES["evening-on-paper.html"]
    for name in TOGETHER:
        body = FILES[f"{name}.html"].split("<main>")[1].split("</main>")[0].strip()
        assert body in whole


def test_no_name_becomes_part_of_the_page() -> None:
    for page in FILES.values():
        assert "<script>" not in page
        assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in FILES["cards.html"]
    assert '<bdi dir="auto">Ben &amp; Co</bdi>' in FILES["cards.html"]


def test_the_pages_ask_nothing_of_the_network_and_hold_nothing_but_names() -> None:
    for page in FILES.values():
        assert "http" not in page
        assert "Secret" not in page


def test_a_card_says_the_table_and_the_partners_of_every_round() -> None:
    found = FILES["cards.html"].split('class="card"')[1:]
    names = [html.unescape(re.search(r'<h2><bdi dir="auto">(.*?)</bdi>', card)[1]) for card in found]  # type: ignore[index]
    assert names == sorted(names, key=fold), "laid out at the door by the alphabet"
    cards = dict(zip(names, map(text, found), strict=True))
    assert "1 not there 2 1 &lt;script&gt;alert(1)&lt;/script&gt; &amp; Dora" in cards["Lu"]
    assert "1 1 interpreting for زينب &amp; Dora" in cards["Ida"]
    assert "(interpreting: Ida )" in cards[NAMES["d"]]
    assert "1 1 Dora" in cards["زينب"]
    assert "2 rest" in cards["زينب"]


def test_a_table_sign_says_who_sits_there_and_when_it_is_free() -> None:
    signs = FILES["table-signs.html"].split('class="sign ')[1:]
    assert len(signs) == 2
    assert "Table 1" in text(signs[0])
    assert "&gt; (interpreting: Ida )" in text(signs[0])
    assert "2 free" in text(signs[1])


def test_the_quiet_tables_are_marked_on_their_signs_and_named_on_the_run_sheet() -> None:
    files = {name: data.decode() for name, data in print_files(EVENING, ROSTER, quiet=(1,)).items()}
    first, second = files["table-signs.html"].split('class="sign ')[1:]
    assert "Quiet table" in first
    assert "Quiet table" not in second
    assert "Quiet tables: 1. Put them where it is calmest." in text(files["run-sheet.html"])
    assert not any("Quiet" in text(page) for page in FILES.values())


def test_the_run_sheet_has_every_round_with_who_rests() -> None:
    rounds = FILES["run-sheet.html"].split('class="round"')[1:]
    assert len(rounds) == 2
    assert "People: 6. Interpreters among them: 1. Rounds: 2." in text(FILES["run-sheet.html"])
    assert "Resting" not in text(rounds[0])
    assert "&gt; (interpreting: Ida )" in text(rounds[0])
    assert "Resting Ben &amp; Co &amp; زينب" in text(rounds[1])


TIMES = timetable(STANDARD, 2, time(19))
PEOPLE = tuple(Person(f"p{number}", f"Person {number}", organisation="Hill School") for number in range(8))
PAIRS = Evening(
    tuple(
        Round(
            number,
            tuple(Conversation((f"p{at}", f"p{(at + 2 * number - 1) % 8}"), at // 2 + 1) for at in range(0, 8, 2)),
        )
        for number in (1, 2)
    ),
    {person.id: person.name for person in PEOPLE},
)


def page(name: str, **parts: object) -> str:
    return Pack(PAIRS, Roster(PEOPLE), **parts).page(name).decode()  # type: ignore[arg-type]


def test_the_run_sheet_has_the_time_of_every_bell_and_the_question_of_every_round() -> None:
    run = text(page("run-sheet", times=TIMES, asked=("Which river?", "Which bridge?")))
    first, second = run.split("Round 1 Which river?")[-1], run.split("Round 2 Which bridge?")[-1]
    assert first.startswith(" 19:25 Question 19:26 Talk 19:30 Half-time, swap who speaks 19:34 Bell, end of the talk")
    assert "19:37 Question" in second
    assert "20:19 Ends" in run
    assert "Whom to speak to when worried, tonight:" in run
    assert "Worried about something?" in run


def test_without_times_the_run_sheet_has_lines_to_write_them_on_and_our_questions() -> None:
    run = page("run-sheet")
    assert "Starts <span" in run
    assert not re.search(r"\d\d:\d\d", run)
    assert str(say("prompt.arrive")) in run.replace("&#39;", "'")


def test_a_badge_has_the_name_and_the_organisation_only_when_that_is_asked_for() -> None:
    badges = page("badges").split("</style>")[1].split("<section")[1:]
    assert [text(badge.split(">", 1)[1]) for badge in badges] == [person.name for person in PEOPLE]
    assert "Hill School" not in page("badges")
    assert page("badges", organisations=True).count("Hill School") == 8


def test_an_organisation_that_is_private_is_on_no_badge() -> None:
    roster = Roster(PEOPLE, private=frozenset({"organisation"}))
    assert "Hill School" not in Pack(PAIRS, roster, organisations=True).page("badges").decode()


def test_every_badge_has_the_same_mark() -> None:
    assert len({*re.findall(r"<svg.*?</svg>", page("badges"))}) == 1


@pytest.mark.parametrize(
    ("name", "size"),
    [("Bo", 1), ("Wojciech Żółkiewski", 1), ("Bartholomew Featherstone Junior", 2), ("x" * 24, 3), ("x" * 60, 4)],
)
def test_a_name_is_written_as_large_as_leaves_it_whole(name: str, size: int) -> None:
    assert name_size(name) == size


def test_the_sign_in_sheet_asks_for_each_purpose_by_itself_in_a_wording_with_a_version() -> None:
    sheet = page("sign-in")
    rows = re.findall(r"<tr.*?</tr>", sheet, re.DOTALL)
    assert len(rows) == 1 + 8 + 6
    assert all(row.count('class="box"') == 1 + len(PURPOSES) for row in rows[1:])
    assert [text(row) for row in rows[1:9]] == sorted(person.name for person in PEOPLE)
    for name in ("sign-in", "consent"):
        assert f"wording {WORDING}" in page(name).casefold()


def test_the_consent_notice_says_how_long_each_thing_is_kept() -> None:
    notice = text(page("consent"))
    for purpose in PURPOSES:
        days = purpose.kept.days if purpose.kept else ""
        assert str(say(f"paper.consent_{purpose.key}", days=days)) in notice
    assert "7 days" in notice
    assert "90 days" in notice


def test_a_spare_card_says_whom_a_latecomer_joins_in_each_round() -> None:
    cards = page("spare-cards").split('class="card spare"')[1:]
    made = spare_cards(PAIRS, Roster(PEOPLE))
    assert len(cards) == len(made) == 2
    for card, spare in zip(cards, made, strict=True):
        assert f"Spare card {spare.number}" in card
        for number, talk in spare.joins.items():
            names = " & ".join(PAIRS.names[id] for id in talk.people).replace("&", "&amp;")
            assert f"{number} {talk.table} {names}" in text(card)


def test_a_round_without_a_place_is_sat_out_and_a_room_without_any_says_so() -> None:
    two = replace(PAIRS, rounds=(PAIRS.rounds[0], Round(2, (Conversation(("p0", "p1"), 1),))))
    assert "sit this one out" in Pack(two, Roster(PEOPLE)).page("spare-cards").decode()
    assert "no spare card can be made" in Pack(PAIRS).page("spare-cards").decode()


def test_the_invitation_has_lines_to_fill_in_and_asks_what_people_need() -> None:
    words = invitation(2, TIMES).text()
    assert "When: ________, doors open at 19:00, finished by 20:19" in words
    assert "of 8 minutes each" in words
    assert "under 18" in words
    assert "doors open" not in invitation(2).text()
    shown = text(page("invitation", times=TIMES))
    assert all(line.removeprefix("- ") in shown for line in words.splitlines())


def test_when_the_evening_is_planned_again_only_what_is_new_is_printed() -> None:
    later = replace(
        PAIRS,
        names={**PAIRS.names, "new": "Nadia"},
        rounds=(PAIRS.rounds[0], Round(2, (*PAIRS.rounds[1].conversations[1:], Conversation(("p0", "p3", "new"), 1)))),
    )
    pack = Pack(later, Roster((*PEOPLE, Person("new", "Nadia"))), before=PAIRS, after=1)
    assert pack.pages == (WHOLE, *AGAIN)
    assert pack.page("badges").decode().count('class="badge"') == 1
    assert "Nadia" in pack.page("badges").decode()
    whole = Pack(PAIRS, Roster(PEOPLE), before=PAIRS, after=1).page(WHOLE).decode()
    assert "New pages, from round 2 on" in whole
    assert 'class="part part-run-sheet"' in whole
    assert not re.search("part-(badges|cards|table-signs)", whole.split("</style>")[1])
    assert "every badge still holds" in Pack(PAIRS, before=PAIRS, after=1).page("badges").decode()


@pytest.mark.parametrize(("people", "lines"), [(3, 6), (12, 6), (20, 10), (60, 12)])
def test_the_sign_in_sheet_leaves_lines_for_half_as_many_as_are_on_it_and_six_to_twelve(
    people: int, lines: int
) -> None:
    names = {f"p{number}": f"Person {number}" for number in range(people)}
    html = Pack(Evening((Round(1, ()),), names)).page("sign-in").decode()
    assert html.count('<tr class="empty">') == lines

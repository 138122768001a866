"""The print pack: names are shown and never obeyed, and every card says where to go and with whom."""

from __future__ import annotations

import re

from relexp.exchange.print_pack import PAGES, TOGETHER, print_files
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.roster.person import Person, Roster

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
    cards = FILES["cards.html"].split('class="card"')[1:]
    assert [re.search(r'<h2><bdi dir="auto">(.*?)</bdi>', card)[1] for card in cards][:2] == ["Lu", "Ida"]  # type: ignore[index]
    assert "1 not there 2 1 &lt;script&gt;alert(1)&lt;/script&gt; &amp; Dora" in text(cards[0])
    assert "1 1 interpreting for زينب &amp; Dora" in text(cards[1])
    assert "(interpreting: Ida )" in text(cards[3])
    assert "1 1 Dora" in text(cards[3])
    assert "2 rest" in text(cards[3])


def test_a_table_sign_says_who_sits_there_and_when_it_is_free() -> None:
    signs = FILES["table-signs.html"].split('class="sign"')[1:]
    assert len(signs) == 2
    assert "Table 1" in text(signs[0])
    assert "&gt; (interpreting: Ida )" in text(signs[0])
    assert "2 free" in text(signs[1])


def test_the_quiet_tables_are_marked_on_their_signs_and_named_on_the_run_sheet() -> None:
    files = {name: data.decode() for name, data in print_files(EVENING, ROSTER, quiet=(1,)).items()}
    first, second = files["table-signs.html"].split('class="sign"')[1:]
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

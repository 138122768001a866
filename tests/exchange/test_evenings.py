"""Evenings in files: fixed columns, exact json, workbooks for people, and no way for a cell to become a formula."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from relexp.exchange.evening_json import read_json
from relexp.exchange.evening_rows import read_csv
from relexp.exchange.evenings import csv_bytes, json_bytes, load_evening, write_evening, xlsx_bytes
from relexp.exchange.tables import read_table
from relexp.messages import FaultsFound
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.roster.person import Person, Roster

NAMES = {"a": "Amina", "b": "Ben", "c": "Cem", "d": "=Dora()", "i": "Ida", "l": "Lu", "z": "زينب"}
EVENING = Evening(
    rounds=(
        Round(1, (Conversation(("a", "b"), 2), Conversation(("c", "d", "z"), 1, ("i",)))),
        Round(2, (Conversation(("a", "z"), 1), Conversation(("d", "l"), 3)), ("b", "c")),
    ),
    names=NAMES,
    seed=7,
    present={"l": frozenset({2})},
    report={"people": 7, "total": 1.5, "seconds": 0.25, "certificate": {"u": [0.1, 0.25, 1 / 3], "m": 0}},
)
ROSTER = Roster(tuple(Person(id, name, organisation="Secret Mosque") for id, name in reversed(NAMES.items())))


def read(data: bytes, name: str) -> Evening:
    return (read_csv if name.endswith(".csv") else read_json)(data, name)


def faults(call: Callable[[], object]) -> list[str]:
    with pytest.raises(FaultsFound) as caught:
        call()
    return [fault.message.code for fault in caught.value.faults]


def test_the_csv_has_a_row_a_person_a_round_by_round_then_table() -> None:
    rows = list(csv.DictReader(io.StringIO(csv_bytes(EVENING).decode("utf-8-sig"))))
    assert list(rows[0]) == ["round", "table", "id", "name", "with"]
    assert [tuple(row.values()) for row in rows] == [
        ("1", "1", "c", "Cem", "'=Dora() & زينب"),
        ("1", "1", "d", "'=Dora()", "Cem & زينب"),
        ("1", "1", "z", "زينب", "Cem & =Dora()"),
        ("1", "1", "i", "Ida", "Cem & =Dora() & زينب"),
        ("1", "2", "a", "Amina", "Ben"),
        ("1", "2", "b", "Ben", "Amina"),
        ("2", "1", "a", "Amina", "زينب"),
        ("2", "1", "z", "زينب", "Amina"),
        ("2", "3", "d", "'=Dora()", "Lu"),
        ("2", "3", "l", "Lu", "'=Dora()"),
        ("2", "", "b", "Ben", ""),
        ("2", "", "c", "Cem", ""),
        ("2", "", "i", "Ida", ""),
    ]


def test_the_csv_can_be_marked_as_utf_8_so_that_excel_shows_every_name_right_and_comes_back_without_the_mark() -> None:
    assert csv_bytes(EVENING).startswith(b"round,"), "for scripts there is none"
    data = csv_bytes(EVENING, marked=True)
    assert data.startswith(codecs.BOM_UTF8 + b"round,")
    assert data.count(codecs.BOM_UTF8) == 1
    assert read_table(data, "evening.csv").header == ("round", "table", "id", "name", "with")
    assert read(data, "evening.csv").names["z"] == NAMES["z"]


def test_resting_people_stand_in_the_order_of_the_sheet() -> None:
    rows = list(csv.reader(io.StringIO(csv_bytes(EVENING, ROSTER).decode("utf-8-sig"))))
    assert [row[2] for row in rows if row[1] == ""] == ["i", "c", "b"]


def test_an_evening_comes_back_from_its_csv_with_its_interpreters_and_who_was_away() -> None:
    again = read(csv_bytes(EVENING), "evening.csv")
    assert again.rounds[0] == Round(1, tuple(sorted(EVENING.rounds[0].conversations, key=lambda talk: talk.table)))
    assert again.rounds[1].conversations == EVENING.rounds[1].conversations
    assert again.rounds[1].resting == ("b", "c", "i")
    assert again.names == NAMES
    assert again.present == EVENING.present
    assert again.seed == 1
    assert again.report == {}


def test_a_csv_whose_partners_were_edited_by_hand_still_says_who_sits_together() -> None:
    again = read(b"round,table,id,name,with\n1,1,a,Amina,somebody\n1,1,b,,\n", "evening.csv")
    assert again.rounds[0].conversations == (Conversation(("a", "b"), 1),)
    assert again.names == {"a": "Amina", "b": "b"}


def test_a_csv_without_our_columns_is_refused_with_every_column_it_lacks() -> None:
    assert faults(lambda: read(b"round,name\n1,Amina\n", "x.csv")) == ["evening.no_column"] * 3


def test_every_fault_of_a_csv_is_reported_with_its_row() -> None:
    text = "round,table,id,name,with\nx,1,a,A,\n1,-2,b,B,\n1,1,,C,\n0,1,d,D,\n1,1,e,E,\n1,1,e,E,\n"
    with pytest.raises(FaultsFound) as caught:
        read(text.encode(), "x.csv")
    assert [(fault.message.code, fault.row, fault.column) for fault in caught.value.faults] == [
        ("evening.not_number", 2, "round"),
        ("evening.not_number", 3, "table"),
        ("evening.no_id", 4, "id"),
        ("evening.not_number", 5, "round"),
        ("evening.two_rows", 7, "id"),
        ("evening.table_size", 7, None),
    ]


def test_the_json_holds_the_evening_and_nothing_about_anybody() -> None:
    shape = json.loads(json_bytes(EVENING, ROSTER))
    assert list(shape) == ["version", "seed", "names", "present", "rounds", "report"]
    assert shape["seed"] == 7
    assert shape["names"] == NAMES
    assert shape["report"]["certificate"] == {"u": [0.1, 0.25, 1 / 3], "m": 0}
    assert "Secret" not in json_bytes(EVENING, ROSTER).decode()


def test_the_time_that_planning_took_does_not_change_the_json() -> None:
    slower = Evening(EVENING.rounds, NAMES, 7, EVENING.present, {**EVENING.report, "seconds": 9.0})
    assert json_bytes(slower) == json_bytes(EVENING)


@pytest.mark.parametrize("nonsense", [b"", b"\xff\xfe", b"[]", b"{}", b'{"version": "1"}', b"[" * 100_000])
def test_what_is_no_evening_is_refused_in_a_sentence(nonsense: bytes) -> None:
    assert faults(lambda: read(nonsense, "x.json")) == ["evening.not_json"]


def test_an_evening_of_a_newer_version_is_refused() -> None:
    assert faults(lambda: read(b'{"version": 2}', "x.json")) == ["evening.newer"]


def damage(*path: str | int, value: object = None) -> bytes:
    shape = json.loads(json_bytes(EVENING))
    place = shape
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return json.dumps(shape).encode()


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (damage("names"), "names"),
        (damage("names", "a", value=3), "names"),
        (damage("names", "a"), "people"),
        (damage("seed"), "seed"),
        (damage("seed", value=True), "seed"),
        (damage("present", value=[]), "present"),
        (damage("present", "l", value=3), "present"),
        (damage("present", "l", value=["2"]), "present"),
        (damage("rounds", value={}), "rounds"),
        (damage("rounds", 0), "round"),
        (damage("rounds", 0, value=3), "rounds"),
        (damage("rounds", 1, "resting", value=["nobody"]), "resting"),
        (damage("rounds", 0, "conversations", 0, value=[]), "conversations"),
        (damage("rounds", 0, "conversations", 0, "table"), "table"),
        (damage("rounds", 0, "conversations", 0, "interpreters"), "interpreters"),
        (damage("report"), "report"),
    ],
)
def test_a_damaged_json_says_which_part_is_damaged(data: bytes, where: str) -> None:
    with pytest.raises(FaultsFound) as caught:
        read(data, "x.json")
    (fault,) = caught.value.faults
    assert fault.message.code == "evening.damaged"
    assert fault.message.values["where"] == f"“{where}”"


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
PLAIN: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def evenings(draw: st.DrawFn) -> Evening:
    names = draw(st.dictionaries(TEXT, TEXT, min_size=2, max_size=9))
    rounds = []
    for number in range(1, draw(st.integers(0, 3)) + 1):
        order = draw(st.permutations(sorted(names)))
        cuts = draw(st.lists(st.integers(2, 3), max_size=3))
        conversations, start = [], 0
        for table, size in enumerate(cuts, 1):
            if start + size > len(order):
                break
            conversations.append(Conversation(tuple(order[start : start + size]), table))
            start += size
        if conversations and start < len(order):
            first = conversations[0]
            conversations[0] = Conversation(first.people, first.table, (order[start],))
            start += 1
        rounds.append(Round(number, tuple(conversations), tuple(order[start:])))
    present = draw(st.dictionaries(st.sampled_from(sorted(names)), st.frozensets(st.integers(1, 9)), max_size=3))
    report = draw(st.dictionaries(TEXT.filter(lambda key: key != "seconds"), PLAIN, max_size=4))
    return Evening(tuple(rounds), names, draw(st.integers(0, 2**40)), present, report)


@settings(max_examples=80, deadline=None)
@given(evenings())
def test_an_evening_comes_back_from_its_json_exactly(evening: Evening) -> None:
    assert read(json_bytes(evening), "x.json") == evening
    assert json_bytes(read(json_bytes(evening), "x.json")) == json_bytes(evening)


SHOWN = st.from_regex(r"\A[=+\-@'A-Za-zéب][A-Za-z0-9 '=+\-]{0,6}[a-z]\Z")


@settings(max_examples=80, deadline=None)
@given(st.lists(SHOWN, min_size=4, max_size=4, unique=True))
def test_names_and_ids_that_look_like_formulas_come_back_from_the_csv_as_they_were(names: list[str]) -> None:
    conversations = (Conversation((names[0], names[1]), 1, (names[2],)),)
    evening = Evening((Round(1, conversations, (names[3],)),), {name: name for name in names})
    data = csv_bytes(evening)
    assert read(data, "x.csv") == evening
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_the_workbook_has_a_sheet_a_round_the_routes_and_the_tables() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(EVENING, ROSTER)))
    assert book.sheet_names == ["Round 1", "Round 2", "Personal routes", "Tables"]
    assert book.get_sheet_by_name("Round 1").to_python() == [
        ["Table", "People", "Interpreting"],
        [1, "Cem & =Dora() & زينب", "Ida"],
        [2, "Amina & Ben", ""],
    ]
    assert book.get_sheet_by_name("Round 2").to_python()[-1] == ["Resting", "Ben & Cem", ""]
    routes = book.get_sheet_by_name("Personal routes").to_python()
    assert routes[0] == ["Id", "Name", "Round 1", "Round 2"]
    assert [row[0] for row in routes[1:]] == ["z", "l", "i", "d", "c", "b", "a"]
    assert routes[2] == ["l", "Lu", "not there", "table 3, with =Dora()"]
    assert routes[3] == ["i", "Ida", "table 1, interpreting for \u2068Cem & =Dora() & زينب\u2069", "rest"]
    assert "=Dora() & زينب\u2069 (interpreting: Ida)" in routes[5][2]
    assert routes[6] == ["b", "Ben", "table 2, with Amina", "rest"]
    assert book.get_sheet_by_name("Tables").to_python() == [
        ["Table", "Round 1", "Round 2"],
        [1, "\u2068Cem & =Dora() & زينب\u2069 (interpreting: Ida)", "Amina & زينب"],
        [2, "Amina & Ben", ""],
        [3, "", "'=Dora() & Lu"],
    ]


def test_the_same_evening_gives_the_same_files_byte_for_byte() -> None:
    for write in (csv_bytes, json_bytes, xlsx_bytes):
        assert write(EVENING, ROSTER) == write(EVENING, ROSTER)


@pytest.mark.parametrize("ending", [".csv", ".json", ".xlsx", ".JSON"])
def test_an_evening_is_written_as_the_file_s_ending_asks(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"evening{ending}"
    write_evening(path, EVENING, ROSTER)
    write = {".csv": csv_bytes, ".json": json_bytes, ".xlsx": xlsx_bytes}[ending.lower()]
    assert path.read_bytes() == write(EVENING, ROSTER)


def test_another_ending_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    assert faults(lambda: write_evening(tmp_path / "evening.pdf", EVENING, ROSTER)) == ["evening.kind"]
    assert faults(lambda: load_evening(tmp_path / "evening.xlsx")) == ["evening.read_kind"]
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there_or_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    assert faults(lambda: load_evening(tmp_path / "nowhere.json")) == ["file.not_found"]
    (tmp_path / "folder.json").mkdir()
    assert faults(lambda: load_evening(tmp_path / "folder.json")) == ["file.not_read"]

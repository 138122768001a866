"""Sheets of every kind are opened by what is in them; what is no sheet is refused in plain words."""

from __future__ import annotations

import codecs
import io
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from relexp.exchange import workbooks
from relexp.exchange.demo import demo_sheet
from relexp.exchange.sheets import write_csv
from relexp.exchange.tables import Table, read_table
from relexp.exchange.workbook_reader import answer, typed, visible_sheets
from relexp.messages import FaultsFound
from relexp.roster.words import tidy
from tests.exchange.workbooks_by_hand import ods, parts, xlsx

SHEETS = Path(__file__).parent / "sheets"
ROOM = "name,organisation\nAmina Khan,Café Île\nবিমল দাস,Al-Noor\n"
WESTERN = "name;organisation\nZoë Müller;Café Île – “Öl”\nJosé;Señal\n"


def read(text: str, encoding: str = "utf-8") -> Table:
    return read_table(text.encode(encoding), "people.csv")


def code_of(data: bytes) -> str:
    with pytest.raises(FaultsFound) as refused:
        read_table(data, "people.csv")
    (fault,) = refused.value.faults
    assert str(fault)
    return fault.message.code


@pytest.mark.parametrize(
    "data",
    [
        ROOM.encode(),
        codecs.BOM_UTF8 + ROOM.encode(),
        ROOM.encode("utf-16"),
        codecs.BOM_UTF16_BE + ROOM.encode("utf-16-be"),
        ROOM.encode("utf-16-le"),
        ROOM.encode("utf-16-be"),
        ROOM.encode("utf-32"),
        ROOM.replace("\n", "\r\n").encode(),
        ROOM.replace("\n", "\r").encode(),
        ROOM.replace(",", ";").encode(),
        ROOM.replace(",", "\t").encode(),
        ROOM.replace(",", "\t").encode("utf-16"),
        ROOM.rstrip().encode(),
        ods([["name", "organisation"], ["Amina Khan", "Café Île"], ["বিমল দাস", "Al-Noor"]]),
        xlsx({"People": [["name", "organisation"], ["Amina Khan", "Café Île"], ["বিমল দাস", "Al-Noor"]]}),
    ],
)
def test_one_sheet_reads_alike_in_every_alphabet_delimiter_and_file_kind(data: bytes) -> None:
    table = read_table(data, "people")

    assert table.header == ("name", "organisation")
    assert table.rows == ((2, ("Amina Khan", "Café Île")), (3, ("বিমল দাস", "Al-Noor")))


def test_windows_1252_is_read_with_its_own_quotes_and_dashes() -> None:
    assert read(WESTERN, "cp1252") == read(WESTERN)


def test_an_old_excel_file_is_read_with_numbers_and_dates_as_typed() -> None:
    table = read_table((SHEETS / "old_excel.xls").read_bytes(), "old_excel.xls")

    assert table.rows == (
        (2, ("Amina Khan", "Al-Noor Centre", "54", "2024-01-02")),
        (4, ("বিমল দাস", "Café Île", "7.5", "")),
    )


def test_the_name_of_a_file_does_not_decide_what_it_is() -> None:
    assert read_table(ROOM.encode(), "people.xlsx") == read_table(ROOM.encode(), "people.csv")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("x", "x"),
        (54.0, "54"),
        (54, "54"),
        (0.3, "0.3"),
        (1e15, "1000000000000000"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2024, 1, 2), "2024-01-02"),
        (datetime(2024, 1, 2), "2024-01-02"),  # noqa: DTZ001
        (datetime(2024, 1, 2, 15, 30), "2024-01-02 15:30:00"),  # noqa: DTZ001
        (datetime(2024, 1, 2, 15, 30).time(), "15:30:00"),  # noqa: DTZ001
    ],
)
def test_cells_of_a_workbook_read_as_somebody_would_have_typed_them(cell: object, text: str) -> None:
    assert typed(cell) == text  # type: ignore[arg-type]
    (((read_back,),),) = visible_sheets(xlsx({"One": [[cell]]}))
    assert read_back == text


def test_a_length_of_time_reads_as_text() -> None:
    assert typed(datetime(2024, 1, 2) - datetime(2024, 1, 1)) == "1 day, 0:00:00"  # noqa: DTZ001


def test_rows_have_the_numbers_that_a_spreadsheet_shows() -> None:
    table = read('name,notes\n\nAmina,"two\nlines, ""quoted"""\n , \nBen,x\n')

    assert table.rows == ((3, ("Amina", 'two\nlines, "quoted"')), (5, ("Ben", "x")))


def test_rows_of_a_workbook_have_the_numbers_it_shows_even_below_blank_rows() -> None:
    table = read_table(xlsx({"A": [[], [None, "name"], [], [None, "Amina"]]}), "a.xlsx")

    assert (table.header_row, table.header, table.rows) == (2, ("", "name"), ((4, ("", "Amina")),))


def test_the_line_that_excel_hides_is_not_counted() -> None:
    assert read("sep=;\nname;notes\nAmina;a, b\n").rows == ((2, ("Amina", "a, b")),)


def test_padding_is_taken_off_invisible_marks_included() -> None:
    table = read("\ufeff name ,\u200forganisation\u200f\n \u00a0Amina\t, \u200bAl-Noor \u2069\n")

    assert (table.header, table.rows[0][1]) == (("name", "organisation"), ("Amina", "Al-Noor"))


def test_short_rows_are_filled_up_and_long_rows_widen_the_header() -> None:
    table = read("name,organisation\nAmina\nBen,x,,y,\n")

    assert table.header == ("name", "organisation", "", "")
    assert table.rows == ((2, ("Amina", "", "", "")), (3, ("Ben", "x", "", "y")))


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("name;languages (say, Welsh, English)\nA;x\nB;y, z\n", ("name", "languages (say, Welsh, English)")),
        ("name,languages (; between)\nA,Welsh;English\nB,a;b\n", ("name", "languages (; between)")),
        ("What, please, is your name?;Ward\nA;x\nB;y\n", ("What, please, is your name?", "Ward")),
        ("name\nKhan, Amina\nRees; Dafydd\n", ("name",)),
        ("ward;colour\na,b;x\nc;y\n", ("ward", "colour")),
        ('name, organisation\nAmina, "Hall, the old"\n', ("name", "organisation")),
    ],
)
def test_what_stands_between_the_cells_is_found(text: str, header: tuple[str, ...]) -> None:
    assert read(text).header == header


def test_title_lines_above_the_headings_are_passed_over() -> None:
    table = read('"Weaving trust, 10 November",\n,\nPlease sign in,\nname,organisation\nAmina,x\n')

    assert (table.header_row, table.header, table.rows) == (4, ("name", "organisation"), ((5, ("Amina", "x")),))


def test_a_person_named_like_a_heading_is_not_taken_for_one() -> None:
    table = read("ward,colour\nName,blue\n")

    assert (table.header, table.rows) == (("ward", "colour"), ((2, ("Name", "blue")),))


def test_the_page_with_people_is_found_whatever_stands_before_it() -> None:
    book = xlsx(
        {
            "Read me": [["How we meet"], ["Bring cake"]],
            "Old": [["name", "organisation", "languages"], ["Zed", "x", "y"]],
            "People": [["name", "organisation"], ["Amina", "Al-Noor"]],
        },
        hidden=["Old"],
    )

    assert read_table(book, "a.xlsx").rows == ((2, ("Amina", "Al-Noor")),)


def test_apostrophes_that_keep_formulas_from_running_are_taken_off_and_others_stay() -> None:
    assert read("name,notes\n'=Amina,'tis\n'+44,''@x\n").rows == ((2, ("=Amina", "'tis")), (3, ("+44", "'@x")))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\r\n",
        codecs.BOM_UTF8,
        codecs.BOM_UTF16_LE,
        b"\0\0",
        b",,\n,,\n , \n",
        xlsx({"A": []}),
        xlsx({"A": [[" "]]}),
    ],
)
def test_a_file_with_nothing_in_it_is_said_to_be_empty(data: bytes) -> None:
    assert code_of(data) == "sheet.empty"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 and so on",
        b"\x89PNG\r\n\x1a\n",
        b"<!DOCTYPE html><table><tr><td>name</td></tr></table>",
        b'{"name": "Amina"}',
        b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 4,
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken",
        parts({"word/document.xml": "<document/>"}),
        bytes(range(1, 32)) * 10,
    ],
)
def test_a_file_that_is_no_sheet_is_said_to_be_none(data: bytes) -> None:
    assert code_of(data) == "sheet.not_a_sheet"


def test_a_page_that_would_fill_the_memory_is_refused_and_harms_nobody() -> None:
    assert code_of(xlsx({"A": [["name"]] + [[]] * 1_048_574 + [[None] * 16_383 + ["far"]]})) == "sheet.not_a_sheet"


def test_a_damaged_file_that_would_keep_the_reader_busy_is_refused() -> None:
    assert code_of((SHEETS / "endless.xls").read_bytes()) == "sheet.not_a_sheet"


def test_a_reader_that_does_not_answer_in_time_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "_SECONDS", 0.001)

    assert code_of(xlsx({"A": [["name"]]})) == "sheet.not_a_sheet"


def test_a_reader_that_cannot_be_started_is_told_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks.sys, "executable", "/nowhere/python")

    assert code_of(xlsx({"A": [["name"]]})) == "sheet.unreadable"


def test_a_locked_workbook_asks_for_a_copy_without_the_password() -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")

    assert answer(locked) == {"fault": "sheet.password"}
    assert code_of(locked) == "sheet.password"


def test_a_quotation_mark_left_open_is_told_with_its_row_and_swallows_nobody() -> None:
    with pytest.raises(FaultsFound) as refused:
        read('name,notes\nAmina,x\n"Ben,y\nCarys,z\n')
    assert [(fault.message.code, fault.row) for fault in refused.value.faults] == [("sheet.open_quote", 3)]


def test_a_cell_that_never_ends_is_told_even_where_it_is_very_long() -> None:
    assert code_of(b'name,notes\nAmina,"' + b"x" * 200_000) == "sheet.open_quote"


def test_quotation_marks_inside_a_cell_stand_as_they_are() -> None:
    assert read('name,notes\n"Big" Jim,6" tall\n').rows == ((2, ("Big Jim", '6" tall')),)


@pytest.mark.parametrize(
    "data", ["name\nবিমল\n".encode()[:-2] + b"\n", codecs.BOM_UTF8 + b"name\n\xff\n", b"name\n\x81\n"]
)
def test_letters_that_were_saved_in_a_broken_way_are_not_guessed_at(data: bytes) -> None:
    assert code_of(data) == "sheet.broken_letters"


def test_a_file_far_too_big_for_a_sheet_is_refused_before_it_is_read() -> None:
    assert code_of(b"name\n" + b"x" * 50_000_000) == "sheet.too_big"


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n\t="), max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6))
@example([("=1+1", "'=x"), ("@", "-")])
@settings(max_examples=120)
def test_what_we_write_we_read_again_without_its_padding(rows: list[tuple[str, str]]) -> None:
    csv = io.BytesIO()
    write_csv(csv, ("name", "notes"), rows)
    table = read_table(csv.getvalue(), "a.csv")

    expected = [tuple(map(tidy, row)) for row in rows]
    assert [cells for _, cells in table.rows] == [row for row in expected if any(row)]
    assert table.header == ("name", "notes")


@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00")
@example(b"sep=\n")
@example(b'sep="\n"a')
@example(b"\x1f\n\x1f")
@settings(max_examples=300)
def test_any_bytes_give_a_table_or_faults_and_nothing_else(data: bytes) -> None:
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return
    try:
        table = read_table(data, "any")
    except FaultsFound as refused:
        told = str(refused)
    else:
        told = "read"
        assert all(len(cells) == len(table.header) and any(cells) for _, cells in table.rows)
    assert told


@given(st.data())
@settings(max_examples=100)
def test_a_damaged_sheet_gives_a_table_or_faults_and_nothing_else(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([demo_sheet()[:600], demo_sheet().decode("utf-8-sig").encode("utf-16")[:900]]))
    at = data.draw(st.integers(0, len(whole)))
    piece = data.draw(st.binary(max_size=5) | st.sampled_from([b'"', b"\n", b"\0", b"\r"]))
    damaged = whole[:at] + piece + whole[at + data.draw(st.integers(0, 9)) :]
    try:
        told = str(read_table(damaged, "damaged.csv").header)
    except FaultsFound as refused:
        told = str(refused)
    assert told

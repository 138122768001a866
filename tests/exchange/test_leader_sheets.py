"""The leadership table as a sheet: it opens as it is, runs nothing, and is read by its own headings and by others'."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from relexp.exchange.leader_contacts import osdi_csv, vcards
from relexp.exchange.leader_sheets import leaders_csv, leaders_xlsx, read_leaders
from relexp.exchange.workbook_reader import visible_sheets
from relexp.leadership.arriving import arrive, impact
from relexp.leadership.board import Board, Named, default_board
from relexp.leadership.ladder import Ladder, Stage
from relexp.leadership.leader import Leader, Row, Step
from relexp.messages import FaultsFound
from relexp.reflection.one_to_ones import Following

BOARD = replace(default_board(), own=(Named("door", "Door, number"), Named("sum", "=1+1")))
A, B, C = (letter * 32 for letter in "abc")
LEADERS = (
    Leader(
        A,
        "Amina Begum",
        "St Mary's, Bow",
        "Chair",
        "team",
        Following.FEW,
        "1-2",
        "0012",
        "3/4",
        Step("Meet “Bob”", date(2026, 3, 6), "Siân Łuczak"),
        {"webinar": date(2026, 1, 5)},
        review=date(2026, 9, 1),
        own={"door": "0012", "sum": "@SUM(A1)"},
    ),
    Leader(B, "মোছাম্মৎ রহিমা খাতুন", "ইস্ট লন্ডন মসজিদ", stage="met", developed_by=A),
    Leader(C, "=cmd|' /C calc'!A0", "نور الهدى", talents="'=x", stretch="-1", developed_by=B),
)
ROWS = tuple(Row(leader, date(2026, 1, 1), date(2026, 2, 3), 4, date(2026, 2, 4)) for leader in LEADERS)
CHALLENGES = {A: "Speak at the assembly"}
KNOWN = {leader.id: leader for leader in LEADERS}
Written = Callable[[Board, tuple[Row, ...], dict[str, str]], bytes]
every_kind = pytest.mark.parametrize(("write", "name"), [(leaders_csv, "leaders.csv"), (leaders_xlsx, "leaders.xlsx")])


def cells(data: bytes) -> list[list[str]]:
    return [*csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))]


@every_kind
def test_a_table_that_comes_back_changes_nothing_and_makes_the_same_leaders_elsewhere(
    write: Written, name: str
) -> None:
    table = read_leaders(write(BOARD, ROWS, CHALLENGES), name, BOARD)
    same = arrive(BOARD, table, KNOWN, str)
    assert (same.changes, same.added, same.refused, same.untouched) == ((), (), (), 3)
    elsewhere = arrive(BOARD, table, {}, str)
    assert elsewhere.added == LEADERS
    assert elsewhere.refused == ()


@every_kind
def test_what_no_sheet_can_hold_spoils_none_and_is_no_change_when_it_comes_back(write: Written, name: str) -> None:
    odd = replace(LEADERS[0], name="Si\ufffdn", self_interest="one\nline\x01, then\ufffe another ", own={})
    rows = (Row(odd, date(2026, 1, 1)),)
    table = read_leaders(write(BOARD, rows, {A: "Speak\ufffd\nup"}), name, BOARD)
    assert "Speak? up" in table.rows[0][1]
    assert arrive(BOARD, table, {A: odd}, str).untouched == 1


def test_the_id_comes_first_then_what_can_be_written_then_what_follows_and_a_place_for_evidence() -> None:
    header, first, *_ = cells(leaders_csv(BOARD, ROWS, CHALLENGES))
    assert header[:5] == ["id", "Name", "Institution", "Role now", "Stage"]
    assert header[-7:] == [
        "Door, number",
        "'=1+1",
        "Last one-to-one",
        "One-to-ones",
        "Last challenge",
        "Saw their row",
        "Evidence for the stage",
    ]
    assert first[:6] == [A, "Amina Begum", "St Mary's, Bow", "Chair", "Team member", "1 to 2"]
    assert first[-5:] == ["2026-02-03", "4", "Speak at the assembly", "2026-02-04", ""]


def test_nothing_that_somebody_typed_runs_in_a_spreadsheet() -> None:
    every = [
        *cells(leaders_csv(BOARD, ROWS, CHALLENGES)),
        *visible_sheets(leaders_xlsx(BOARD, ROWS, CHALLENGES))[0],
        *cells(osdi_csv(BOARD, ROWS)),
    ]
    assert not [cell for row in every for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    with zipfile.ZipFile(io.BytesIO(leaders_xlsx(BOARD, ROWS, CHALLENGES))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_excel_shows_every_script_of_the_csv_as_it_is() -> None:
    assert leaders_csv(BOARD, ROWS, {}).startswith(b"\xef\xbb\xbfid,Name,")


def test_whoever_develops_somebody_is_told_by_id_where_their_name_does_not_say_who_they_are() -> None:
    twins = (LEADERS[0], replace(LEADERS[0], id=C, name="amina begum"), replace(LEADERS[1], developed_by=C))
    outside = replace(LEADERS[1], id="d" * 32, name="Dan", developed_by="e" * 32)
    rows = tuple(Row(leader, date(2026, 1, 1)) for leader in (*twins, outside))
    header, *written = cells(leaders_csv(BOARD, rows, {}))
    column = header.index("Developed by")
    assert [row[column] for row in written] == ["", "", C, "e" * 32]


def test_part_of_a_table_can_be_taken_away_and_come_back_without_emptying_who_develops_whom() -> None:
    table = read_leaders(leaders_csv(BOARD, ROWS[1:], {}), "some.csv", BOARD)
    assert arrive(BOARD, table, KNOWN, str).untouched == 2


def test_the_workbook_keeps_headings_and_names_in_sight_and_offers_stages_and_followings() -> None:
    with zipfile.ZipFile(io.BytesIO(leaders_xlsx(BOARD, ROWS, CHALLENGES))) as book:
        sheet, text = book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/sharedStrings.xml").decode()
        pages, styles = book.read("xl/workbook.xml").decode(), book.read("xl/styles.xml").decode()
    assert '<pane xSplit="2" ySplit="1"' in sheet
    assert "'Choices'!$A$1:$A$5" in sheet
    assert "'Choices'!$B$1:$B$4" in sheet
    assert all(stage.name in text for stage in BOARD.ladder)
    assert 'name="Choices" sheetId="2" state="veryHidden"' in pages
    assert "numberStoredAsText" in sheet
    assert styles.count('numFmtId="49"') == 4
    assert sheet.count("<v>") == sheet.count('t="s"><v>'), "every cell is text"


def test_what_looks_like_a_date_or_a_number_stays_what_was_typed() -> None:
    header, first, *_ = visible_sheets(leaders_xlsx(BOARD, ROWS, CHALLENGES))[0]
    told = dict(zip(header, first, strict=True))
    assert (told["Self-interest"], told["Talents"], told["Stretch"]) == ("1-2", "0012", "3/4")
    assert told["Door, number"] == "0012"


def test_stages_with_commas_in_their_names_and_many_of_them_can_be_chosen_from() -> None:
    stages = tuple(Stage(f"s{number}", f"Rung {number}, with a long name of its own") for number in range(20))
    board = replace(BOARD, ladder=Ladder(stages))
    rows = (Row(Leader(A, "Amina Begum", stage="s19"), date(2026, 1, 1)),)
    table = read_leaders(leaders_xlsx(board, rows, {}), "a.xlsx", board)
    assert arrive(board, table, {}, str).added[0].stage == "s19"


def test_the_same_table_is_the_same_file() -> None:
    assert leaders_xlsx(BOARD, ROWS, CHALLENGES) == leaders_xlsx(BOARD, ROWS, CHALLENGES)


@every_kind
def test_an_empty_table_is_a_sheet_to_fill_in(write: Written, name: str) -> None:
    table = read_leaders(write(BOARD, (), {}), name, BOARD)
    assert table.header[:2] == ("id", "Name")
    assert table.rows == ()


# What comes in


def test_the_header_is_found_below_a_title_and_with_semicolons_and_tabs() -> None:
    text = "Our leaders 2026;;\n;;\nFull name;Rung;Next step\nAmina Begum;Met;Call, then meet\n"
    for data in (text, text.replace(";", "\t")):
        table = read_leaders(data.encode(), "own.csv", BOARD)
        assert (table.header_row, table.header) == (3, ("Full name", "Rung", "Next step"))
        assert table.rows == ((4, ("Amina Begum", "Met", "Call, then meet")),)


def test_the_page_of_a_workbook_that_holds_leaders_is_taken() -> None:
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for title, rows in {
            "Venues": (("Name", "Seats"), ("Hall", "80")),
            "Table": (("Name", "Stage", "Stretch"), ("Amina Begum", "Met", "Asks")),
        }.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    assert read_leaders(file.getvalue(), "ours.xlsx", BOARD).header == ("Name", "Stage", "Stretch")


def test_people_pasted_one_a_line_come_in_by_name_and_institution() -> None:
    text = '1. Amina Begum, St Mary\'s, Bow\n- Bilal Khan – Unite\n\nنور الهدى\nSiân "Shan" Evans'
    table = read_leaders(text.encode(), "what you pasted", BOARD)
    assert [cells for _, cells in table.rows] == [
        ("Amina Begum", "St Mary's, Bow"),
        ("Bilal Khan", "Unite"),
        ("نور الهدى", ""),
        ('Siân "Shan" Evans', ""),
    ]
    assert [number for number, _ in table.rows] == [1, 2, 3, 4]


def test_names_pasted_alone_empty_nobodys_institution() -> None:
    table = read_leaders(b'Amina Begum\n"Carys', "what you pasted", BOARD)
    arrival = arrive(BOARD, table, KNOWN, lambda: "new")
    assert (arrival.untouched, [leader.name for leader in arrival.added]) == (1, ['"Carys'])
    assert "New in the table: 1" in str(impact(arrival)[0])


def test_a_table_pasted_with_its_headings_is_read_by_them() -> None:
    table = read_leaders(b"Name\tStage\nAmina Begum\tMet", "what you pasted", BOARD)
    assert table.rows == ((2, ("Amina Begum", "Met")),)


def test_columns_pasted_without_headings_are_asked_for_theirs() -> None:
    with pytest.raises(FaultsFound) as found:
        read_leaders(b"Amina\tUnite\tMet\nBilal\tUnite\tMet", "what you pasted", BOARD)
    assert [fault.message.code for fault in found.value.faults] == ["bring.headings"]


@pytest.mark.parametrize("name", ["a.csv", "a.TXT"])
def test_a_file_with_headings_that_nobody_knows_is_no_list_of_names(name: str) -> None:
    table = read_leaders(b"Wer,Woher\nAmina,Unite\n", name, BOARD)
    assert table.header == ("Wer", "Woher")
    refused = arrive(BOARD, table, {}, str).refused
    assert [fault.message.code for fault in refused] == ["lead.sheet_no_names"]


def test_a_workbook_without_headings_is_no_list_of_names_whatever_it_is_called() -> None:
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.add_worksheet().write_row(0, 0, ("Wer", "Woher"))
    assert read_leaders(file.getvalue(), "leaders", BOARD).header == ("Wer", "Woher")


@pytest.mark.parametrize(("data", "name"), [(b"", "a.csv"), (b'Name\n"Amina', "a.csv"), (b"%PDF-1.4", "pasted")])
def test_what_is_no_sheet_is_told(data: bytes, name: str) -> None:
    with pytest.raises(FaultsFound):
        read_leaders(data, name, BOARD)


# For other programs


def unfolded(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_a_contact_card_says_who_somebody_is_and_nothing_more() -> None:
    assert unfolded(vcards(ROWS[:1])) == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "FN:Amina Begum",
        "N:Begum;Amina;;;",
        r"ORG:St Mary's\, Bow",
        "ROLE:Chair",
        "END:VCARD",
        "",
    ]


def test_cards_escape_what_has_a_meaning_on_them_and_leave_out_what_is_not_known() -> None:
    row = Row(Leader(A, "a;b\\c,d\ne"), date(2026, 1, 1))
    assert unfolded(vcards([row]))[2:4] == [r"FN:a\;b\\c\,d\ne", r"N:;a\;b\\c\,d\ne;;;"]
    assert len(unfolded(vcards([row]))) == 6


def test_a_long_line_of_a_card_goes_on_after_a_space_and_no_letter_is_cut() -> None:
    long = Leader(A, "মোছাম্মৎ " * 10 + "খাতুন", "x" * 150)
    data = vcards([Row(long, date(2026, 1, 1))])
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
    assert f"FN:{long.name}" in unfolded(data)


def test_action_network_and_osdi_know_the_columns_by_their_own_names() -> None:
    header, first, *_ = cells(osdi_csv(BOARD, ROWS))
    assert header[:6] == ["first_name", "last_name", "identifier", "institution", "role", "stage"]
    assert header[6:] == [f"training_{each.key}" for each in BOARD.trainings]
    assert first[:7] == ["Amina", "Begum", f"relexp:{A}", "St Mary's, Bow", "Chair", "Team member", "2026-01-05"]


def test_what_goes_to_action_network_comes_back_to_the_same_people() -> None:
    table = read_leaders(osdi_csv(BOARD, ROWS), "people.csv", BOARD)
    arrival = arrive(BOARD, table, KNOWN, str)
    assert (arrival.untouched, arrival.refused, arrival.unknown) == (3, (), ("identifier",))


@pytest.mark.parametrize("write", [lambda: vcards(SECRET), lambda: osdi_csv(BOARD, SECRET)])
def test_what_somebody_said_of_themselves_goes_to_no_other_program(write: Callable[[], bytes]) -> None:
    assert b"secret" not in write()


SECRET = [
    Row(
        replace(LEADERS[0], self_interest="secret 1", talents="secret 2", stretch="secret 3", own={"door": "secret 4"}),
        date(2026, 1, 1),
    )
]

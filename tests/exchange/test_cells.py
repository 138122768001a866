"""A sheet being corrected: every change can be taken back and done again, and the file reads back as it stands."""

from contextlib import suppress
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.exchange.cells import MOST_STEPS, Cells, History
from relexp.exchange.pasted import pasted_sheet
from relexp.exchange.rosters import read_roster
from relexp.exchange.tables import read_table
from relexp.messages import FaultsFound
from relexp.roster.table import Table
from relexp.roster.words import tidy

# What a cell may hold once padding is off: commas, quotes, newlines inside, formulas, other scripts, direction marks.
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cf")), max_size=8)
ODD = st.sampled_from(
    ["one\ntwo", "\u202eabc\u202c", "=1+1", "+44 20", "-x", "@home", "'=1", "a,b", 'say "hi"', "সাবা", "محمد", "Zoë"]
)
CELL = TEXTS | ODD
SHEETS = st.integers(1, 4).flatmap(
    lambda width: st.builds(
        Cells.new,
        st.just(tuple(["name", "organisation", "ward", "notes"][:width])),
        st.lists(st.tuples(*[CELL] * width), max_size=6).map(tuple),
    )
)
EDITS = st.lists(st.tuples(st.sampled_from("cell row out column".split()), st.integers(0, 9), st.integers(0, 9), CELL))


def after(history: History, edit: tuple[str, int, int, str]) -> History:
    kind, row, column, text = edit
    cells = history.now
    if kind == "row":
        return history.with_row()
    if kind == "column":
        return history.then(cells.with_column(text))
    if not cells.rows:
        return history
    if kind == "out":
        return history.then(cells.without_row(row % len(cells.rows)))
    return history.then(cells.with_cell(row % len(cells.rows), column % len(cells.header), text))


def edited(cells: Cells, edits: list[tuple[str, int, int, str]]) -> History:
    return reduce(after, edits, History((cells,)))


@given(cells=SHEETS, edits=EDITS)
def test_all_that_was_done_can_be_taken_back_and_done_again(cells, edits):
    history = edited(cells, edits)
    last = history.now
    while history.can_undo:
        history = history.undo()
    assert history.now == cells
    assert history.undo() == history
    while history.can_redo:
        history = history.redo()
    assert history.now == last
    assert history.redo() == history


def test_a_change_after_going_back_takes_the_place_of_what_was_taken_back():
    history = History((Cells.new(("name",), (("Amina",),)),))
    history = history.then(history.now.with_cell(0, 0, "Bo")).undo()
    history = history.then(history.now.with_cell(0, 0, "Cass"))
    assert history.now.rows == (("Cass",),)
    assert not history.can_redo
    assert history.then(history.now) is history


def test_no_more_is_remembered_than_anybody_asks_for():
    history = History((Cells.new(("name",), (("0",),)),))
    for number in range(1, MOST_STEPS + 50):
        history = history.then(history.now.with_cell(0, 0, str(number)))
    assert len(history.states) == MOST_STEPS + 1


@given(cells=SHEETS, edits=EDITS)
def test_the_file_reads_back_as_the_sheet_stands_each_row_under_its_number(cells, edits):
    cells = edited(cells, edits).now
    rows = {
        number: row for number, row in zip(cells.numbers, cells.rows, strict=True) if any(cell.strip() for cell in row)
    }
    if not rows:
        with suppress(FaultsFound):
            assert read_table(cells.to_bytes(), "corrected.csv").rows == ()
        return
    table = read_table(cells.to_bytes(), "corrected.csv")
    width = len(table.header)
    assert table.header == tuple(map(tidy, cells.header[:width]))
    assert dict(table.rows) == {number: tuple(tidy(cell) for cell in row)[:width] for number, row in rows.items()}


@given(cells=SHEETS, edits=EDITS)
def test_no_two_rows_ever_have_one_number(cells, edits):
    history = History((cells,))
    had = set(cells.numbers)
    for edit in edits:
        before = set(history.now.numbers)
        history = after(history, edit)
        new = set(history.now.numbers) - before
        assert len(history.now.numbers) == len(set(history.now.numbers)) == len(history.now.rows)
        assert not new & had
        had |= new


def test_a_row_far_below_all_others_keeps_its_number_too():
    table = Table(("name",), ((2, ("Amina",)), (1_048_576, ("Bo",))))
    assert read_table(Cells.of(table).to_bytes(), "corrected.csv") == table


@pytest.mark.parametrize(("row", "column"), [(3, 0), (0, 2), (-9, 0)])
def test_there_is_nothing_to_change_beyond_the_sheet(row, column):
    cells = Cells.new(("name", "ward"), (("Amina", "x"), ("Bo", "y")))
    with pytest.raises(IndexError):
        cells.with_cell(row, column, "z")
    with pytest.raises(IndexError):
        cells.without_row(-1)


@pytest.mark.parametrize(
    "text",
    [
        "Amina Begum, Al-Noor\nBo Li, St Luke's\nCass",
        "Amina Begum\tAl-Noor\nBo Li\tSt Luke's\nCass",
        "Amina Begum - Al-Noor\n\n  Bo Li – St Luke's\nCass\n",
        "Amina Begum; Al-Noor\nBo Li; St Luke's\nCass;",
        "name,organisation\nAmina Begum,Al-Noor\nBo Li,St Luke's\nCass,",
        "Full name\tWho did you come with?\nAmina Begum\tAl-Noor\nBo Li\tSt Luke's\nCass\t",
    ],
)
def test_people_are_taken_however_they_are_written(text):
    roster = read_roster(pasted_sheet(text, "pasted"), "pasted.csv").roster
    assert [(person.name, person.organisation) for person in roster] == [
        ("Amina Begum", "Al-Noor"),
        ("Bo Li", "St Luke's"),
        ("Cass", ""),
    ]


def test_columns_that_nobody_named_are_not_taken_for_anything():
    with pytest.raises(FaultsFound, match="headings"):
        pasted_sheet("Amina\tMosque\tMuslim\nBo\tUnion\tNone", "pasted")


def test_the_marks_of_a_list_are_no_part_of_a_name():
    roster = read_roster(pasted_sheet("1. Amina Begum, A\n• Bo Li, B\n- Cass", "pasted"), "pasted.csv").roster
    assert [person.name for person in roster] == ["Amina Begum", "Bo Li", "Cass"]


def test_a_hyphen_in_a_name_belongs_to_it():
    roster = read_roster(pasted_sheet("Anne-Marie Ní Bhriain\n=Bo\nমোঃ আল-আমিন", "pasted"), "pasted.csv").roster
    assert [person.name for person in roster] == ["Anne-Marie Ní Bhriain", "=Bo", "মোঃ আল-আমিন"]


@pytest.mark.parametrize(
    ("line", "name", "organisation"),
    [
        ("\"O'Brien, Pat\", St Mary's", "O'Brien, Pat", "St Mary's"),
        ('"O\'Brien, Pat"', "O'Brien, Pat", ""),
        ('"Khan; Amina" - "Al-Noor, Mill Road"', "Khan; Amina", "Al-Noor, Mill Road"),
        ('Bo Li, "Al-Noor, Mill Road"', "Bo Li", "Al-Noor, Mill Road"),
        ('"Say ""Bo"" Li", B', 'Say "Bo" Li', "B"),
        ('Patricia "Pat" Day, C', 'Patricia "Pat" Day', "C"),
        ('"Pat" Day, C', '"Pat" Day', "C"),
        ('5" Fred, D', '5" Fred', "D"),
        ('"Fred, D', '"Fred', "D"),
    ],
)
def test_what_is_quoted_as_a_whole_is_one_cell_and_a_lone_mark_breaks_nothing(line, name, organisation):
    roster = read_roster(pasted_sheet(f"{line}\nCass, X", "pasted"), "pasted.csv").roster
    assert (roster.people[0].name, roster.people[0].organisation) == (name, organisation)


@given(
    name=TEXTS.filter(lambda text: tidy(text) and "\n" not in text), other=TEXTS.filter(lambda text: "\n" not in text)
)
def test_any_name_comes_through_in_quotation_marks(name, other):
    quoted = [f'"{text.replace(chr(34), chr(34) * 2)}"' for text in (name, other)]
    pasted = pasted_sheet(f"Cass, X\n{quoted[0]}, {quoted[1]}", "pasted")
    assert read_table(pasted, "pasted.csv").rows[-1][1] == (tidy(name), tidy(other))

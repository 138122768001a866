"""A file on the disk becomes a roster, or every fault of it in plain words."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest

from relexp.exchange.rosters import load_roster, read_roster
from relexp.exchange.sheets import write_csv
from relexp.messages import FaultsFound
from tests.exchange.workbooks_by_hand import xlsx


def faults(path: Path) -> list[str]:
    with pytest.raises(FaultsFound) as refused:
        load_roster(path)
    return [fault.message.code for fault in refused.value.faults]


def test_a_sheet_on_the_disk_becomes_a_roster(tmp_path: Path) -> None:
    sheet = tmp_path / "people.csv"
    sheet.write_text("name,organisation\nAmina,x\nBen,y\n", encoding="utf-8")

    assert [person.name for person in load_roster(sheet).roster] == ["Amina", "Ben"]


def test_a_file_that_is_not_there_or_cannot_be_opened_is_told_so(tmp_path: Path) -> None:
    assert faults(tmp_path / "nowhere.csv") == ["sheet.missing"]
    assert faults(tmp_path) == ["sheet.unreadable"]


def test_a_message_names_the_file_but_not_the_folders_above_it(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="nowhere") as refused:
        load_roster(tmp_path / "nowhere.csv")
    assert str(tmp_path) not in str(refused.value)


def test_numbers_in_a_workbook_are_ids_seats_and_rounds_as_they_were_typed() -> None:
    data = xlsx({"A": [["id", "name", "fixed seat", "rest"], [1, "Amina", 7, 3], [2, "Ben", None, "1; 2"]]})
    amina, ben = read_roster(data, "a.xlsx").roster

    assert (amina.id, amina.fixed_seat, amina.rest) == ("1", 7, {3})
    assert (ben.id, ben.fixed_seat, ben.rest) == ("2", None, {1, 2})


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_ten_thousand_rows_are_read_in_moments(kind: str) -> None:
    # The promise is about a second; this only keeps it from growing with the square of the rows.
    header = ("name", "organisation", "languages", "age band", "quiet")
    rows = [(f"Amina {i} Khan", f"Group {i % 40}", "English; Welsh", "25-34", "no") for i in range(10_000)]
    stream = io.BytesIO()
    write_csv(stream, header, rows)
    data = stream.getvalue() if kind == "csv" else xlsx({"A": [header, *rows]})
    start = time.perf_counter()
    loaded = read_roster(data, "a")

    assert len(loaded.roster) == 10_000
    assert time.perf_counter() - start < 10

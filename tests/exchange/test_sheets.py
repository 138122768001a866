"""Sheets that we write run nothing when they are opened, and read back as they were."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.exchange.sheets import safe, unsafe, write_csv
from relexp.exchange.tables import read_table

DANGEROUS = ("=1+1", "+44 20", "-1", "@SUM(A1)", "\tx", "\rx")


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Amina", "1-2", "'tis", " =x", "a=b", "’=x"])
def test_any_other_cell_is_left_alone(text: str) -> None:
    assert safe(text) == unsafe(text) == text


@given(st.text(st.sampled_from("'=+-@\t\rab")))
def test_taking_the_apostrophe_off_gives_back_every_text(text: str) -> None:
    assert unsafe(safe(text)) == text
    assert not safe(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_what_is_written_is_safe_in_header_and_cells_and_comes_back_as_it_was(tmp_path: Path) -> None:
    header, rows = ("name", "=evil()"), [("@Amina", "-2+3"), ("Ben", 5), ("x" * 100, 0.5)]
    write_csv(tmp_path / "a.csv", header, rows)

    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["name", "'=evil()"], ["'@Amina", "'-2+3"], ["Ben", "5"], ["x" * 100, "0.5"]]
    table = read_table((tmp_path / "a.csv").read_bytes(), "a.csv")
    assert table.header == header
    assert table.rows[:2] == ((2, ("@Amina", "-2+3")), (3, ("Ben", "5")))

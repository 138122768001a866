"""The empty sign-up sheet can be filled in by anybody, on a laptop or on paper, and read back."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from relexp.exchange.rosters import read_roster
from relexp.exchange.tables import read_table
from relexp.exchange.template import template_bytes
from relexp.messages import FaultsFound
from tests.exchange.workbooks_by_hand import xlsx


@pytest.fixture(scope="module")
def parts() -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(template_bytes())) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def test_an_empty_sheet_is_told_to_have_no_people_yet() -> None:
    with pytest.raises(FaultsFound) as refused:
        read_roster(template_bytes(), "sign-up.xlsx")
    assert [fault.message.code for fault in refused.value.faults] == ["sheet.no_people"]


def test_every_heading_is_understood_and_a_filled_in_sheet_has_no_fault() -> None:
    header = read_table(template_bytes(), "sign-up.xlsx").header
    amina = ("Amina", "Al-Noor", "English", "Eastgate", "25-34", "no", "", "", "yes", "no", "2; 3", "yes")
    zoe = ("Zoë", "Al-Noor", "English", "Eastgate", "", "yes", "Amina", "", "no", "yes", "", "yes")
    loaded = read_roster(xlsx({"Sign-up": [header, amina, zoe]}), "sign-up.xlsx")

    assert list(loaded.roster.columns) == [
        "name",
        "organisation",
        "languages",
        "neighbourhood",
        "age_band",
        "under_18",
        "responsible_adult",
        "interpreter_for",
        "fixed_seat",
        "quiet",
        "rest",
        "consent",
    ]
    first, second = loaded.roster
    assert (first.fixed_seat, first.rest) == (0, {2, 3})
    assert (second.under_18, second.responsible_adult, second.quiet) == (True, first.id, True)
    assert loaded.warnings == ()


def test_yes_or_no_is_chosen_from_a_list(parts: dict[str, str]) -> None:
    sheet = parts["xl/worksheets/sheet1.xml"]

    assert len(re.findall(r'<dataValidation [^>]*type="list"', sheet)) == 5
    assert sheet.count("<formula1>&quot;yes,no&quot;</formula1>") + sheet.count('<formula1>"yes,no"</formula1>') == 4


def test_the_headings_stay_in_sight_and_on_every_printed_page(parts: dict[str, str]) -> None:
    assert 'state="frozen"' in parts["xl/worksheets/sheet1.xml"]
    assert "_xlnm.Print_Titles" in parts["xl/workbook.xml"]


def test_every_heading_has_a_note_and_consent_is_asked_in_full(parts: dict[str, str]) -> None:
    header = read_table(template_bytes(), "sign-up.xlsx").header

    assert parts["xl/comments1.xml"].count("<comment ref=") == len(header) == 12
    assert header[-1].startswith("consent: I am happy for")


def test_two_empty_sheets_are_the_same_apart_from_their_date(parts: dict[str, str]) -> None:
    with zipfile.ZipFile(io.BytesIO(template_bytes())) as archive:
        again = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    assert {name: text for name, text in parts.items() if name != "docProps/core.xml"} == {
        name: text for name, text in again.items() if name != "docProps/core.xml"
    }

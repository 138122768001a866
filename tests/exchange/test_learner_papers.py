"""The record of learning on paper and as a sheet: all that counts, nothing that runs, and nothing that is private."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date

from relexp.exchange.learner_csv import grades_csv
from relexp.exchange.learner_print import learner_page, length
from relexp.exchange.sheets import unsafe
from relexp.learning.progress import Event, Verb
from relexp.learning.record import Confirmation, record
from tests.learning.test_hours import FIRST, UNITS, did
from tests.learning.test_record import everything

DAY = date(2026, 11, 26)
SAID = Confirmation(date(2026, 11, 20), "Maryam <i>Al-Khatib</i>", 1530.0, "Ran it well.")
NAME, MODULE = "Oluwaseun <script>alert(1)</script>", "Across difference"


def page(*, summary: str = "", said: tuple[Confirmation, ...] = (), events: Sequence[Event] = ()) -> str:
    return learner_page(record(UNITS, events, summary, said), NAME, MODULE, DAY).decode()


def test_the_page_tells_hours_evidence_words_and_confirmation() -> None:
    text = page(summary="I ask first.\n\nThen I listen.", said=(SAID,), events=everything())
    for told in (
        "45 min of 25 h",
        "This is the planned time of what is done.",
        "Out with people",
        "Went out to people",
        "Go and talk",
        "1. Meeting a stranger",
        "6 of 6",
        "<p>I ask first.</p><p>Then I listen.</p>",
        "25 h 30 min, on 20 November 2026",
        "“Ran it well.”",
        "not an accredited qualification",
        "not endorsed by Citizens UK",
        "Made on 26 November 2026.",
    ):
        assert told in text, told


def test_what_somebody_typed_never_runs_and_nothing_is_fetched() -> None:
    text = page(summary="<img src=x onerror=alert(1)>", said=(SAID,))
    assert not re.search(r"<script|<img|<i>|url\(|https?://", text)
    assert "&lt;script&gt;" in text


def test_what_was_written_down_is_told_apart_from_what_was_reckoned() -> None:
    logged = page(events=[did(Verb.LOGGED, "why-talk", minutes=65.0), did(Verb.READ, "your-map", 1)])
    assert "1 h 5 min was written down by the learner" in logged
    over = page(events=[did(Verb.LOGGED, "", minutes=1590.0)])
    assert "26 h 30 min, with 25 h planned" in over
    assert 'x2="100.00%"' in over


def test_an_empty_record_leaves_room_to_write_and_to_sign() -> None:
    text = page()
    assert "Nothing yet." in text
    assert text.count('class="ruled"') == 3
    assert "Not confirmed yet." in text
    assert learner_page(record([], []), NAME, MODULE, DAY)


def test_a_length_of_time_is_told_in_hours_and_minutes() -> None:
    assert [str(length(minutes)) for minutes in (0, 0.6, 59.6, 60, 61)] == ["0 min", "1 min", "1 h", "1 h", "1 h 1 min"]


def test_the_sheet_has_a_row_a_learner_and_unit_and_no_cell_runs() -> None:
    learners = [("=cmd|' /C calc'!A0", record(UNITS, everything())), ("نور الهدى", record(UNITS, []))]
    data = grades_csv(learners)
    assert data.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert header == ["Name", "Unit", "Percent done", "Minutes", "Finished on"]
    assert [row[1:] for row in rows] == [
        ["1. Meeting a stranger", "100", "45", "2026-11-26"],
        ["2. Again", "0", "0", ""],
        ["1. Meeting a stranger", "0", "0", ""],
        ["2. Again", "0", "0", ""],
    ]
    assert rows[0][0].startswith("'=")
    assert unsafe(rows[0][0]) == learners[0][0]


def test_a_unit_that_is_nearly_done_is_not_told_as_done() -> None:
    events = [event for event in everything() if event.block != "your-map"]
    _, row, *_ = csv.reader(io.StringIO(grades_csv([("Bo", record([FIRST], events))]).decode("utf-8-sig"), newline=""))
    assert row[2:] == ["83", "40", ""]

"""The table set up in a house's own words: what is renamed stays what it was, and what is wrong is told at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from relexp.leadership.board import Board, Named, default_board
from relexp.leadership.ladder import Level
from relexp.leadership.setting_up import LONGEST, MOST, changed, lines_of
from relexp.messages import FaultsFound

PARTS = ("ladder", "trainings", "own", "habits")
BOARD = replace(default_board(), own=(Named("voice", "Choir voice"), Named("tongues", "Languages")))


def texts(board: Board = BOARD, **changes: str) -> dict[str, str]:
    """The lines of each part, some of them written anew."""
    return {part: lines_of(board, part) for part in PARTS} | changes


def keys(board: Board, part: str) -> list[str]:
    """The keys of a part, in their order."""
    return [each.key for each in (board.ladder if part == "ladder" else getattr(board, part))]


def test_what_is_kept_as_it_stands_changes_nothing() -> None:
    assert changed(BOARD, texts(), []) == BOARD


def test_what_is_renamed_where_it_stood_stays_what_it_was() -> None:
    ladder = lines_of(BOARD, "ladder").replace("Met", "Said hello").replace("Leads a team | secondary", "Leads")
    found = changed(BOARD, texts(ladder=ladder, own="Voice\nLanguages"), ["met"])
    assert keys(found, "ladder") == keys(BOARD, "ladder")
    assert (found.ladder.name("met"), found.ladder.name("leads")) == ("Said hello", "Leads")
    assert [stage.level for stage in found.ladder][2:] == [Level.TERTIARY, None, Level.PRIMARY]
    assert keys(found, "own") == ["voice", "tongues"]


def test_what_is_moved_added_or_taken_away_takes_nobody_else_s_place() -> None:
    found = changed(BOARD, texts(own="Languages\nChoir voice\nChoir voices\nভাষা\n\n!!"), [])
    assert keys(found, "own") == ["tongues", "voice", "choir_voices", "ভাষা", "x"]
    found = changed(BOARD, texts(own="Languages"), [])
    assert keys(found, "own") == ["tongues"]
    found = changed(BOARD, texts(own="Choir voice\nLanguages\nVoice\nVOICE!"), [])
    assert keys(found, "own") == ["voice", "tongues", "voice_2", "voice_3"]
    # Of fewer lines nobody can tell which was meant.
    assert keys(changed(BOARD, texts(own="Tongues"), []), "own") == ["tongues_2"]


def test_all_that_is_wrong_is_told_at_once() -> None:
    wrong = texts(
        ladder="", trainings="Taster\ntaster", own="x" * (LONGEST + 1), habits="\n".join(map(str, range(MOST + 1)))
    )
    with pytest.raises(FaultsFound) as found:
        changed(BOARD, wrong, ["met", "team"])
    assert [fault.message.code for fault in found.value.faults] == [
        "leader.setup_no_stage",
        "leader.setup_used",
        "leader.setup_used",
        "leader.setup_twice",
        "leader.setup_long",
        "leader.setup_many",
    ]

"""How a house sets up its table: a ladder, trainings, habits and columns of its own, and the views that it saved."""

from __future__ import annotations

import json
from dataclasses import replace

from relexp.leadership.board import Board, Named, View, default_board
from relexp.leadership.finding import Query
from relexp.leadership.ladder import Ladder, Level, Stage, default_ladder


def test_a_new_house_begins_with_five_stages_from_met_to_develops_leaders():
    ladder = default_ladder()
    assert [stage.name for stage in ladder] == ["Met", "Listening", "Team member", "Leads a team", "Develops leaders"]
    assert [stage.level for stage in ladder] == [None, None, Level.TERTIARY, Level.SECONDARY, Level.PRIMARY]
    assert [ladder.place(key) for key in ("met", "develops", "gone")] == [0, 4, -1]
    assert [ladder.name(key) for key in ("team", "gone")] == ["Team member", "gone"]
    assert "met" in ladder
    assert "gone" not in ladder


def test_a_stage_is_found_by_its_name_or_key_however_it_is_typed():
    ladder = Ladder((Stage("one", "Gwrando"), Stage("two", "Arwáin tîm")))
    assert ladder.named("ARWAIN  TIM") == ladder.named("two") == Stage("two", "Arwáin tîm")
    assert ladder.named("three") is None


def test_trainings_and_columns_are_found_by_name_or_key():
    board = replace(default_board(), own=(Named("phone", "Rings"),))
    assert board.training("local TASTER") == board.training("taster") == Named("taster", "Local taster")
    assert board.training("phone") is None
    assert board.own_column("rings") == Named("phone", "Rings")


def test_the_settings_are_kept_as_json_and_come_back():
    view = View("Stuck in the west", Query(no_step=True, stages=("met", "team"), sort="due"), ("name", "due"))
    for board in (default_board(), replace(default_board(), own=(Named("phone", "Rings"),), views=(view,))):
        assert Board.from_plain(json.loads(json.dumps(board.to_plain()))) == board
    assert len(default_board().habits) == 8

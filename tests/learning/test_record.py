"""A record tells what was done and when, and never a word of what was written."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from relexp.learning.progress import Event, Verb, standing
from relexp.learning.record import Confirmation, Record, UnitRecord, record
from relexp.learning.unit import BlockKind
from tests.learning.test_hours import EVENTS, FIRST, SECOND, START, UNITS, did


def everything(unit: str = FIRST.id, minute: int = 0) -> list[Event]:
    """All that makes a unit done, a minute after the other."""
    quiz, sheet = FIRST.blocks[1], FIRST.blocks[2]
    events = [did(Verb.READ, "why-talk", minute, unit), did(Verb.WENT_OUT, "go-and-talk", minute + 1, unit)]
    events += [did(Verb.HELPED, quiz.id, minute + 2 + at, unit, item=item) for at, item in enumerate(quiz.items)]
    events += [did(Verb.WROTE, sheet.id, minute + 20 + at, unit, item=item) for at, item in enumerate(sheet.items)]
    return events + [did(Verb.WROTE, id, minute + 30, unit) for id in ("your-map", "pair-a-room")]


def test_a_new_learner_has_a_record_of_nothing_yet() -> None:
    told = record(UNITS, [])
    assert (told.evidence, told.finished, told.summary, told.confirmations) == ((), None, "", ())
    assert [(unit.done, unit.blocks, unit.share, unit.finished) for unit in told.units] == [(0, 6, 0.0, None)] * 2
    assert UnitRecord("none", 1, "None", 0, 0, 0.0, 0.0, None, ()).share == 0.0
    assert record([], []).finished is None


def test_what_shows_it_is_what_was_gone_out_for_settled_finished_or_made_each_when_it_was_done() -> None:
    told = record(UNITS, everything())
    assert [(each.kind, each.title, (each.at - START).seconds // 60) for each in told.evidence] == [
        (BlockKind.FIELD, "Go and talk", 1),
        (BlockKind.QUIZ, "What do you think?", 9),
        (BlockKind.TOOL, "Your map", 30),
        (BlockKind.EXERCISE, "Pair a room", 30),
    ]
    first, second = told.units
    assert (first.finished, first.share, second.finished) == (START + timedelta(minutes=30), 1.0, None)
    assert told.finished is None


def test_the_module_is_finished_when_its_last_unit_is() -> None:
    events = everything() + everything(SECOND.id, 1000)
    assert record(UNITS, events).finished == START + timedelta(minutes=1030)


def test_what_is_done_again_later_was_done_the_first_time() -> None:
    again = everything(minute=5000)
    assert record(UNITS, [*again, *everything()]).evidence == record(UNITS, everything()).evidence


def test_a_summary_and_confirmations_are_those_that_were_given_the_latest_last() -> None:
    late, early = (
        Confirmation(date(2026, 12, 2), "Bo", 600.0, "Well done."),
        Confirmation(date(2026, 11, 1), "Ada", 60.0),
    )
    told = record(UNITS, [], "  I listen more. \n", [late, early])
    assert (told.summary, told.confirmations) == ("I listen more.", (early, late))


def test_a_table_has_a_row_a_unit() -> None:
    frame = record(UNITS, everything()).to_frame()
    assert frame[["id", "done", "blocks", "share", "planned", "taken"]].to_numpy().tolist() == [
        [FIRST.id, 6, 6, 1.0, 45.0, 45.0],
        [SECOND.id, 0, 6, 0.0, 45.0, 0.0],
    ]
    assert Record((), record([], []).hours).to_frame().empty


@given(st.lists(EVENTS, max_size=40), st.randoms())
def test_order_and_doubles_change_nothing_and_the_parts_make_the_whole(
    events: list[Event], dice: random.Random
) -> None:
    events = [*{event.id: event for event in events}.values()]
    shuffled = [*events, *events[:9]]
    dice.shuffle(shuffled)
    told = record(UNITS, events)
    assert record(UNITS, shuffled) == told
    elsewhere = told.hours.by_unit().get("", (0.0, 0.0))[1]
    assert abs(sum(unit.taken for unit in told.units) + elsewhere - told.hours.taken) < 1e-9
    assert [unit.done for unit in told.units] == [len(standing(unit, events).done) for unit in UNITS]


@given(st.lists(EVENTS, max_size=25))
def test_a_block_is_done_since_the_first_moment_at_which_it_was(events: list[Event]) -> None:
    in_order = sorted({event.id: event for event in events}.values(), key=lambda event: (event.at, event.id))
    since = standing(FIRST, in_order).since
    for id, at in since.items():
        assert id in standing(FIRST, [event for event in in_order if event.at <= at]).done
        assert id not in standing(FIRST, [event for event in in_order if event.at < at]).done

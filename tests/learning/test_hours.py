"""The hours of a record: written down or reckoned, and always the same from the same deeds."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import isclose

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from relexp.learning.hours import Activity, Hours, How, Spell, hours
from relexp.learning.progress import Event, Verb, standing
from relexp.learning.reading import read_unit
from relexp.learning.unit import BlockKind
from tests.learning.made_up import FILES

FIRST = read_unit(FILES)
SECOND = replace(FIRST, id="second", number=2, title="Again", renamed={})
UNITS = (FIRST, SECOND)
START = datetime(2026, 11, 26, 9, tzinfo=UTC)


def did(verb: Verb, block: str, minute: int = 0, unit: str = FIRST.id, **more: object) -> Event:
    """Something that was done so many minutes after the start."""
    made = Event(f"{verb}-{unit}-{block}-{minute}", START + timedelta(minutes=minute), verb, unit, block)
    return replace(made, **more)


# Whole quarters of a minute add up without an error.
EVENTS = st.builds(
    did,
    st.sampled_from([*Verb]),
    st.sampled_from([*(block.id for block in FIRST.blocks), "first-talk", "gone", ""]),
    st.integers(0, 300),
    st.sampled_from([FIRST.id, SECOND.id, "elsewhere", ""]),
    minutes=st.integers(-60, 400).map(lambda quarters: quarters / 4),
)


def test_nothing_done_is_no_time_and_all_of_it_planned() -> None:
    spent = hours(UNITS, [])
    assert (spent.planned, spent.taken, spent.logged, spent.left) == (90.0, 0.0, 0.0, 1500.0)
    assert {spell.how for spell in spent.spells} == {How.NOT_YET}


def test_a_block_takes_what_was_written_down_and_else_what_was_planned_once_it_is_done() -> None:
    events = [
        did(Verb.READ, "first-talk"),
        did(Verb.WENT_OUT, "go-and-talk", 1),
        did(Verb.LOGGED, "go-and-talk", 2, minutes=35.0),
        did(Verb.LOGGED, "look-back", 3, minutes=7.5),
    ]
    spent = {spell.block: spell for spell in hours([FIRST], events).spells}
    assert spent["why-talk"] == Spell(FIRST.id, "why-talk", Activity.READING, 1, 1.0, How.PLANNED)
    assert spent["go-and-talk"] == Spell(FIRST.id, "go-and-talk", Activity.FIELD, 20, 35.0, How.LOGGED)
    # Written down before it is done: time is time.
    assert (spent["look-back"].taken, spent["look-back"].how) == (7.5, How.LOGGED)
    assert hours([FIRST], events).logged == 42.5


def test_time_that_was_taken_back_is_as_if_it_had_never_been() -> None:
    events = [did(Verb.LOGGED, "why-talk", minutes=30.0), did(Verb.LOGGED, "why-talk", 1, minutes=-30.0)]
    events += [did(Verb.LOGGED, "", 2, minutes=10.0), did(Verb.LOGGED, "", 3, minutes=-10.0)]
    assert hours([FIRST], events) == hours([FIRST], [])


def test_time_for_nothing_in_the_units_is_told_by_itself() -> None:
    events = [
        did(Verb.LOGGED, "gone", minutes=20.0),
        did(Verb.LOGGED, "", 1, minutes=5.0),
        did(Verb.LOGGED, "walk", 2, "elsewhere", minutes=90.0),
    ]
    spent = hours(UNITS, events)
    assert spent.by_activity()[Activity.BY_HAND] == (0.0, 115.0)
    assert spent.by_unit() == {FIRST.id: (45.0, 25.0), SECOND.id: (45.0, 0.0), "": (0.0, 90.0)}


def test_after_25_hours_nothing_is_missing() -> None:
    assert hours([FIRST], [did(Verb.LOGGED, "", minutes=1501.0)]).left == 0.0


def test_the_activities_come_in_one_order_and_only_those_that_there_are() -> None:
    assert [*hours(UNITS, []).by_activity()] == [*Activity][:-1]
    assert Hours(()).by_activity() == {}


def test_a_table_has_a_row_a_spell() -> None:
    frame = hours(UNITS, [did(Verb.READ, "why-talk")]).to_frame()
    assert [*frame.columns] == ["unit", "block", "activity", "planned", "taken", "how"]
    assert frame.iloc[0].to_list() == [FIRST.id, "why-talk", "reading", 1.0, 1.0, "planned"]
    assert Hours(()).to_frame().empty


@given(st.lists(EVENTS, max_size=40), st.randoms())
def test_order_and_doubles_change_nothing(events: list[Event], dice: random.Random) -> None:
    events = [*{event.id: event for event in events}.values()]
    shuffled = [*events, *events[:9]]
    dice.shuffle(shuffled)
    assert hours(UNITS, shuffled) == hours(UNITS, events)


@given(st.lists(EVENTS, max_size=40))
def test_the_sums_are_those_of_a_reckoning_by_itself(events: list[Event]) -> None:
    """The same figures from nothing but a table of what was logged and a table of blocks."""
    spent = hours(UNITS, events)
    once = [*{event.id: event for event in events}.values()]
    blocks = pd.DataFrame(
        [(u.id, b.id, str(b.kind), b.minutes, b.id in standing(u, once).done) for u in UNITS for b in u.blocks],
        columns=["unit", "block", "kind", "planned", "done"],
    )
    logged = pd.DataFrame(
        [
            (e.unit if e.unit in (FIRST.id, SECOND.id) else "", e.block, e.minutes)
            for e in once
            if e.verb is Verb.LOGGED
        ],
        columns=["unit", "block", "minutes"],
    ).astype({"minutes": float})
    logged.loc[(logged["unit"] == FIRST.id) & (logged["block"] == "first-talk"), "block"] = "why-talk"
    both = blocks.merge(logged.groupby(["unit", "block"], as_index=False).sum(), "left", ["unit", "block"])
    written = both["minutes"].fillna(0.0)
    both["taken"] = written.where(written > 0, both["planned"] * both["done"])
    loose = logged.merge(blocks[["unit", "block"]], "left", ["unit", "block"], indicator=True)
    by_hand = loose[loose["_merge"] == "left_only"].groupby("unit")["minutes"].sum().clip(lower=0)
    assert isclose(spent.taken, both["taken"].sum() + by_hand.sum(), abs_tol=1e-9)
    assert isclose(spent.logged, written.clip(lower=0).sum() + by_hand.sum(), abs_tol=1e-9)
    for kind in BlockKind:
        mine = both[both["kind"] == str(kind)]
        assert spent.by_activity()[Activity(kind)] == (mine["planned"].sum(), mine["taken"].sum())
    for unit in UNITS:
        mine = both[both["unit"] == unit.id]
        assert isclose(spent.by_unit()[unit.id][1], mine["taken"].sum() + by_hand.get(unit.id, 0.0), abs_tol=1e-9)
    frame = spent.to_frame()
    assert isclose(frame["taken"].sum(), spent.taken, abs_tol=1e-9)
    assert isclose(sum(taken for _, taken in spent.by_activity().values()), spent.taken, abs_tol=1e-9)
    assert isclose(sum(taken for _, taken in spent.by_unit().values()), spent.taken, abs_tol=1e-9)

"""What the store picks out of all leaders for this week and for growth is what the plain meaning picks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.leadership.columns import Change
from relexp.leadership.evidence import Challenge, Evidence, Kind, Suggestion
from relexp.leadership.growth import Quarter
from relexp.leadership.leader import Leader, Row, Step
from relexp.leadership.measures import measure
from relexp.leadership.week import Week, this_week
from relexp.privacy.roles import Identity, Role
from relexp.store import Store
from tests.kept_cohort import keep
from tests.store.conftest import NOW
from tests.store.test_leaders import FRESH, TODAY, leaders


@pytest.fixture
def trainer(store: Store) -> Identity:
    return store.identities.add(Role.TRAINER, "Bo", NOW)


def plainly(store: Store, suggestions: tuple[Suggestion, ...], today: date) -> Week:
    """Whom to see to, chosen with every row at hand and every lock open."""
    table, lines = store.leaders, store.leaders.lines
    given = (table.all(), lines.challenges(), lines.trainings(), suggestions, today)
    return this_week(*given, board=table.board()[0], steps=lines.steps_made())


def test_this_week_is_chosen_as_if_every_row_had_been_read(store: Store, trainer: Identity) -> None:
    made = keep(store, trainer, NOW, people=90)
    suggestions = tuple(replace(each, day=TODAY - timedelta(3)) for each in made.suggestions)
    suggestions += (Suggestion("nobody", Kind.GATHERING, TODAY, "came", "gathering 1"),)
    board = store.leaders.board()[0]
    weeks = []
    for days in (-60, -20, 0, 15, 40, 200):
        today = TODAY + timedelta(days)
        for those in (suggestions, ()):
            weeks.append(store.leaders.week(board, those, today))
            assert weeks[-1] == plainly(store, those, today), days
    assert {reason.why for week in weeks for who in week.people for reason in who.reasons} >= {
        "late",
        "trained",
        "unmet",
    }


@FRESH
@given(
    those=leaders(),
    dared=st.lists(st.tuples(st.sampled_from(["p0", "p1", "p2"]), st.integers(0, 40), st.sampled_from([None, True]))),
    waiting=st.lists(st.tuples(st.sampled_from(["p0", "p3", "px"]), st.integers(0, 9)), max_size=3),
)
def test_of_any_table_those_of_this_week_are_the_most_urgent(
    lasting: Store,
    those: list[tuple[Leader, list[date]]],
    dared: list[tuple[str, int, bool | None]],
    waiting: list[tuple[str, int]],
) -> None:
    me = lasting.identities.house(Role.TRAINER, NOW)
    lasting.leaders.take_out([*lasting.leaders.names()], me, NOW)
    lasting.leaders.purge(NOW + timedelta(1))
    lasting.leaders.change([], me, NOW, new=[leader for leader, _ in those])
    for leader, days in those:
        for day in days:
            lasting.leaders.lines.note(Evidence("", leader.id, Kind.ONE_TO_ONE, day, "we talked"), me)
    ids = {leader.id for leader, _ in those}
    for id, days_ago, taken in dared:
        if id in ids:
            lasting.leaders.lines.challenge(Challenge("", id, TODAY - timedelta(days_ago), "dare", taken=taken))
    suggestions = tuple(
        Suggestion(id, Kind.GATHERING, TODAY - timedelta(ago), "came", f"g{place}")
        for place, (id, ago) in enumerate(waiting)
    )
    board = lasting.leaders.board()[0]
    for days in (0, 25, 120):
        today = TODAY + timedelta(days)
        assert lasting.leaders.week(board, suggestions, today) == plainly(lasting, suggestions, today)


def test_the_measures_are_those_of_all_rows_with_lines_beside_the_last_quarter_s_moves(
    store: Store, trainer: Identity
) -> None:
    keep(store, trainer, NOW, people=90)
    store.leaders.change([Change("L5", "developed_by", cell_of(store, "L5"), "L1")], trainer, NOW + timedelta(1))
    table, lines = store.leaders, store.leaders.lines
    board, moves = table.board()[0], lines.moves()
    last = Quarter.of(max(move.day for move in moves))
    recent = {move.evidence for move in moves if Quarter.of(move.day) == last}
    found = table.measures(board, TODAY)
    assert found == measure(
        table.all(),
        board,
        TODAY,
        moves=moves,
        evidence=[line for line in lines.evidence() if line.id in recent],
        steps=lines.steps_made(),
        developed=table.developed(),
    )
    assert all(moved.evidence and moved.evidence.what for moved in (*found.movement[-1].up, *found.movement[-1].down))
    assert ("L5", "L1", (NOW + timedelta(1)).astimezone().date()) in table.developed()


def cell_of(store: Store, id: str) -> str:
    """By whom somebody is developed."""
    row = store.leaders.get(id)
    assert row is not None
    return row.leader.developed_by


def test_an_empty_table_has_nobody_to_see_to_and_nothing_to_measure(store: Store) -> None:
    board = store.leaders.board()[0]
    assert store.leaders.week(board, (), TODAY) == Week((), 0)
    assert store.leaders.measures(board, TODAY).contact.people == 0


def test_without_its_words_a_row_says_all_but_what_lies_under_lock(store: Store, trainer: Identity) -> None:
    keep(store, trainer, NOW, people=40)

    def shut(row: Row) -> Row:
        words = dict.fromkeys(("self_interest", "talents", "stretch"), "")
        step = replace(row.leader.step, what="") if isinstance(row.leader.step, Step) else None
        return replace(row, leader=replace(row.leader, **words, step=step, own={}, wording={}))

    whole, light = store.leaders.all(), store.leaders.all(words=False)
    assert [*map(shut, light)] == [*map(shut, whole)]
    assert [len(row.leader.to_agree) for row in light] == [len(row.leader.to_agree) for row in whole]
    assert {row.leader.step.what for row in light if row.leader.step} == {""}

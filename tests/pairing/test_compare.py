"""An evening beside others: the same people and chairs by lot, two rows, and figures that a plain recount finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relexp.pairing.compare import Compared, Spread, by_lot, compare, two_rows, verdicts
from relexp.pairing.draft import NOBODY
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.pairing.plan import plan
from relexp.pairing.room import Ints, Room
from relexp.pairing.verify import broken
from relexp.roster.rules import Across, NeverSame, Repeats, Rules, Sides
from tests.pairing.desk import desk, mixed, opened
from tests.pairing.verify_evenings import crowd, plain_report, reported
from tests.pairing.verify_evenings import evening as seated

TOWN = Across("town", never_same=NeverSame.FEWEST)


def as_evening(room: Room, seating: Sequence[Ints]) -> Evening:
    rounds = []
    for number, tables in enumerate(seating, start=1):
        rows = [tuple(room.ids[one] for one in row if one != NOBODY) for row in tables]
        talks = [Conversation(row, table) for table, row in enumerate((row for row in rows if len(row) > 1), start=1)]
        rounds.append(Round(number, tuple(talks), tuple(row[0] for row in rows if len(row) == 1)))
    return Evening(tuple(rounds), {person.id: person.name for person in room.roster})


@settings(max_examples=40, deadline=None)
@given(size=st.integers(2, 21), rounds=st.integers(1, 5), seed=st.integers(0, 999))
def test_by_lot_everybody_sits_on_one_chair_a_round_and_the_chairs_are_ours(size: int, rounds: int, seed: int) -> None:
    roster, rules = mixed(size, rounds, repeats=Repeats.FEWEST)
    ours = desk(roster, rules)
    ids = [f"p{place}" for place in range(size)]
    evening = plan(roster, rules, least_bad=True)
    for number, round in enumerate(evening.rounds):
        rows = [[ids.index(id) for id in talk.people] for talk in round.conversations] + [
            [ids.index(i)] for i in round.resting
        ]
        ours.lay(number, np.array([[*row, *[NOBODY] * (3 - len(row))] for row in rows]))
    drawn = by_lot(ours.tables, np.random.default_rng(seed))
    for mine, theirs in zip(ours.tables, drawn, strict=True):
        assert ((mine == NOBODY) == (theirs == NOBODY)).all()
        assert sorted(theirs[theirs != NOBODY]) == list(range(size))


@settings(max_examples=60, deadline=None)
@given(size=st.integers(1, 21), rounds=st.integers(1, 6), seed=st.integers(0, 999))
def test_in_two_rows_one_moves_up_a_seat_and_nobody_is_left_out(size: int, rounds: int, seed: int) -> None:
    room = opened(crowd(size), Rules(rounds=rounds))
    seating = two_rows(room, np.random.default_rng(seed))
    for tables in seating:
        assert sorted(tables[tables != NOBODY]) == list(range(size))
        sizes = Counter((tables != NOBODY).sum(axis=1).tolist())
        assert (sizes[3], sizes[1]) == ((size % 2, 0) if size > 1 else (0, 1))
    if size % 2 == 0:
        for before, after in pairwise(seating):
            was, now = ({int(a): int(b) for a, b, _ in tables} for tables in (before, after))
            order = [was[one] for one in was]
            assert [now[one] for one in was] == order[1:] + order[:1]
        met = Counter(frozenset((int(a), int(b))) for tables in seating for a, b, _ in tables)
        assert max(met.values()) == -(-rounds // (size // 2)), "nobody meets again before the row is through"


def test_hosts_face_guests_and_whoever_is_away_leaves_no_gap() -> None:
    roster = crowd(7, {"side": ["host", "host", "guest", "guest", "guest", "guest", "guest"]})
    rules = Rules(rounds=2, sides=Sides(), present={"a": frozenset({2})})
    room = opened(roster, rules)
    first, second = (
        [{roster.people[one].values["side"] for one in row if one != NOBODY} for row in tables]
        for tables in two_rows(room, np.random.default_rng(1))
    )
    assert first.count({"host", "guest"}) == 1
    assert second.count({"host", "guest"}) == 2
    assert sum(2 in row for row in two_rows(room, np.random.default_rng(1))[0]) == 1


@pytest.mark.parametrize("size", [8, 9])
def test_the_figures_are_those_of_a_plain_recount(size: int) -> None:
    roster, rules = mixed(size, 3)
    rules = replace(rules, across=(replace(rules.across[0], never_same=NeverSame.FEWEST), *rules.across[1:]))
    evening = plan(roster, rules, least_bad=True)
    found = compare(evening, roster, rules, times=1)
    room = opened(roster, rules)
    dice = np.random.Generator(np.random.PCG64(rules.seed))
    lot = as_evening(room, by_lot(_tables(room, evening), dice))
    rows = as_evening(room, two_rows(room, dice))
    chance = {figure: spread.middle for figure, spread in found.chance.items()}
    for figures, shown in ((found.ours, evening), (chance, lot), ({k: v.low for k, v in found.rows.items()}, rows)):
        plain = plain_report(roster, rules, shown, np.random.default_rng(0))
        seats = sum(len(talk.people) for round in shown.rounds for talk in round.conversations)
        rests = sum(len(round.resting) for round in shown.rounds)
        assert figures["difference"] == pytest.approx(100 * 2 * plain["total"] / (seats + rests))
        assert figures["worst"] == pytest.approx(100 * plain["worst_person"])
        assert figures["repeats"] == plain["repeats"]
        assert figures["same"] == plain["same_group"]["organisation"]["meetings"]
        known = [p for p in shown.pairs() if all(roster[id].values["organisation"] for id in p)]
        assert figures["across"] == len(known) - figures["same"]
        assert (figures["broken"] == 0) == (not [m for m in broken(roster, rules, shown) if "met" in m.code])


def _tables(room: Room, evening: Evening) -> list[Ints]:
    found = []
    for round in evening.rounds:
        rows = [[room.place[id] for id in talk.people] for talk in round.conversations]
        rows += [[room.place[id]] for id in round.resting]
        found.append(np.array([[*row, *[NOBODY] * (3 - len(row))] for row in rows]))
    return found


def test_the_same_evening_is_compared_with_the_same_others_and_stopping_keeps_what_there_is() -> None:
    roster, rules = mixed(12, 3)
    evening = plan(roster, rules, least_bad=True)
    told: list[float] = []
    whole = compare(evening, roster, rules, times=20, watch=lambda share: told.append(share) is None)
    assert whole == compare(evening, roster, rules, times=20)
    assert told == [number / 20 for number in range(1, 21)]
    assert whole.times == 20
    assert all(each.low <= each.middle <= each.high for each in (*whole.chance.values(), *whole.rows.values()))
    assert compare(evening, roster, rules, times=20, watch=lambda share: share < 0.2).times == 4


def test_a_column_that_may_not_be_shown_is_no_figure_and_the_next_one_is() -> None:
    roster = crowd(4, {"faith": ["x", "y", "x", "y"], "town": ["Bow", "Bow", "Ely", "Ely"]})
    roster = replace(roster, private=frozenset({"faith"}))
    private = Across("faith", 4.0, never_same=NeverSame.FEWEST)
    evening = seated(roster, ["ab", "cd"])
    assert compare(evening, roster, Rules(rounds=1, across=(private, Across("town"))), times=2).column == "Town"
    bare = compare(evening, roster, Rules(rounds=1, across=(private,)), times=2)
    assert bare.column is None
    assert {*bare.ours} == {"difference", "worst", "repeats", "broken"}


def test_a_plan_is_called_better_only_where_it_is() -> None:
    roster = crowd(6, {"town": ["Bow", "Ely", "Bow", "Ely", "Bow", "Ely"]})
    rules = Rules(rounds=2, across=(TOWN,))
    evening = reported(roster, rules, seated(roster, ["ab", "cd", "ef"], ["ad", "cf", "eb"]))
    found = compare(evening, roster, rules)
    assert verdicts(found, found.chance)["difference"] == "often", "a lot hits on the best evening now and then"
    alike = crowd(6, {"town": ["Bow"] * 6})
    nothing = compare(evening, alike, rules)
    assert {verdicts(nothing, nothing.rows)[figure] for figure in ("difference", "worst", "same", "across")} == {
        "hardly"
    }


def test_each_verdict_follows_from_the_range() -> None:
    spread = Spread(40.0, 50.0, 60.0)
    for ours, more, fewer in (
        (61.0, "clear", "worse"),
        (60.0, "often", "worse"),
        (50.5, "hardly", "worse"),
        (50.0, "hardly", "hardly"),
        (49.5, "worse", "hardly"),
        (40.0, "worse", "often"),
        (39.0, "worse", "clear"),
    ):
        both = {"difference": spread, "same": spread}
        compared = Compared({"difference": ours, "same": ours}, both, both, "Town", 9)
        assert verdicts(compared, both) == {"difference": more, "same": fewer}


def test_an_evening_at_which_nobody_talks_has_no_difference() -> None:
    roster = crowd(2)
    rules = Rules(rounds=1, present={"a": frozenset(), "b": frozenset()})
    found = compare(Evening((Round(1, ()),), {"a": "A", "b": "B"}, present=rules.present), roster, rules, times=1)
    assert (found.ours["difference"], found.ours["worst"]) == (0.0, 0.0)

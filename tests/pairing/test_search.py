"""The search: round after round is re-matched until nothing gets better, watched and stopped at will."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

import relexp.pairing.search
from relexp.pairing.draft import HELD, Draft
from relexp.pairing.search import Pulse, fill, lift, settle, sweep
from relexp.roster.rules import Rules
from tests.pairing.desk import desk, mixed, opened
from tests.pairing.verify_evenings import crowd


def worst(draft: Draft) -> float:
    return float((draft.sums / draft.feeling.seats).min())


def told_by(act: Callable[[Pulse], None]) -> list[float]:
    shares: list[float] = []
    act(Pulse(lambda share: shares.append(share) or True))
    return shares


def test_progress_only_grows_and_ends_at_one() -> None:
    def work(pulse: Pulse) -> None:
        for _ in range(4):
            pulse.beat(0.2)
            pulse.beat(7.0)
            pulse.step()
        pulse.done()

    shares = told_by(work)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert max(shares[:-1]) < 1.0


def test_whoever_watches_can_stop_and_is_asked_no_more() -> None:
    asked: list[float] = []
    pulse = Pulse(lambda share: bool(asked.append(share)))
    pulse.beat(0.5)
    assert pulse.stopped
    pulse.beat(0.6)
    pulse.done()
    assert len(asked) == 1


def test_nobody_need_watch() -> None:
    pulse = Pulse(None)
    pulse.beat(0.5)
    pulse.done()
    assert not pulse.stopped


def test_what_is_over_is_not_re_matched() -> None:
    draft = desk(crowd(6), Rules(rounds=1), ["ab", "cd", "ef"], states=[[HELD] * 3])
    before = draft.tables[0].copy()
    assert sweep(draft, 0) == 0.0
    assert np.array_equal(draft.tables[0], before)


def test_a_round_of_many_is_re_matched_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relexp.pairing.search, "BLOCK", 4)
    draft = Draft(opened(*mixed(40, 2)), 1)
    sizes: list[int] = []
    rematch = draft.rematch
    monkeypatch.setattr(draft, "rematch", lambda round, chosen: sizes.append(len(chosen)) or rematch(round, chosen))
    fill(draft, Pulse(None))
    assert max(sizes) <= 4


@pytest.mark.parametrize("large", [False, True])
def test_settling_and_lifting_make_nobody_s_evening_worse_in_all(large: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if large:
        monkeypatch.setattr(relexp.pairing.search, "LARGE", 10)
    draft = Draft(opened(*mixed(30, 4)), 1)
    fill(draft, Pulse(None))
    first = float(draft.sums.sum())
    settle(draft, range(4), Pulse(None))
    settled, low = float(draft.sums.sum()), worst(draft)
    assert settled >= first - 0.5
    lift(draft, range(4), Pulse(None))
    assert worst(draft) >= low - 1e-9


def test_settling_ends_after_so_many_turns_whatever_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = Draft(opened(*mixed(10, 2)), 1)
    fill(draft, Pulse(None))
    turns: list[int] = []
    monkeypatch.setattr(draft, "rematch", lambda round, chosen: turns.append(round) or 1e12)
    settle(draft, range(2), Pulse(None), most=5)
    assert len(turns) == 10


def test_a_stop_ends_dealing_settling_and_lifting_early(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = Draft(opened(*mixed(10, 3)), 1)
    pulse = Pulse(lambda _: False)
    fill(draft, pulse)
    assert all(len(tables) for tables in draft.tables), "everybody has a seat all the same"
    monkeypatch.setattr(draft, "rematch", lambda *_: pytest.fail("the search was stopped"))
    settle(draft, range(3), pulse)
    lift(draft, range(3), pulse)


def test_a_room_in_which_nobody_talks_needs_no_lifting() -> None:
    draft = Draft(opened(crowd(2), Rules(rounds=1, present={"a": frozenset(), "b": frozenset()})), 1)
    fill(draft, Pulse(None))
    lift(draft, range(1), Pulse(None))
    assert not draft.sums.any()


def test_everybody_equally_well_off_is_as_fair_as_can_be() -> None:
    draft = Draft(opened(crowd(4), Rules(rounds=2)), 1)
    fill(draft, Pulse(None))
    lift(draft, range(2), Pulse(None))
    assert worst(draft) == pytest.approx(1.0)

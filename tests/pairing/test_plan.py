"""An evening for this room: as good as can be proven, the same on every machine, and quiet about what is private."""

from __future__ import annotations

import codecs
import hashlib
import json
from dataclasses import replace
from itertools import combinations

import networkx
import numpy as np
import pytest

from relexp.exchange.demo import demo_sheet
from relexp.exchange.evenings import evening_bytes
from relexp.exchange.rosters import read_roster
from relexp.pairing import Evening
from relexp.pairing.draft import Draft
from relexp.pairing.plan import plan
from relexp.pairing.search import Pulse, fill, settle
from relexp.pairing.verify import verify
from relexp.roster.difference import difference
from relexp.roster.person import Person, Roster
from relexp.roster.rule_check import default_rules
from relexp.roster.rules import Across, NeverSame, Rules, Tables
from tests.pairing.desk import mixed, opened
from tests.pairing.test_bounds import most_by_program
from tests.pairing.verify_evenings import crowd
from tests.property import oracle

# The csv of the made-up room's evening, under the rules that stand when none are given.
DEMO = "c70d813e0fbdb1aea1224d18fce071d2b7e09a43c7c55004d6e58b93ca54aa1f"


def figure(evening: Evening, key: str) -> float:
    return float(str(evening.report[key]))


def best_matching(d: np.ndarray, worth: object = None) -> float:
    """The highest sum over perfect pairs, by networkx."""
    graph = networkx.Graph()
    value = d if worth is None else worth(d)  # type: ignore[operator]
    graph.add_weighted_edges_from((i, j, float(value[i, j])) for i, j in combinations(range(len(d)), 2))
    pairs = networkx.max_weight_matching(graph, maxcardinality=True)
    return float(sum(value[pair] for pair in pairs))


@pytest.mark.parametrize("size", [8, 14, 20, 26, 32, 40])
@pytest.mark.parametrize("seed", [1, 2])
def test_one_round_across_groups_has_the_highest_total_there_is(size: int, seed: int) -> None:
    roster, rules = mixed(size, 1, seed)
    rules = Rules(rounds=1, across=(rules.across[0],))
    total = best_matching(difference(roster, rules.across))
    assert figure(plan(roster, rules), "total") == pytest.approx(total, abs=1e-9)


@pytest.mark.parametrize("size", [8, 12, 16, 20, 24])
@pytest.mark.parametrize("seed", range(3))
def test_one_round_of_any_differences_is_matched_as_well_as_can_be(size: int, seed: int) -> None:
    roster, rules = mixed(size, 1, seed)
    draft = Draft(opened(roster, rules), 1)
    fill(draft, Pulse(None))
    settle(draft, range(1), Pulse(None))

    def both(d: np.ndarray) -> np.ndarray:
        return 2 * draft.feeling.worth(np.zeros(1, dtype=np.int64), d.reshape(1, -1)).reshape(d.shape)

    reached = float(draft.feeling.worth(np.arange(size), draft.sums).sum())
    assert reached == pytest.approx(best_matching(draft.room.d, both), abs=1e-6 * size)


@pytest.mark.parametrize("seed", range(3))
def test_a_tiny_room_s_total_is_close_to_that_of_trying_everything(seed: int) -> None:
    roster, rules = mixed(8, 3, seed)
    best = oracle.most_total(roster, rules, seconds=30)
    assert best is not None
    evening = plan(roster, rules)
    assert best.value * 0.95 <= figure(evening, "total") <= best.value + 1e-9
    assert figure(evening, "total_bound") >= best.value - 1e-9


@pytest.mark.parametrize("seed", range(2))
def test_a_tiny_room_has_the_stated_balance_of_the_whole_and_the_worst_off(seed: int) -> None:
    roster, rules = mixed(6, 2, seed)
    d = difference(roster, rules.across)
    rounds = list(_pairings(tuple(range(6))))
    best = 0.0
    for first, second in combinations(rounds, 2):
        if not {*first} & {*second}:
            sums = np.zeros(6)
            for one, other in (*first, *second):
                sums[[one, other]] += d[one, other]
            best = max(best, sums.sum() / 2 + 0.1 * 6 * sums.min() / 2)
    evening = plan(roster, rules)
    assert figure(evening, "total") + 0.6 * figure(evening, "worst_person") >= best * 0.99


def _pairings(people: tuple[int, ...]) -> list[tuple[tuple[int, int], ...]]:
    if not people:
        return [()]
    first, *others = people
    return [
        ((first, other), *rest)
        for other in others
        for rest in _pairings(tuple(person for person in others if person != other))
    ]


@pytest.mark.parametrize("seed", [0, 1])
def test_an_ordinary_room_of_120_reaches_its_bounds(seed: int) -> None:
    roster, rules = workshop(120, seed)
    evening = plan(roster, rules)
    total, lowest = most_by_program(roster, rules)
    assert verify(roster, rules, evening) == ()
    assert figure(evening, "total_bound") == pytest.approx(total, rel=1e-4)
    assert figure(evening, "total") >= total * 0.999
    assert figure(evening, "worst_person_bound") == pytest.approx(lowest, rel=5e-3)
    assert figure(evening, "worst_person") >= lowest * 0.995


def workshop(size: int, seed: int) -> tuple[Roster, Rules]:
    """A mixed room in which organisation and area count, and everybody has come with somebody."""
    roster, rules = mixed(size, 6, seed)
    people = (
        replace(person, values={**person.values, "organisation": person.values["organisation"] or "Neighbours"})
        for person in roster
    )
    return Roster(tuple(people), roster.columns), Rules(rounds=6, across=rules.across[:2])


@pytest.mark.parametrize("seed", [0, 1])
def test_a_room_of_many_small_differences_and_blanks_comes_near_its_bounds(seed: int) -> None:
    roster, rules = mixed(120, 6, seed)
    evening = plan(roster, rules)
    total, lowest = most_by_program(roster, rules)
    assert figure(evening, "total_bound") == pytest.approx(total, rel=1e-4)
    assert figure(evening, "total") >= total * 0.996
    assert figure(evening, "worst_person") >= lowest * 0.9


def test_the_made_up_room_has_the_same_evening_on_every_machine(tmp_path_factory: pytest.TempPathFactory) -> None:
    roster = read_roster(demo_sheet(), "demo.csv").roster
    evening = plan(roster, default_rules(roster))
    written = evening_bytes(tmp_path_factory.getbasetemp() / "evening.csv", evening, roster)
    assert hashlib.sha256(written.removeprefix(codecs.BOM_UTF8)).hexdigest() == DEMO


def test_another_seed_is_another_evening_and_the_same_seed_the_same() -> None:
    roster, rules = mixed(30, 3)
    _, other = mixed(30, 3, seed=0)
    assert plan(roster, rules).rounds == plan(roster, other).rounds
    assert plan(roster, rules).rounds != plan(roster, Rules(rounds=3, seed=2, across=rules.across)).rounds


def test_nothing_private_stands_in_an_evening() -> None:
    people = tuple(
        Person(f"p{n}", f"P{n}", values={"faith": f"unspoken {n % 2}", "town": str(n % 3)}) for n in range(12)
    )
    roster = Roster(people, {"faith": "Unspoken", "town": "Town"}, frozenset({"faith"}))
    across = (Across("faith", never_same=NeverSame.HARD), Across("town"))
    evening = plan(roster, Rules(rounds=8, across=across), least_bad=True)
    assert evening.report["feasible"] is False
    whole = json.dumps([repr(evening.rounds), dict(evening.names), dict(evening.report)])
    assert "nspoken" not in whole
    assert "faith" not in whole


def test_interpreters_sit_with_their_person_and_people_who_rest_are_listed() -> None:
    roster = crowd(6, interpreter_for=("b",), rest=(frozenset(), frozenset(), frozenset({1})))
    evening = plan(roster, Rules(rounds=2))
    first, second = evening.rounds
    assert first.resting == ("c",)
    for round in (first, second):
        talk = next(talk for talk in round.conversations if "b" in talk.people)
        assert talk.interpreters == ("a",)
        assert all("a" not in talk.people for talk in round.conversations)
        assert [talk.table for talk in round.conversations] == sorted(talk.table for talk in round.conversations)


def test_an_interpreter_who_is_not_there_has_no_chair() -> None:
    roster = crowd(5, interpreter_for=("b",))
    evening = plan(roster, Rules(rounds=2, present={"a": frozenset({1})}))
    assert [any(talk.interpreters for talk in round.conversations) for round in evening.rounds] == [True, False]


def test_an_evening_knows_who_is_there_when_and_its_seed() -> None:
    present = {"a": frozenset({2})}
    evening = plan(crowd(4), Rules(rounds=2, seed=7, present=present), least_bad=True)
    assert evening.present == present
    assert evening.seed == 7
    assert evening.names["d"] == "D"


def test_whoever_watches_sees_the_plan_come_and_may_stop_it() -> None:
    roster, rules = mixed(20, 3)
    shares: list[float] = []
    plan(roster, rules, watch=lambda share: shares.append(share) or True)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    stopped = plan(roster, rules, watch=lambda _: False)
    assert verify(roster, rules, stopped) == ()


def test_quiet_people_have_quiet_tables_and_kept_seats_are_kept() -> None:
    roster = crowd(8, fixed_seat=(4,), quiet=(False, True))
    rules = Rules(rounds=3, tables=Tables(count=6, quiet=frozenset({2})))
    assert verify(roster, rules, plan(roster, rules)) == ()

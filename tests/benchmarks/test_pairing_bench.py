"""The benchmark judges, bounds and draws as it says it does."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations, permutations

import numpy as np
import pytest
from scipy.optimize import linprog

from benchmarks import pairing, rooms
from benchmarks.bounds import alone, bounds
from benchmarks.facts import Facts
from benchmarks.peers import PEERS, Peer
from benchmarks.peers.methods import best_pair_first
from benchmarks.peers.rounds import Ask
from benchmarks.peers.seating import evening_of
from benchmarks.results import pairing_targets
from benchmarks.scoring import lowest_possible, score
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.roster.person import Person, Roster
from relexp.roster.rules import Across, NeverSame, Odd, Pin, Repeats, Rules, Sides, Tables

READY = [name for name, peer in PEERS.items() if not peer.missing()]
COLUMNS = ("organisation", "age", "side", "languages")


def people(*rows: str, **more: dict) -> Roster:
    """People from "id organisation age"; `more` gives Person fields by id."""
    found = []
    for row in rows:
        id, organisation, age = row.split()
        fields = dict(more.get(id, {}))
        values = {"organisation": organisation, "age": age, "side": fields.pop("side", ""), "languages": ""}
        values["languages"] = fields.pop("languages", "")
        found.append(Person(id, id.upper(), organisation, values=values, **fields))
    return Roster(tuple(found), {column: column for column in COLUMNS})


def evening(*listed: str, resting: tuple[tuple[str, ...], ...] = ()) -> Evening:
    """An evening from one text a round, as in "a-b c-d@5"; tables count from 1 where none is given."""
    found = []
    for number, text in enumerate(listed, start=1):
        talks = []
        for table, part in enumerate(text.split(), start=1):
            names, _, at = part.partition("@")
            talks.append(Conversation(tuple(names.split("-")), int(at or table)))
        found.append(Round(number, tuple(talks), resting[number - 1] if resting else ()))
    return Evening(tuple(found), {})


FOUR = people("a x young", "b x old", "c y young", "d y old")
TWO = (Across("organisation", weight=3), Across("age"))


def test_a_pair_is_scored_by_its_difference_and_the_worst_off_person_by_their_mean() -> None:
    judged = score(Facts(FOUR, Rules(rounds=2, across=TWO)), evening("a-c b-d", "a-d b-c"))
    # a-c and b-d differ in organisation alone, 3/4; a-d and b-c in both, 1.
    assert judged.total == pytest.approx(2 * 0.75 + 2 * 1)
    assert judged.worst == pytest.approx((0.75 + 1) / 2)
    assert judged.broken == {}


def test_everybody_in_a_trio_has_the_mean_of_two_partners() -> None:
    roster = people("a x young", "b x old", "c y young")
    judged = score(Facts(roster, Rules(rounds=1, across=TWO)), evening("a-b-c"))
    # a-b 1/4, a-c 3/4, b-c 1: a has 1/2, b 5/8, c 7/8.
    assert judged.total == pytest.approx((0.5 + 0.625 + 0.875) / 2)
    assert judged.worst == pytest.approx(0.5)
    assert judged.trios == 1


def test_a_guest_in_a_one_to_two_counts_the_host_alone() -> None:
    sides = {"a": {"side": "host"}, "b": {"side": "guest"}, "c": {"side": "guest"}}
    roster = people("a x young", "b x old", "c y young", **sides)
    judged = score(Facts(roster, Rules(rounds=1, across=TWO, sides=Sides(guests_per_host=2))), evening("b-a-c"))
    assert judged.total == pytest.approx((0.5 + 0.25 + 0.75) / 2)
    assert judged.worst == pytest.approx(0.25)


def test_a_person_who_is_left_out_has_nothing_from_that_round() -> None:
    judged = score(Facts(FOUR, Rules(rounds=2, across=TWO)), evening("a-c b-d", "a-d"))
    assert judged.worst == pytest.approx(0.75 / 2)
    assert judged.broken == {"left out": 2}


KEPT = frozenset({("c", "a")})
SPEAK = {"a": {"languages": "Arabic"}, "c": {"languages": "Polish; Somali"}, "d": {"languages": "arabic,Polish"}}
SIDES = {"a": {"side": "host"}, "b": {"side": "host"}, "c": {"side": "guest"}, "d": {"side": "guest"}}
CHILD = {"a": {"under_18": True, "responsible_adult": "b"}}


@pytest.mark.parametrize(
    ("more", "asked", "listed", "broken"),
    [
        ({}, {}, ["a-b c-d", "a-b c-d"], {"repeat": 2}),
        ({}, {"repeats": Repeats.FEWEST}, ["a-b c-d", "a-b c-d"], {}),
        ({}, {}, ["a-b a-d"], {"left out": 1, "twice in a round": 1}),
        ({}, {}, ["a-b-c-d"], {"size": 1}),
        ({}, {"keep_apart": KEPT}, ["a-c b-d"], {"forbidden pair": 1}),
        ({}, {"met_before": KEPT}, ["a-c b-d"], {"forbidden pair": 1}),
        ({}, {"across": (Across("organisation", never_same=NeverSame.HARD),)}, ["a-b c-d"], {"forbidden pair": 2}),
        (SPEAK, {"share": ("languages",)}, ["a-b c-d"], {}),
        (SPEAK, {"share": ("languages",)}, ["a-c b-d"], {"forbidden pair": 1}),
        ({"a": {"women_only": True}, "c": {"gender": "Woman"}}, {}, ["a-c b-d"], {}),
        ({"a": {"women_only": True}, "c": {"gender": "Woman"}}, {}, ["a-b c-d"], {"forbidden pair": 1}),
        (SIDES, {"sides": Sides()}, ["a-c b-d"], {}),
        (SIDES, {"sides": Sides()}, ["a-b c-d"], {"sides": 2}),
        (CHILD, {}, ["a-b c-d"], {"child with adult": 1}),
        ({"a": CHILD["a"], "d": {"under_18": True}}, {}, ["a-d b-c"], {}),
        ({"a": {"rest": frozenset({1})}}, {}, ["a-b c-d"], {"seated while away": 1}),
        ({}, {"present": {"d": frozenset({2})}}, ["a-b c-d"], {"seated while away": 1}),
        ({}, {"pins": (Pin(1, ("a", "d")),)}, ["a-b c-d"], {"pin or lock": 1}),
        ({}, {"tables": Tables(count=1)}, ["a-b c-d"], {"table": 1}),
        ({}, {}, ["a-b@4 c-d@4"], {"table": 1}),
        ({"c": {"quiet": True}}, {"tables": Tables(quiet=frozenset({1}))}, ["a-b c-d"], {"table": 1}),
        ({"c": {"quiet": True}}, {"tables": Tables(quiet=frozenset({2}))}, ["a-b c-d"], {}),
        ({"a": {"fixed_seat": 0}}, {}, ["a-b c-d", "c-b a-d@3", "a-c b-d"], {"fixed seat": 1}),
        ({"a": {"fixed_seat": 7}}, {}, ["a-b@7 c-d"], {}),
        ({"a": {"fixed_seat": 7}, "b": {"fixed_seat": 5}}, {}, ["a-b@7 c-d"], {"fixed seat": 1}),
        ({"a": {"fixed_seat": 7}, "b": {"fixed_seat": 6}}, {}, ["a-b@6 c-d"], {}),
    ],
)
def test_every_breach_of_a_rule_is_counted(more: dict, asked: dict, listed: list[str], broken: dict) -> None:
    roster = people("a x young", "b x old", "c y young", "d y old", **more)
    rules = Rules(rounds=len(listed), across=asked.pop("across", TWO), **asked)
    assert score(Facts(roster, rules), evening(*listed)).broken == broken


def test_a_child_may_be_with_two_adults_of_whom_one_answers_for_them() -> None:
    roster = people("a x young", "b x old", "c y old", a={"under_18": True, "responsible_adult": "b"})
    assert score(Facts(roster, Rules(rounds=1, across=TWO)), evening("a-b-c")).broken == {}


def test_an_interpreter_sits_with_their_person_and_is_no_talker() -> None:
    roster = people("a x young", "b x old", "i y old", i={"interpreter_for": "a"})
    facts = Facts(roster, Rules(rounds=1, across=TWO))
    assert score(facts, evening("a-b")).broken == {"interpreter": 1}
    with_help = Evening((Round(1, (Conversation(("a", "b"), 1, ("i",)),)),), {})
    assert score(facts, with_help).broken == {}


def test_a_second_trio_is_a_breach_only_while_somebody_there_has_had_none() -> None:
    roster = people("a x young", "b x old", "c y young", "d y old", "e z old")
    facts = Facts(roster, Rules(rounds=2, across=TWO))
    # a sits in two trios; b, c, d and e in one each.
    assert score(facts, evening("a-b-c d-e", "a-d-e b-c")).broken == {"repeat": 2}
    repeated = score(Facts(roster, Rules(rounds=2, repeats=Repeats.FEWEST)), evening("a-b-c d-e", "a-b-d c-e"))
    assert repeated.broken == {"uneven trios": 2}


def test_one_rest_a_round_is_right_where_the_odd_one_rests_and_a_second_while_others_had_none_is_not() -> None:
    roster = people("a x young", "b x old", "c y young")
    facts = Facts(roster, Rules(rounds=2, odd=Odd.REST))
    assert score(facts, evening("a-b", "a-c")).broken == {}
    assert score(facts, evening("a-b", "a-b")).broken == {"repeat": 1, "uneven rests": 1}


def test_the_fewest_same_group_rounds_follow_from_the_size_of_the_group() -> None:
    roster = people("a x 1", "b x 2", "c x 3", "d x 4", "e x 5", "f y 6")
    rules = Rules(rounds=3, across=(Across("organisation", never_same=NeverSame.FEWEST),))
    facts = Facts(roster, rules)
    # Each round four of the five meet their own: twelve in three rounds, so somebody three times (12 / 5 > 2).
    assert lowest_possible(facts, facts.same_group["organisation"]) == 3
    judged = score(facts, evening("a-b c-d e-f", "a-c b-e d-f", "a-e b-d c-f"))
    assert (judged.same_group_most, judged.broken) == (3, {})
    assert (
        score(Facts(people("a x 1", "b x 2", "c y 3", "d y 4"), rules), evening("a-b c-d")).broken["over the cap"] == 4
    )


@pytest.mark.parametrize("name", READY)
def test_each_peer_finds_the_only_total_of_a_room_where_all_choices_are_equal(name: str) -> None:
    across = (Across("organisation", weight=3, never_same=NeverSame.HARD), Across("age", weight=0))
    facts = Facts(FOUR, Rules(rounds=2, across=across))
    judged = score(facts, evening_of(facts, PEERS[name].plan(facts, Ask(seconds=2.0))))
    assert judged.total == pytest.approx(4.0)
    assert judged.worst == pytest.approx(1.0)
    assert judged.broken == {}


@pytest.mark.parametrize("name", READY)
def test_each_peer_seats_the_odd_one_as_a_third_or_is_told_to_have_left_them_out(name: str) -> None:
    roster = people("a x 1", "b x 2", "c y 3", "d y 4", "e z 5", "f z 6", "g w 7")
    facts = Facts(roster, Rules(rounds=2, across=(Across("organisation"),)))
    judged = score(facts, evening_of(facts, PEERS[name].plan(facts, Ask(seconds=2.0))))
    assert judged.trios + judged.broken.get("left out", 0) == 2
    assert (judged.trios == 0) == (name == "golfers")


@pytest.mark.parametrize("name", READY)
def test_each_peer_keeps_the_rounds_that_are_over(name: str) -> None:
    facts = Facts(FOUR, Rules(rounds=3, across=TWO))
    talks = PEERS[name].plan(facts, Ask(seconds=2.0, past=[[(0, 3), (1, 2)]]))
    assert talks[0] == [(0, 3), (1, 2)]
    assert score(facts, evening_of(facts, talks)).broken == {}


@pytest.mark.parametrize("name", READY)
def test_each_peer_seats_hosts_with_guests(name: str) -> None:
    facts = Facts(people("a x 1", "b x 2", "c y 3", "d y 4", **SIDES), Rules(rounds=2, across=TWO, sides=Sides()))
    assert score(facts, evening_of(facts, PEERS[name].plan(facts, Ask(seconds=2.0)))).broken == {}


def _evenings(facts: Facts) -> Iterator[Evening]:
    """Every evening of pairs in which nobody meets twice."""
    size = len(facts.people)
    matchings = {
        frozenset(frozenset(order[k : k + 2]) for k in range(0, size, 2)) for order in permutations(range(size))
    }

    def extend(chosen: list, met: set) -> Iterator[Evening]:
        if len(chosen) == facts.rules.rounds:
            yield evening_of(facts, [[tuple(sorted(pair)) for pair in talks] for talks in chosen])
            return
        for talks in matchings:
            if not met & talks and all(facts.pair_may[tuple(pair)] for pair in talks):
                yield from extend([*chosen, talks], met | talks)

    return extend([], set())


def _drawn(seed: int, size: int, **asked: object) -> Facts:
    draw = np.random.default_rng(seed)
    rows = [f"p{k} o{draw.integers(3)} a{draw.integers(4)}" for k in range(size)]
    more = {f"p{k}": {"side": "host" if k < size // 2 else "guest"} for k in range(size)}
    return Facts(people(*rows, **more), Rules(across=TWO, **asked))


@pytest.mark.parametrize("seed", range(6))
def test_no_evening_of_six_people_passes_the_bounds(seed: int) -> None:
    facts = _drawn(seed, 6, rounds=2)
    judged = [score(facts, one) for one in _evenings(facts)]
    found = bounds(facts)
    best, fairest = max(one.total for one in judged), max(one.worst for one in judged)
    assert best <= found.total + 1e-6 <= best * 1.15
    assert fairest <= found.worst + 1e-6 <= 1.0 + 1e-6


@pytest.mark.parametrize("seed", range(6))
def test_for_hosts_with_as_many_guests_the_bound_on_the_total_is_the_best_evening(seed: int) -> None:
    facts = _drawn(seed, 6, rounds=2, sides=Sides())
    assert bounds(facts).total == pytest.approx(max(score(facts, one).total for one in _evenings(facts)))


@pytest.mark.parametrize("seed", range(4))
def test_a_cap_on_same_group_rounds_lowers_the_bound_and_holds_for_all_who_keep_it(seed: int) -> None:
    ages = np.random.default_rng(seed).integers(4, size=6)
    roster = people(*(f"p{k} {'x' if k < 4 else 'y'} a{age}" for k, age in enumerate(ages)))
    across = (Across("organisation", never_same=NeverSame.FEWEST), Across("age", weight=2))
    facts = Facts(roster, Rules(rounds=3, across=across))
    judged = [score(facts, one) for one in _evenings(facts)]
    kept = [one for one in judged if not one.broken]
    assert lowest_possible(facts, facts.same_group["organisation"]) == 2
    assert 0 < len(kept) < len(judged)
    found = bounds(facts)
    assert max(one.total for one in kept) <= found.total + 1e-6
    assert max(one.worst for one in kept) <= found.worst + 1e-6
    free = bounds(Facts(roster, Rules(rounds=3, across=(Across("organisation"), Across("age", weight=2)))))
    assert found.total <= free.total + 1e-6
    assert found.worst <= free.worst + 1e-6


@pytest.mark.parametrize("asked", [{}, {"sides": Sides()}, {"repeats": Repeats.FEWEST}])
@pytest.mark.parametrize("size", [13, 24])
def test_columns_brought_in_as_needed_give_the_bound_of_all_columns_at_once(size: int, asked: dict) -> None:
    facts = _drawn(size, size, rounds=3, **asked)
    pairs = list(combinations(range(size), 2))
    usage = np.array([[float(k in pair) for pair in pairs] for k in range(size)])
    same = np.array([float(facts.host is not None and facts.host[a] == facts.host[b]) for a, b in pairs])
    d = np.array([facts.d[pair] for pair in pairs])
    trios = sum(facts.trios_needed(number) for number in range(3)) / 2
    most = [(0, 1 if facts.rules.repeats is Repeats.NEVER else 3)] * len(pairs)
    rows, right = np.vstack([usage, same]), np.append(np.full(size, 3.0), trios if facts.host is not None else 1e9)
    assert bounds(facts).total == pytest.approx(-linprog(-d, rows, right, bounds=most).fun, rel=1e-5)
    fair = np.block([[rows, np.zeros((size + 1, 1))], [-usage * d, np.full((size, 1), 3.0)]])
    solved = linprog(
        np.append(np.zeros(len(pairs)), -1.0), fair, np.append(right, np.zeros(size)), bounds=[*most, (0, 1)]
    )
    assert bounds(facts).worst == pytest.approx(-solved.fun, rel=1e-5)


@pytest.mark.parametrize("kind", ["ordinary_120", "many_rules_120", "churn_120", "hosts_equal_60"])
def test_what_one_person_could_have_alone_is_no_less_than_the_bound_for_all(kind: str) -> None:
    room = rooms.room(kind, 3)
    facts = Facts(room.roster, room.rules)
    assert bounds(facts).worst <= alone(facts) + 1e-9
    best = sorted(facts.d[0][facts.may_meet[0]])[-int(facts.here[0].sum()) :]
    assert alone(facts) <= sum(best) / len(best) + 1e-9


@pytest.mark.parametrize("kind", ["hosts_one_to_two_45", "hosts_unequal_70", "churn_120", "odd_119"])
def test_no_peer_passes_the_bounds_without_breaking_rules(kind: str) -> None:
    room = rooms.room(kind, 3)
    facts = Facts(room.roster, room.rules)
    found = bounds(facts)
    for name in ("random", "best_first"):
        judged = score(facts, evening_of(facts, PEERS[name].plan(facts, Ask())))
        assert judged.total <= found.total * (1 + 1e-9)
        assert judged.worst <= found.worst * (1 + 1e-9)


@pytest.mark.parametrize("kind", [kind for kind in rooms.NAMES if kind not in pairing.LARGE])
def test_a_room_is_drawn_again_from_its_seed_and_anew_from_another(kind: str) -> None:
    first, again, other = rooms.room(kind, 5), rooms.room(kind, 5), rooms.room(kind, 6)
    assert first == again
    assert first.roster != other.roster


def test_rooms_are_as_their_names_say() -> None:
    sizes = {kind: len(rooms.room(kind, 1).roster) for kind in rooms.NAMES}
    assert all(int(kind.rsplit("_", 1)[1]) == size for kind, size in sizes.items() if "one_group" not in kind)
    for kind, most in (("one_group_45", 54), ("one_group_60", 72)):
        organisations = rooms.room(kind, 1).roster.column("organisation")
        assert max(organisations.count(name) for name in organisations) == most
    for kind, others in (("tight_school_8", 7), ("tight_everyone_30", 29), ("tight_hosts_24", 12)):
        assert rooms.room(kind, 1).rules.rounds == others


def test_the_table_gives_medians_and_spread_and_the_json_has_every_figure(tmp_path, capsys, monkeypatch) -> None:
    file = tmp_path / "figures.json"
    results = tmp_path / "RESULTS.md"
    results.write_text("# Results\n\n<!-- pairing -->\nold\n<!-- end of pairing -->\nanother section\n")
    asked = "--rooms tight_school_8 --planners random,best_first --seed 4 --repeat 2 --json"
    monkeypatch.setattr(sys, "argv", ["pairing.py", *asked.split(), str(file), "--results", str(results)])
    pairing.main()
    kept = results.read_text()
    assert "| tight_school_8 | best_first |" in kept
    assert "old" not in kept
    assert kept.endswith("another section\n")
    shown = capsys.readouterr().out
    assert "seed 4;" in shown
    assert shown.count("| tight_school_8 |") == 2
    assert " to " in shown
    figures = json.loads(file.read_text())
    assert list(figures) == ["tight_school_8/random", "tight_school_8/best_first"]
    assert set(pairing.FIGURES) <= set(figures["tight_school_8/random"])
    assert figures["tight_school_8/random"]["mb"] > 1


def test_a_planner_that_takes_too_long_has_a_line_that_says_so(monkeypatch) -> None:
    ended = subprocess.CompletedProcess([], -signal.SIGALRM, "", "")
    monkeypatch.setattr(subprocess, "run", lambda *given, **how: ended)
    (case,) = pairing.Bench(pairing.Effort(True, 3, 20.0, 4.0), 1, str).cases("ordinary_120", ["random"])
    assert pairing.row(case)[-1] == "no answer in 20 s"
    assert case.middles()["gap"] is None


def test_a_peer_whose_package_is_missing_is_left_out_with_a_line(monkeypatch) -> None:
    monkeypatch.setitem(PEERS, "absent", Peer("absent", "", best_pair_first, "no_such_package"))
    ready, lines = pairing.planners()
    assert "absent" not in ready
    assert [line for line in lines if line.startswith("absent is left out: the package no_such_package")]


def test_targets_stand_beside_the_figure_furthest_off() -> None:
    figures = {"ordinary_120/ours": {"gap": 0.0005, "seconds": 0.2}, "odd_119/ours": {"gap": 0.002, "seconds": None}}
    lines = pairing_targets(figures).splitlines()[2:]
    assert [" ".join(line.split()) for line in lines] == [
        "| 100 to 300 people: total within 0.1% of the bound | 0.200% (odd_119) | no |",
        "| 120 people, 6 rounds: 0.3 s | 0.2 s (ordinary_120) | yes |",
    ]

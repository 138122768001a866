"""A made-up series of three gatherings: every number of the report is made again here, by another way.

Nothing of relexp's measures is used for it: who sat where and who agreed come from the series itself, the rest from
networkx, numpy and scipy.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from math import comb

import networkx
import numpy as np
import pytest
from scipy import optimize, stats

from relexp.apps.visitor import Visitor
from relexp.apps.weave import Weave
from relexp.messages import say
from relexp.store import Store, open_store
from relexp.store.codes import code_of
from relexp.store.seal import Seal
from relexp.weave.survey import Moment
from tests.series import ROUNDS, Gathered, series

NOW = datetime(2026, 11, 26, 20, tzinfo=UTC)
COLUMNS = {
    "organisation": "Who did you come with?",
    "age_band": "Age band",
    "neighbourhood": "Neighbourhood",
}
NUMBER = r"(−?\d+(?:\.\d+)?)"


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[tuple[Store, list[Gathered]]]:
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('series') / 'relexp.sqlite3'}")
    yield opened, series(opened, NOW - timedelta(days=2))
    opened.close()


@pytest.fixture(scope="module")
def reports(house) -> dict[str, str]:
    """The report of each gathering, and of all ("") as plain text."""
    app = Weave(Visitor(store=house[0]), lambda: NOW)
    found = {}
    for _, which in app.which.options:
        app.which.value = which
        page = app._page("report")[1].decode()
        text = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", page, flags=re.S)
        found[which] = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("⁨", "").replace("⁩", "").split())
    return found


def value(person, column):
    return person.organisation if column == "organisation" else person.values[column]


def met(gathered: Gathered) -> networkx.Graph:
    """Who met whom at a gathering, from who sat where."""
    graph = networkx.Graph()
    for round in gathered.evening.rounds:
        for talk in round.conversations:
            graph.add_edges_from(combinations(talk.people, 2))
    return graph


def numbers(pattern: str, text: str) -> list[float]:
    found = re.search(pattern, text)
    assert found, pattern
    return [float(each.replace("−", "-")) for each in found.groups()]


@pytest.mark.parametrize("which", range(3))
def test_who_met_is_what_the_tables_say(house, reports, which):
    gathered = house[1][which]
    text, graph = reports[gathered.id], met(gathered)
    assert numbers(r"(\d+) people talked with somebody\. Pairs who met: (\d+)\. Rounds: (\d+)", text) == [
        graph.number_of_nodes(),
        graph.number_of_edges(),
        ROUNDS,
    ]
    people = {person.id: person for person in gathered.people}
    groups = {frozenset((people[one].organisation, people[other].organisation)) for one, other in graph.edges}
    there = {person.organisation for person in gathered.people}
    said = numbers(r"(\d+) of (\d+) possible pairs of organisations", text)
    assert said == [sum(len(group) == 2 for group in groups), comb(len(there), 2)]


@pytest.mark.parametrize("which", range(3))
@pytest.mark.parametrize("column", COLUMNS)
def test_how_far_pairs_differ_stands_beside_true_chance_and_the_true_best(house, reports, which, column):
    gathered = house[1][which]
    graph = met(gathered)
    of = {person.id: value(person, column) for person in gathered.people}
    pattern = rf"{re.escape(COLUMNS[column])} (\d+) of (\d+) (\d+) \((\d+) to (\d+)\) (\d+) of (\d+) (\d+) "
    between, known, chance, low, high, across, rowed, best = numbers(pattern, reports[gathered.id])
    assert all(of.values()), "everybody said"
    assert (between, known) == (sum(of[one] != of[other] for one, other in graph.edges), graph.number_of_edges())
    # two rows in the order of the list, 27 facing 27
    ids = [*of]
    rows = {(ids[seat], ids[27 + (seat + round) % 27]) for round in range(ROUNDS) for seat in range(27)}
    assert (across, rowed) == (sum(of[one] != of[other] for one, other in rows), len(rows))
    # the mean over all orders, exactly
    sizes, count = Counter(of.values()), len(of)
    same = sum(comb(size, 2) for size in sizes.values()) / comb(count, 2)
    assert chance == pytest.approx(known * (1 - same), abs=1)
    # drawn again, with other dice
    dice = np.random.default_rng(99)
    codes = np.unique([of[id] for id in ids], return_inverse=True)[1]
    ends = np.array([(ids.index(one), ids.index(other)) for one, other in graph.edges])
    drawn = [
        int((shuffled[ends[:, 0]] != shuffled[ends[:, 1]]).sum())
        for shuffled in (dice.permutation(codes) for _ in range(2000))
    ]
    assert [low, high] == pytest.approx([*np.quantile(drawn, (0.05, 0.95))], abs=2)
    # the best by linear programming: as many meetings for everybody, nobody twice
    pairs = [*combinations(range(count), 2)]
    ends_at = np.zeros((count, len(pairs)))
    for place, (one, other) in enumerate(pairs):
        ends_at[one, place] = ends_at[other, place] = 1
    degrees = [graph.degree[id] for id in ids]
    gain = [-float(codes[one] != codes[other]) for one, other in pairs]
    found = optimize.linprog(gain, A_eq=ends_at, b_eq=degrees, bounds=(0, 1))
    assert best == pytest.approx(-found.fun, abs=0.51)


def remembered(those: list[Gathered]) -> list[set[str]]:
    """Who is remembered of each gathering: said yes there, and never no at a later one."""
    found = []
    for place, gathered in enumerate(those):
        refused = {p.id for later in those[place + 1 :] for p in later.people if p.id not in later.agreed}
        found.append({*gathered.agreed} - refused)
    return found


def ties(store: Store, those: list[Gathered], until: date) -> dict[frozenset[str], tuple[date, int]]:
    """Every two who are tied, by code, with when they first were and at which gathering (-1: they met again)."""
    agreed, first = remembered(those), dict[frozenset[str], tuple[date, int]]()
    code = codes(those)
    known = {code[id] for ids in agreed for id in ids}
    found = [
        (gathered.at.astimezone().date(), place, frozenset(code[id] for id in pair))
        for place, gathered in enumerate(those)
        for pair in met(gathered).edges
        if {*pair} <= agreed[place]
    ]
    for again in store.meeting_again.all():
        pair = frozenset((again.follow_up.one, again.follow_up.other))
        if again.follow_up.done and pair <= known:
            found.append((again.follow_up.done, -1, pair))
    for day, place, pair in sorted(found, key=lambda each: each[0]):
        if day <= until:
            first.setdefault(pair, (day, place))
    return first


def codes(those: list[Gathered]) -> dict[str, str]:
    return {each.id: code_of(each.id, each.name, Seal()) for gathered in those for each in gathered.people}


@pytest.mark.parametrize("which", range(3))
def test_what_grew_is_the_web_of_those_who_agreed(house, reports, which):
    store, those = house
    begins = those[which].at.astimezone().date()
    until = those[which + 1].at.astimezone().date() - timedelta(days=1) if which < 2 else NOW.date()
    first, text = ties(store, those, until), reports[those[which].id]
    graph = networkx.Graph([(*pair,) for pair in first])
    before = networkx.Graph([(*pair,) for pair, (day, _) in first.items() if day < begins])
    assert numbers(r"about the (\d+) people who agreed", text) == [graph.number_of_nodes()]
    assert numbers(r"Pairs of them who met for the first time: (\d+)", text) == [
        sum(place == which for _, place in first.values())
    ]
    assert numbers(r"Before, (\d+) of them were tied", text) == [before.number_of_nodes()]
    assert ("hang together in one web" in text) == networkx.is_connected(graph)
    holding = [*networkx.articulation_points(graph)]
    assert ("would fall in two" in text) == bool(holding)


@pytest.mark.parametrize("which", [0, 1, 2, None])
def test_who_met_again_is_counted(house, reports, which):
    store, those = house
    ids = {those[which].id} if which is not None else {each.id for each in those}
    found = [again.follow_up for again in store.meeting_again.all() if again.gathering in ids]
    counts = [len(found), sum(bool(each.done) for each in found), 0, sum(each.open for each in found)]
    told = [str(count) if count == 0 or count >= 5 else "fewer than five" for count in counts]
    said = "Have met: {}. Gave it up: {}. Yet to meet: {}.".format(*told[1:])
    if told[0] == "fewer than five" or "fewer than five" not in told[1:]:
        said = f"Pairs who both wish to meet again: {told[0]}. {said}"
    assert said in reports["" if which is None else those[which].id]


ASKED = {key: str(say(f"woven.short_{key}")) for key in ("trust", "ease", "hope", "known")}
WHEN = {Moment.AFTER: "before, after", Moment.LATER: "before, a month later"}


@pytest.mark.parametrize("which", [0, 1, 2, None])
@pytest.mark.parametrize("question", ASKED)
@pytest.mark.parametrize("then", WHEN)
def test_what_people_answered_is_what_scipy_makes_of_it(house, reports, which, question, then):
    store, those = house
    ids = [those[which].id] if which is not None else [each.id for each in those]
    code = codes(those)
    given = {(each.code, each.gathering, each.moment): each.values for each in store.survey.all()}
    pairs: dict[str, tuple[int, int]] = {}
    for id in ids:
        for person in next(each for each in those if each.id == id).people:
            start = given.get((code[person.id], id, Moment.BEFORE), {})
            end = given.get((code[person.id], id, then), {})
            if question in start and question in end:
                pairs.setdefault(code[person.id], (start[question], end[question]))
    text = reports["" if which is None else ids[0]]
    head = f"{ASKED[question]} {WHEN[then]} "
    if not pairs:
        assert head not in text
        return
    rest = text.split(head, 1)[1]
    if len(pairs) < 5:
        assert rest.startswith("fewer than five Too few to say anything.")
        return
    first, second = np.array([*pairs.values()], dtype=float).T
    changes = second - first
    count, was, now, mean, low, high = numbers(rf"^(\d+) {NUMBER} → {NUMBER} {NUMBER} \({NUMBER} to {NUMBER}\)", rest)
    assert (count, was, now) == (len(pairs), np.median(first), np.median(second))
    assert mean == pytest.approx(changes.mean(), abs=0.006)
    if changes.std() == 0:
        assert (low, high) == (mean, mean)
        return
    interval = stats.ttest_1samp(changes, 0).confidence_interval(0.95)
    assert [low, high] == pytest.approx([interval.low, interval.high], abs=0.006)
    says = rest.split(") ", 1)[1]
    if interval.low <= 0 <= interval.high:
        (smallest,) = numbers(rf"^May be chance \({NUMBER}\)", says)
        assert smallest == pytest.approx(least(len(pairs)), abs=0.006)
    else:
        assert says.startswith("It rose." if changes.mean() > 0 else "It fell.")


def least(count: int) -> float:
    """The effect that a t test of so many shows four times in five, by the noncentral t itself."""
    bound = stats.t.ppf(0.975, count - 1)

    def lacking(effect: float) -> float:
        # That the wrong side shows is less likely than can be counted.
        return float(stats.nct.sf(bound, count - 1, effect * count**0.5) - 0.8)

    return float(optimize.brentq(lacking, 0.1, 2))


@pytest.mark.parametrize("which", [0, 1, 2, None])
@pytest.mark.parametrize(("question", "moment"), [("heard", Moment.AFTER), ("met", Moment.LATER)])
def test_shares_have_the_interval_that_scipy_gives(house, reports, which, question, moment):
    store, those = house
    ids = [those[which].id] if which is not None else [each.id for each in those]

    def counted(ids: list[str]) -> tuple[int, int]:
        given: dict[str, int] = {}
        for each in sorted(store.survey.all(), key=lambda each: each.day):
            if each.gathering in ids and each.moment is moment:
                given.setdefault(each.code, each.values[question])
        return len(given), sum(given.values())

    def few(ids: list[str]) -> bool:
        count, yes = counted(ids)
        return count < 5 or 0 < yes < 5 or 0 < count - yes < 5

    hidden = [id for id in ids if few([id])]
    if len(hidden) < len(ids) and few(hidden):
        # All of them less the others would tell these.
        ids = [id for id in ids if id not in hidden]
    count, yes = counted(ids)
    text, says = reports["" if which is None else ids[0]], re.escape(str(say(f"ask.{question}")))
    if few(ids):
        assert not re.search(rf"“{says}”: \d+ of", text)
        return
    said = numbers(rf"“{says}”: (\d+) of (\d+) said yes \(95 in 100: between (\d+) and (\d+) in 100\)", text)
    interval = stats.binomtest(yes, count).proportion_ci(0.95, method="wilson")
    assert said == [yes, count, round(100 * interval.low), round(100 * interval.high)]


def test_all_gatherings_are_summed(house, reports):
    those = house[1]
    talks = sum(len(round.conversations) for each in those for round in each.evening.rounds)
    assert numbers(r"(\d+) gatherings, (\d+) conversations", reports[""]) == [3, talks]
    for gathered in those:
        graph = met(gathered)
        of = {person.id: person.organisation for person in gathered.people}
        share = sum(of[one] != of[other] for one, other in graph.edges) / graph.number_of_edges()
        counts = (
            f"{graph.number_of_nodes()} people, {graph.number_of_edges()} pairs who met, {round(100 * share)} in 100"
        )
        assert counts in reports[""]

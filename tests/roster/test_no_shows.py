"""Who may stay away: the ranges are those of the exact chances, and grow as more stay away."""

import numpy as np
import pytest
from scipy.stats import binom

from relexp.exchange.rosters import read_roster
from relexp.roster.mix import mix
from relexp.roster.no_shows import SHARES, turnouts
from relexp.roster.rule_check import check_rules, default_rules


def room(*sizes: int, blanks: int = 0):
    rows = [f"Person {group}-{place},Group {group}" for group, size in enumerate(sizes) for place in range(size)]
    rows += [f"Nobody {place}," for place in range(blanks)]
    return read_roster(("name,organisation\n" + "\n".join(rows)).encode(), "signup.csv").roster


@pytest.mark.parametrize("roster", [room(20, 15, 10), room(40, 14), room(3), room(5, 5, blanks=7), room(150, 150)])
def test_with_nobody_away_it_is_the_room_of_the_sheet(roster):
    rules = default_rules(roster)
    whole, count = turnouts(roster, rules)[0], mix(roster, rules)
    assert whole.people == (count.people, count.people)
    assert whole.across == (count.ceiling_with_odd_trio, count.ceiling_with_odd_trio)


@pytest.mark.parametrize("people", [12, 54, 300])
def test_as_many_come_as_chance_says(people):
    half = people // 2
    roster = room(half, people - half)
    for turnout in turnouts(roster, default_rules(roster))[1:]:
        # Four hundred evenings tell the twentieth and its like to within a few people.
        for found, share in zip(turnout.people, (0.05, 0.95), strict=True):
            exact = binom.ppf(np.clip((share - 0.03, share + 0.03), 0.001, 0.999), people, 1 - turnout.away)
            assert exact[0] <= found <= exact[1]


def test_a_lopsided_room_may_come_out_anywhere_between():
    roster = room(30, 10)
    found = turnouts(roster, default_rules(roster))
    for turnout in found:
        assert turnout.across[0] <= turnout.across[1] <= turnout.people[1]
        assert 0 <= turnout.usual <= 1
    assert found[0].across == (20, 20)
    assert found[-1].across[1] < 20
    assert found[3].across[0] < found[3].across[1]


def test_the_same_sheet_gives_the_same_ranges_and_another_seed_need_not():
    roster = room(20, 15, 10)
    rules = default_rules(roster)
    assert turnouts(roster, rules) == turnouts(roster, rules)
    assert turnouts(roster, rules) != turnouts(roster, rules, seed=2)
    assert [turnout.away for turnout in turnouts(roster, rules)] == list(SHARES)


def test_hosts_and_guests_stay_away_on_both_sides():
    text = "name,side\n" + "\n".join(f"P{n},{'host' if n < 6 else 'guest'}" for n in range(18))
    roster = read_roster(text.encode(), "signup.csv").roster
    rules = check_rules({"sides": {"column": "side"}}, roster)
    found = turnouts(roster, rules)
    assert found[0].across == (18, 18)
    rules = check_rules({"sides": {"column": "side"}, "odd": "rest"}, roster)
    assert all(turnout.across[1] <= 12 for turnout in turnouts(roster, rules))


def test_a_room_in_which_nobody_talks_promises_nothing():
    roster = room(3, 3)
    rules = check_rules({"present": {person.id: [] for person in roster}}, roster)
    assert {(turnout.people, turnout.across, turnout.usual) for turnout in turnouts(roster, rules)} == {
        ((0, 0), (0, 0), 0.0)
    }

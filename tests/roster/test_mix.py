"""The mix of the room is told before the evening: how far people can meet across groups, and who is not here."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.pairing.plan import plan
from relexp.roster.mix import mix
from relexp.roster.mix_ceiling import between_sides, in_pairs, in_trios, invitations, one_to_two, with_one_trio
from relexp.roster.mix_words import percent
from relexp.roster.person import Roster
from relexp.roster.rule_check import default_rules
from relexp.roster.rules import Across, Odd, Rules, Sides
from tests.roster.rule_rooms import eight, person, room, rules

BY_GROUP = Rules(across=(Across("organisation"),))


def gathered(*sizes: int, blanks: int = 0) -> Roster:
    """A room of groups A, B, C ... of these sizes, and people who told none."""
    names = [chr(ord("A") + place) for place, size in enumerate(sizes) for _ in range(size)] + [""] * blanks
    return room(*(person(f"p{place}", {"organisation": name}) for place, name in enumerate(names)))


def two_sided(hosts: list[int], guests: list[int]) -> Roster:
    """A room in which each group has so many hosts and so many guests."""
    people = [
        ("ABCDEF"[group], side)
        for side, sizes in (("host", hosts), ("guest", guests))
        for group, size in enumerate(sizes)
        for _ in range(size)
    ]
    return room(*(person(f"p{n}", {"organisation": name, "side": side}) for n, (name, side) in enumerate(people)))


def codes(messages) -> list[str]:
    """Which sentences these are; each must be whole."""
    assert all(str(message) and "{" not in str(message) for message in messages)
    return [message.code.removeprefix("mix.") for message in messages]


# The ceilings, against searches that know nothing of the formulas


def group_of_each(sizes) -> tuple[int, ...]:
    return tuple(group for group, size in enumerate(sizes) for _ in range(size))


def matched(groups) -> int:
    """The most people in pairs of two groups, by maximum matching."""
    graph = nx.Graph([pair for pair in combinations(range(len(groups)), 2) if groups[pair[0]] != groups[pair[1]]])
    return 2 * len(nx.max_weight_matching(graph, maxcardinality=True))


@cache
def searched(groups: tuple[int, ...], trios: int) -> int:
    """The most people who talk across, by trying every way to sit down in pairs and at most so many trios."""
    if not groups:
        return 0
    first, rest = groups[0], groups[1:]
    best = searched(rest, trios)
    for count in (1, 2) if trios else (1,):
        for partners in combinations(range(len(rest)), count):
            table = (first, *(rest[place] for place in partners))
            across = sum(any(other != one for other in table) for one in table)
            left = tuple(group for place, group in enumerate(rest) if place not in partners)
            best = max(best, across + searched(left, trios - (count == 2)))
    return best


SIZES = st.lists(st.integers(1, 9), min_size=1, max_size=6)
SMALL = st.lists(st.integers(1, 4), min_size=1, max_size=4).filter(lambda sizes: 2 <= sum(sizes) <= 8)


@given(SIZES)
def test_the_ceiling_in_pairs_is_what_a_maximum_matching_reaches(sizes):
    people, largest = sum(sizes), max(sizes)
    assert matched(group_of_each(sizes)) == in_pairs(people, largest) // 2 * 2


@given(SMALL)
def test_the_ceiling_in_trios_is_what_trying_everything_reaches(sizes):
    people, largest = sum(sizes), max(sizes)
    assert searched(group_of_each(sizes), people) == in_trios(people, largest)


@given(SMALL)
def test_one_trio_in_an_odd_room_lets_one_more_in_at_the_most(sizes):
    people, largest = sum(sizes), max(sizes)
    assert searched(group_of_each(sizes), people % 2) == with_one_trio(people, largest)


def flow(hosts, guests, chairs) -> tuple[int, int]:
    """The most guests across from a host of another group, and the most hosts with a guest, found apart by flows."""

    def most(host_chairs) -> int:
        graph = nx.DiGraph()
        for group, (host, guest) in enumerate(zip(hosts, guests, strict=True)):
            graph.add_edge("door", ("host", group), capacity=host * host_chairs)
            graph.add_edge(("guest", group), "hall", capacity=guest)
            for other in range(len(guests)):
                if other != group:
                    graph.add_edge(("host", group), ("guest", other), capacity=1000)
        return nx.maximum_flow_value(graph, "door", "hall")

    return most(chairs), most(1)


def seated(tables_left: tuple[int, ...], guests_left: tuple[int, ...]) -> int:
    """The most people across with one or two guests to a host, by trying everything."""
    if not tables_left:
        return 0
    host, rest = tables_left[0], tables_left[1:]
    best = seated(rest, guests_left)
    for count in (1, 2):
        for partners in set(combinations(guests_left, count)):
            left = list(guests_left)
            for partner in partners:
                left.remove(partner)
            across = sum(partner != host for partner in partners)
            best = max(best, across + bool(across) + seated(rest, tuple(left)))
    return best


TWO_SIDES = st.integers(1, 4).flatmap(
    lambda groups: st.tuples(*[st.lists(st.integers(0, 6), min_size=groups, max_size=groups)] * 2)
)


@given(TWO_SIDES)
def test_the_ceiling_between_sides_is_what_a_flow_reaches(sides):
    hosts, guests = sides
    assert between_sides(hosts, guests) == 2 * flow(hosts, guests, 1)[0]
    assert one_to_two(hosts, guests) == sum(flow(hosts, guests, 2))


@given(
    st.tuples(*[st.lists(st.integers(0, 2), min_size=3, max_size=3)] * 2).filter(
        lambda sides: sum(sides[0]) <= 3 and sum(sides[1]) <= 5
    )
)
def test_the_ceiling_with_two_guests_to_a_host_is_what_trying_everything_reaches(sides):
    hosts, guests = sides
    assert one_to_two(hosts, guests) == seated(group_of_each(hosts), group_of_each(guests))


# The numbers of a room


@pytest.mark.parametrize(
    ("sizes", "pairs", "one_trio", "trios"),
    [
        ((15, 5), 10, 10, 15),
        ((30, 24), 48, 48, 54),
        ((20, 20), 40, 40, 40),
        ((15, 6), 12, 13, 18),
        ((4, 3), 6, 7, 7),
        ((3, 3, 1), 7, 7, 7),
        ((5,), 0, 0, 0),
    ],
)
def test_the_ceilings_of_a_room(sizes, pairs, one_trio, trios):
    found = mix(gathered(*sizes), BY_GROUP)
    assert (found.ceiling, found.ceiling_with_odd_trio, found.ceiling_in_trios) == (pairs, one_trio, trios)
    assert found.share == pytest.approx(pairs / sum(sizes))


def test_where_one_rests_the_ceiling_counts_nobody_without_a_partner():
    found = mix(gathered(3, 3, 1), Rules(odd=Odd.REST, across=BY_GROUP.across))
    assert (found.ceiling, found.ceiling_with_odd_trio) == (6, 6)
    assert codes([found.summary]) == ["even"]


def test_groups_are_counted_without_regard_to_capitals_and_called_as_first_written():
    roster = room(*(person(f"p{n}", {"organisation": name}) for n, name in enumerate(["b", "St Mary", "st mary ", ""])))
    found = mix(roster, BY_GROUP)
    assert [(group.name, group.people) for group in found.groups] == [("St Mary", 2), ("b", 1)]
    assert (found.people, found.blanks) == (4, 1)
    assert found.largest == found.groups[0]


def test_whoever_left_the_column_blank_is_in_nobodys_group():
    assert mix(gathered(2, blanks=2), BY_GROUP).ceiling == 4
    assert mix(gathered(blanks=4), BY_GROUP).ceiling == 4


def test_interpreters_and_those_who_never_come_are_not_counted():
    roster = eight(p2={"interpreter_for": "p1"})
    found = mix(roster, Rules(across=BY_GROUP.across, present={"p3": frozenset(), "p4": frozenset({1})}))
    assert found.people == 6
    assert sorted((group.name, group.people) for group in found.groups) == [("A", 3), ("B", 2), ("C", 1)]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("", "organisation"),
        ('[across.area]\nweight = 3\n[across.organisation]\nweight = 0\nnever_same = "hard"', "organisation"),
        ("[across.area]\n[across.organisation]\nweight = 2", "organisation"),
        ("[across.area]\n[across.organisation]", "area"),
        ("[across.area]\n[across.faith]\nweight = 9\nnever_same = 'hard'", "area"),
        ("[across.area]\n[across.organisation]\nweight = 9\nprivate = true", "area"),
        ("[across.area]\nweight = 0", None),
        ('[across.area]\nkind = "number"', None),
        ('[across.age_band]\nkind = "ordered"\norder = ["16-24", "25-34"]', None),
        ('[across.age_band]\nnever_same = "hard"\nkind = "ordered"\norder = ["16-24", "25-34"]', "age_band"),
        ("[across.faith]\nprivate = false", "faith"),
        ("[across.side]\n[sides]", None),
        ("[across]", None),
    ],
)
def test_the_column_that_matters_most_is_looked_at_and_never_a_private_one(text, column):
    assert mix(eight(), rules(text)).column == column


def test_the_default_rules_are_taken_where_none_are_given():
    assert mix(eight()) == mix(eight(), default_rules(eight()))


def test_a_room_that_nobody_attends_has_a_mix_too():
    roster = gathered(1, 1)
    absent = {"p0": frozenset[int](), "p1": frozenset[int]()}
    for sides in (None, Sides()):
        found = mix(roster, Rules(across=BY_GROUP.across, present=absent, sides=sides))
        assert (found.people, found.ceiling, found.ceiling_in_trios, found.share) == (0, 0, 0, 0.0)
        assert str(found.summary)


def test_extra_guests_are_counted_until_everybody_can_talk_across():
    table = mix(gathered(15, 5), BY_GROUP).invitations
    assert [(row.guests, row.people, row.ceiling) for row in table[:3]] == [(0, 20, 10), (1, 21, 12), (2, 22, 14)]
    assert (table[-1].guests, table[-1].share) == (10, 1.0)
    assert len(table) == 11
    assert [row.guests for row in mix(gathered(5, 5), BY_GROUP).invitations] == [0]
    assert mix(gathered(blanks=3), BY_GROUP).invitations == ()


@given(st.integers(1, 400), st.integers(0, 400))
def test_the_table_of_guests_is_short_and_ends_with_the_first_number_that_is_enough(largest, others):
    people = largest + others
    table = invitations(people, largest)
    assert len(table) <= 13
    assert [row.guests for row in table] == sorted({row.guests for row in table})
    assert table[0].guests == 0
    assert table[-1].ceiling == table[-1].people
    if table[-1].guests:
        assert in_pairs(people + table[-1].guests - 1, largest) < people + table[-1].guests - 1
    assert all(row.ceiling == in_pairs(people + row.guests, largest) for row in table)


def test_the_groups_leave_as_a_table():
    frame = mix(gathered(3, 1), BY_GROUP).to_frame()
    assert list(frame.columns) == ["group", "people", "share"]
    assert frame.to_dict("list") == {"group": ["A", "B"], "people": [3, 1], "share": [0.75, 0.25]}
    assert mix(gathered(blanks=2), BY_GROUP).to_frame().empty


# What the numbers say


@pytest.mark.parametrize(
    ("roster", "code", "said"),
    [
        (gathered(15, 5), "lopsided", "10 of the 20 people who talk (50%)"),
        (gathered(15, 6), "lopsided_odd", "13 of the 21 people who talk (62%)"),
        (gathered(4, 3), "even", "“A”, is 4 of the 7 people"),
        (gathered(20, 20), "even", "largest of the 2 groups, “A”, is 20 of the 40 people"),
        (gathered(4), "one_group", "All 4 people who talk are from one group, “A”"),
        (gathered(blanks=3), "no_groups", "3 people talk"),
    ],
)
def test_the_room_is_told_in_one_sentence(roster, code, said):
    summary = mix(roster, BY_GROUP).summary
    assert codes([summary]) == [code]
    assert said in str(summary)


@pytest.mark.parametrize(
    ("sizes", "text", "said"),
    [
        ((15, 5), "", ["over_half", "trios", "invite", "invite_five"]),
        ((15, 6), "", ["over_half", "odd_trio", "trios", "invite", "invite_five"]),
        ((4, 3), "rounds = 3", ["over_half", "odd_trio", "invite_one"]),
        ((5,), "", ["invite"]),
        ((4, 3), 'odd = "rest"', ["over_half", "trios", "invite_one"]),
        ((4, 3, 2), "", []),
        ((4, 4), "rounds = 4", []),
        ((4, 4), "rounds = 5", ["few_others"]),
        ((4, 4), 'rounds = 5\nrepeats = "fewest"', []),
    ],
)
def test_what_a_room_should_think_about(sizes, text, said):
    roster = gathered(*sizes)
    assert codes(mix(roster, rules(f"{text}\n[across.organisation]", roster)).warnings) == said


def test_the_arithmetic_is_told_in_words():
    first = mix(gathered(15, 5), BY_GROUP).warnings[0]
    assert str(first) == (
        "“A” is 15 of the 20 people who talk, more than half. Each of the 5 others can talk with one of them at a time, so "
        "in a round of pairs 10 people can talk with somebody from another group and the rest cannot."
    )


@pytest.mark.parametrize(
    ("sizes", "text", "told"),
    [
        ((5, 4), "", True),
        ((5, 4), 'odd = "rest"', False),
        ((6, 4), 'odd = "rest"', True),
        ((7, 4), 'odd = "rest"', True),
        ((5, 5), "", False),
    ],
)
def test_a_hard_rule_that_cannot_hold_is_told(sizes, text, told):
    roster = gathered(*sizes)
    found = mix(roster, rules(f'rounds = 1\n{text}\n[across.organisation]\nnever_same = "hard"', roster))
    assert ("hard" in codes(found.warnings)) is told


@pytest.mark.parametrize(
    ("hosts", "guests", "asked", "left", "said"),
    [
        (4, 4, "", (0, 0), ["sides"]),
        (4, 6, "", (2, 0), ["sides_all"]),
        (3, 7, "", (4, 1), ["sides_trios", "left_over_join"]),
        (5, 3, "", (2, 2), ["sides_all"]),
        (7, 3, "", (4, 4), ["sides_trios", "left_over_join"]),
        (4, 6, 'odd = "rest"', (2, 0), ["sides", "left_over", "one_to_two"]),
        (3, 7, 'odd = "rest"', (4, 1), ["sides", "left_over", "one_to_two_left"]),
        (5, 3, 'odd = "rest"', (2, 2), ["sides", "left_over"]),
        (4, 6, "guests_per_host = 2", (2, 0), ["sides_all"]),
        (3, 7, "guests_per_host = 2", (4, 1), ["sides_trios", "one_to_two_left"]),
        (5, 3, "guests_per_host = 2", (2, 2), ["sides", "one_to_two_left"]),
    ],
)
def test_what_is_said_of_hosts_and_guests_is_what_an_evening_makes_of_them(hosts, guests, asked, left, said):
    roster = two_sided([hosts, 0], [0, guests])
    toml = f"{asked}\n[sides]" if "odd" in asked else f"[sides]\n{asked}"
    found = mix(roster, rules(f"rounds = 1\n{toml}", roster))
    assert found.sides is not None
    assert (found.sides.hosts, found.sides.guests) == (hosts, guests)
    assert (found.sides.left_over, found.sides.left_over_one_to_two) == left
    assert codes([found.summary, *found.warnings]) == said
    assert found.invitations == ()
    assert found.ceiling == 2 * min(hosts, guests)
    talks = plan(roster, rules(f"rounds = 1\n{toml}", roster)).rounds[0].conversations
    assert found.ceiling_with_odd_trio == sum(len(talk.people) for talk in talks)
    threes = sum(len(talk.people) == 3 for talk in talks)
    assert threes == 0 or "of three" in str(found.summary)
    assert "each round: " not in str(found.summary) or str(found.summary).endswith(f": {threes}.")


def test_a_group_that_fills_both_sides_lowers_the_ceiling_and_is_named():
    roster = two_sided([4, 1], [3, 2])
    found = mix(roster, rules("[sides]\n[across.organisation]", roster))
    assert (found.ceiling, found.ceiling_in_trios) == (6, 7)
    assert codes([found.summary]) == ["sides_groups"]
    assert "6 of the 10 people who talk (60%)" in str(found.summary)
    uneven = two_sided([4, 0], [2, 1])
    assert codes([mix(uneven, rules("[sides]\n[across.organisation]", uneven)).summary]) == ["sides_groups"]


def test_answers_that_nobody_gave_are_told():
    order = 'order = ["16-24", "25-34", "35-44", "45-54", "65+"]'
    (missing,) = mix(eight(), rules(f'[across.age_band]\nkind = "ordered"\n{order}')).not_here
    assert str(missing) == "Under “Age band” nobody here answered “35-44”, “45-54”."
    assert codes(mix(eight(), rules('[across.area]\norder = ["North", "South", "East"]')).not_here) == ["missing"]


def test_groups_of_one_and_blanks_are_told():
    roster = gathered(3, 1, 1, blanks=1)
    found = mix(roster, BY_GROUP).not_here
    assert codes(found) == ["alone", "blank_one"]
    assert str(found[0]) == "One person only has come from each of these: B, C."
    assert codes(mix(gathered(3, 1, blanks=2), BY_GROUP).not_here) == ["alone_one", "blanks"]
    assert codes(mix(gathered(3, 3), BY_GROUP).not_here) == []


def test_blanks_in_a_column_to_share_are_told():
    roster = eight(p1={"values": {"languages": ""}})
    assert codes(mix(roster, rules("[across]\n[share.languages]", roster)).not_here) == ["blank_one"]


def test_nothing_private_is_told_of_a_room():
    roster = eight(p1={"values": {"faith": "", "area": ""}}, p2={"values": {"faith": "star"}})
    text = '[across.faith]\nweight = 9\norder = ["comet"]\n[across.area]\nprivate = true\norder = ["East"]'
    found = mix(roster, rules(text + "\n[share.faith]", roster))
    said = " ".join(map(str, (found.summary, *found.warnings, *found.not_here))).casefold()
    for word in ("faith", "sun", "moon", "star", "comet", "area", "north", "east"):
        assert word not in said
    assert found.groups == ()


@pytest.mark.parametrize(
    ("part", "whole", "share"), [(0, 9, 0), (9, 9, 100), (1, 999, 1), (998, 999, 99), (48, 54, 89), (0, 0, 0)]
)
def test_a_share_says_none_or_all_only_when_it_is(part, whole, share):
    assert percent(part, whole) == share

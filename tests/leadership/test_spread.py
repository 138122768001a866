"""What hangs on one person, and who is missing at each stage: what networkx and plain counting give."""

from __future__ import annotations

import networkx
import pytest
from hypothesis import given

from relexp.leadership.chains import forest
from relexp.leadership.ladder import Ladder, Level, Stage, default_ladder
from relexp.leadership.leader import Leader
from relexp.leadership.spread import hanging, leading, lone, mix_says, mixes, spread
from tests.leadership.tables import chained, leader

LADDER = default_ladder()
LEADS = ("leads", "develops")


@given(chained())
def test_an_institution_with_one_leader_is_found_with_them(table: list[Leader]):
    from_it = {i: [e.id for e in table if e.institution == i] for i in {e.institution for e in table} - {""}}
    assert {each.institution: each.leader for each in lone(table)} == {
        institution: ids[0] for institution, ids in from_it.items() if len(ids) == 1
    }


@given(chained())
def test_whoever_alone_develops_two_holds_a_chain_together_as_networkx_finds(table: list[Leader]):
    web = networkx.Graph()
    ids = {each.id for each in table}
    web.add_edges_from((e.developed_by, e.id) for e in table if e.developed_by in ids - {e.id})
    points = {*networkx.articulation_points(web)}
    for each in hanging(table, LADDER, forest(table)):
        if not each.develops:
            assert each.institutions
            assert (each.parts, each.below) == (0, 0)
            continue
        assert each.leader in points
        part = networkx.node_connected_component(web, each.leader) - {each.leader}
        assert each.parts == networkx.number_connected_components(web.subgraph(part))
        assert {*each.develops} == {e.id for e in table if e.developed_by == each.leader and e.id != each.leader}
        assert len(each.develops) >= 2


@given(chained())
def test_everybody_is_told_whose_going_leaves_an_institution_unled_or_two_undeveloped(table: list[Leader]):
    found = {each.leader: each for each in hanging(table, LADDER, forest(table))}
    for one in table:
        rest = [each for each in table if each is not one]
        led = one.institution and one.stage in LEADS
        unled = led and not any(e.institution == one.institution and e.stage in LEADS for e in rest)
        undeveloped = sum(1 for each in rest if each.developed_by == one.id)
        assert (one.id in found) == (bool(unled) or undeveloped >= 2)
        if one.id in found:
            assert found[one.id].institutions == ((one.institution,) if unled else ())


def test_a_ring_falls_into_as_many_parts_as_hang_on_the_one_who_goes():
    table = [leader("a", "b"), leader("b", "a"), leader("c", "a"), leader("d", "c"), leader("e", "c")]
    found = {each.leader: (each.parts, each.below) for each in hanging(table, LADDER, forest(table))}
    assert found == {"a": (2, 4), "c": (3, 2)}


@pytest.mark.parametrize(
    ("stages", "keys"),
    [
        ([*LADDER], {"leads", "develops"}),
        ([Stage("one", "One"), Stage("two", "Two", Level.SECONDARY), Stage("three", "Three")], {"two", "three"}),
        ([Stage("one", "One"), Stage("leads", "Two"), Stage("three", "Three")], {"leads", "three"}),
        ([Stage("one", "One"), Stage("team", "Two", Level.TERTIARY)], set()),
        ([], set()),
    ],
)
def test_leading_begins_with_the_first_stage_that_is_secondary_or_is_called_so(stages: list[Stage], keys: set[str]):
    assert leading(Ladder(tuple(stages))) == keys


@given(chained())
def test_each_stage_stands_beside_the_whole_alliance(table: list[Leader]):
    known = [each for each in table if each.institution]
    found = mixes(table, LADDER)
    assert [mix.stage for mix in found] == [s.key for s in LADDER if any(e.stage == s.key for e in table)]
    for mix in found:
        here = [each for each in known if each.stage == mix.stage]
        assert mix.people == len(here) == sum(share.people for share in mix.shares)
        assert mix.unknown == sum(1 for e in table if e.stage == mix.stage and not e.institution)
        assert sum(share.expected for share in mix.shares) == pytest.approx(mix.people)
        assert mix.present == len({each.institution for each in here})
        for share in mix.shares:
            whole = sum(1 for each in known if each.institution == share.institution)
            assert share.people == sum(1 for each in here if each.institution == share.institution)
            assert share.whole == pytest.approx(whole / len(known))
            assert share.expected == pytest.approx(len(here) * whole / len(known))
            assert share.share == (share.people / len(here) if here else 0)
            assert (share.institution in mix.missing) == (not share.people and share.expected >= 1)


def people(stage: str, **many: int) -> list[Leader]:
    """So many people of these institutions on a stage."""
    return [leader(f"{stage}{i}{n}", stage=stage, institution=i) for i, count in many.items() for n in range(count)]


def test_who_is_not_here_is_told_for_each_stage_in_one_sentence():
    table = [*people("met", Mosque=6, Union=4), *people("listening", Mosque=5, Union=5, School=5)]
    table += [*people("team", Mosque=12), *people("leads", Union=4), leader("x", stage="leads")]
    table += people("develops", Mosque=1, Union=1, School=3)
    said = [str(mix_says(mix, LADDER)) for mix in mixes(table, LADDER)]
    assert said == [
        "Met: 10 people from 2 of 3 institutions. Nobody yet from School. Going by how many they have in the table, you would expect one or more of each here.",
        "Listening: 15 people, from all 3 institutions.",
        "Team member: 12 people from 1 of 3 institutions. Nobody yet from Union, School. Going by how many they have in the table, you would expect one or more of each here.",
        "Leads a team: 5 here. Too few to tell who is missing.",
        "Develops leaders: 5 people, from all 3 institutions.",
    ]


def test_an_institution_of_which_less_than_one_would_be_there_is_not_missing():
    table = [*people("met", Mosque=10), *people("listening", School=1, Mosque=9)]
    said = str(mix_says(mixes(table, LADDER)[0], LADDER))
    assert said == (
        "Met: 10 people from 1 of 2 institutions. No institution is missing that you would expect here, "
        "going by how many it has in the table."
    )


def test_of_all_this_the_spread_of_a_table_is_made():
    table = [leader("a", institution="Mosque", stage="leads"), leader("b", "a", stage="met"), leader("c", "a")]
    found = spread(table, LADDER, forest(table))
    assert (found.institutions, len(found.lone), len(found.mixes)) == (1, 1, 2)
    assert found.hanging[0].develops == ("b", "c")
    assert found.mixes[0].people == 0

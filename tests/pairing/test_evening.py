"""An evening under other ids: the same people meet, whatever the ids are."""

import json
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from relexp.exchange.demo import demo_sheet
from relexp.exchange.evening_json import json_bytes, read_json
from relexp.exchange.rosters import read_roster
from relexp.pairing.plan import plan
from relexp.roster.rule_check import default_rules

ROSTER = read_roster(demo_sheet(), "demo.csv").roster
EVENING = plan(ROSTER, default_rules(ROSTER, 3))
IDS = [person.id for person in ROSTER]


@given(st.permutations(IDS), st.integers(0, len(IDS)))
def test_the_same_people_meet_under_other_ids_and_all_is_as_before_under_the_old_ones(order, moved):
    new = dict(zip(order[:moved], (f"{id}-new" for id in order[:moved]), strict=True))
    renamed = EVENING.renamed(new)
    pairs = {frozenset(new.get(id, id) for id in pair) for pair in EVENING.pairs()}
    assert {frozenset(pair) for pair in renamed.pairs()} == pairs
    assert [*renamed.names.values()] == [*EVENING.names.values()]
    assert renamed.renamed({now: old for old, now in new.items()}) == EVENING


def test_two_may_change_ids_with_each_other():
    one, other = IDS[:2]
    assert EVENING.renamed({one: other, other: one}).names[one] == EVENING.names[other]


def test_whoever_rests_interprets_or_is_there_for_a_part_goes_along():
    shape = {
        "version": 1,
        "seed": 1,
        "names": {id: id.upper() for id in "abcde"},
        "present": {"a": [1]},
        "rounds": [
            {
                "round": 1,
                "conversations": [{"table": 1, "people": ["a", "b"], "interpreters": ["c"]}],
                "resting": ["d", "e"],
            }
        ],
        "report": {"names": "a"},
    }
    evening = read_json(json.dumps(shape).encode(), "x")
    renamed = evening.renamed({id: f"{id}2" for id in "abcde"})
    talk = renamed.rounds[0].conversations[0]
    assert (talk.people, talk.interpreters, renamed.rounds[0].resting) == (("a2", "b2"), ("c2",), ("d2", "e2"))
    assert renamed.present == {"a2": frozenset({1})}
    assert renamed.report == evening.report
    assert read_json(json_bytes(renamed), "x") == renamed
    assert {frozenset(pair) for pair in renamed.pairs()} == {frozenset(pair) for pair in combinations(("a2", "b2"), 2)}

"""What happened is suggested to whoever confirms it: of the one leader of that name, and never twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from relexp.leadership.evidence import Kind, Suggestion
from relexp.leadership.suggesting import suggested
from relexp.roster.words import fold
from tests.leadership.tables import NAMES, ago, leader

TABLE = [leader("a", name="Amina Begum"), leader("s", name="Siân"), leader("t1", name="Tom"), leader("t2", name="TOM")]


def test_whoever_came_or_hosted_is_found_by_name_however_it_is_typed():
    came = [
        ("amina  begum", ago(3), "g1", "Tea and talk", False),
        ("Sian", ago(9), "g2", "Weaving", True),
        ("Nobody", ago(9), "g2", "Weaving", True),
    ]
    assert suggested(TABLE, came, [], ()) == (
        Suggestion("s", Kind.HOSTED, ago(9), "Weaving", "gathering g2"),
        Suggestion("a", Kind.GATHERING, ago(3), "Tea and talk", "gathering g1"),
    )


def test_where_two_leaders_have_the_name_nothing_is_suggested():
    assert suggested(TABLE, [("tom", ago(3), "g1", "Tea", False)], [], ()) == ()


def test_whoever_hosted_is_not_also_suggested_as_a_guest():
    hosted = ("Siân", ago(3), "g1", "Tea", True)
    came = ("Siân", ago(3), "g1", "Tea", False)
    for both in ([hosted, came], [came, hosted]):
        assert [each.kind for each in suggested(TABLE, both, [], ())] == [Kind.HOSTED]


def test_a_one_to_one_is_suggested_to_those_who_are_in_the_table():
    talks = [("a", ago(2), "talk 1"), ("gone", ago(2), "talk 1"), ("a", ago(4), "talk 0")]
    assert suggested(TABLE, [], talks, ()) == (
        Suggestion("a", Kind.ONE_TO_ONE, ago(4), "", "talk 0"),
        Suggestion("a", Kind.ONE_TO_ONE, ago(2), "", "talk 1"),
    )


def test_what_somebody_went_out_for_in_the_module_is_suggested_of_the_one_leader_of_that_name():
    learnt = [
        ("siân", ago(5), "Tell your map", "module sameness/tell"),
        ("Tom", ago(5), "Tell your map", "module sameness/tell"),
        ("Siân", ago(8), "Ask somebody", "module sameness/ask"),
    ]
    found = suggested(TABLE, [], [], {("s", "module sameness/ask")}, learnt)
    assert found == (Suggestion("s", Kind.TRAINING, ago(5), "Tell your map", "module sameness/tell"),)


people = st.lists(st.sampled_from(NAMES), max_size=5).map(
    lambda names: [leader(f"L{number}", name=name) for number, name in enumerate(names)]
)
came = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(0, 9).map(ago), st.sampled_from("gh"), st.just("Tea"), st.booleans()),
    max_size=8,
)
talks = st.lists(
    st.tuples(st.sampled_from(("L0", "L1", "gone")), st.integers(0, 9).map(ago), st.just("talk 1")), max_size=4
)
known = st.lists(st.tuples(st.sampled_from(("L0", "L1")), st.sampled_from(("gathering g", "talk 1"))), max_size=3)


@given(people, came, talks, known)
def test_nothing_is_suggested_twice_and_nothing_that_was_answered(table, those, met, before):
    found = suggested(table, those, met, before)
    places = [(each.leader, each.source) for each in found]
    one = {fold(e.name): e.id for e in table if sum(fold(other.name) == fold(e.name) for other in table) == 1}
    possible = {(one[fold(name)], f"gathering {id}") for name, _, id, _, _ in those if fold(name) in one}
    possible |= {(id, source) for id, _, source in met if id in {each.id for each in table}}
    assert len(places) == len({*places})
    assert {*places} == possible - {*before}
    assert [each.day for each in found] == sorted(each.day for each in found)
    assert suggested(table, those, met, [*before, *places]) == ()

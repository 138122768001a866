"""A question to the table: all that is asked must hold, and the order is the one that was asked for."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.leadership.finding import GROUPS, SORTS, Query, asked, found
from relexp.leadership.leader import Row, Step, Wording
from relexp.reflection.one_to_ones import Following
from relexp.roster.words import fold
from tests.leadership.tables import BOARD, INSTITUTIONS, TODAY, ago, row, rows

KEYS = tuple(stage.key for stage in BOARD.ladder)
queries = st.builds(
    Query,
    words=st.sampled_from(("", "AMINA", "mary treasurer", "نور")),
    stages=st.lists(st.sampled_from(KEYS), unique=True, max_size=3).map(tuple),
    institution=st.sampled_from(INSTITUTIONS),
    no_step=st.booleans(),
    late=st.none() | st.integers(0, 60),
    due=st.none() | st.integers(0, 60),
    unmet=st.none() | st.integers(0, 120),
    never_met=st.booleans(),
    to_review=st.booleans(),
    trained=st.sampled_from(("", "taster")),
    untrained=st.sampled_from(("", "six_day")),
    developed_by=st.sampled_from(("", "L0")),
    to_agree=st.booleans(),
    unseen=st.booleans(),
    sort=st.sampled_from(SORTS),
    down=st.booleans(),
    group=st.sampled_from(GROUPS),
)
orders = st.builds(Query, sort=st.sampled_from(SORTS), down=st.booleans(), group=st.sampled_from(GROUPS))
usual = Query()


@pytest.mark.parametrize(
    ("query", "yes", "no"),
    [
        (Query(words="mary TREAS"), row("a", institution="St Mary's", role="treasurer"), row("a", institution="St Mary's")),
        (Query(words="sian"), row("Siân"), row("Sinead")),
        (Query(stages=("met", "team")), row("a", stage="team"), row("a", stage="leads")),
        (Query(institution="Al-Noor"), row("a", institution="Al-Noor"), row("a", institution="Al-noor")),
        (Query(no_step=True), row("a"), row("a", step=Step("Ring"))),
        (Query(late=30), row("a", step=Step("", ago(31))), row("a", step=Step("", ago(30)))),
        (Query(late=0), row("a", step=Step("", ago(1))), row("a")),
        (Query(due=7), row("a", step=Step("", ago(-7))), row("a", step=Step("", ago(-8)))),
        (Query(due=7), row("a", step=Step("", TODAY)), row("a", step=Step("", ago(1)))),
        (Query(due=7), row("a", step=Step("", TODAY)), row("a", step=Step("Ring"))),
        (Query(unmet=90), row("a", 1, 91), row("a", 1, 90)),
        (Query(unmet=90), row("a"), row("a", 1, 0)),
        (Query(never_met=True), row("a"), row("a", 1, 400)),
        (Query(to_review=True), row("a", review=TODAY), row("a", review=ago(-1))),
        (Query(to_review=True), row("a", review=ago(9)), row("a")),
        (Query(trained="taster"), row("a", training={"taster": TODAY}), row("a", training={"six_day": TODAY})),
        (Query(untrained="taster"), row("a", training={"six_day": TODAY}), row("a", training={"taster": TODAY})),
        (Query(developed_by="b"), row("a", by="b"), row("a", by="c")),
        (Query(to_agree=True), row("a", talents="Cooks"), row("a", talents="Cooks", wording={"talents": Wording.AGREED})),
        (Query(unseen=True), row("a"), replace(row("a"), seen=TODAY)),
    ],
)  # fmt: skip
def test_what_is_asked_shows_those_of_whom_it_holds(query: Query, yes: Row, no: Row):
    assert asked(yes, query, TODAY)
    assert not asked(no, query, TODAY)


@given(rows(), queries)
def test_whoever_is_shown_is_all_that_was_asked(table: list[Row], query: Query):
    shown = found(table, query, TODAY, KEYS)
    parts = [Query(**{part: getattr(query, part)}) for part in query.__dataclass_fields__]
    assert {each.leader.id for each in shown} == {
        each.leader.id for each in table if all(asked(each, part.asks, TODAY) for part in parts)
    }
    assert len({each.leader.id for each in shown}) == len(shown)


ORDERS = {
    "name": lambda row: fold(row.leader.name),
    "institution": lambda row: fold(row.leader.institution) or None,
    "role": lambda row: fold(row.leader.role) or None,
    "stage": lambda row: (*KEYS, "gone").index(row.leader.stage) if row.leader.stage else None,
    "following": lambda row: [*Following].index(row.leader.following) if row.leader.following else None,
    "due": lambda row: row.leader.step.due if row.leader.step else None,
    "met": lambda row: row.met,
    "review": lambda row: row.leader.review,
    "made": lambda row: row.made,
}


@given(rows(), orders)
def test_the_order_is_groups_first_then_as_sorted_then_by_name_with_blanks_last(table: list[Row], query: Query):
    names = {each.leader.id: fold(each.leader.name) for each in table}

    def value(row: Row, by: str) -> object:
        above = row.leader.developed_by
        return ((names.get(above, ""), above) if above else None) if by == "developed_by" else ORDERS[by](row)

    def blanks_last(values: list[object], down: bool = False) -> list[object]:
        known = [each for each in values if each is not None]
        return sorted(known, reverse=down) + [None] * (len(values) - len(known))

    shown = found(table, query, TODAY, KEYS)
    groups = [value(each, query.group) if query.group else None for each in shown]
    assert groups == blanks_last(groups)
    for group in {*groups}:
        here = [each for each, its in zip(shown, groups, strict=True) if its == group]
        values = [value(each, query.sort) for each in here]
        assert values == blanks_last(values, query.down)
        for one in {*values} if query.sort != "name" else ():
            same = [(fold(each.leader.name), each.leader.id) for each in here if value(each, query.sort) == one]
            assert same == sorted(same)


@given(queries)
def test_a_question_is_kept_as_json_and_comes_back(query: Query):
    assert Query.from_plain(json.loads(json.dumps(query.to_plain()))) == query
    assert query.asks == replace(query, sort="name", down=False, group="")


def test_only_what_is_asked_is_kept_and_what_another_release_asked_is_left_out():
    assert usual.to_plain() == {}
    assert Query.from_plain({"no_step": True, "shoe_size": 9}) == Query(no_step=True)

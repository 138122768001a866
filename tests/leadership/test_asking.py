"""A question to the table is one sentence that somebody can read aloud."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.leadership.asking import query_words
from relexp.leadership.finding import GROUPS, SORTS, Query
from tests.leadership.tables import BOARD

NAMES = {"a": "Amina", "n": "نور"}
queries = st.builds(
    Query,
    words=st.sampled_from(("", "  ", "school", "نور")),
    stages=st.lists(st.sampled_from(("met", "team", "develops", "gone")), unique=True).map(tuple),
    institution=st.sampled_from(("", "St Mary's")),
    no_step=st.booleans(),
    late=st.none() | st.integers(0, 60),
    due=st.none() | st.integers(0, 60),
    unmet=st.none() | st.integers(0, 120),
    never_met=st.booleans(),
    to_review=st.booleans(),
    trained=st.sampled_from(("", "taster", "gone")),
    untrained=st.sampled_from(("", "six_day")),
    developed_by=st.sampled_from(("", "a", "n", "gone")),
    to_agree=st.booleans(),
    unseen=st.booleans(),
    sort=st.sampled_from(SORTS),
    down=st.booleans(),
    group=st.sampled_from(GROUPS),
)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (Query(), "Everybody, by name."),
        (Query(sort="due", group="stage"), "Everybody, by the day of the next step, the earliest first, grouped by stage."),
        (
            Query(stages=("listening", "team"), institution="St Mary's", no_step=True),
            "People at Listening or Team member, from St Mary's, with no next step, by name.",
        ),
        (Query(stages=("met",), down=True), "People at Met, by name from Z to A."),
        (Query(stages=("met", "team", "leads")), "People at Met, Team member or Leads a team, by name."),
        (Query(late=30), "People whose next step is more than 30 days late, by name."),
        (Query(late=1, unmet=90), "People whose next step is more than 1 day late, with no one-to-one in the last 90 days, by name."),
        (Query(late=0, due=0, unmet=0), "People whose next step is late, whose next step is due today, with no one-to-one today, by name."),
        (Query(due=7), "People whose next step is due in the next 7 days, by name."),
        (Query(due=1), "People whose next step is due in the next day, by name."),
        (
            Query(trained="taster", untrained="six_day"),
            "People who have done “Local taster”, who have not done “6-day”, by name.",
        ),
        (Query(words=" choir ", developed_by="a"), "People with “choir” in name, institution or role, developed by Amina, by name."),
        (Query(developed_by="gone"), "People developed by somebody who is not in the table, by name."),
        (
            Query(never_met=True, to_review=True, to_agree=True, unseen=True),
            "People who have never had a one-to-one, whose review is due, with words that both have not agreed on, "
            "who have never looked at their own row, by name.",
        ),
    ],
)  # fmt: skip
def test_a_question_reads_as_somebody_would_ask_it(query: Query, sentence: str):
    assert str(query_words(query, BOARD, NAMES)) == sentence


@given(queries)
def test_every_question_can_be_said_and_says_all_that_is_asked(query: Query):
    said = str(query_words(query, BOARD, NAMES))
    assert said.endswith(".")
    assert "  " not in said
    assert "{" not in said
    nothing = replace(query.asks, words=query.words.strip()) == Query()
    assert said.startswith("Everybody, " if nothing else "People ")


@given(queries, queries)
def test_two_questions_that_ask_for_different_things_are_said_differently(one: Query, other: Query):
    def plain(query: Query) -> Query:
        return replace(query, words=query.words.strip())

    said = [str(query_words(each, BOARD, NAMES)) for each in (one, other)]
    assert (said[0] == said[1]) == (plain(one) == plain(other))


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("group", GROUPS)
def test_every_order_has_words_of_its_own(sort: str, group: str):
    up, down = (str(query_words(Query(sort=sort, down=down, group=group), BOARD, NAMES)) for down in (False, True))
    assert up != down

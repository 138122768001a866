"""What leaves as learning statements is as xAPI has it, and tells nothing that somebody wrote or is called."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from relexp.exchange.xapi import HOME, Module, statements
from relexp.learning.progress import Event, Verb
from tests.learning.test_hours import EVENTS, FIRST, UNITS, did
from tests.learning.test_record import everything

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "xapi-1.0.3.json").read_text("utf-8"))
Draft202012Validator.check_schema(SCHEMA)
CHECK = Draft202012Validator(SCHEMA)
MODULE = Module("across-difference", "Across difference", UNITS)
# The verbs of the ADL vocabulary that are used, as profiles.adlnet.gov has them.
ADL = {"answered", "asked", "attempted", "attended", "commented", "completed", "experienced", "interacted"}
LEARNER = "0123456789abcdef" * 2


def told(events: list[Event], learner: str = LEARNER) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = json.loads(statements(MODULE, events, learner))
    for each in made:
        CHECK.validate(each)
    return made


def test_every_deed_is_a_statement_with_a_verb_of_the_adl_vocabulary() -> None:
    made = told([did(verb, "why-talk", minute, minutes=12.5) for minute, verb in enumerate(Verb)])
    assert {each["verb"]["id"].removeprefix("http://adlnet.gov/expapi/verbs/") for each in made} <= ADL
    results = [each.get("result") for each in made if each["verb"]["id"].endswith("experienced")]
    assert results == [None, {"duration": "PT750S"}]
    assert made[-1]["verb"]["display"] == {"en": "asked"}


def test_minutes_that_were_taken_back_are_not_told() -> None:
    minutes = (12.0, 5.0, 5.0, -5.0, -12.0, -3.0)
    made = told([did(Verb.LOGGED, "why-talk", at, minutes=each) for at, each in enumerate(minutes)])
    assert [each["result"]["duration"] for each in made] == ["PT300S"]


@pytest.mark.parametrize(
    ("spoil", "value"),
    [("id", "1"), ("timestamp", "yesterday"), ("actor", {"name": "Amina"}), ("verb", {"id": "said"}), ("more", 1)],
)
def test_the_schema_refuses_what_is_no_statement(spoil: str, value: object) -> None:
    wrong = deepcopy(told(everything())[0]) | {spoil: value}
    with pytest.raises(ValidationError):
        CHECK.validate(wrong)


def test_who_it_was_is_an_account_that_leads_to_nobody() -> None:
    made = told(everything())
    assert {json.dumps(each["actor"]) for each in made} == {json.dumps(made[0]["actor"])}
    account = made[0]["actor"]["account"]
    assert account["homePage"] == HOME
    assert LEARNER not in json.dumps(made)
    assert told(everything(), "another")[0]["actor"] != made[0]["actor"]
    assert {each["id"] for each in told(everything(), "another")}.isdisjoint(each["id"] for each in made)


def test_an_answer_says_whether_it_was_right_and_not_what_it_was() -> None:
    quiz = FIRST.blocks[1]
    events = [
        did(Verb.ANSWERED, quiz.id, minute, item="one", right=right) for minute, right in enumerate((False, True, None))
    ]
    made = told(events)
    assert [each.get("result") for each in made] == [{"success": False}, {"success": True}, None]
    assert made[0]["object"]["definition"]["name"] == {"en": "How do talks with strangers go?"}
    assert made[0]["object"]["definition"]["type"] == "http://adlnet.gov/expapi/activities/question"
    held = made[0]["context"]["contextActivities"]
    assert [each["id"].rpartition(":")[2] for each in held["parent"]] == [quiz.id]
    assert [each["id"].rpartition(":")[2] for each in held["grouping"]] == [FIRST.id, "across-difference"]


def test_a_block_and_a_unit_are_completed_once_when_they_are() -> None:
    made = [each for each in told(everything()) if each["verb"]["id"].endswith("completed")]
    kinds = [each["object"]["definition"]["type"].rpartition("/")[2] for each in made]
    assert sorted(kinds) == [
        "assessment",
        "interaction",
        "interaction",
        "lesson",
        "module",
        "performance",
        "simulation",
    ]
    unit = next(each for each in made if each["object"]["definition"]["type"].endswith("module"))
    assert (unit["timestamp"], unit["result"]) == ("2026-11-26T09:30:00.000Z", {"completion": True})
    again = [
        each for each in told([*everything(), *everything(minute=900)]) if each["verb"]["id"].endswith("completed")
    ]
    assert again == made


def test_what_is_gone_is_told_of_the_module_and_time_taken_back_not_at_all() -> None:
    events = [did(Verb.LOGGED, "", unit="elsewhere", minutes=30.0), did(Verb.LOGGED, "why-talk", 1, minutes=-5.0)]
    (made,) = told(events)
    assert made["object"]["id"] == "urn:relexp:across-difference"
    assert "contextActivities" not in made["context"]


def test_the_version_of_the_text_goes_along_and_old_names_are_those_of_today() -> None:
    read, completed = told([did(Verb.READ, "first-talk", version="7")])
    assert read["context"]["revision"] == "7"
    assert read["object"] == completed["object"]
    assert read["object"]["id"].endswith(":why-talk")


def test_what_is_asked_to_be_written_is_told_and_an_item_that_is_gone_is_told_of_its_block() -> None:
    wrote = [did(Verb.WROTE, "look-back", minute, item=item) for minute, item in enumerate(("first-word", "gone"))]
    assert [each["object"]["definition"]["name"]["en"] for each in told(wrote)] == ["Who spoke first?", "Look back"]
    (opened,) = told([did(Verb.OPENED, "gone")])
    assert opened["object"]["definition"]["name"]["en"] == FIRST.title


@given(st.lists(EVENTS, max_size=25), st.randoms())
def test_whatever_was_done_the_statements_are_valid_and_the_same_in_any_order(
    events: list[Event], dice: random.Random
) -> None:
    events = [*{event.id: event for event in events}.values()]
    shuffled = [*events, *events[:5]]
    dice.shuffle(shuffled)
    made = told(events)
    assert told(shuffled) == made
    assert len({each["id"] for each in made}) == len(made)

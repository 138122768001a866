"""Evenings that keep every rule pass the re-check, whatever the room; what it says keeps private things private."""

from __future__ import annotations

import time
import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relexp.messages.verify_messages import VERIFY
from relexp.pairing.evening import Evening
from relexp.pairing.verify import averages, verify
from relexp.roster.rules import Across, Kind, NeverSame, Rules
from tests.pairing.verify_evenings import circle, crowd, evening, reported, told
from tests.property import oracle
from tests.property.rooms import room

# An evening by exact search keeps the rules without a thought for these.
SHARING = {"verify.second_trio", "verify.second_rest", "verify.quiet", "verify.rest_needless"}


@given(st.integers(0, 10**6))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_an_evening_found_by_exact_search_passes_with_its_report(seed: int) -> None:
    roster, rules = room(seed, 2, 10)
    try:
        best = oracle.fewest_repeats(roster, rules, seconds=2)
    except oracle.TooHard:
        return
    if best is not None:
        found = verify(roster, rules, reported(roster, rules, best.evening, seed))
        assert [str(message) for message in found if message.code not in SHARING] == []


@pytest.mark.parametrize("size", [2, 8, 30, 200])
def test_everybody_meeting_somebody_new_each_round_passes(size: int) -> None:
    roster = crowd(size, {"town": ["x", "y", "z"] * size})
    rules = Rules(rounds=min(6, size - 1), across=(Across("town"),))
    assert told(roster, rules, reported(roster, rules, circle(roster, rules.rounds))) == []


def test_an_evening_without_a_report_is_checked_on_the_rules_alone() -> None:
    roster = crowd(4)
    assert told(roster, Rules(rounds=2), evening(roster, ["ab", "cd"], ["ac", "bd"])) == []
    assert told(roster, Rules(rounds=2), evening(roster, ["ab", "cd"], ["ab", "cd"])) == ["verify.met_twice"] * 2


def test_a_name_that_was_changed_in_the_evening_is_told() -> None:
    roster = crowd(4)
    found = reported(roster, Rules(rounds=1), evening(roster, ["ab", "cd"]))
    assert told(roster, Rules(rounds=1), found) == []
    renamed = replace(found, names={**found.names, "b": "Mallory"})
    (message,) = verify(roster, Rules(rounds=1), renamed)
    assert message.code == "verify.name"
    assert "“Mallory” the person who is “B”" in str(message)


@pytest.mark.parametrize(
    ("said", "code"),
    [(False, "verify.feasible_wrongly"), (None, "verify.feasible_missing"), ("yes", "verify.feasible_missing")],
)
def test_a_report_says_that_every_rule_is_kept_where_it_is(said: object, code: str) -> None:
    roster, rules = crowd(4), Rules(rounds=1)
    found = reported(roster, rules, evening(roster, ["ab", "cd"]))
    assert told(roster, rules, replace(found, report={**found.report, "feasible": said})) == [code]


def test_a_least_bad_evening_says_that_a_rule_is_not_kept_and_is_told_for_the_rule_alone() -> None:
    roster, rules = crowd(4), Rules(rounds=2)
    found = reported(roster, rules, evening(roster, ["ab", "cd"], ["ab", "cd"]))
    least_bad = replace(found, report={**found.report, "feasible": False})
    assert set(told(roster, rules, least_bad)) == {"verify.met_twice"}


def test_everybody_away_all_evening_is_no_breach() -> None:
    roster = crowd(2)
    nobody = evening(roster, [], present={"a": frozenset(), "b": frozenset()})
    assert told(roster, Rules(rounds=1), nobody) == []


def test_no_sentence_tells_what_is_private() -> None:
    secret = ["hidden-creed", "hidden-creed", "other-creed", "other-creed"]
    roster = crowd(4, {"faith": secret, "club": secret}, women_only=(True,), under_18=(False, True))
    roster = replace(roster, private=frozenset({"club"}))
    rules = Rules(
        rounds=2,
        across=(
            Across("faith", never_same=NeverSame.HARD, private=True),
            Across("club", never_same=NeverSame.FEWEST, cap=0),
        ),
        share=("club",),
        keep_apart=frozenset({("a", "b"), ("b", "c")}),
    )
    messages = verify(roster, rules, reported(roster, rules, evening(roster, ["ab", "cd"], ["bc", "ad"])))
    assert {message.code for message in messages} >= {
        "verify.apart",
        "verify.same_group_hidden",
        "verify.share_hidden",
        "verify.women_only",
        "verify.under_18",
        "verify.cap_hidden",
    }
    for message in messages:
        line = str(message).casefold()
        assert not any(word in line for word in ("creed", "faith", "club"))
        if message.code in {"verify.apart", "verify.same_group_hidden", "verify.women_only", "verify.cap_hidden"}:
            assert not {"person", "one", "other", "people", "table"} & set(message.values)


def test_every_sentence_can_be_said_in_words() -> None:
    gaps = {name: "x" for template in VERIFY.values() for name in _gaps(template)}
    for template in VERIFY.values():
        assert template.format(**gaps).endswith(".")


def _gaps(template: str) -> list[str]:
    return [part.split("}")[0] for part in template.split("{")[1:]]


def test_three_thousand_people_are_checked_in_modest_memory_and_time() -> None:
    towns = [f"town {number * 7 % 61}" for number in range(3000)]
    roster = crowd(3000, {"town": towns, "age": [str(number * 13 % 70) for number in range(3000)]})
    rules = Rules(rounds=6, across=(Across("town", 2.0, never_same=NeverSame.FEWEST), Across("age", kind=Kind.NUMBER)))
    found = _with_flat_prices(circle(roster, 6))
    started = time.perf_counter()
    tracemalloc.start()
    codes = set(told(roster, rules, found))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "verify.bound" in codes
    assert not codes & {"verify.met_twice", "verify.no_place", "verify.certificate"}
    assert peak < 500e6
    assert time.perf_counter() - started < 60


def _with_flat_prices(found: Evening) -> Evening:
    """A report with a proof of the right form and bounds that are wrong."""
    half, share = [0.5] * 3000, [1 / 18000] * 3000
    certificate = {"u": half, "m": 0, "worst": {"share": share, "u": [0.0] * 3000}}
    return replace(found, report={"total_bound": 1.0, "worst_person_bound": 0.0, "certificate": certificate})


def test_how_different_everybody_s_partners_are_is_counted_from_who_sat_with_whom() -> None:
    roster = crowd(4, {"town": ["x", "x", "y", "y"]})
    rules = Rules(rounds=2, across=(Across("town"),))
    found = averages(roster, rules, evening(roster, ["ab", "cd"], ["ac", "bd"]))
    assert found == {"a": 0.5, "b": 0.5, "c": 0.5, "d": 0.5}

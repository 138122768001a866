"""Rules that are right in themselves, and may still not do what was meant, are spoken of before the evening."""

from __future__ import annotations

import pytest

from relexp.roster.rule_check import default_rules
from relexp.roster.rule_warnings import rule_warnings
from tests.roster.rule_rooms import eight, person, room, rules

YOUNG = {"under_18": True, "responsible_adult": "p2"}


def warned(text, roster=None):
    """What is spoken of, with its places; each must make a sentence."""
    roster = eight() if roster is None else roster
    found = rule_warnings(rules(text, roster), roster)
    assert all(fault.text() for fault in found)
    return [(fault.key or fault.column, fault.message.code.removeprefix("rules.")) for fault in found]


def test_nothing_is_said_of_rules_that_do_what_they_say():
    assert rule_warnings(default_rules(eight()), eight()) == ()
    assert warned("[across.organisation]\n[share.languages]") == []


def test_young_people_who_would_rest_for_want_of_others_are_spoken_of_before_the_evening():
    def said(rounds, roster, repeats="never"):
        text = f'rounds = {rounds}\nrepeats = "{repeats}"\n[across.organisation]\n[share.languages]'
        return [code for _, code in warned(text, roster)]

    one = eight(p1=YOUNG)
    assert said(1, one) == []
    assert said(2, one) == ["young_rest"]
    assert said(2, one, "fewest") == []
    assert said(2, eight(p1=YOUNG | {"rest": frozenset({2})})) == []
    assert said(1, eight(p1={"under_18": True})) == ["young_alone"]
    three = eight(p1=YOUNG, p3=YOUNG, p4=YOUNG)
    assert said(3, three) == []
    assert said(4, three) == ["young_rest"]


def test_a_sheet_with_languages_that_no_rule_asks_for_is_spoken_of():
    assert warned("[across.organisation]") == [(None, "languages_unused")]
    assert warned("[across.area]", eight(**{f"p{n}": {"values": {"languages": ""}} for n in range(1, 9)})) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[across.area]\nweight = 0", "column_idle"),
        ('[across.area]\nkind = "number"', "values_no_number"),
        ('[across.age_band]\nkind = "ordered"\norder = ["16-24", "65+"]', "values_unordered"),
    ],
)
def test_a_column_that_does_less_than_it_seems_is_spoken_of(text, code):
    assert [found for _, found in warned(text + "\n[share.languages]")] == [code]


def test_a_column_that_counts_only_for_its_rule_is_as_it_should_be():
    assert warned('[across.area]\nweight = 0\nnever_same = "fewest"\n[share.languages]') == []


def test_a_column_in_which_all_are_the_same_is_spoken_of():
    same = room(person("p1", {"area": "N"}), person("p2", {"area": "n"}), person("p3"))
    assert warned("[across.area]", same) == [("across.area", "column_same")]
    assert warned("[across.area]", room(person("p1"), person("p2"))) == [("across.area", "column_same")]


def test_the_answers_that_count_as_blank_are_named():
    roster = eight()
    text = '[across.age_band]\nkind = "ordered"\norder = ["16-24", "25-34"]\n[share.languages]'
    (fault,) = rule_warnings(rules(text, roster), roster)
    assert "“Age band”" in str(fault)
    assert "“65+”" in str(fault)
    assert "16-24" not in str(fault)


def test_private_columns_are_never_spoken_of():
    for text in ("[across.faith]\nweight = 0", '[across.area]\nprivate = true\nkind = "number"'):
        assert warned(text + "\n[share.languages]") == []


def test_a_rest_after_the_last_round_is_spoken_of():
    roster = eight(p1={"rest": frozenset({3, 4}), "row": 7})
    assert warned("rounds = 3", roster) == [("Rest", "rest_beyond")]
    (fault,) = rule_warnings(rules("rounds = 3", roster), roster)
    assert str(fault).startswith("row 7, column “Rest”: P1 asked to rest in round 4")


def test_an_under_18_without_their_responsible_adult_is_spoken_of():
    again = 'repeats = "fewest"\n'
    assert warned(again + "[present]\np2 = [1, 2]", eight(p1=YOUNG)) == [("present.p2", "adult_away")]
    assert warned(again + "[present]\np2 = [1, 2]\np1 = [1]", eight(p1=YOUNG)) == []
    assert warned(again + "[present]\np2 = [1, 2]", eight(p1={"under_18": True})) == []

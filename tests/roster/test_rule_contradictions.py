"""Rules that cannot hold together are found before anybody waits for a plan."""

from __future__ import annotations

import pytest

from relexp.roster.rule_check import default_rules
from relexp.roster.rules import Pin
from tests.roster.rule_rooms import codes, eight, faults, person, room, rules

TOGETHER = '[[pin]]\nround = 2\npeople = ["p1", "p2"]\n'
THREE = '[[pin]]\nround = 2\npeople = ["p1", "p2", "p3"]\n'


def only(text, roster=None):
    """The one fault of a file, without its place."""
    ((_, code),) = codes(text, roster)
    return code


def test_a_pin_that_nothing_forbids_is_kept():
    assert rules(TOGETHER).pins == (Pin(2, ("p1", "p2")),)
    assert rules(THREE).pins == (Pin(2, ("p1", "p2", "p3")),)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('keep_apart = [["p2", "p1"]]\n', "pin_apart"),
        ('met_before = [["p2", "p1"]]\n', "pin_met"),
    ],
)
def test_people_kept_apart_or_met_before_are_not_pinned(text, code):
    assert codes(text + TOGETHER) == [("pin[1]", code)]
    assert codes(text + THREE) == [("pin[1]", code)]


def test_people_who_met_before_are_pinned_where_repeats_are_allowed():
    assert rules('repeats = "fewest"\nmet_before = [["p1", "p2"]]\n' + TOGETHER).pins


def test_people_kept_apart_through_an_interpreter_are_not_pinned():
    assert only('keep_apart = [["p8", "p2"]]\n' + TOGETHER, eight(p8={"interpreter_for": "p1"})) == "pin_apart"


def test_two_of_one_group_that_never_meet_are_not_pinned():
    pin = '[[pin]]\nround = 1\npeople = ["p1", "p4"]\n[across.organisation]\nnever_same = '
    (fault,) = faults(pin + '"hard"')
    assert fault.message.code == "rules.pin_same_group"
    assert "“Who did you come with?”" in str(fault)
    assert rules(pin + '"fewest"').pins


def test_two_blanks_are_no_group():
    roster = eight(p1={"values": {"area": ""}}, p2={"values": {"area": " "}})
    assert rules(TOGETHER + '[across.area]\nnever_same = "hard"', roster).pins


@pytest.mark.parametrize("column", ["faith", "area"])
def test_why_a_pin_cannot_be_is_not_told_where_the_column_is_private(column):
    pin = '[[pin]]\nround = 1\npeople = ["p1", "p3"]\n'
    text = f'[across.{column}]\nnever_same = "hard"\nprivate = true\n'
    (fault,) = faults(pin + text)
    assert fault.message.code == "rules.pin_hidden"
    assert fault.value is None
    assert not {column, column.title(), "sun", "North"} & set(str(fault).replace(".", " ").split())


def test_people_without_a_language_in_common_are_not_pinned():
    welsh = {"values": {"languages": "Cymraeg"}}
    text = TOGETHER + "[share.languages]"
    (fault,) = faults(text, eight(p1=welsh))
    assert fault.message.code == "rules.pin_share"
    assert "(Cymraeg)" in str(fault)
    assert "(English" in str(fault)
    assert rules(text, eight(p1=welsh, p8={"interpreter_for": "p1"})).pins
    assert rules(text, eight(p2=welsh, p1={"values": {"languages": ""}})).pins
    assert rules(text, eight(p1=welsh, p2={"values": {"languages": "English; cymraeg"}})).pins
    assert rules(text, eight(p1={"values": {"languages": ""}}, p2=welsh)).pins


def test_what_two_people_do_not_share_is_not_told_where_it_is_private():
    pin = '[[pin]]\nround = 1\npeople = ["p1", "p2"]\n[share.area]\n[across.area]\nweight = 0\nprivate = true\n'
    roster = eight(p1={"values": {"area": "Nowhere"}})
    assert "pin_hidden" in {fault.message.code.removeprefix("rules.") for fault in faults(pin, roster)}


def test_an_interpreter_helps_with_languages_and_with_nothing_else():
    roster = eight(p8={"interpreter_for": "p1"})
    assert only('[[pin]]\nround = 1\npeople = ["p1", "p6"]\n[share.area]', roster) == "pin_share"


def test_a_wish_to_talk_with_women_only_is_kept_and_not_told():
    roster = eight(p1={"women_only": True, "gender": "woman"}, p2={"gender": "man"}, p4={"gender": "female"})
    (fault,) = faults(TOGETHER, roster)
    assert fault.message.code == "rules.pin_request"
    assert "wom" not in str(fault)
    assert rules('[[pin]]\nround = 1\npeople = ["p4", "p1"]', roster).pins
    assert only('[[pin]]\nround = 1\npeople = ["p1", "p2"]', eight(p2={"women_only": True})) == "pin_request"


@pytest.mark.parametrize(
    ("first", "second", "adjacent", "allowed"),
    [
        (1, 2, "", True),
        (2, 1, "", True),
        (1, 3, "", False),
        (0, 3, "", True),
        (None, 3, "", True),
        (1, 3, "adjacent = [[3, 1]]", True),
        (1, 2, "adjacent = [[3, 1]]", False),
        (1, 2, "adjacent = []", False),
    ],
)
def test_people_who_keep_their_seats_are_pinned_only_at_tables_side_by_side(first, second, adjacent, allowed):
    roster = eight(p1={"fixed_seat": first}, p2={"fixed_seat": second})
    text = f"{TOGETHER}[tables]\n{adjacent}"
    if allowed:
        assert rules(text, roster).pins
    else:
        assert only(text, roster) == "pin_seats"


@pytest.mark.parametrize(
    ("people", "young", "code"),
    [
        ("p1 p2", "p1", "pin_child_alone"),
        ("p1 p8", "p1", "pin_child_alone"),  # p8 is the responsible adult
        ("p1 p2", "p1 p2", None),
        ("p1 p2 p3", "p1", "pin_child_adults"),
        ("p1 p2 p8", "p1", None),
        ("p1 p2 p3", "p1 p2", None),
        ("p1 p2 p3", "p1 p2 p3", None),
    ],
)
def test_no_pin_puts_an_under_18_where_the_table_of_under_18s_does_not(people, young, code):
    roster = eight(**{id: {"under_18": True, "responsible_adult": "p8"} for id in young.split()})
    text = f"[[pin]]\nround = 1\npeople = {people.split()}"
    if code:
        assert only(text, roster) == code
    else:
        assert rules(text, roster).pins


@pytest.mark.parametrize(
    ("people", "guests_per_host", "code"),
    [
        ("p1 p2", 1, None),
        ("p1 p3", 1, "pin_one_side"),
        ("p2 p4", 2, "pin_one_side"),
        ("p1 p2 p3", 1, None),
        ("p1 p2 p3", 2, "pin_two_hosts"),
        ("p1 p2 p4", 2, None),
        ("p2 p4 p6", 1, "pin_one_side"),
    ],
)
def test_a_pin_crosses_from_hosts_to_guests(people, guests_per_host, code):
    text = f"[[pin]]\nround = 1\npeople = {people.split()}\n[sides]\nguests_per_host = {guests_per_host}"
    if code:
        assert only(text) == code
    else:
        assert rules(text).pins


def test_nobody_is_pinned_in_a_round_they_miss_or_rest_in():
    assert only(TOGETHER + "[present]\np2 = [1, 3]") == "pin_absent"
    assert only(TOGETHER, eight(p2={"rest": frozenset({2})})) == "pin_rest"
    assert rules(TOGETHER + "[present]\np2 = [2]").pins


def test_interpreters_are_not_pinned():
    assert codes(TOGETHER, eight(p2={"interpreter_for": "p3"})) == [("pin[1].people[2]", "pin_interpreter")]


def test_nobody_talks_twice_in_a_round():
    text = TOGETHER + '[[pin]]\nround = 2\npeople = ["p2", "p3"]\n'
    assert codes(text) == [("pin[2]", "pin_clash")]
    assert codes(TOGETHER + '[[locked]]\nround = 2\npeople = ["p2", "p3"]\n') == [("pin[1]", "pin_clash")]
    assert [code for _, code in codes(TOGETHER + TOGETHER)] == ["pin_clash", "pin_clash"]
    assert len(rules(text.replace("2", "3", 1).replace('round = 2\npeople = ["p2"', 'round = 1\npeople = ["p2"')).pins)


def test_nobody_is_pinned_to_meet_the_same_person_twice():
    again = '[[pin]]\nround = 3\npeople = ["p3", "p2", "p1"]\n'
    assert only(TOGETHER + again) == "pin_repeat"
    assert only(TOGETHER + again.replace("pin", "locked")) == "pin_repeat"
    assert len(rules('repeats = "fewest"\n' + TOGETHER + again).pins) == 2


def test_what_has_happened_need_not_obey_the_wishes_of_the_evening():
    text = """
met_before = [["p1", "p4"]]
keep_apart = [["p1", "p4"]]
[across.organisation]
never_same = "hard"
[[locked]]
round = 1
people = ["p1", "p4"]
"""
    assert rules(text).locked == (Pin(1, ("p1", "p4")),)
    assert only(text + "[present]\np1 = [2]") == "pin_absent"


def test_those_who_need_each_other_are_not_kept_apart():
    assert only('keep_apart = [["p1", "p2"]]', eight(p2={"interpreter_for": "p1"})) == "apart_interpreter"
    young = {"under_18": True, "responsible_adult": "p2"}
    assert only('keep_apart = [["p1", "p2"]]', eight(p1=young)) == "apart_responsible"
    assert rules('keep_apart = [["p1", "p3"]]', eight(p1=young)).keep_apart


def test_an_interpreter_is_there_whenever_their_person_is():
    roster = eight(p8={"interpreter_for": "p1"})
    (fault,) = faults("[present]\np8 = [1, 2, 4]", roster)
    assert (fault.key, fault.message.code) == ("present.p8", "rules.interpreter_away")
    assert "round 3, 5" in str(fault)
    assert rules("[present]\np8 = [1, 2, 4]\np1 = [1, 4]", roster).present
    assert rules("rounds = 3\n[present]\np8 = [1, 2]", eight(p8={"interpreter_for": "p1"}, p1={"rest": frozenset({3})}))
    two = eight(p8={"interpreter_for": "p1"}, p7={"interpreter_for": "p1"})
    assert rules("[present]\np8 = [1, 2]\np7 = [3, 4, 5]", two).present


def test_a_seat_kept_is_at_a_table_that_is_there_and_free():
    assert codes("[tables]\ncount = 5", eight(p1={"fixed_seat": 6})) == [("tables.count", "seat_beyond")]
    assert codes("", eight(p1={"fixed_seat": 2}, p2={"fixed_seat": 2})) == [("Fixed seat", "seat_taken")]
    assert rules("", eight(p1={"fixed_seat": 0}, p2={"fixed_seat": 0}))
    assert rules("[present]\np1 = [1, 2]\np2 = [3]", eight(p1={"fixed_seat": 2}, p2={"fixed_seat": 2})).present
    assert rules("[tables]\ncount = 4", eight(p1={"fixed_seat": 9, "interpreter_for": "p2"}))


def test_a_sheet_that_contradicts_itself_is_refused_without_a_rules_file_too():
    with pytest.raises(Exception, match="both keep table 2"):
        default_rules(eight(p1={"fixed_seat": 2}, p2={"fixed_seat": 2}))


@pytest.mark.parametrize(
    ("roster", "text", "needed"),
    [
        (eight(), "", 4),
        (eight(p1={"interpreter_for": "p2"}), "", 3),
        (eight(p1={"rest": frozenset({1, 2, 3, 4, 5})}), "", 3),
        (eight(), "[present]\np1 = []\np2 = []", 3),
        (eight(p1={"under_18": True}), "", 3),
        (eight(p1={"under_18": True}, p2={"under_18": True}), "", 4),
        (eight(**{f"p{n}": {"under_18": True} for n in (1, 2, 3)}), "", 3),
        (eight(**{f"p{n}": {"under_18": True} for n in (1, 2, 3)}), "[sides]", 3),
        (eight(p1={"values": {"side": "guest"}}), "[sides]", 3),
        (eight(p2={"values": {"side": "host"}}), "[sides]", 3),
    ],
)
def test_there_are_tables_enough_for_the_conversations_of_every_round(roster, text, needed):
    assert rules(f"[tables]\ncount = {needed}\n{text}", roster).tables.count == needed
    (fault,) = faults(f"[tables]\ncount = {needed - 1}\n{text}", roster)
    assert (fault.key, fault.message.code) == ("tables.count", "rules.tables_few")
    assert f"{needed} conversations" in str(fault)


def test_everybody_who_keeps_a_seat_has_a_table_for_it():
    keeping = eight(**{f"p{n}": {"fixed_seat": 0} for n in range(1, 7)})
    assert codes("[tables]\ncount = 5", keeping) == [("tables.count", "seats_many")]
    assert rules("[tables]\ncount = 6", keeping).tables.count == 6
    assert rules("", keeping).tables.count is None
    assert rules("[tables]\ncount = 5\n[present]\np1 = [1]\np2 = [2, 3, 4, 5]", keeping).tables.count == 5


def test_one_table_is_enough_for_two_people_and_not_for_four():
    assert codes("[tables]\ncount = 1", room(*(person(f"p{place}") for place in range(4))))
    assert rules("[tables]\ncount = 1", room(person("p1"), person("p2"))).tables.count == 1

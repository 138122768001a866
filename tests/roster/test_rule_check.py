"""Every fault in the organiser's rules is found at once, and said where it stands with what to write instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.messages import FaultsFound
from relexp.roster.rule_check import MOST_ROUNDS, check_rules, default_rules
from relexp.roster.rules import Across, Kind, NeverSame, Odd, Pin, Repeats, Rules, Sides, Tables
from tests.roster.rule_rooms import codes, eight, faults, person, room, rules

EVERYTHING = """
rounds = 6
seed = 3
odd = "rest"
repeats = "fewest"
breadth = 0.5
met_before = [["p5", "p1"]]
keep_apart = [["p8", "p3"]]
[across.organisation]
weight = 4
never_same = "fewest"
cap = 2
[across."AGE BAND"]
kind = "ordered"
order = ["16-24", "25-34", "65+"]
[across.faith]
weight = 0.5
kind = "category"
[across.area]
private = true
never_same = "hard"
[share.languages]
[sides]
column = "side"
hosts = "Host"
guests = "guest"
guests_per_host = 2
[tables]
count = 4
quiet = [1, 2]
adjacent = [[2, 1], [2, 3]]
[[pin]]
round = 2
people = ["p3", "p6"]
[[locked]]
round = 1
people = ["p1", "p2"]
[present]
p7 = [2, 3, 4, 5, 6]
"""


def test_every_rule_of_a_full_file_arrives():
    assert rules(EVERYTHING) == Rules(
        rounds=6,
        seed=3,
        odd=Odd.REST,
        repeats=Repeats.FEWEST,
        breadth=0.5,
        across=(
            Across("organisation", 4.0, never_same=NeverSame.FEWEST, cap=2, private=False),
            Across("age_band", kind=Kind.ORDERED, order=("16-24", "25-34", "65+"), private=False),
            Across("faith", 0.5, private=True),
            Across("area", never_same=NeverSame.HARD, private=True),
        ),
        share=("languages",),
        sides=Sides("side", "Host", "guest", 2),
        tables=Tables(4, frozenset({1, 2}), frozenset({(1, 2), (2, 3)})),
        met_before=frozenset({("p1", "p5")}),
        keep_apart=frozenset({("p3", "p8")}),
        pins=(Pin(2, ("p3", "p6")),),
        locked=(Pin(1, ("p1", "p2")),),
        present={"p7": frozenset({2, 3, 4, 5, 6})},
    )


def test_an_empty_file_asks_for_what_no_file_asks_for():
    assert rules("") == default_rules(eight())
    assert default_rules(eight(), rounds=3, seed=9) == rules("rounds = 3\nseed = 9")


def test_every_fault_is_found_at_once_in_the_order_of_the_file():
    text = """
rounds = 0
brodth = 1
[across.organistion]
[tables]
count = "many"
[present]
p9 = [1]
"""
    assert codes(text) == [
        ("rounds", "whole_between"),
        ("brodth", "unknown_key_near"),
        ("across.organistion", "no_column_near"),
        ("tables.count", "whole"),
        ("present.p9", "no_person"),
    ]


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("xylophone = 1", "xylophone", "unknown_key"),
        ("pins = []", "pins", "unknown_key_near"),
        ("rounds = 0", "rounds", "whole_between"),
        (f"rounds = {MOST_ROUNDS + 1}", "rounds", "whole_between"),
        ("rounds = true", "rounds", "whole_between"),
        ("rounds = 5.0", "rounds", "whole_between"),
        ('rounds = "5"', "rounds", "whole_between"),
        ("rounds = 2025-11-02", "rounds", "whole_between"),
        ("seed = 1.5", "seed", "whole"),
        ("seed = true", "seed", "whole"),
        ("seed = -1", "seed", "whole"),
        ('odd = "trios"', "odd", "choice_near"),
        ("odd = 3", "odd", "choice"),
        ('repeats = "always"', "repeats", "choice"),
        ("breadth = 1.1", "breadth", "number_between"),
        ("breadth = -0.1", "breadth", "number_between"),
        ("breadth = nan", "breadth", "number_between"),
        ("breadth = true", "breadth", "number_between"),
        ('breadth = "wide"', "breadth", "number_between"),
        ("met_before = 5", "met_before", "list"),
        ('met_before = [["p1", "p2"], ["p1"]]', "met_before[2]", "pair"),
        ('met_before = ["p1"]', "met_before[1]", "pair"),
        ('met_before = [["p1", "P1 "]]', "met_before[1]", "pair_self"),
        ('met_before = [["p1", "p23"]]', "met_before[1]", "no_person_near"),
        ('met_before = [["p1", "zebra"]]', "met_before[1]", "no_person"),
        ('met_before = [["p1", ["p2"]]]', "met_before[1]", "id_kind"),
        ('keep_apart = [["p1", "p1"]]', "keep_apart[1]", "pair_self"),
        ("across = 4", "across", "table"),
        ("[across]\norganisation = 4", "across.organisation", "table"),
        ("[across.zebra]", "across.zebra", "no_column"),
        ("[across.area]\nwieght = 2", "across.area.wieght", "unknown_key_near"),
        ("[across.area]\nweight = -1", "across.area.weight", "number"),
        ("[across.area]\nweight = inf", "across.area.weight", "number"),
        (f"[across.area]\nweight = 1{'0' * 400}", "across.area.weight", "number"),
        ('[across.area]\nkind = "categories"', "across.area.kind", "choice_near"),
        ('[across.area]\nprivate = "yes"', "across.area.private", "flag"),
        ("[across.area]\ncap = 1", "across.area.cap", "cap_alone"),
        ('[across.area]\nnever_same = "hard"\ncap = 1', "across.area.cap", "cap_alone"),
        ('[across.area]\nnever_same = "fewest"\ncap = -1', "across.area.cap", "whole"),
        ('[across.area]\nnever_same = "soft"\ncap = 1', "across.area.never_same", "choice"),
        ('[across.area]\nkind = "ordered"', "across.area.order", "order_missing"),
        ('[across.area]\nkind = "ordered"\norder = "North"', "across.area.order", "list"),
        ('[across.area]\nkind = "ordered"\norder = ["North"]', "across.area.order", "order_short"),
        ('[across.area]\nkind = "ordered"\norder = ["North", "north "]', "across.area.order[2]", "order_twice"),
        ('[across.area]\nkind = "ordered"\norder = ["North", true]', "across.area.order[2]", "order_text"),
        ('[across.area]\norder = ["North", ""]', "across.area.order[2]", "order_text"),
        ("[across.area]\n[across.Area]", "across.Area", "column_twice"),
        ("share = 1", "share", "table"),
        ("[share]\nlanguages = true", "share.languages", "table"),
        ("[share.langwages]", "share.langwages", "no_column_near"),
        ("[share.languages]\nweight = 1", "share.languages", "share_keys"),
        ("[share.languages]\n[share.Languages]", "share.Languages", "column_twice"),
        ("sides = true", "sides", "table"),
        ("[sides]\nhost = 1", "sides.host", "unknown_key_near"),
        ('[sides]\ncolumn = "zebra"', "sides.column", "no_column"),
        ("[sides]\ncolumn = 1", "sides.column", "text"),
        ('[sides]\nhosts = " "', "sides.hosts", "text"),
        ("[sides]\nguests_per_host = 3", "sides.guests_per_host", "whole_between"),
        ('[sides]\nhosts = "Guest"', "sides.guests", "sides_same"),
        ("tables = 27", "tables", "table"),
        ("[tables]\nnumber = 3", "tables.number", "unknown_key"),
        ("[tables]\ncount = 0", "tables.count", "whole"),
        ("[tables]\nquiet = 1", "tables.quiet", "list"),
        ("[tables]\nquiet = [1, 0]", "tables.quiet[2]", "table_number"),
        ("[tables]\nquiet = [true]", "tables.quiet[1]", "table_number"),
        ("[tables]\ncount = 4\nquiet = [5]", "tables.quiet[1]", "table_beyond"),
        ("[tables]\nadjacent = [1]", "tables.adjacent[1]", "adjacent_pair"),
        ("[tables]\nadjacent = [[1, 2, 3]]", "tables.adjacent[1]", "adjacent_pair"),
        ("[tables]\nadjacent = [[1, 1]]", "tables.adjacent[1]", "adjacent_self"),
        ('[tables]\nadjacent = [[1, "2"]]', "tables.adjacent[1]", "table_number"),
        ("[tables]\ncount = 4\nadjacent = [[4, 5]]", "tables.adjacent[1]", "table_beyond"),
        ("pin = 3", "pin", "table"),
        ("[pin]\nround = 1", "pin", "table"),
        ("pin = [3]", "pin[1]", "table"),
        ('[[pin]]\npeople = ["p1", "p2"]', "pin[1].round", "pin_round"),
        ("[[pin]]\nround = 1", "pin[1].people", "pin_people"),
        ('[[pin]]\nround = 6\npeople = ["p1", "p2"]', "pin[1].round", "whole_between"),
        ('[[pin]]\nround = 1\nrounds = 2\npeople = ["p1", "p2"]', "pin[1].rounds", "unknown_key_near"),
        ('[[pin]]\nround = 1\npeople = ["p1"]', "pin[1].people", "pin_size"),
        ('[[pin]]\nround = 1\npeople = ["p1", "p2", "p3", "p4"]', "pin[1].people", "pin_size"),
        ('[[pin]]\nround = 1\npeople = ["p1", "p2", "p1"]', "pin[1].people[3]", "pin_twice_here"),
        ('[[pin]]\nround = 1\npeople = ["p1", "p29"]', "pin[1].people[2]", "no_person_near"),
        ('[[locked]]\nround = 1\npeople = "p1"', "locked[1].people", "list"),
        ("present = [1]", "present", "table"),
        ("[present]\np1 = 3", "present.p1", "list"),
        ("[present]\np1 = [1, 6]", "present.p1[2]", "whole_between"),
        ("[present]\np1 = [0]", "present.p1[1]", "whole_between"),
        ('[present]\np1 = [1]\n"P1 " = [2]', "present.P1 ", "present_twice"),
        ("[present]\np1 = [true]", "present.p1[1]", "whole_between"),
    ],
)
def test_a_fault_stands_at_its_place_with_its_sentence(text, place, code):
    assert codes(text) == [(place, code)]


def test_a_fault_quotes_what_stands_there_and_says_what_to_write():
    (fault,) = faults('odd = "trios"')
    assert fault.value == "trios"
    assert str(fault.message) == "Write “trio” or “rest”. Did you mean “trio”?"
    (fault,) = faults("rounds = true")
    assert "whole number from 1 to 1000" in str(fault.message)
    assert fault.value == "true"
    assert faults("rounds = [1, [2, 3]]")[0].value == "[1, [2, 3]]"
    assert faults("rounds = {a = 1, b = false}")[0].value == "{a = 1, b = false}"
    assert faults(f"rounds = {10**70}")[0].value == "a number of very many digits"
    assert len(faults(f'rounds = "{"x" * 500}"')[0].value or "") == 60


def test_whatever_python_hands_over_is_checked_as_a_file_is():
    with pytest.raises(FaultsFound, match="a whole number"):
        check_rules({"rounds": None}, eight())
    assert check_rules({"met_before": [("p2", "p1")]}, eight()).met_before == frozenset({("p1", "p2")})


def test_capitals_in_words_and_padding_around_ids_are_forgiven():
    found = rules('odd = " REST"\nmet_before = [[" p2", "p1 "]]')
    assert found.odd is Odd.REST
    assert found.met_before == frozenset({("p1", "p2")})


def test_ids_that_are_numbers_may_stand_without_quotation_marks():
    roster = room(person("1"), person("2"))
    assert rules("met_before = [[2, 1]]", roster).met_before == frozenset({("1", "2")})


def test_levels_that_are_numbers_may_stand_without_quotation_marks():
    assert rules('[across.area]\nkind = "ordered"\norder = [1, 2]').across[0].order == ("1", "2")


def test_somebody_may_be_called_by_a_name_that_nobody_else_has():
    roster = eight(p5={"name": "Zoë Khan"}, p6={"name": "Ann"}, p7={"name": "ann "})
    assert rules('keep_apart = [["p1", "zoe khan"]]', roster).keep_apart == {("p1", "p5")}
    (fault,) = faults('keep_apart = [["p1", "Ann"]]', roster)
    assert fault.message.code == "rules.name_twice"
    assert "p6, p7" in str(fault)
    (fault,) = faults('keep_apart = [["p1", "Zoe Kahn"]]', roster)
    assert "Did you mean “Zoë Khan”?" in str(fault)


def test_sentences_call_people_by_name_and_tell_namesakes_apart():
    roster = eight(p5={"name": "Zoë Khan"}, p6={"name": "Ann"}, p7={"name": "ann"})
    assert "Zoë Khan stands here twice" in str(faults('keep_apart = [["p5", "p5"]]', roster)[0])
    assert "Ann (p6) stands here twice" in str(faults('keep_apart = [["p6", "p6"]]', roster)[0])


def test_a_file_meant_for_another_evening_is_not_searched_for_near_spellings_without_end():
    strangers = ", ".join(f'["p{n}1", "p{n}2"]' for n in range(1, 9) for _ in range(3))
    found = codes(f"met_before = [{strangers}]")
    assert len(found) == 48
    assert [code for _, code in found[:20]] == ["no_person_near"] * 20
    assert [code for _, code in found[20:]] == ["no_person"] * 28


def test_an_id_goes_before_a_name():
    assert rules('keep_apart = [["p1", "p2"]]', eight(p3={"name": "p2"})).keep_apart == {("p1", "p2")}


def test_a_wrong_number_of_rounds_calls_no_other_round_out_of_range():
    assert codes('rounds = "six"\n[[pin]]\nround = 6\npeople = ["p1", "p2"]\n[present]\np1 = [6]') == [
        ("rounds", "whole_between")
    ]


def test_a_private_column_is_never_offered_as_the_one_that_was_meant():
    (fault,) = faults("[across.fath]")
    assert fault.message.code == "rules.no_column"
    assert "faith" not in str(fault).casefold().replace("“fath”", "")


def test_what_is_private_by_its_header_stays_so_unless_the_rules_say_otherwise():
    assert rules("[across.faith]").across[0].private
    assert not rules("[across.faith]\nprivate = false").across[0].private
    assert not rules("[across.area]").across[0].private


def test_a_column_may_be_called_by_its_header():
    assert rules('[across."who did you come  with?"]').across[0].column == "organisation"
    assert rules('[sides]\ncolumn = "SIDE"').sides == Sides()


@pytest.mark.parametrize(
    ("text", "across", "share"),
    [
        ("", True, ("languages",)),
        ("[across.area]", False, ()),
        ("[across]", False, ()),
        ("[share.languages]", True, ("languages",)),
        ("[share.area]", True, ("area",)),
        ("[share]", True, ()),
        ("[across.area]\n[share.languages]", False, ("languages",)),
    ],
)
def test_across_and_share_that_are_not_spoken_of_are_as_by_default(text, across, share):
    found = rules(text)
    assert (found.across == default_rules(eight()).across) is across
    assert found.share == share


def test_nobody_can_share_a_column_that_is_blank_for_all():
    roster = room(person("p1"), person("p2"))
    assert codes("[share.languages]", roster) == [("share.languages", "share_blank")]
    assert default_rules(roster).share == ()


def test_sides_name_the_people_whose_side_is_not_known():
    roster = eight(p1={"values": {"side": ""}}, p2={"values": {"side": "visitor"}}, p4={"values": {"side": "Visitor"}})
    blank, strange = faults("[sides]", roster)
    assert (blank.message.code, strange.message.code) == ("rules.side_blank", "rules.side_unknown")
    assert "P1" in str(blank)
    assert "P2, P4" in str(strange)
    assert strange.value == "visitor"


def test_an_interpreter_needs_no_side():
    roster = eight(p1={"values": {"side": ""}, "interpreter_for": "p2"})
    assert rules("[sides]", roster).sides == Sides()


def test_many_people_without_a_side_are_counted_rather_than_listed():
    roster = room(*(person(f"p{place}", {"side": "" if place else "host"}) for place in range(20)))
    found = faults("[sides]", roster)
    assert "P6 and 13 more" in str(found[0])
    assert found[1].message.code == "rules.side_empty"


def test_a_private_column_of_sides_is_never_quoted():
    roster = room(
        *(person(f"p{place}", {"faith": value}) for place, value in enumerate(("sun", "moon", "star"))),
    )
    (fault,) = faults('[sides]\ncolumn = "faith"\nhosts = "sun"\nguests = "moon"', roster)
    assert fault.message.code == "rules.side_unknown_private"
    assert fault.value is None
    assert "star" not in str(fault)


def test_whoever_is_kept_apart_from_an_interpreter_is_kept_apart_from_their_person():
    roster = eight(p1={"interpreter_for": "p2"})
    assert rules('keep_apart = [["p1", "p8"]]', roster).keep_apart == {("p1", "p8"), ("p2", "p8")}


def test_a_pin_that_has_already_happened_is_left_out():
    text = '[[locked]]\nround = 1\npeople = ["p1", "p2"]\n[[pin]]\nround = 1\npeople = ["p2", "p1"]'
    assert rules(text).pins == ()
    assert rules(text).locked == (Pin(1, ("p1", "p2")),)


KEYS = st.sampled_from(
    "rounds seed odd repeats breadth met_before keep_apart across share sides tables pin locked present "
    "area faith organisation languages weight kind order never_same cap private column hosts guests guests_per_host "
    "count quiet adjacent round people p1 p2 {x}".split()
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["p1", "p2"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, ANYTHING, max_size=6))
def test_whatever_stands_in_the_file_gives_rules_or_faults_that_read_as_sentences(raw):
    told = faults_of(raw)
    assert all(fault.key and fault.text() for fault in told)
    assert told or isinstance(check_rules(raw, eight()), Rules)


def faults_of(raw):
    """What is wrong with some rules, if anything."""
    try:
        check_rules(raw, eight())
    except FaultsFound as refused:
        return refused.faults
    return ()

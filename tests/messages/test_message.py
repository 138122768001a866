"""Every sentence the product says has a code, named values, and a place where one is known."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from string import Formatter

import pytest

import relexp.messages
from relexp.messages import ON_PAGE, TEMPLATES, Fault, FaultsFound, Message, listed, say, tell
from relexp.messages.mix_messages import MIX
from relexp.messages.pairing_messages import PAIRING
from relexp.messages.rule_messages import RULES
from relexp.messages.sheet_messages import SHEETS


def test_a_message_is_said_in_english_or_in_the_language_asked_for():
    message = say("place.row", row=3)
    assert message == Message("place.row", {"row": 3})
    assert str(message) == message.text() == "row 3"
    assert message.text({"place.row": "rhes {row}"}) == "rhes 3"
    assert message.text({}) == "row 3"


def test_a_sentence_nobody_wrote_is_found_where_it_is_made():
    with pytest.raises(KeyError, match=r"no\.such"):
        say("no.such")


def test_a_gap_that_is_not_filled_is_no_sentence():
    with pytest.raises(KeyError):
        say("place.row").text()


def test_a_value_with_braces_is_said_as_it_stands():
    assert str(say("place.column", column="{x}")) == "column “{x}”"


@pytest.mark.parametrize("name", ["نور الهدى", "Noor نور", "דנה"])
def test_a_name_that_runs_from_right_to_left_leaves_the_words_around_it_in_order(name):
    assert str(say("place.column", column=name)) == f"column “\u2068{name}\u2069”"
    assert str(Fault(say("place.row", row=9), 2, name)) == f"row 2, column “\u2068{name}\u2069”: row 9"


@pytest.mark.parametrize("name", ["Siân", "মহিলা", "Łódź", 7])
def test_a_name_that_runs_from_left_to_right_is_said_as_it_stands(name):
    assert str(say("place.column", column=name)) == f"column “{name}”"


@pytest.mark.parametrize(
    ("many", "text"), [(1, "P0"), (3, "P0, P1, P2"), (4, "P0, P1, P2, P3"), (5, "P0, P1, P2 and 2 more")]
)
def test_of_a_long_list_the_first_few_are_named_and_the_others_counted(many, text):
    assert listed([f"P{number}" for number in range(many)], 3) == text


def test_each_name_of_a_list_keeps_its_own_direction():
    assert listed(["נועה", "Ben", "نور"]) == "\u2068נועה\u2069, Ben, \u2068نور\u2069"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ({}, "row 9"),
        ({"row": 2}, "row 2: row 9"),
        ({"column": "Name"}, "column “Name”: row 9"),
        ({"row": 2, "column": "Name", "value": "x"}, "row 2, column “Name”: row 9"),
        ({"column": ""}, "row 9"),
    ],
)
def test_a_fault_says_where_it_stands_before_what_is_wrong(place, text):
    fault = Fault(say("place.row", row=9), **place)
    assert str(fault) == text


def test_a_fault_speaks_one_language_throughout():
    welsh = {"place.row": "rhes {row}", "place.column": "colofn “{column}”"}
    assert Fault(say("place.row", row=9), 2, "Enw").text(welsh) == "rhes 2, colofn “Enw”: rhes 9"


def test_a_fault_is_told_by_its_code_its_place_and_its_values():
    assert tell("rules.pin_size", column="pin[1]", count=4) == Fault(say("rules.pin_size", count=4), None, "pin[1]")
    assert tell("rules.order_twice", 3, "order", "x").value == "x"


def test_all_faults_of_a_file_come_together_in_its_order():
    first, second = tell("rules.order_twice", row=3), tell("rules.order_missing", row=5)
    found = FaultsFound(fault for fault in (first, second))
    assert found.faults == (first, second)
    assert str(found) == f"{first}\n{second}"


@pytest.mark.parametrize("code", sorted(TEMPLATES))
def test_every_sentence_is_whole(code):
    template = TEMPLATES[code]
    gaps = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
    assert all(name.isidentifier() for name in gaps)
    filled = template.format(**dict.fromkeys(gaps, "x"))
    assert filled.strip()


@pytest.mark.parametrize("code", sorted(MIX | RULES))
def test_every_sentence_on_rules_and_the_room_ends_as_a_sentence(code):
    assert TEMPLATES[code].endswith((".", "?", '…".'))
    assert "  " not in TEMPLATES[code]


def test_no_two_rooms_of_the_house_say_one_code():
    codes = []
    for found in pkgutil.iter_modules(relexp.messages.__path__):
        # What the page says in its own words has the code of what it stands for.
        if found.name.endswith("_messages") and found.name != "page_messages":
            module = import_module(f"relexp.messages.{found.name}")
            codes += [code for name, said in vars(module).items() if name.isupper() for code in said]
    assert len(codes) == len(set(codes))
    assert set(codes) <= set(TEMPLATES)


def gaps(template):
    """The names of the values that a sentence is filled with."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


# What only somebody with a rules file could do something with.
OF_A_FILE = re.compile(r"never_same|repeats =|cap =|\brules\b|\[|to the order|\.toml")


@pytest.mark.parametrize("code", sorted((*PAIRING, *MIX, *SHEETS, "rules.values_unordered", "rules.rest_beyond")))
def test_the_page_sends_nobody_to_a_rules_file(code):
    assert not OF_A_FILE.search(ON_PAGE.get(code, TEMPLATES[code]))


@pytest.mark.parametrize("code", sorted(ON_PAGE))
def test_what_the_page_says_instead_is_filled_with_the_same_values(code):
    assert gaps(ON_PAGE[code]) <= gaps(TEMPLATES[code])
    assert ON_PAGE[code] != TEMPLATES[code]
    assert not OF_A_FILE.search(ON_PAGE[code])

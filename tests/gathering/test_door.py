"""At the door: a name is found by its first letters, never the whole list, and nothing the sheet says is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.gathering.door import Answers, adult_called, find, line, namesakes, told_apart
from relexp.gathering.tonight import Guest
from relexp.roster.gender import is_woman
from relexp.roster.person import Person


def guest(name: str, organisation: str = "", **about) -> Guest:
    return Guest(Person(f"{name}-{organisation}", name, organisation, **about))


ROOM = [
    guest("Amina Khan", "Al-Noor"),
    guest("Siân Evans", "Bethel"),
    guest("آمنہ خان", "Al-Noor"),
    guest("হাসিনা বেগম", "Mosque"),
    guest("John Smith", "St Mary’s Church"),
    guest("John Smith", "Bethel"),
    guest("Mina", "School", under_18=True),
]


def names(typed: str, room: list[Guest] = ROOM) -> list[str]:
    return [each.person.name for each in find(typed, room).guests]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("am", ["Amina Khan"]),
        ("khan", ["Amina Khan"]),
        ("khan am", ["Amina Khan"]),
        ("SIAN", ["Siân Evans"]),
        ("آم", ["آمنہ خان"]),
        ("হাসি", ["হাসিনা বেগম"]),
        ("mina", ["Mina"]),
        ("john", ["John Smith"]),
        ("a", []),
        ("", []),
        ("!!", []),
        ("zz", []),
        ("amina zz", []),
    ],
)
def test_a_name_is_found_by_its_first_letters_in_any_script(typed, found):
    assert names(typed) == found


def test_never_more_than_five_names_are_told():
    crowd = [guest(f"Maria {letter}") for letter in "gfedcba"]
    found = find("maria", crowd)
    assert [each.person.name for each in found.guests] == [f"Maria {letter}" for letter in "abcde"]
    assert found.more
    assert not find("maria a", crowd).more


def test_who_is_called_just_that_comes_first():
    crowd = [guest(name) for name in ("Ann Lee", "Joanna Ann", "Ann", "Anna")]
    assert names("ann", crowd) == ["Ann", "Ann Lee", "Anna", "Joanna Ann"]


def test_two_of_one_name_are_told_apart_by_whom_they_came_with():
    john = ROOM[5]
    called = namesakes(john.person, ROOM)
    assert len(called) == 2
    assert told_apart("bethel", called) == john
    assert told_apart("St Mary's", called) == ROOM[4]
    assert told_apart("", called) is None
    assert told_apart("Al-Noor", called) is None
    assert namesakes(ROOM[0].person, ROOM) == (ROOM[0],)


def test_a_responsible_adult_is_a_grown_up_on_the_list_and_just_one():
    assert adult_called("amina khan", ROOM) == ROOM[0].person.id
    assert adult_called("Mina", ROOM) is None
    assert adult_called("John Smith", ROOM) is None
    assert adult_called("  ", [guest("")]) is None


def test_a_newcomer_has_an_id_of_their_own_and_what_they_need():
    said = Answers("Zoë", "Bethel", "Welsh, English", True, "Amina Khan", True, True, True, frozenset({3}))
    new = said.newcomer([], "amina")
    assert (new.name, new.organisation, new.languages) == ("Zoë", "Bethel", frozenset({"welsh", "english"}))
    assert (new.under_18, new.responsible_adult) == (True, "amina")
    assert (new.fixed_seat, new.quiet, new.rest) == (0, True, frozenset({3}))
    assert new.women_only
    assert is_woman(new.gender)
    assert new.values["organisation"] == "Bethel"
    assert said.newcomer([new.id], None).id != new.id


def test_what_the_sheet_says_is_never_taken_back():
    known = Person(
        "p", "P", under_18=True, responsible_adult="a", fixed_seat=4, quiet=True, rest=frozenset({2}), gender="f"
    )
    assert Answers().added_to(known, None) == known
    added = Answers(seat=True, rest=frozenset({3})).added_to(known, "b")
    assert (added.fixed_seat, added.rest, added.responsible_adult) == (4, frozenset({2, 3}), "b")


@given(st.text(), st.integers(1, 30))
def test_what_is_typed_becomes_one_short_line_that_can_be_read(text, longest):
    kept = line(text, longest)
    assert len(kept) <= longest
    assert kept == line(kept, longest)
    assert kept.replace("\u200c", "").replace("\u200d", "").isprintable()


def test_letters_of_every_script_are_kept_as_they_are():
    assert line("  হাসিনা \n বেগম\x00 ") == "হাসিনা বেগম"
    assert line("آمنہ خان") == "آمنہ خان"
    assert line("می\u200cخواهم") == "می\u200cخواهم"

"""People who stand on a sheet twice are found, and made one only when somebody says so."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.roster.duplicates import Duplicate, likely_duplicates, merge
from relexp.roster.person import Person, Roster


def room(*people: tuple[str, str] | tuple[str, str, str]) -> Roster:
    return Roster(tuple(Person(str(place), *_fields(*person)) for place, person in enumerate(people)))


def _fields(name: str, organisation: str, email: str = "") -> tuple[object, ...]:
    return (name, organisation, "", frozenset(), False, None, None, None, False, frozenset(), False, "", email)


def found(*people: tuple[str, str] | tuple[str, str, str]) -> list[tuple[str, str, str]]:
    duplicates = likely_duplicates(room(*people))
    assert all(str(duplicate.reason) for duplicate in duplicates)
    return [(pair.first, pair.second, pair.reason.code.removeprefix("duplicate.")) for pair in duplicates]


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        (("Amina Khan", "x"), ("amina  KHAN ", "X"), "name"),
        (("José Núñez", "x"), ("Jose Nunez", "x"), "name"),
        (("Amina Khan", "x"), ("Amina Khan", ""), "name"),
        (("Amina Khan", "x"), ("Khan, Amina", "x"), "order"),
        (("Amina Khan", "x"), ("Amina Khan", "y"), "other_organisation"),
        (("Amina Khan", "x", "a@x.org"), ("A. K.", "y", "A@X.org "), "email"),
        (("Amina Khan", "x"), ("Amina Kahn", "x"), "spelling"),
        (("Amina Khan", "x"), ("Amna Khan", "x"), "spelling"),
        (("Amina Khan", "x"), ("Amina Khann", "x"), "spelling"),
        (("Amina Khan", "x"), ("Anina Khan", ""), "spelling"),
        (("রহিমা খাতুন", "x"), ("রহিমা খাতুনা", "x"), "spelling"),
        (("Khan Amina", "x"), ("Amina Kahn", "x"), "spelling"),
    ],
)
def test_one_person_written_twice_is_found(one: tuple[str, str], two: tuple[str, str], why: str) -> None:
    assert found(one, two) == found(two, one) == [("0", "1", why)]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("Amina Khan", "x"), ("Amina Khan Rees", "x")),
        (("Amina Khan", "x"), ("Amina Kahn", "y")),
        (("Ann", "x"), ("Anna", "x")),
        (("Guest 1", "x"), ("Guest 2", "x")),
        (("Visitor 12", "x"), ("Visitor 2", "x")),
        (("Amina Khan", "x"), ("Amnia Kahn", "x")),
        (("Amina Khan", "x"), ("Anima Khaan", "x")),
        (("Bernard Lee", "x"), ("Bernadr Lea", "x")),
        (("!!!", ""), ("???", "")),
    ],
)
def test_two_people_are_left_alone(one: tuple[str, str], two: tuple[str, str]) -> None:
    assert found(one, two) == []


def test_of_several_entries_the_surest_reason_is_given() -> None:
    assert found(("Amina Khan", "x"), ("Amina Khan", "y"), ("Amina Khan", "y", "a"), ("Amina Kahn", "y", "a")) == [
        ("0", "1", "other_organisation"),
        ("0", "2", "other_organisation"),
        ("1", "2", "name"),
        ("1", "3", "spelling"),
        ("2", "3", "email"),
    ]


def test_a_reason_tells_both_names() -> None:
    (duplicate,) = likely_duplicates(room(("Amina Khan", "x"), ("Amina Kahn", "x")))

    assert str(duplicate.reason) == "“Amina Khan” and “Amina Kahn” differ by one letter."


@given(st.lists(st.text("abc", min_size=5, max_size=8), max_size=8, unique=True))
def test_one_slip_is_found_exactly_where_comparing_everybody_finds_it(names: list[str]) -> None:
    def slip(one: str, two: str) -> bool:
        letters = [two[:at] + letter + two[at + 1 :] for at in range(len(two)) for letter in "abc"]
        added = [two[:at] + letter + two[at:] for at in range(len(two) + 1) for letter in "abc"]
        swapped = [two[:at] + two[at + 1] + two[at] + two[at + 2 :] for at in range(len(two) - 1)]
        taken = [two[:at] + two[at + 1 :] for at in range(len(two))]
        return one in {*letters, *added, *swapped, *taken}

    expected = {
        (one, two)
        for place, one in enumerate(names)
        for two in names[place + 1 :]
        if min(len(one), len(two)) >= 6 and slip(one, two)
    }
    pairs = likely_duplicates(room(*[(name, "") for name in names]))
    assert {(names[int(pair.first)], names[int(pair.second)]) for pair in pairs} == expected


def test_ten_thousand_people_are_compared_in_moments() -> None:
    spelled = str.maketrans("0123456789", "abcdefghij")
    names = (f"amina {str(number * 7_919_777 % 10**8).translate(spelled)} khan" for number in range(10_000))
    roster = room(*[(name, f"group {place % 40}") for place, name in enumerate(names)])
    start = time.perf_counter()
    likely_duplicates(roster)

    assert time.perf_counter() - start < 10


REASON = likely_duplicates(room(("Amina Khan", "x"), ("Amina Khan", "x")))[0].reason
FIRST = Person(
    "a",
    "Amina Khan",
    "",
    "host",
    frozenset({"urdu"}),
    values={"organisation": "", "ward": "East", "languages": "Urdu", "quiet": "no", "notes": ""},
)
SECOND = Person(
    "b",
    "AMINA KHAN",
    "Al-Noor",
    "guest",
    frozenset({"urdu", "english"}),
    under_18=True,
    responsible_adult="c",
    fixed_seat=0,
    quiet=True,
    rest=frozenset({2}),
    women_only=True,
    gender="woman",
    email="a@x.org",
    values={"organisation": "Al-Noor", "ward": "West", "languages": "urdu; English", "quiet": "yes", "notes": "late"},
)
COLUMNS = {key: key for key in ("organisation", "ward", "languages", "quiet", "notes")}


def test_merging_keeps_the_first_and_fills_its_blanks() -> None:
    roster = Roster((FIRST, Person("c", "Carys"), SECOND), COLUMNS, frozenset({"notes"}))
    merged = merge(roster, Duplicate("a", "b", REASON))

    assert [person.id for person in merged] == ["a", "c"]
    assert (merged.columns, merged.private) == (COLUMNS, {"notes"})
    values = SECOND.values | {"ward": "East", "languages": "Urdu; English"}
    assert merged["a"] == replace(SECOND, id="a", name="Amina Khan", side="host", values=values)


def test_the_organiser_may_keep_the_second_instead() -> None:
    merged = merge(Roster((FIRST, SECOND), COLUMNS), Duplicate("b", "a", REASON))

    assert [(person.id, person.name, person.side, person.values["ward"]) for person in merged] == [
        ("b", "AMINA KHAN", "guest", "West")
    ]


@pytest.mark.parametrize(
    ("one", "two", "seat"),
    [(None, None, None), (None, 0, 0), (0, None, 0), (0, 7, 7), (7, 0, 7), (7, 3, 7), (None, 5, 5)],
)
def test_of_two_seats_the_one_that_names_a_table_is_kept(one: int | None, two: int | None, seat: int | None) -> None:
    merged = merge(
        Roster((Person("a", "A", fixed_seat=one), Person("b", "B", fixed_seat=two))), Duplicate("a", "b", REASON)
    )

    assert merged["a"].fixed_seat == seat


def test_whoever_named_the_second_now_names_the_first_and_nobody_names_themselves() -> None:
    roster = Roster(
        (
            Person("a", "A", interpreter_for="b"),
            Person("b", "A", responsible_adult="a"),
            Person("c", "C", responsible_adult="b", interpreter_for="d"),
            Person("d", "D", responsible_adult="c"),
        )
    )
    merged = merge(roster, Duplicate("a", "b", REASON))

    assert [(person.id, person.responsible_adult, person.interpreter_for) for person in merged] == [
        ("a", None, None),
        ("c", "a", "d"),
        ("d", "c", None),
    ]

"""The same person has the same id on every sheet, and nobody shares one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.roster.identity import carried, make_ids, of_before
from relexp.roster.person import Person, Roster
from relexp.roster.words import fold, slug, tidy, words


def one(name: str, organisation: str = "") -> str:
    (id,) = make_ids([(name, organisation, "")])
    return id


def test_an_id_is_short_readable_and_never_changes_between_releases() -> None:
    assert one("Amina Khan", "Al-Noor") == "amina-khan-luuhr"
    assert len(one("María del Carmen Guadalupe Fernández de la Vega")) <= 30
    assert one("x" * 80) == "x" * 24 + one("x" * 80)[-6:]


@pytest.mark.parametrize(
    ("name", "organisation"),
    [
        ("amina khan", "AL-NOOR"),
        ("  Amina \u00a0Khan ", " Al-Noor"),
        ("Ámina Khan", "Al-Noor"),
        ("Amina Khan\u200f", "Al-Noor"),
    ],
)
def test_case_padding_and_accents_do_not_change_an_id(name: str, organisation: str) -> None:
    assert one(name, organisation) == one("Amina Khan", "Al-Noor")


def test_another_organisation_is_another_person() -> None:
    assert one("Amina Khan", "Al-Noor") != one("Amina Khan", "St Mary")
    assert one("Amina", "Khan") != one("Amina Khan")


@pytest.mark.parametrize("name", ["আমিনা খাতুন", "محمد عبد الرحمن", "王小明", "Żółć", "ß", "José", "!!!", "😀"])
def test_names_of_every_script_have_an_id(name: str) -> None:
    assert one(name) == one(f" {name} ")
    assert len(one(name)) > 6
    assert " " not in one(name)
    assert one("!!!").startswith("person-")


def test_namesakes_are_told_apart_the_same_way_in_any_order() -> None:
    amina, other, ben = ("Amina", "x", "a@x.org"), ("Amina", "x", "b@x.org"), ("Ben", "", "")
    first = dict(zip((amina, other, ben), make_ids([amina, other, ben]), strict=True))
    second = dict(zip((ben, other, amina), make_ids([ben, other, amina]), strict=True))

    assert first == second
    assert first[other] == f"{first[amina]}-2"


def test_an_id_that_the_sheet_already_gives_is_not_given_again() -> None:
    taken = one("Amina")

    assert make_ids([("Amina", "", "")], {taken, f"{taken}-2"}) == (f"{taken}-3",)


@given(
    st.lists(st.tuples(st.text(max_size=4), st.sampled_from(["", "x"]), st.text(max_size=2)), max_size=8), st.randoms()
)
def test_ids_are_distinct_and_do_not_depend_on_the_order_of_rows(
    people: list[tuple[str, str, str]], chance: object
) -> None:
    ids = make_ids(people)
    shuffled = list(people)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert len(set(ids)) == len(people)
    assert sorted(ids) == sorted(make_ids(shuffled))


def test_words_are_compared_without_case_accents_marks_and_keyboards() -> None:
    assert fold("  ŁÓDŹ \u200b Straße ") == "lodz strasse"
    assert fold("كَريم") == fold("کریم")
    assert fold("রহিমা") == "রহিমা"
    assert words("firstName") == words("first_name") == words("First name:") == ("first", "name")
    assert slug("Age band") == slug("age_band") == "age_band"
    assert slug("বয়স সীমা") == "বয়স_সীমা"
    assert slug("?!") == ""
    assert tidy("\ufeff \u200e Amina\0 \u200f") == "Amina"


@given(
    names=st.lists(st.sampled_from("ABC"), min_size=2, max_size=5),
    steps=st.lists(st.tuples(st.sampled_from(["name", "out", "undo"]), st.integers(0, 9), st.sampled_from("ABC"))),
)
def test_whoever_is_in_a_corrected_sheet_keeps_their_seat_whatever_is_corrected_and_taken_back(names, steps) -> None:
    sheet = dict(enumerate(names, start=2))
    history = [sheet]
    before = room(sheet)
    # Everybody's seat is known by their id; who sits in it by their row.
    seats = {person.id: person.row for person in before}
    for kind, at, name in steps:
        now, row = history[-1], sorted(history[-1])[at % len(history[-1])]
        if kind == "undo" and len(history) > 1:
            history.pop()
        elif kind == "name":
            history.append(now | {row: name})
        elif kind == "out" and len(now) > 1:
            history.append({each: now[each] for each in now if each != row})
        after = room(history[-1])
        ids = carried(before, after)
        assert len({ids.get(id, id) for id in seats}) == len(seats)
        seats = {ids.get(id, id): row for id, row in seats.items()}
        assert all(seats[person.id] == person.row for person in after)
        before = after


def test_who_was_taken_off_a_sheet_is_known_again_on_the_next_by_the_id_they_had() -> None:
    before, after = room({2: "A", 3: "A", 4: "B"}), room({3: "A", 4: "B"})
    first, second, _ = (person.id for person in before)
    ids = carried(before, after)
    assert ids[second] == first
    assert ids[first] not in {person.id for person in (*before, *after)}
    assert of_before(ids[first]) == first
    assert of_before(second) == second


def room(sheet: dict[int, str]) -> Roster:
    ids = make_ids([(name, "", "") for name in sheet.values()])
    return Roster(tuple(Person(id, name, row=row) for id, (row, name) in zip(ids, sheet.items(), strict=True)))

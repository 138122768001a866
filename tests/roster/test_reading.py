"""A sign-up sheet becomes the people in the room; whatever is wrong with it is told at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.messages import FaultsFound
from relexp.roster.person import Person
from relexp.roster.reading import Loaded, roster_from
from relexp.roster.table import Table


def load(text: str) -> Loaded:
    """The roster of a sheet written with bars: its header first, then one row a line."""
    header, *rows = (tuple(cell.strip() for cell in line.split("|")) for line in text.strip("\n").splitlines())
    return roster_from(Table(header, tuple((number, row) for number, row in enumerate(rows, start=2) if any(row))))


def people(text: str) -> tuple[Person, ...]:
    return load(text).roster.people


def faults(text: str) -> list[tuple[int | None, str | None, str | None, str]]:
    with pytest.raises(FaultsFound) as refused:
        load(text)
    assert str(refused.value)
    return [
        (fault.row, fault.column, fault.value, fault.message.code.removeprefix("sheet."))
        for fault in refused.value.faults
    ]


def warnings(text: str) -> list[tuple[str, str]]:
    return [(warning.message.code.removeprefix("sheet."), str(warning)) for warning in load(text).warnings]


def test_every_known_column_is_read() -> None:
    head = "id|name|email|organisation|side|languages|under 18|responsible adult|interpreter for"
    amina, ben, carys = people(
        f"{head}|fixed seat|quiet|rest|women only|gender\n"
        "a|Amina|A@x.org|Al-Noor|host|Arabic / English|no|||yes|Y|2;4|TRUE|woman\n"
        "b|Ben||School|guest|English|1|carys||||||man\n"
        "|Carys||Al-Noor|guest|Welsh|||a||0||false|woman\n"
    )

    assert (amina.id, amina.name, amina.email) == ("a", "Amina", "A@x.org")
    assert (amina.organisation, amina.side, amina.languages) == ("Al-Noor", "host", {"arabic", "english"})
    assert (amina.fixed_seat, amina.quiet, amina.rest) == (0, True, {2, 4})
    assert (amina.women_only, amina.gender) == (True, "woman")
    assert (ben.under_18, ben.responsible_adult, ben.fixed_seat, ben.quiet) == (True, carys.id, None, False)
    assert carys.interpreter_for == "a"
    assert carys.id.startswith("carys-")


def test_every_column_stands_in_the_values_with_blanks_and_known_ones() -> None:
    amina, ben = people("name|Org|Age band|languages\nAmina|Al-Noor|25-34|Welsh, English\nBen||  |\n")

    assert amina.values == {
        "name": "Amina",
        "organisation": "Al-Noor",
        "age_band": "25-34",
        "languages": "Welsh; English",
    }
    assert ben.values["age_band"] == ben.values["organisation"] == ""
    assert load("name|Age band\nA|1\nB|2").roster.columns == {"name": "name", "age_band": "Age band"}


def test_given_and_family_name_are_joined_and_a_full_name_comes_first() -> None:
    named = people("First Name|Surname|Full name\nAmina|Khan|\nBen||\n|Rees|\nC|D|Carys Dee\n")

    assert [person.name for person in named] == ["Amina Khan", "Ben", "Rees", "Carys Dee"]


def test_an_id_without_a_name_is_the_name_and_a_name_without_an_id_gets_one() -> None:
    first, second = people("id|name\np1|\n|Amina\n")

    assert (first.id, first.name) == ("p1", "p1")
    assert (second.name, second.id[:6]) == ("Amina", "amina-")


def test_spaces_and_breaks_inside_names_and_answers_are_evened_out_but_notes_keep_their_lines() -> None:
    amina, _ = roster_from(
        Table(
            ("name", "organisation", "ward", "notes"),
            ((2, ("Amina \n Khan", "Al\u00a0 Noor", "East  Side", "a\nb")), (3, ("B", "", "", ""))),
        )
    ).roster

    assert (amina.name, amina.organisation) == ("Amina Khan", "Al Noor")
    assert (amina.values["ward"], amina.values["notes"]) == ("East Side", "a\nb")


def test_rows_of_unticked_boxes_are_nobody() -> None:
    assert len(people("name|quiet\nAmina|TRUE\nBen|FALSE\n|FALSE\n|False\n")) == 2


def test_sensitive_columns_are_private_and_the_known_needs_among_them() -> None:
    loaded = load("name|Faith|gender|women only|organisation|Ward\nA|x|woman|yes|o|w\nB|y|man||o|w")

    assert loaded.roster.private == {"faith", "gender", "women_only"}


@pytest.mark.parametrize("word", ["yes", "Yes", "TRUE", "y", "1", "oui", "sí", "tak", "نعم", "হ্যাঁ", "ہاں", "ydw"])
def test_yes_is_understood(word: str) -> None:
    assert people(f"name|quiet\nA|{word}\nB|no")[0].quiet


@pytest.mark.parametrize("word", ["no", "No", "false", "n", "0", "", "non", "nie", "لا", "না", "نہیں", "nac ydw"])
def test_no_is_understood(word: str) -> None:
    assert not people(f"name|quiet\nA|{word}\nB|yes")[0].quiet


def test_a_question_whether_somebody_is_grown_up_is_the_other_way_round() -> None:
    asked = people("name|Are you 18 or over?\nA|yes\nB|no\nC|\n")

    assert [person.under_18 for person in asked] == [False, True, False]
    assert faults("name|Over 18\nA|perhaps\nB|") == [(2, "Over 18", "perhaps", "not_over_18")]


def test_a_seat_column_is_yes_or_no_until_it_names_a_table() -> None:
    assert [person.fixed_seat for person in people("name|fixed seat\nA|1\nB|0\nC|yes\nD|")] == [0, None, 0, None]
    assert [person.fixed_seat for person in people("name|fixed seat\nA|1\nB|7\nC|yes\nD|0\nE|no")] == [
        1,
        7,
        0,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("cell", "rounds"),
    [
        ("3", {3}),
        ("2; 4", {2, 4}),
        ("2,4", {2, 4}),
        ("2 and 4", {2, 4}),
        ("2 4", {2, 4}),
        ("2-4", {2, 3, 4}),
        ("1, 3 – 4 & 6", {1, 3, 4, 6}),
        ("٢، ٣", {2, 3}),
        ("", set()),
    ],
)
def test_rounds_to_rest_are_read_however_they_are_listed(cell: str, rounds: set[int]) -> None:
    assert people(f"name|rest\nA|{cell}\nB|")[0].rest == rounds


@pytest.mark.parametrize("cell", ["often", "0", "-1", "4-2", "2.5", "1e3", "round 2", "2;x", "123"])
def test_a_rest_that_is_no_list_of_rounds_is_a_fault(cell: str) -> None:
    assert faults(f"name|Rest\nA|{cell}\nB|") == [(2, "Rest", cell, "not_rounds")]


@pytest.mark.parametrize(
    ("cell", "spoken"),
    [
        ("Welsh;English", {"welsh", "english"}),
        ("Welsh, English", {"welsh", "english"}),
        ("Welsh / English & Urdu", {"welsh", "english", "urdu"}),
        ("Welsh and English", {"welsh", "english"}),
        ("British Sign Language (BSL); English; english", {"british sign language", "english"}),
        ("العربية، English", {"العربية", "english"}),
    ],
)
def test_languages_are_split_however_they_are_listed(cell: str, spoken: set[str]) -> None:
    assert people(f"name|languages\nA|{cell}\nB|x")[0].languages == spoken


def test_all_faults_of_a_sheet_are_told_together_in_the_order_of_its_rows() -> None:
    assert faults(
        """
id|name|under 18|responsible adult|interpreter for|fixed seat|quiet|rest
1|Amina|maybe||||sometimes|x
1|Ben|yes|Ben||2||
||yes|Zed||there||
4|Carys|yes|5|||x|
5|Dai|yes|6|||x|0
6|Eli|||6|2||
7|Ffion|||8|||
8|Gwen|||5|||
"""
    ) == [
        (2, "under 18", "maybe", "not_under_18"),
        (2, "quiet", "sometimes", "not_yes_no"),
        (2, "rest", "x", "not_rounds"),
        (3, "id", "1", "same_id"),
        (3, "responsible adult", "Ben", "own_adult"),
        (4, "name", None, "no_name"),
        (4, "responsible adult", "Zed", "nobody"),
        (4, "fixed seat", "there", "not_a_seat"),
        (5, "responsible adult", "5", "young_adult"),
        (5, "quiet", "x", "not_yes_no"),
        (6, "quiet", "x", "not_yes_no"),
        (6, "rest", "0", "not_rounds"),
        (7, "interpreter for", "6", "interprets_self"),
        (8, "interpreter for", "8", "interprets_interpreter"),
    ]


def test_a_fault_says_where_what_and_what_to_do() -> None:
    with pytest.raises(FaultsFound) as refused:
        load("name|Quiet table?\nA|maybe\nB|")
    assert str(refused.value) == (
        "row 2, column “Quiet table?”: “maybe” is neither yes nor no. Write yes or no, or leave it blank for no."
    )


def test_what_stands_in_a_private_column_is_in_no_message() -> None:
    text = "name|gender|Women only|Faith\nA|woman|secretly|zoroastrian\nB|man|yes|jedi\n"
    assert faults(text) == [(2, "Women only", None, "not_yes_no_private")]
    with pytest.raises(FaultsFound) as refused:
        load(text)
    assert "secretly" not in str(refused.value)
    said = " ".join(line for _, line in warnings(text.replace("secretly", "")))
    assert "Faith" in said
    assert not any(word in said for word in ("zoroastrian", "jedi", "woman", "row 3"))


def test_women_only_needs_to_know_who_is_a_woman() -> None:
    assert faults("name|women only\nA|yes\nB|") == [(None, "women only", None, "women_only_without_gender")]
    assert people("name|women only\nA|no\nB|")


def test_two_people_cannot_keep_one_table_but_an_interpreter_sits_with_their_person() -> None:
    assert faults("name|fixed seat\nA|3\nB|3\nC|3") == [
        (3, "fixed seat", "3", "same_seat"),
        (4, "fixed seat", "3", "same_seat"),
    ]
    assert people("name|fixed seat|interpreter for\nA|3|\nB|3|A\nC||")


def test_people_are_found_by_id_then_by_id_in_another_case_then_by_name() -> None:
    named = people("id|name|interpreter for\np1|p2|\np2|Zoë Ab|\nq|x|p2\nr|y|P1\ns|z|  zoe  AB\n")

    assert [person.interpreter_for for person in named[2:]] == ["p2", "p1", "p2"]


def test_a_name_that_two_people_have_is_a_fault_that_says_which_rows() -> None:
    text = "name|organisation|interpreter for\nAmina|x|\nAmina|y|\nBen|z|amina\nCarys||"

    assert faults(text) == [(4, "interpreter for", "amina", "which_one")]
    with pytest.raises(FaultsFound, match="rows 2, 3"):
        load(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name|organisation", [(None, None, None, "no_people")]),
        ("name|quiet\n|FALSE", [(None, None, None, "no_people")]),
        ("name|organisation\nAmina|x", [(None, None, None, "one_person")]),
        ("name|interpreter for\nAmina|\nBen|Amina", [(None, None, None, "one_person")]),
        ("ward|quiet\nx|perhaps\ny|", [(1, None, None, "no_name_column"), (2, "quiet", "perhaps", "not_yes_no")]),
        ("ward|organisation", [(1, None, None, "no_name_column")]),
    ],
)
def test_a_sheet_without_enough_people_is_told_so(text: str, expected: list[object]) -> None:
    assert faults(text) == expected


def test_blank_languages_are_worth_a_word_only_where_languages_are_asked() -> None:
    assert warnings("name|languages\nA|Welsh\nB|\nC|") == [
        (
            "blank_languages",
            "column “languages”: No language is written for 2 of 3 people. Look at row 3, 4. "
            "They are taken to be able to talk with everybody.",
        )
    ]
    assert warnings("name\nA\nB") == []


def test_a_long_list_of_rows_is_cut_short() -> None:
    (warned,) = warnings("name|languages\n" + "\n".join(f"P{number}|" for number in range(30)))

    assert "for 30 of 30 people. Look at row 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, …." in warned[1]


def test_private_columns_are_named_by_their_headings() -> None:
    assert warnings("name|Faith\nA|x\nB|y") == [
        ("private_columns", "Kept private, used for pairing alone and never shown: “Faith”.")
    ]


def test_namesakes_of_one_organisation_are_told_and_told_apart() -> None:
    text = "name|organisation\nAmina Khan|Al-Noor\nBen|x\n amina  KHAN |al-noor"

    assert warnings(text) == [
        (
            "same_person",
            "“Amina Khan” stands in rows 2, 4, with the same organisation. If it is one person, take one row out.",
        )
    ]
    assert len({person.id for person in people(text)}) == 3


def test_columns_without_heading_or_headed_alike_are_kept_and_told() -> None:
    assert warnings("name||ward|Ward\nA|x|1|2\nB||1|3") == [
        ("no_heading", "row 1, column “B”: This column has no heading. It is kept under the name “column_b”."),
        ("two_columns", "row 1, column “Ward”: Two columns are headed alike. The second one is kept as “ward_2”."),
    ]


def test_people_who_said_no_to_consent_are_told() -> None:
    assert warnings("name|consent: yes, go on\nA|no\nB|yes\nC|\nD|I agree") == [
        (
            "no_consent",
            "column “consent: yes, go on”: Rows that say no here: 2. "
            "Ask these people before you plan with their names.",
        )
    ]


CELLS = st.sampled_from(["", "Amina", "Ben", "p1", "yes", "no", "3", "2;4", "x", "=1", "নাম", "TRUE"])
HEADS = st.sampled_from(
    [
        "id",
        "name",
        "first name",
        "organisation",
        "under 18",
        "responsible adult",
        "interpreter for",
        "fixed seat",
        "rest",
        "gender",
        "women only",
        "faith",
        "age",
        "",
        "ward",
    ]
)


@given(st.data())
def test_any_table_gives_a_roster_with_an_id_for_everybody_or_faults(data: st.DataObject) -> None:
    header = data.draw(st.lists(HEADS, min_size=1, max_size=6))
    rows = data.draw(st.lists(st.tuples(*[CELLS] * len(header)), max_size=6))
    try:
        loaded = roster_from(Table(tuple(header), tuple((number, row) for number, row in enumerate(rows, start=2))))
    except FaultsFound as refused:
        told = refused.faults
    else:
        roster = loaded.roster
        assert all(map(str, loaded.warnings))
        assert len(roster.index) == len(roster) >= 2
        assert all(person.id and person.name for person in roster)
        assert all(set(person.values) == set(roster.columns) for person in roster)
        return
    assert told
    assert all(map(str, told))

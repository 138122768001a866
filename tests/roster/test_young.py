"""Whoever is under 18 counts as such at once, and whoever's row leaves it open is asked about."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relexp.messages import FaultsFound
from relexp.pairing.plan import plan
from relexp.roster.rule_check import default_rules
from relexp.roster.rule_defaults import default_across
from relexp.roster.wishes import usual
from tests.roster.test_reading import faults, load, people, warnings


def marks(text: str) -> list[bool]:
    return [person.under_18 for person in people(text)]


def test_a_column_of_ages_says_who_is_under_18() -> None:
    assert marks("name|Age\nA|11\nB|43\nC|17\nD|18\nE|15 yrs\nF|adult\nG|\nH|13-17\n") == [
        True, False, True, False, True, False, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize("header", ["Age", "How old are you?", "Your age", "Age group"])
def test_an_age_is_private_and_never_a_difference(header: str) -> None:
    roster = load(f"name|organisation|{header}\nAmina|A|11\nBo|B|43\nCass|A|44\nDee|B|11").roster
    (key,) = roster.columns.keys() - {"name", "organisation"}

    assert key in roster.private
    assert {attribute.column for attribute in default_across(roster)} == {"organisation"}
    assert key not in dict(usual(roster).columns)


def test_bands_of_ages_stay_a_difference_and_say_who_is_under_18_where_they_can() -> None:
    text = "name|Age band\nA|13-17\nB|18-24\nC|Under 18\nD|65+\nE|16-24\nF|Prefer not to say\nG|"

    assert marks(text) == [True, False, True, False, False, False, False]
    assert [attribute.column for attribute in default_across(load(text).roster)] == ["age_band"]
    assert dict(warnings(text))["may_be_young"].startswith(
        "column “Age band”: Rows that do not say whether the person is under 18: 6, 7, 8. They count as adults."
    )


def test_an_age_that_cannot_be_read_is_a_fault_at_its_cell_that_does_not_say_what_stands_there() -> None:
    text = "name|Age\nA|34\nB|2014\nC|about thirty\nD|16-24\nE|-\nF|child"

    assert faults(text) == [(row, "Age", None, "not_an_age") for row in (3, 4, 5)]
    with pytest.raises(FaultsFound) as refused:
        load(text)
    assert "2014" not in str(refused.value)


def test_beside_an_under_18_column_an_age_need_not_be_understood_but_counts_where_it_says_young() -> None:
    text = "name|Age|under 18\nA|15|\nB|16|\nC|43|no\nD|2014|no\nE|12|yes\nF|50|"

    assert marks(text) == [True, True, False, False, True, False]
    assert dict(warnings(text))["young_unmarked"].startswith(
        "column “Age”: Rows of people under 18 by their age, and not marked so under “under 18”: 2, 3. They count"
    )


def test_an_age_that_contradicts_a_yes_or_a_no_is_for_people_to_settle_at_its_cell_and_never_for_us() -> None:
    text = "name|{}|{}\nA|16|no\nB|43|yes\nC|15|yes\nD|43|no\nE|15|\nF|?|no"

    under, over = text.format("Age", "Under 18?"), text.format("Your age", "Over 18?")
    assert faults(under) == [(row, "Under 18?", None, "ages_disagree") for row in (2, 3)]
    assert faults(over) == [(row, "Over 18?", None, "ages_disagree") for row in (4, 5)]
    with pytest.raises(FaultsFound) as refused:
        load(under)
    assert "“Age” in the same row" in str(refused.value)
    assert not {"16", "43"} & set(str(refused.value).replace(".", " ").split())
    # Either of the two cells settles it.
    assert marks("name|Age|Under 18?\nA|16|yes\nB|43|no") == [True, False]
    assert marks("name|Age|Under 18?\nA||no\nB||yes") == [False, True]


def test_two_answers_that_contradict_each_other_are_settled_too() -> None:
    assert faults("name|Under 18?|Over 18?\nA|yes|yes\nB|no|yes\nC||no") == [
        (2, "Under 18?", None, "ages_disagree"),
        (2, "Over 18?", None, "ages_disagree"),
    ]


def test_a_teacher_of_children_is_no_child_and_a_question_we_do_not_see_through_is_asked_about() -> None:
    sheet = "name|{}|Under 18?\nMs Begum|11-16|no\nMr Khan|5 to 11|no\nAmina||yes"

    for header in ("What ages do you work with?", "Age group you work with", "Ages you teach", "Age of pupils"):
        assert marks(sheet.format(header)) == [False, False, True]
    assert faults(sheet.format("Age group at the club")) == [
        (row, "Under 18?", None, "ages_disagree") for row in (2, 3)
    ]


def test_ages_and_words_answer_a_question_of_yes_or_no_and_the_ages_are_not_kept() -> None:
    under = load("name|Under 18?\nA|15\nB|43\nC|adult\nD|child\nE|yes\nF|no\nG|\nH|1").roster
    over = load("name|Over 18?\nA|15\nB|43\nC|adult\nD|child\nE|yes\nF|no\nG|1").roster

    assert [person.under_18 for person in under] == [True, False, False, True, True, False, False, True]
    assert [person.under_18 for person in over] == [True, False, False, True, False, True, True]
    assert under.column("under_18")[:4] == ("yes", "no", "no", "yes")
    assert over.column("over_18")[:4] == ("no", "yes", "yes", "no")
    assert "under_18" in under.private
    assert "under_18" not in load("name|Under 18?\nA|yes\nB|no").roster.private


def test_what_is_no_answer_to_them_is_a_fault() -> None:
    assert faults("name|Under 18?\nA|perhaps\nB|16+\nC|0\nD|12") == [
        (2, "Under 18?", "perhaps", "not_under_18"),
        (3, "Under 18?", "16+", "not_under_18"),
        (4, "Under 18?", "0", "not_under_18"),
    ]
    assert faults("name|Are you an adult?\nA|perhaps\nB|yes, 15") == [
        (2, "Are you an adult?", "perhaps", "not_over_18"),
        (3, "Are you an adult?", "yes, 15", "not_over_18"),
    ]


@pytest.mark.parametrize("header", ["Adult?", "Adult / Child", "Adult or child", "18+", "Over 18s"])
def test_a_column_of_adult_and_child_is_found_under_many_headings(header: str) -> None:
    assert marks(f"name|{header}\nA|adult\nB|child\nC|adult") == [False, True, False]


@pytest.mark.parametrize(
    "header",
    [
        "<18",
        "< 18?",
        "-18",
        "–18",
        "18-",
        "18 – (yes/no)",
        "≤18",
        "‹18",
        "＜18",
        "Under-18",
        "18 (under)",
        "18 and under",
        "Age <18",
    ],
)
def test_a_sign_for_under_beside_an_18_is_read_so_that_a_child_who_ticked_yes_is_no_adult(header: str) -> None:
    assert marks(f"name|{header}\nA|yes\nB|no\nC|") == [True, False, False]


@pytest.mark.parametrize(
    "header", ["18", "18?", "18 (yes/no)", "18+", "+18", "18 +", ">18", "≥ 18", "18 plus", "Age 18+", "Over-18s"]
)
def test_a_plus_or_nothing_beside_an_18_asks_for_the_adults(header: str) -> None:
    assert marks(f"name|{header}\nA|yes\nB|no\nC|yes") == [False, True, False]


@pytest.mark.parametrize(
    "header",
    [
        "Under 18 or over 18", "Under/over 18", "Over/under 18", "Under 18 / 18+", "Under 18? Over 18?", "18+/-", "±18", "18<",
        "Are you over or under 18?", "Are you under/over 18?", "Please say: under 18 or over 18", "Adult or child",
        "1. Adult / Child", "U18/O18",
    ],
)  # fmt: skip
def test_a_heading_with_two_sides_is_not_answered_by_a_yes_or_a_no(header: str) -> None:
    assert faults(f"name|{header}\nA|yes\nB|no\nC|TRUE\nD|under\nE|43\nF|child\nG|Adult\nH|") == [
        (2, header, "yes", "which_side_of_18"),
        (3, header, "no", "which_side_of_18"),
        (4, header, "TRUE", "which_side_of_18"),
    ]
    text = f"name|{header}\nA|under\nB|over\nC|child\nD|adult\nE|15\nF|43\nG|"
    assert marks(text) == [True, False, True, False, True, False, False]
    assert "is under 18: 8." in dict(warnings(text))["may_be_young"]


@pytest.mark.parametrize(
    "header",
    [
        "Are you 18 or over? Under 18s come with an adult",
        "Are you 18 or over? (under 18s: ask us)",
        "Are you over 18 or with an adult?",
    ],
)
def test_a_heading_that_asks_one_side_and_speaks_of_the_other_takes_yes_and_no(header: str) -> None:
    assert marks(f"name|{header}\nA|yes\nB|no") == [False, True]


@pytest.mark.parametrize(
    "header",
    ["Do you work with people under or over 18?", "Adults or children you bring", "18-25", "16 - 18", "17 or 18"],
)
def test_what_is_said_of_others_or_of_a_band_is_not_taken_for_it(header: str) -> None:
    assert marks(f"name|{header}\nA|yes\nB|no") == [False, False]


def test_a_column_headed_adult_that_holds_names_is_no_such_column() -> None:
    assert load("name|Adult\nA|Bo Lee\nBo Lee|").roster.columns == {"name": "name", "adult": "Adult"}
    assert load("name|Adult\nA|\nB|").roster.columns == {"name": "name", "adult": "Adult"}
    assert load("name|Over 18|Adult\nA|yes|yes\nB|yes|no").roster.columns.keys() == {"name", "over_18", "adult"}


def test_a_blank_age_or_a_blank_under_over_18_is_asked_about() -> None:
    for text in ("name|Age\nA|34\nB|\nC|prefer not to say", "name|Over 18?\nA|yes\nB|\nC|"):
        assert "is under 18: 3, 4." in dict(warnings(text))["may_be_young"]
    assert "may_be_young" not in dict(warnings("name|Over 18?|Age\nA|yes|\nB||34"))
    assert "may_be_young" not in dict(warnings("name|Under 18?|Age\nA|yes|\nB||"))


def test_where_only_the_young_are_asked_for_their_age_a_blank_is_an_adult() -> None:
    text = "name|Age (if under 18)\nA|15\nB|\nC|"

    assert marks(text) == [True, False, False]
    assert "may_be_young" not in dict(warnings(text))


@pytest.mark.parametrize(
    "header",
    ["Age (if you are happy to say)", "If you like, your age", "Age - leave blank if you would rather not say"],
)
def test_an_if_that_is_not_about_the_young_makes_no_blank_an_adult(header: str) -> None:
    assert "is under 18: 3, 4." in dict(warnings(f"name|{header}\nA|34\nB|\nC|"))["may_be_young"]


@pytest.mark.parametrize(
    "header",
    [
        "Age, if you are under 18",
        "If a child: age",
        "Age (if you are a child)",
        "Age if younger than 18",
        "Age, if <18",
    ],
)
def test_an_if_about_the_young_says_who_is_asked(header: str) -> None:
    text = f"name|{header}\nA|15\nB|\nC|"

    assert marks(text) == [True, False, False]
    assert "may_be_young" not in dict(warnings(text))


def test_it_is_said_how_many_are_under_18_by_their_age_and_no_more() -> None:
    (said,) = [line for code, line in warnings("name|Age\nA|15\nB|43\nC|16") if code == "ages_read"]

    assert said.startswith("column “Age”: People under 18 by this column: 2.")
    assert "private_columns" not in dict(warnings("name|Age\nA|15\nB|43\nC|16"))


def test_of_a_column_of_ages_it_is_never_said_that_it_is_of_no_use() -> None:
    text = "name|Age|Under 18?|Medical conditions|Faith\nA|15|15|none|Jain\nB|43|43|asthma|Quaker"

    assert {code: line for code, line in warnings(text) if code.startswith("private")} == {
        "private_columns": "Kept private, used for pairing alone and never shown: “Faith”.",
        "private_ages": "Kept private and shown nowhere: “Age”, “Under 18?”. Nobody is matched by it, but it tells who is "
        "under 18.",
        "private_unused": "Kept private, shown nowhere, and used for nobody's pairing: “Medical conditions”.",
    }


@pytest.mark.parametrize("header", ["Date of birth", "DOB", "Year of birth", "Birthday"])
def test_days_of_birth_are_private_no_difference_and_said_not_to_be_read(header: str) -> None:
    text = f"name|organisation|{header}\nA|x|2014\nB|y|1980"
    roster = load(text).roster

    assert roster.private
    assert [attribute.column for attribute in default_across(roster)] == ["organisation"]
    assert "add a column “under 18”" in dict(warnings(text))["birth_not_read"]
    assert "birth_not_read" not in dict(warnings(f"name|{header}|under 18\nA|2014|yes\nB|1980|"))
    assert "birth_not_read" not in dict(warnings(f"name|{header}\nA|\nB|"))


def test_young_people_without_an_adult_or_without_a_mark_are_told() -> None:
    header = "name|age|under 18|responsible adult|interpreter for\n"
    text = header + "A|16|||\nB|17|yes||\nC|15|yes|D|\nD|44|||\nE|12|yes||D\nF|?|||"

    assert [(code, line.split(":")[0]) for code, line in warnings(text) if code != "private_ages"] == [
        ("young_interpreter", "row 6, column “interpreter for”"),
        ("young_unmarked", "column “age”"),
        ("no_adult", "column “under 18”"),
    ]


def test_a_childs_age_makes_nobody_young_and_is_asked_about() -> None:
    text = "name|Age of child\nA|7\nB|\nC|43"

    assert marks(text) == [False, False, False]
    assert dict(warnings(text))["young_by_age"].startswith("column “Age of child”: Rows that look like")
    assert "young_by_age" not in dict(warnings("name|Age of child\nA|43\nB|"))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 90), min_size=4, max_size=12))
def test_nobody_under_18_by_their_age_is_ever_alone_with_an_adult(ages: list[int]) -> None:
    roster = load("name|Age\n" + "\n".join(f"Person {place}|{age}" for place, age in enumerate(ages))).roster
    minor = {person.id: age < 18 for person, age in zip(roster, ages, strict=True)}
    evening = plan(roster, default_rules(roster, 1), least_bad=True)

    for tables in evening.rounds:
        for talk in tables.conversations:
            young = sum(minor[id] for id in talk.people)
            assert young != 1 or len(talk.people) == 1, "one child among adults"

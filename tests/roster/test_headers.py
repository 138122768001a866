"""Columns are understood whatever they are headed, in any order; what is sensitive is seen by its heading."""

from __future__ import annotations

import pytest

from relexp.roster.header_words import KNOWN
from relexp.roster.headers import (
    Column,
    column_key,
    columns_of,
    header_place,
    known_key,
    letter,
    private_keys,
    score,
    weighable,
)
from relexp.roster.person import Person, Roster
from relexp.roster.private_words import looks_private
from relexp.roster.table import Table


def keys(*header: str, rows: tuple[tuple[str, ...], ...] = ()) -> list[str]:
    return [column.key for column in columns_of(Table(header, tuple(enumerate(rows, start=2))))]


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("What is your name?", "name"),
        ("What's your full name?", "name"),
        ("Please write your name as you would like it on your badge", "name"),
        ("Name (as on your badge)", "name"),
        ("1. Name *", "name"),
        ("Beth yw eich enw?", "name"),
        ("What is your first name?", "given_name"),
        ("Your family name", "family_name"),
        ("Who did you come with?", "organisation"),
        ("Who did you come with today?", "organisation"),
        ("Which organisation are you coming with?", "organisation"),
        ("Which organization do you represent?", "organisation"),
        ("What is the name of your organisation?", "organisation"),
        ("What's your organisation's name?", "organisation"),
        ("Name of your organisation", "organisation"),
        ("Which group or church are you with?", "organisation"),
        ("What is your email address?", "email"),
        ("Which languages do you speak?", "languages"),
        ("What languages are you comfortable talking in? (tick all)", "languages"),
        ("In which languages can you talk?", "languages"),
        ("Are you under 18?", "under_18"),
        ("Under 18? (yes/no)", "under_18"),
        ("Will you be under the age of 18 on the day?", "under_18"),
        ("Are you 18 or over?", "over_18"),
        ("Who is your responsible adult?", "responsible_adult"),
        ("If you are under 18: name of your responsible adult", "responsible_adult"),
        ("Who are you interpreting for?", "interpreter_for"),
        ("Do you need a fixed seat?", "fixed_seat"),
        ("Would you rather stay at one table?", "fixed_seat"),
        ("Would you like a quiet table?", "quiet"),
        ("Are there rounds you would like to sit out?", "rest"),
        ("Would you like to talk with women only?", "women_only"),
        ("What is your gender?", "gender"),
        ("Are you one of the hosts or a guest?", "side"),
        ("Do you agree that we use your answers to plan the evening?", "consent"),
        ("consent: yes, go ahead", "consent"),
    ],
)
def test_a_question_that_holds_the_word_counts(header: str, key: str) -> None:
    assert known_key(header) == key


@pytest.mark.parametrize(
    "header",
    [
        "What is the name of your pet?",
        "Emergency contact name",
        "Event Name",
        "Buyer name",
        "Parent's name",
        "Nickname",
        "Surname of a friend?",
        "How did you hear about this organisation?",
        "What type of organisation is it?",
        "What do you hope to learn about other languages?",
        "Do you need language support?",
        "Do you come with an organisation?",
        "May we photograph you, do you agree?",
        "How many guests are the hosts bringing?",
        "Are you bringing anyone under 18?",
        "Order #",
        "Attendee #",
        "Age band",
        "Neighbourhood",
        "First time here?",
        "Is it quietly lit?",
        "",
    ],
)
def test_another_question_with_the_same_word_does_not(header: str) -> None:
    assert known_key(header) is None


@pytest.mark.parametrize("key", sorted(KNOWN))
def test_every_known_column_is_found_by_its_own_key(key: str) -> None:
    assert known_key(key) == known_key(key.upper()) == known_key(key.replace("_", " ")) == key


@pytest.mark.parametrize(
    ("header", "known"),
    [
        # Action Network
        ("first_name,last_name,email,zip_code,can2_phone,can2_user_address,uuid", "given_name,family_name,email,,,,id"),
        # NationBuilder
        (
            "nationbuilder_id,first_name,last_name,email,employer,sex,party,church,language",
            "id,given_name,family_name,email,organisation,gender,,,languages",
        ),
        # Eventbrite
        (
            "Order #,Order Date,Attendee #,First Name,Surname,Email,Ticket Type,Attendee Status,Gender,Company",
            ",,,given_name,family_name,email,,,gender,organisation",
        ),
        # Google Forms
        ("Timestamp,Email Address,What is your name?,Who did you come with?", ",email,name,organisation"),
        # Zetkin
        (
            "id,ext_id,first_name,last_name,email,phone,alt_phone,gender,city",
            "id,,given_name,family_name,email,,,gender,",
        ),
        ("Enw,Sefydliad,Ieithoedd,E-bost", "name,organisation,languages,email"),
        ("Nom complet,Organisme,Langues", "name,organisation,languages"),
        ("Nombre completo,Organización,Idiomas", "name,organisation,languages"),
        ("Imię,Nazwisko,Organizacja,Języki", "given_name,family_name,organisation,languages"),
        ("الاسم,المؤسسة,اللغات", "name,organisation,languages"),
        ("নাম,সংগঠন,ভাষা", "name,organisation,languages"),
        ("نام,تنظیم,زبانیں", "name,organisation,languages"),
    ],
)
def test_the_exports_people_bring_are_understood(header: str, known: str) -> None:
    found = keys(*header.split(","), rows=(("x",) * header.count(",") + ("x",),))

    assert [key if key in KNOWN else "" for key in found] == known.split(",")


def test_the_surest_heading_has_the_known_key_in_whatever_order() -> None:
    assert keys("Which organisation are you coming with?", "Organisation") == [
        "which_organisation_are_you_coming_with",
        "organisation",
    ]
    assert keys("ext_id", "id", "What is your name?", "Name") == ["ext_id", "id", "what_is_your_name", "name"]


def test_a_heading_of_our_own_has_a_plain_key() -> None:
    assert keys("age_band", "Age Band!", "Catégorie d'âge", "বয়স", "?") == [
        "age_band",
        "age_band_2",
        "categorie_d_age",
        "বয়স",
        "column_e",
    ]


def test_the_second_of_two_known_columns_keeps_a_key_of_its_own() -> None:
    rows = (("a", "b"),)
    assert keys("Organisation", "organisation", rows=rows) == ["organisation", "organisation_2"]


def test_a_question_asked_twice_is_one_column_where_the_second_only_fills_gaps() -> None:
    table = Table(("ward", "name", "Ward"), ((2, ("x", "A", "")), (3, ("", "B", "y")), (4, ("z", "C", "z"))))
    columns = columns_of(table)

    assert columns == (Column("ward", "ward", (0, 2)), Column("name", "name", (1,)))
    assert [columns[0].value(cells) for _, cells in table.rows] == ["x", "y", "z"]


def test_a_column_with_neither_heading_nor_content_is_no_column() -> None:
    assert keys("name", "", "", rows=(("A", "", "x"), ("B", "", ""))) == ["name", "column_c"]


ROSTER = Roster(
    (Person("a", "A"),),
    {
        "name": "Name",
        "organisation": "Who did you come with?",
        "age_band": "Age Band",
        "ward_2": "Ward",
        "order": "Order #",
        "quiet": "quiet",
        "languages": "Speaks",
    },
)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("organisation", "organisation"),
        ("Who did you come with?", "organisation"),
        (" WHO did you come with? ", "organisation"),
        ("Organization", "organisation"),
        ("age_band", "age_band"),
        ("age band", "age_band"),
        ("Age-Band", "age_band"),
        ("ward", "ward_2"),
        ("colour", None),
        ("side", None),
        ("", None),
    ],
)
def test_rules_may_name_a_column_by_key_or_heading_in_any_case(name: str, key: str | None) -> None:
    assert column_key(ROSTER, name) == key


def test_only_columns_that_say_how_people_differ_are_weighed_unasked() -> None:
    assert weighable(ROSTER) == ("organisation", "age_band", "ward_2", "languages")


@pytest.mark.parametrize(
    "header",
    [
        "Faith",
        "What is your religion?",
        "church",
        "Ethnicity",
        "Ethnic group",
        "race",
        "Political party",
        "How do you vote?",
        "Trade union member",
        "support_level",
        "Disability",
        "Any health conditions?",
        "Dietary requirements",
        "Access needs",
        "Sexual orientation",
        "LGBTQ+",
        "Pronouns",
        "Sex",
        "Date of birth",
        "Refugee status",
        "Crefydd",
        "Ethnigrwydd",
        "Plaid wleidyddol",
        "Iechyd",
        "Anabledd",
        "Rhywioldeb",
        "Rhyw",
        "Religion",
        "Origine ethnique",
        "Opinions politiques",
        "Santé",
        "Orientation sexuelle",
        "Genre",
        "Religión",
        "Etnia",
        "Partido político",
        "Salud",
        "Discapacidad",
        "Orientación sexual",
        "Género",
        "الدين",
        "الديانة",
        "العِرق",
        "الحزب السياسي",
        "الصحة",
        "الإعاقة",
        "الجنس",
        "الميول الجنسية",
        "ধর্ম",
        "জাতিগত পরিচয়",
        "রাজনৈতিক দল",
        "স্বাস্থ্য",
        "প্রতিবন্ধিতা",
        "লিঙ্গ",
        "যৌন অভিমুখিতা",
        "مذہب",
        "نسل",
        "سیاسی جماعت",
        "صحت",
        "معذوری",
        "جنس",
        "جنسی رجحان",
        "Wyznanie",
        "Narodowość",
        "Poglądy polityczne",
        "Zdrowie",
        "Niepełnosprawność",
        "Płeć",
        "Orientacja seksualna",
    ],
)
def test_a_sensitive_heading_is_seen_in_every_language_we_ship(header: str) -> None:
    assert looks_private(header)


@pytest.mark.parametrize(
    "header",
    ["M/F", "Man/Woman", "Male / female", "Hijab", "Are you a believer?", "Mental wellbeing", "Well-being", "Pronouns"],
)
def test_a_heading_of_gender_faith_or_health_in_few_words_is_private_too(header: str) -> None:
    assert looks_private(header)


@pytest.mark.parametrize(
    "header",
    [
        "Age band",
        "Neighbourhood",
        "Ward",
        "Transport",
        "First time here?",
        "Embrace",
        "Essex or Sussex",
        "Occupation",
        "Tenancy",
        "Hobbies",
        "Postcode",
        "Oedran",
        "Quartier",
        "Barrio",
        "العمر",
        "বয়স",
        "محلہ",
        "Dzielnica",
        "",
    ],
)
def test_an_ordinary_heading_is_not(header: str) -> None:
    assert not looks_private(header)


def test_a_known_column_is_private_by_what_it_is_and_not_by_its_words() -> None:
    columns = columns_of(
        Table(("Which church or group are you with?", "Women only", "Gender", "Faith group", "name"), ())
    )

    assert private_keys(columns) == {"women_only", "gender", "faith_group"}


def test_the_heading_is_the_first_row_unless_titles_stand_above_it() -> None:
    assert header_place([["Sign in"], [], ["name", "ward"], ["A", "B"]]) == 2
    assert header_place([["Ours"], ["Name"], ["A"]]) == 1
    assert header_place([["ward", "colour"], ["name", "x"], ["name", "x", "organisation"]]) == 2
    assert header_place([["ward", "colour"], ["name", "x"]]) == 0
    assert header_place([["x"]] * 10 + [["name"]]) == 0
    assert header_place([]) == 0


def test_headings_count_only_where_one_of_them_names_people() -> None:
    assert score(["organisation", "languages"]) == 0
    assert score(["organisation", "first name", "ward"]) == 2


def test_columns_are_lettered_as_a_spreadsheet_letters_them() -> None:
    assert [letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_an_adult_somebody_comes_with_is_not_whom_they_came_with():
    found = columns_of(
        Table(("Full Name", "Which organisation are you with?", "Coming with (adult)", "Languages you speak"), ())
    )
    assert [column.key for column in found] == ["name", "organisation", "responsible_adult", "languages"]

"""Breakout rooms for an online evening, as Zoom reads them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from relexp.exchange.zoom import zoom_files
from relexp.messages import FaultsFound
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.roster.person import Person, Roster

PEOPLE = tuple(Person(id, id.upper(), email=f"{id}@example.org") for id in "abcdi")
EVENING = Evening(
    (
        Round(1, (Conversation(("a", "b"), 12), Conversation(("c", "d"), 3, ("i",)))),
        Round(2, (Conversation(("a", "c"), 1),), ("b", "d")),
    ),
    {person.id: person.name for person in PEOPLE},
)


def test_each_round_has_its_rooms_with_everybody_who_sits_at_the_table() -> None:
    files = zoom_files(EVENING, Roster(PEOPLE))
    assert list(files) == ["round-1.csv", "round-2.csv"]
    assert list(csv.reader(io.StringIO(files["round-1.csv"].decode()))) == [
        ["Pre-assign Room Name", "Email Address"],
        ["Table 3", "c@example.org"],
        ["Table 3", "d@example.org"],
        ["Table 3", "i@example.org"],
        ["Table 12", "a@example.org"],
        ["Table 12", "b@example.org"],
    ]


def test_the_first_heading_is_as_zoom_hands_it_out_to_the_letter() -> None:
    assert zoom_files(EVENING, Roster(PEOPLE))["round-1.csv"].startswith(b"Pre-assign Room Name,Email Address")


def test_who_rests_is_in_no_room() -> None:
    assert zoom_files(EVENING, Roster(PEOPLE))["round-2.csv"].count(b"@") == 2


def test_everybody_without_an_email_address_is_named_at_once() -> None:
    people = (PEOPLE[0], replace(PEOPLE[1], email=""), *PEOPLE[2:4], replace(PEOPLE[4], email=""))
    with pytest.raises(FaultsFound) as caught:
        zoom_files(EVENING, Roster(people))
    assert [fault.message.values["name"] for fault in caught.value.faults] == ["B", "I"]


def test_a_sheet_without_email_addresses_is_refused_in_one_sentence() -> None:
    with pytest.raises(FaultsFound) as caught:
        zoom_files(EVENING, Roster(tuple(replace(person, email="") for person in PEOPLE)))
    assert [fault.message.code for fault in caught.value.faults] == ["zoom.no_column"]

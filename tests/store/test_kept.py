"""What is kept can be copied while it is in use, put back, handed out without what is private, and forgotten."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from relexp.apps.draft_contents import forgotten, said_of, told
from relexp.apps.drafts import Decision, Draft, Sheet, as_decided
from relexp.exchange.evening_json import json_bytes
from relexp.exchange.tables import read_table
from relexp.gathering.asked import Asked
from relexp.gathering.running import Act, Press
from relexp.messages import FaultsFound
from relexp.pairing.plan import plan
from relexp.privacy.consent import Said, Way
from relexp.privacy.roles import Identity, Role
from relexp.roster.person import Person
from relexp.roster.reading import roster_from
from relexp.roster.rule_check import default_rules
from relexp.store import Store, open_store
from relexp.store.restoring import put_back
from relexp.store.seal import Seal
from tests.store.conftest import NOW

SHEET = (
    "name,organisation,Faith,under_18,responsible_adult\n"
    "Amina Begum,A,Zoroastrian,no,\nBo Li,B,Jain,no,\nCass Day,A,Jain,no,\nDee Fox,C,None at all,no,\n"
    "=Eve Sum,B,Jain,no,\nFinn Rees,C,Jain,yes,Amina Begum\nGita Rao,C,Jain,no,\n"
)
ROSTER = roster_from(read_table(SHEET.encode(), "signup.csv")).roster
AMINA = ROSTER.people[0].id
PRIVATE = ("Zoroastrian", "Jain", "None at all")


@pytest.fixture
def lead(store: Store) -> Identity:
    return store.identities.house(Role.FACILITATOR, NOW)


@pytest.fixture
def full(store: Store, lead: Identity) -> Store:
    """A store with a gathering that runs, a phone, a press, a consent, who is kept apart, and a draft of the page."""
    seal = Seal()
    pins = [
        {"round": 1, "people": [AMINA, ROSTER.people[1].id]},
        {"round": 1, "people": [p.id for p in ROSTER.people[2:4]]},
    ]
    asked = Asked(rules={"rounds": 3, "pin": pins}, columns=ROSTER.columns, private=ROSTER.private)
    apart = seal.close(json.dumps([[AMINA, ROSTER.people[4].id], [p.id for p in ROSTER.people[2:4]]]).encode())
    earlier = [(AMINA, ROSTER.people[3].id)]
    id = store.gatherings.open(lead, "Spring", asked.to_plain(), ROSTER.people, NOW, apart=apart, earlier=earlier)
    store.gatherings.seat(id, plan(ROSTER, default_rules(ROSTER, 3), least_bad=True))
    phone = store.identities.add(Role.PARTICIPANT, "", NOW)
    store.gatherings.come(id, AMINA, NOW, phone.id)
    store.consents.note(id, AMINA, Said("contact", True, "2026-1", NOW, Way.PHONE), phone)
    store.gatherings.press(id, Act(Press.OPEN_DOORS, NOW), lead, "k1", 0)
    draft = Draft("signup.csv", SHEET.encode(), apart=apart, evening="{}")
    store.drafts.save(lead.id, "gathering", draft.to_bytes(), NOW)
    return store


def everything(store: Store) -> str:
    """All that lies in the tables, as one text."""
    with store._database.reads() as connection:
        names = ("identities", "gatherings", "people", "met", "seats", "acts", "consents", "drafts")
        rows = [
            str({**row._mapping, "changed": ""})
            for name in names
            for row in connection.exec_driver_sql(f"SELECT * FROM {name}")
        ]
    drafts = (store.drafts.load("house-facilitator", place) or b"" for place in ("gathering", "gathering.view"))
    sheets = [draft.sheet.decode() for each in drafts if (draft := Draft.from_bytes(each))]
    return "\n".join([*rows, *sheets])


# Handed out


def test_the_archive_holds_everything_and_nothing_private(full: Store) -> None:
    with zipfile.ZipFile(io.BytesIO(full.archive(told))) as zipped:
        texts = {name: zipped.read(name).decode("utf-8-sig") for name in zipped.namelist()}
    found = json.loads(texts["everything.json"])
    assert {person["name"] for person in found["people"]} == {person.name for person in ROSTER}
    assert len(found["seats"]) >= 3 * len(ROSTER)
    assert {len(found[name]) for name in ("gatherings", "acts", "consents", "met", "drafts")} == {1}
    assert not [word for word in PRIVATE for text in texts.values() if word in text]
    assert not [word for word in ("digest", '"apart": "g') for text in texts.values() if word in text]
    assert "Amina Begum" in json.loads(found["drafts"][0]["content"])["sheet"]
    # a sheet for each table, safe from formulas, that says what the json says
    people = list(csv.DictReader(io.StringIO(texts["people.csv"])))
    assert "'=Eve Sum" in {row["name"] for row in people}
    assert {name.removesuffix(".csv") for name in texts if name.endswith(".csv")} == found.keys()
    assert "private" in texts["READ-ME.txt"]


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b"[]", b'{"version": 1}'])
def test_a_draft_that_is_none_of_ours_is_told_as_nothing(content: bytes) -> None:
    assert told(content) == ""


def test_a_sheet_that_cannot_be_read_is_told_as_nothing() -> None:
    assert json.loads(told(Draft("x.csv", b"%PDF-1.7 no sheet").to_bytes()))["sheet"] == ""


def test_everybody_gets_all_that_is_kept_of_them_by_the_name_on_their_badge(full: Store) -> None:
    found = full.export_named("  amina BEGUM ", said_of)
    assert [row["person_id"] for row in found["people"]] == [AMINA]
    assert len(found["seats"]) == 3
    assert found["consents"][0]["purpose"] == "contact"
    assert len(found["identities"]) == 1
    assert "Bo Li" not in json.dumps(found)
    assert full.export_named("nobody", said_of) == {}


def test_what_a_page_says_of_somebody_is_their_row_their_seats_and_what_was_decided_and_no_more() -> None:
    sheet = SHEET.replace("yes,Amina Begum", "no,") + "Amina Begum,A,Sikh,no,\n"
    roster = roster_from(read_table(sheet.encode(), "signup.csv")).roster
    amina, bo, twice = roster.people[0].id, roster.people[1].id, roster.people[-1].id
    merged = as_decided(Draft("", b"", decisions=(Decision(amina, twice, True),)), roster)
    assert len(merged) == len(roster) - 1
    evening = json_bytes(plan(merged, default_rules(merged, 3), least_bad=True), merged).decode()
    draft = Draft(
        "signup.csv",
        sheet.encode(),
        decisions=(Decision(amina, twice, True), Decision(bo, amina, False), Decision(bo, bo, True)),
        evening=evening,
        apart=Seal().close(json.dumps([[amina, bo]]).encode()),
        mending=(Sheet("other.csv", b"name,name,phone\nAmina Begum,Mina,07700\nBo Li,,1\n"),),
        opening=json.dumps({"who": "amina begum", "where": "by the tea table"}),
    )
    found = said_of(draft.to_bytes(), "AMINA begum")
    assert found["rows"] == [
        {"name": "Amina Begum", "organisation": "A", "Faith": "Zoroastrian", "under_18": "no"},
        {"name": "Amina Begum", "organisation": "A", "Faith": "Sikh", "under_18": "no"},
        {"name": "Amina Begum / Mina", "phone": "07700"},
    ]
    assert [seat["round"] for seat in found["seats"]] == [1, 2, 3]  # type: ignore[attr-defined,index]
    assert found["decisions"] == [{"same_person": True}, {"same_person": False}]
    assert found["looks_after_people"] == "by the tea table"
    assert "Bo Li" not in json.dumps(found)
    assert bo not in json.dumps(found)


@pytest.mark.parametrize(
    "content",
    [
        b"no draft",
        Draft("x.csv", b"%PDF-1.7 no sheet", opening="no json").to_bytes(),
        Draft("x.csv", b"name\nBo\nCy\n", evening="{}", opening='["Amina Begum"]').to_bytes(),
    ],
)
def test_a_page_that_does_not_know_somebody_says_nothing_of_them(content: bytes) -> None:
    assert said_of(content, "Amina Begum") == {}


# Forgotten


def test_whoever_asks_is_forgotten_in_every_table_and_in_every_text(full: Store, lead: Identity) -> None:
    assert "amina" in everything(full).casefold()
    changed = full.gatherings.current().changed  # type: ignore[union-attr]
    gone = full.erase_named("AMINA begum", forgotten)
    assert (gone.people, gone.known, gone.drafts) == (1, 1, 1)
    assert "amina" not in everything(full).casefold()
    kept = full.gatherings.current()
    assert kept is not None
    assert kept.changed > changed
    assert [len(pin["people"]) for pin in kept.asked["rules"]["pin"]] == [2]
    assert json.loads(Seal().open(kept.apart) or b"") == [[person.id for person in ROSTER.people[2:4]]]
    assert len(full.gatherings.guests(kept.id)) == len(ROSTER) - 1
    # whoever leads goes on with the sheet of the others
    draft = Draft.from_bytes(full.drafts.load(lead.id, "gathering") or b"")
    assert draft is not None
    assert b"Bo Li" in draft.sheet
    assert draft.evening == ""
    assert not full.erase_named("Amina Begum", forgotten)


def test_whoever_leads_keeps_their_door_and_loses_their_name(store: Store) -> None:
    helper = store.identities.add(Role.CO_FACILITATOR, "Gita Rao", NOW)
    guest = store.identities.add(Role.PARTICIPANT, "Gita Rao", NOW)
    assert store.erase_named("gita rao", forgotten).known == 2
    assert store.identities.get(helper.id) == Identity(helper.id, Role.CO_FACILITATOR, "")
    assert store.identities.get(guest.id) is None


def test_the_last_two_who_are_kept_apart_leave_no_pair(store: Store, lead: Identity) -> None:
    seal = Seal()
    asked = Asked().to_plain()
    apart = seal.close(json.dumps([[AMINA, ROSTER.people[1].id]]).encode())
    ids = [""]
    for each in (apart, "", "of another key"):
        ids.append(store.gatherings.open(lead, "One", asked, ROSTER.people, NOW, apart=each, instead=ids[-1]))
    store.erase_named("Amina Begum", forgotten)
    assert [store.gatherings.get(id).apart for id in ids[1:]] == ["", "", "of another key"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("content", "left"),
    [
        (Draft("x.csv", b"name\nBo Li\nCass Day\n").to_bytes(), "same"),
        (b"no draft: amina begum", "gone"),
        (b"no draft", "same"),
        (Draft("x.csv", b"%PDF-1.7 no sheet").to_bytes(), "same"),
        (Draft("x.csv", b'name\n"Amina Begum\nBo').to_bytes(), "gone"),
        (Draft("x.csv", b"name\nBo\nCy\n", mending=(Sheet("y.csv", b"name\nAmina Begum\n"),)).to_bytes(), "mended"),
        (Draft("x.csv", b"name,org\nAmina Begum,A\nBo,B\nCy,C\n").to_bytes(), "fewer"),
        (Draft("x.csv", b"name,responsible adult\nAmina Begum,\nBo,Amina B.\nCy,\n").to_bytes(), "fewer"),
    ],
)
def test_nobody_who_is_forgotten_is_left_in_what_is_being_worked_on(content: bytes, left: str) -> None:
    found = forgotten(content, "Amina Begum")
    if left in ("same", "gone"):
        assert found == (None if left == "same" else b"")
        return
    draft = Draft.from_bytes(found or b"")
    assert draft is not None
    assert draft.mending == ()
    assert [name in draft.sheet for name in (b"Amina", b"Bo", b"Cy")] == [False, True, True]


def test_who_is_kept_apart_stays_so_where_the_key_is_not_here_while_somebody_is_forgotten() -> None:
    content = Draft("x.csv", b"name\nAmina Begum\nBo Li\nCass Day\n", apart="of another key").to_bytes()
    draft = Draft.from_bytes(forgotten(content, "Amina Begum") or b"")
    assert draft is not None
    assert b"Amina" not in draft.sheet
    assert draft.apart == "of another key"


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_was_forgotten_does_not_lie_about_in_the_file(full: Store) -> None:
    place = Path(full._database.url.database or "")
    files = [place, Path(f"{place}-wal")]
    assert any(b"amina" in file.read_bytes().lower() for file in files if file.exists())
    full.erase_named("Amina Begum", forgotten)
    assert not any(b"amina" in file.read_bytes().lower() for file in files if file.exists())


# Copied, and put back


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_copy_that_is_put_back_brings_everything_back(full: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    full.back_up(copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [copy]
    before = everything(full)
    other = open_store(full.url)
    other.erase_named("Amina Begum", forgotten)
    after = everything(other)
    was = put_back(other.url, copy, NOW).before
    # whoever has the pages open finds it too
    assert everything(full) == before == everything(other)
    with sqlite3.connect(was) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    put_back(full.url, was, NOW + timedelta(seconds=1))
    assert everything(other) == after
    with full._database.reads() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    other.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_copy_taken_while_others_write_is_whole(full: Store, lead: Identity, tmp_path: Path) -> None:
    enough = Event()
    id = full.gatherings.current().id  # type: ignore[union-attr]

    def write() -> None:
        number = 0
        while not enough.is_set():
            number += 1
            full.gatherings.walk_in(id, Person(f"w{number}", f"Walker {number}"), NOW)

    writer = Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            full.back_up(tmp_path / f"{number}.sqlite3")
    finally:
        enough.set()
        writer.join()
    for copy in tmp_path.iterdir():
        opened = open_store(f"sqlite:///{copy}")
        kept = opened.gatherings.current()
        assert kept is not None
        assert kept.changed - 5 == len(opened.gatherings.guests(kept.id)) - len(ROSTER)
        opened.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_is_no_copy_of_ours_changes_nothing(full: Store, tmp_path: Path) -> None:
    before = everything(full)
    text, empty, strange, broken = (tmp_path / f"{name}.sqlite3" for name in ("text", "empty", "strange", "broken"))
    text.write_text("a shopping list, and some more of it " * 40)
    empty.write_bytes(b"")
    with sqlite3.connect(strange) as other:
        other.execute("CREATE TABLE shopping (what TEXT)")
    full.back_up(broken)
    content = bytearray(broken.read_bytes())
    content[len(content) // 3 : len(content) // 3 * 2] = b"x" * (len(content) // 3)
    broken.write_bytes(content)
    for copy in (text, empty, strange, broken, tmp_path / "nowhere.sqlite3"):
        with pytest.raises(FaultsFound):
            put_back(full.url, copy, NOW)
    assert everything(full) == before


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_copy_writes_over_nothing_and_says_where_it_cannot_be_written(full: Store, tmp_path: Path) -> None:
    there = tmp_path / "there.sqlite3"
    there.write_text("mine")
    for place, says in ((there, "there already"), (tmp_path / "nowhere" / "x.sqlite3", "folder")):
        with pytest.raises(FaultsFound, match=says):
            full.back_up(place)
    assert there.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [there]


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_server_makes_its_own_copies(store: Store, tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="pg_dump"):
        store.back_up(tmp_path / "x.sqlite3")
    with pytest.raises(FaultsFound, match="pg_dump"):
        put_back(store.url, tmp_path / "x.sqlite3", NOW)

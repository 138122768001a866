"""What must not happen to the table of leaders: a hand that slips, two who press at once, somebody who is forgotten."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from relexp.gathering.running import Act, Press
from relexp.leadership.board import View
from relexp.leadership.columns import Change
from relexp.leadership.evidence import Challenge, Evidence, Kind, Reading, Suggestion
from relexp.leadership.finding import Query
from relexp.leadership.leader import Leader, Step, Wording
from relexp.leadership.qualities import side_by_side
from relexp.privacy.consent import Said, Way
from relexp.privacy.roles import Identity, Role
from relexp.reflection.one_to_ones import OneToOne
from relexp.roster.person import Person
from relexp.store import Stale, Store
from relexp.store.codes import code_of
from relexp.store.leader_deeds import GONE
from relexp.store.leader_rows import opened
from relexp.store.leader_tables import leader_changes
from relexp.store.seal import Seal
from tests.store.conftest import NOW

TODAY = NOW.date()


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def erase(store: Store, name: str) -> bool:
    return bool(store.erase_named(name, lambda content, name: None))


@pytest.fixture
def trainer(store: Store) -> Identity:
    return store.identities.add(Role.TRAINER, "Bo", NOW)


@pytest.fixture
def other(store: Store) -> Identity:
    return store.identities.add(Role.TRAINER, "Carys Pugh", NOW)


@pytest.fixture
def amina(store: Store, trainer: Identity) -> Leader:
    made = Leader("a1", "Amina Begum", "St Mary’s", stage="met")
    store.leaders.change([], trainer, NOW, new=[made])
    return made


def of(store: Store, id: str = "a1") -> Leader:
    row = store.leaders.get(id)
    assert row is not None
    return row.leader


def test_what_a_forgotten_mentor_read_never_stands_as_what_the_leader_reads_of_themselves(
    store: Store, amina: Leader
) -> None:
    store.leaders.lines.read(Reading("", "a1", TODAY, {"listens": "seldom"}, "Carys Pugh"))
    store.leaders.lines.read(Reading("", "a1", TODAY, {"listens": "habit"}))
    assert erase(store, "Carys Pugh")
    habit = side_by_side(store.leaders.board()[0], store.leaders.lines.readings("a1"))[0]
    assert habit.own is not None
    assert habit.mentor is not None
    assert (habit.own.often, habit.mentor.often) == ("habit", "seldom")
    assert "Carys" not in habit.mentor.by


def test_a_deed_that_named_somebody_who_is_not_kept_any_more_is_taken_back_as_far_as_it_can_be(
    store: Store, trainer: Identity, amina: Leader
) -> None:
    store.leaders.change([], trainer, NOW, new=[Leader("d1", "Dai Rees"), Leader("e1", "Eve", developed_by="d1")])
    done = store.leaders.change(
        [Change("e1", "developed_by", "d1", ""), Change("e1", "role", "", "chair")], trainer, later(1)
    )
    assert erase(store, "Dai Rees")
    undone = store.leaders.undo(done.deed, trainer, later(2))
    assert [each.change.field for each in undone.clashes] == ["developed_by"]
    assert (of(store, "e1").developed_by, of(store, "e1").role) == ("", "")


def test_what_is_taken_back_is_agreed_on_by_nobody_who_agreed_to_what_came_after_it(
    store: Store, trainer: Identity, other: Identity, amina: Leader
) -> None:
    store.leaders.change([Change("a1", "talents", "", "sings")], trainer, later(1))
    done = store.leaders.change([Change("a1", "talents", "sings", "sings alto")], trainer, later(2))
    store.leaders.change([Change("a1", "wording.talents", "ours", "agreed")], other, later(3))
    undone = store.leaders.undo(done.deed, trainer, later(4))
    assert [each.change.field for each in undone.clashes] == ["talents"]
    assert (of(store).talents, of(store).wording["talents"]) == ("sings alto", Wording.AGREED)


def test_a_step_that_comes_back_gives_no_day_to_the_one_that_another_agreed_on_since(
    store: Store, trainer: Identity, other: Identity, amina: Leader
) -> None:
    step = {"step": "ring Siân", "due": "2026-12-24", "agreed_by": "Bo"}
    store.leaders.change([Change("a1", field, "", text) for field, text in step.items()], trainer, later(1))
    done = store.leaders.done("a1", Evidence("", "a1", Kind.STEP, TODAY, "rang her", "Bo"), trainer, later(2))
    store.leaders.change([Change("a1", "step", "", "chair the assembly")], other, later(3))
    undone = store.leaders.undo(done.deed, trainer, later(4))
    assert {each.change.field for each in undone.clashes} == {*step}
    assert of(store).step == Step("chair the assembly", made=TODAY)
    assert [line.what for line in store.leaders.lines.evidence("a1")] == ["rang her"]


def test_nobody_ticks_off_a_step_that_another_agreed_on_meanwhile(
    store: Store, trainer: Identity, other: Identity, amina: Leader
) -> None:
    store.leaders.change([Change("a1", "step", "", "ring Siân")], trainer, later(1))
    seen = of(store).step
    store.leaders.change([Change("a1", "step", "ring Siân", "chair the assembly")], other, later(2))
    line = Evidence("", "a1", Kind.STEP, TODAY, "Did what was agreed: ring Siân", "Bo")
    done = store.leaders.done("a1", line, trainer, later(3), step=seen)
    (clash,) = done.clashes
    assert (done.deed, clash.change.before, clash.now, clash.by) == (
        "",
        "ring Siân",
        "chair the assembly",
        "Carys Pugh",
    )
    assert of(store).step == Step("chair the assembly", made=TODAY)
    assert store.leaders.lines.evidence("a1") == ()
    assert store.leaders.done("a1", line, trainer, later(4), step=of(store).step).clashes == ()


def test_a_line_that_is_mended_still_belongs_to_the_deed_that_brought_it(
    store: Store, trainer: Identity, amina: Leader
) -> None:
    store.leaders.change([Change("a1", "step", "", "ring Siân")], trainer, later(1))
    line = Evidence("e" * 32, "a1", Kind.STEP, TODAY, "rang her", "Bo")
    done = store.leaders.done("a1", line, trainer, later(2))
    store.leaders.lines.answer(line.id, "a1", "She was kind")
    store.leaders.lines.note(replace(line, what="rang her twice", answer="She was kind"), trainer)
    store.leaders.undo(done.deed, trainer, later(3))
    assert of(store).step == Step("ring Siân", made=TODAY)
    assert store.leaders.lines.evidence("a1") == ()


def test_a_row_that_somebody_dared_or_read_is_not_taken_out_by_taking_back_that_it_was_added(
    store: Store, trainer: Identity
) -> None:
    done = store.leaders.change(
        [], trainer, NOW, new=[Leader("n1", "New"), Leader("n2", "Newer"), Leader("n3", "Newest")]
    )
    store.leaders.lines.challenge(Challenge("", "n1", TODAY, "chair the assembly", "Bo"))
    store.leaders.lines.read(Reading("", "n2", TODAY, {"listens": "often"}, "Bo"))
    undone = store.leaders.undo(done.deed, trainer, later(1))
    assert {(each.change.leader, each.change.field) for each in undone.clashes} == {("n1", GONE), ("n2", GONE)}
    assert [*store.leaders.names()] == ["n1", "n2"]


def test_whoever_was_put_back_is_taken_out_again_whatever_had_been_noted_of_them_before(
    store: Store, trainer: Identity, amina: Leader
) -> None:
    store.leaders.lines.note(Evidence("", "a1", Kind.ONE_TO_ONE, TODAY, "we talked", "Bo"), trainer)
    out = store.leaders.take_out(["a1"], trainer, later(1))
    back = store.leaders.undo(out.deed, trainer, later(2))
    assert [*store.leaders.names()] == ["a1"]
    assert store.leaders.undo(back.deed, trainer, later(3)).clashes == ()
    assert store.leaders.all() == ()


def test_whoever_is_called_otherwise_now_is_listed_and_forgotten_under_that_name(
    store: Store, trainer: Identity, amina: Leader
) -> None:
    opens = store.leaders.link_to("a1", NOW)
    assert opens is not None
    store.leaders.change([Change("a1", "name", "Amina Begum", "Amina Khan")], trainer, later(1))
    again = store.identities.get(opens.id)
    assert again is not None
    assert again.name == "Amina Khan"
    assert erase(store, "Amina Khan")
    assert store.identities.get(opens.id) is None
    assert store.leaders.all() == ()


def test_a_forgotten_name_stands_in_no_role_institution_or_view(store: Store, trainer: Identity, amina: Leader) -> None:
    cells = [Change("a1", "role", "", "helps Dai Rees"), Change("a1", "institution", "St Mary’s", "Dai Rees’s choir")]
    store.leaders.change(cells, trainer, later(1))
    board, revision = store.leaders.board()
    views = (
        View("Those of Dai Rees", Query(), ("name",)),
        View("Mine", Query("dai rees", stages=("met",)), ("name",)),
    )
    open_page = replace(board, views=views)
    revision = store.leaders.set_up(open_page, revision)
    assert erase(store, "Dai Rees")
    with pytest.raises(Stale):
        store.leaders.set_up(open_page, revision)
    assert (of(store).role, of(store).institution) == ("", "")
    assert store.leaders.page(Query("rees"), TODAY).total == 0
    assert store.leaders.institutions() == {}
    # A view without a name cannot be chosen, nor deleted.
    assert store.leaders.board()[0].views == (View("Mine", Query(stages=("met",)), ("name",)),)


@pytest.mark.parametrize("name", ["Role", "Gone", "Own"])
def test_whoever_is_called_as_a_column_is_leaves_the_history_readable(
    store: Store, trainer: Identity, amina: Leader, name: str
) -> None:
    store.leaders.change([Change("a1", "role", "", "chair")], trainer, later(1), new=[Leader("r1", name)])
    store.leaders.take_out(["a1"], trainer, later(2))
    store.leaders.change([], trainer, NOW + timedelta(3), new=[Leader("z1", "Zoë")])
    assert erase(store, name)
    assert store.leaders.as_of(TODAY - timedelta(1)) == ()
    with store.database.reads() as connection:
        said = connection.execute(select(leader_changes.c.said)).scalars().all()
    fields = {cell[0] for each in said for cell in json.loads(opened(each, Seal()))}
    assert fields == {GONE, "role"}


def test_a_one_to_one_is_suggested_where_one_leader_alone_is_called_so_and_none_of_somebody_under_18(
    store: Store, trainer: Identity, amina: Leader
) -> None:
    store.leaders.change([], trainer, NOW, new=[Leader("t1", "Tom"), Leader("t2", "TOM"), Leader("b1", "Bea Jones")])
    lead = store.identities.house(Role.FACILITATOR, NOW)
    store.gatherings.open(lead, "Spring", {"rounds": 1}, [Person("p1", "Bea Jones", under_18=True)], NOW)
    child = code_of("p1", "Bea Jones", Seal())
    for who in ("Tom", "amina  begum", child):
        store.one_to_ones.note(OneToOne("me", who, TODAY, 40), trainer)
    talks = store.one_to_ones.with_leaders(trainer, [row.leader for row in store.leaders.all()])
    assert [leader for leader, _, _ in talks] == ["a1"]


def test_what_two_say_happened_is_one_line_and_stands_though_a_third_says_it_did_not(
    store: Store, trainer: Identity, other: Identity, amina: Leader
) -> None:
    lines, suggestion = store.leaders.lines, Suggestion("a1", Kind.GATHERING, TODAY, "Spring", "gathering 7")
    for who in (trainer, other):
        lines.note(Evidence("", "a1", Kind.GATHERING, TODAY, "Spring", who.name, source="gathering 7"), who)
    lines.decline(suggestion, other)
    assert [(each.what, each.source) for each in lines.evidence("a1")] == [("Spring", "gathering 7")]
    again = Suggestion("a1", Kind.GATHERING, TODAY, "Autumn", "gathering 8")
    lines.decline(again, other)
    lines.note(Evidence("", "a1", Kind.GATHERING, TODAY, "Autumn", "Bo", source="gathering 8"), trainer)
    assert {each.what for each in lines.evidence("a1")} == {"Spring", "Autumn"}
    assert all(each.shared for each in lines.evidence("a1"))


def test_a_gathering_is_suggested_of_nobody_who_said_no_to_being_on_the_plan_or_remembered_whatever_they_did_there(
    store: Store,
) -> None:
    lead = store.identities.house(Role.FACILITATOR, NOW)
    people = [Person("p1", "Amina"), Person("p2", "Bea"), Person("p3", "Cai"), Person("p4", "Dai", under_18=True)]
    held = {}
    for host in ("Bea", "Cai", "Dai"):
        asked = {"rounds": 1, "lead": {"name": host, "where": ""}}
        id = held[host] = store.gatherings.open(lead, host, asked, people, NOW)
        for person in people:
            store.gatherings.come(id, person.id, NOW)
        for person_id, purpose in (("p2", "seating"), ("p3", "weave")):
            store.consents.note(id, person_id, Said(purpose, False, "2026-2", NOW, Way.DESK), lead)
        store.gatherings.press(id, Act(Press.CLOSE, NOW), lead, "k", 0)
    assert {(name, hosted) for name, _, _, _, hosted in store.gatherings.came()} == {("Amina", False)}


def test_an_archive_tells_of_nobody_that_they_are_in_the_table_of_leaders(
    store: Store, trainer: Identity, amina: Leader
) -> None:
    opens = store.leaders.link_to("a1", NOW)
    assert opens is not None
    store.links.make(opens, NOW, timedelta(1))
    store.links.make(trainer, NOW, timedelta(1))
    board, revision = store.leaders.board()
    store.leaders.set_up(replace(board, views=(View("Amina Begum", Query("begum"), ("name",)),)), revision)
    with zipfile.ZipFile(io.BytesIO(store.archive(lambda content: ""))) as zipped:
        texts = {name: zipped.read(name).decode() for name in zipped.namelist()}
    assert [name for name, text in texts.items() if "begum" in text.casefold() or opens.id in text] == []
    assert trainer.id in texts["identities.csv"]
    assert trainer.id in texts["links.csv"]

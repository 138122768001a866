"""The table of leaders: found as it is asked for, changed by two at once, taken back, and seen as it was."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relexp.leadership.board import View
from relexp.leadership.columns import Change
from relexp.leadership.evidence import Challenge, Evidence, Kind, Reading, Suggestion
from relexp.leadership.finding import GROUPS, SORTS, Query, found
from relexp.leadership.leader import Leader, Step, Wording
from relexp.messages import FaultsFound
from relexp.privacy.roles import Identity, Role
from relexp.reflection.one_to_ones import Following, OneToOne
from relexp.store import Stale, Store
from relexp.store.leader_deeds import GONE
from tests.store.conftest import NOW

TODAY = NOW.date()
STAGES = ("met", "listening", "team", "leads", "develops")
NAMES = ("Amina Begum", "amina begum", "Siân Prys", "Zoë", "নাসরিন আক্তার", "نور الهدى", "O'Brien", "10% & Co_", "a", "")
DAYS = st.one_of(st.none(), st.dates(TODAY - timedelta(200), TODAY + timedelta(60)))
FRESH = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


@st.composite
def leaders(draw: st.DrawFn) -> list[tuple[Leader, list[date]]]:
    """Made-up leaders, with the days of their one-to-ones."""
    ids = [f"p{place}" for place in range(draw(st.integers(0, 9)))]
    made = []
    for id in ids:
        due = draw(DAYS)
        step = Step("call", due, made=TODAY) if draw(st.booleans()) else None
        training = dict.fromkeys(draw(st.sets(st.sampled_from(["taster", "six_day"]))), TODAY)
        leader = Leader(
            id,
            draw(st.sampled_from(NAMES)) or "x",
            draw(st.sampled_from(NAMES)),
            draw(st.sampled_from(["", "chair", "Y Cadeirydd"])),
            draw(st.sampled_from([*STAGES, "", "gone"])),
            draw(st.sampled_from([None, *Following])),
            stretch=draw(st.sampled_from(["", "speak"])),
            step=step,
            training=training,
            developed_by=draw(st.sampled_from(["", *ids])),
            review=draw(DAYS),
            wording={"stretch": draw(st.sampled_from([*Wording]))},
        )
        made.append((leader, draw(st.lists(st.dates(TODAY - timedelta(200), TODAY), max_size=3))))
    return made


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """Any question to the table."""
    yes = st.integers(0, 4).map(lambda number: number == 0)
    some = st.one_of(st.none(), st.none(), st.sampled_from([0, 30, 90]))
    return Query(
        draw(st.sampled_from(["", "", "", "AMINA", "%", "a", "prys sian", "_", "ন"])),
        draw(st.sampled_from([(), (), ("met",), ("team", "leads")])),
        draw(st.sampled_from(["", "", "", "Zoë"])),
        draw(yes),
        draw(some),
        draw(some),
        draw(some),
        draw(yes),
        draw(yes),
        draw(st.sampled_from(["", "", "taster"])),
        draw(st.sampled_from(["", "", "six_day"])),
        draw(st.sampled_from(["", "", "p0"])),
        draw(yes),
        draw(yes),
        draw(st.sampled_from(SORTS)),
        draw(st.booleans()),
        draw(st.sampled_from(GROUPS)),
    )


@pytest.fixture
def trainer(store: Store) -> Identity:
    return store.identities.add(Role.TRAINER, "Bo", NOW)


@pytest.fixture
def other(store: Store) -> Identity:
    return store.identities.add(Role.TRAINER, "Carys", NOW)


@pytest.fixture
def amina(store: Store, trainer: Identity) -> Leader:
    made = Leader(
        "a1", "Amina", "St Mary's", stage="met", stretch="speak in public", wording={"stretch": Wording.AGREED}
    )
    store.leaders.change([], trainer, NOW, new=[made])
    return made


@FRESH
@given(those=leaders(), asked=st.lists(queries(), min_size=4, max_size=8), start=st.integers(0, 4))
def test_the_store_finds_whom_the_question_means_and_in_that_order(
    lasting: Store, those: list[tuple[Leader, list[date]]], asked: list[Query], start: int
) -> None:
    me = lasting.identities.house(Role.TRAINER, NOW)
    lasting.leaders.take_out([*lasting.leaders.names()], me, NOW)
    lasting.leaders.purge(NOW + timedelta(1))
    lasting.leaders.change([], me, NOW, new=[leader for leader, _ in those])
    for leader, days in those:
        for day in days:
            lasting.leaders.lines.note(Evidence("", leader.id, Kind.ONE_TO_ONE, day, "we talked"), me)
    rows = lasting.leaders.all()
    assert {row.leader.id: row.leader for row in rows} == {leader.id: leader for leader, _ in those}
    for query in asked:
        expected = found(rows, query, TODAY, STAGES)
        page = lasting.leaders.page(query, TODAY, start, 5)
        assert [*page.rows] == expected[start : start + 5], query
        assert page.total == len(expected)
        if query.group:
            counted: dict[str, int] = {}
            for row in expected:
                key = str(getattr(row.leader, query.group) or "")
                counted[key] = counted.get(key, 0) + 1
            assert page.groups == counted
        assert Query.from_plain(query.to_plain()) == query


def test_what_another_trainer_wrote_meanwhile_is_not_written_over(
    store: Store, trainer: Identity, other: Identity, amina: Leader
) -> None:
    store.leaders.change([Change("a1", "role", "", "chair")], other, later(1))
    done = store.leaders.change(
        [Change("a1", "role", "", "treasurer"), Change("a1", "talents", "", "sings")], trainer, later(2)
    )
    (clash,) = done.clashes
    assert (clash.change.after, clash.now, clash.by, clash.at) == ("treasurer", "chair", "Carys", later(1))
    kept = store.leaders.get("a1")
    assert kept is not None
    assert (kept.leader.role, kept.leader.talents) == ("chair", "sings")


def test_nobody_agrees_to_words_that_changed_meanwhile_nor_gives_another_s_step_a_new_day(
    store: Store, trainer: Identity, other: Identity, amina: Leader
) -> None:
    store.leaders.change([Change("a1", "talents", "", "sings"), Change("a1", "step", "", "call")], other, later(1))
    store.leaders.change(
        [Change("a1", "talents", "sings", "cooks"), Change("a1", "step", "call", "ask")], other, later(2)
    )
    done = store.leaders.change(
        [
            Change("a1", "talents", "sings", "sings"),
            Change("a1", "wording.talents", "ours", "agreed"),
            Change("a1", "step", "call", "write"),
            Change("a1", "due", "", "2026-03-06"),
            Change("a1", "role", "", "chair"),
        ],
        trainer,
        later(3),
    )
    assert [each.change.field for each in done.clashes] == ["talents", "wording.talents", "step", "due"]
    kept = store.leaders.get("a1")
    assert kept is not None
    assert (kept.leader.talents, kept.leader.wording["talents"], kept.leader.role) == ("cooks", Wording.OURS, "chair")
    assert kept.leader.step == Step("ask", made=NOW.date())


def test_a_stage_changes_only_with_a_line_of_evidence(store: Store, trainer: Identity, amina: Leader) -> None:
    change = Change("a1", "stage", "met", "team")
    with pytest.raises(FaultsFound, match="Amina’s stage changes only with a line of evidence"):
        store.leaders.change([change, Change("a1", "role", "", "chair")], trainer, later(1))
    untouched = store.leaders.get("a1")
    assert untouched is not None
    assert (untouched.leader.stage, untouched.leader.role) == ("met", "")
    line = Evidence("", "", Kind.HOSTED, TODAY, "hosted twelve people", "Bo")
    store.leaders.change([change], trainer, later(1), evidence={"a1": line})
    (first, move) = store.leaders.lines.moves()
    assert (first.before, first.after, move.before, move.after) == ("", "met", "met", "team")
    (kept,) = store.leaders.lines.evidence("a1")
    assert (kept.id, kept.what, kept.seen_by) == (move.evidence, "hosted twelve people", "Bo")


def test_words_that_one_of_the_two_writes_wait_for_the_other(store: Store, trainer: Identity, amina: Leader) -> None:
    store.leaders.change([Change("a1", "stretch", "speak in public", "chair a meeting")], trainer, later(1))
    row = store.leaders.get("a1")
    assert row is not None
    assert row.leader.wording["stretch"] is Wording.OURS
    assert row.leader.to_agree == ("stretch",)
    assert store.leaders.page(Query(to_agree=True), TODAY).total == 1
    store.leaders.change([Change("a1", "wording.stretch", "ours", "agreed")], trainer, later(2))
    assert store.leaders.page(Query(to_agree=True), TODAY).total == 0


def test_two_hundred_rows_are_taken_back_in_one_go_and_done_again(
    store: Store, trainer: Identity, amina: Leader
) -> None:
    before = store.leaders.all()
    new = [Leader(f"n{place}", f"Person {place}", stage="met", step=Step("call")) for place in range(200)]
    changes = [Change("a1", "role", "", "chair"), Change("a1", "stage", "met", "leads")]
    line = Evidence("", "", Kind.TURNOUT, TODAY, "brought ten")
    done = store.leaders.change(changes, trainer, later(1), new=new, evidence={"a1": line})
    after = store.leaders.all()
    assert (done.rows, len(after), len(store.leaders.lines.moves())) == (201, 201, 202)
    undone = store.leaders.undo(done.deed, trainer, later(2))
    assert undone.clashes == ()
    assert store.leaders.all() == before
    assert len(store.leaders.lines.moves()) == 1
    assert store.leaders.lines.evidence("a1") == ()
    assert store.leaders.undo(undone.deed, trainer, later(3)).clashes == ()
    assert store.leaders.all() == after
    assert len(store.leaders.lines.moves()) == 202
    assert [each.what for each in store.leaders.lines.evidence("a1")] == ["brought ten"]
    last, undo, first, _ = store.leaders.deeds(trainer)
    assert (first.rows, undo.undoes, last.undoes) == (201, done.deed, undone.deed)


def test_what_somebody_worked_on_since_is_not_taken_back(
    store: Store, trainer: Identity, other: Identity, amina: Leader
) -> None:
    new = [Leader("n1", "New"), Leader("n2", "Newer"), Leader("n3", "Newest")]
    done = store.leaders.change([Change("a1", "role", "", "chair")], trainer, later(1), new=new)
    store.leaders.change([Change("a1", "role", "chair", "warden"), Change("n1", "role", "", "cook")], other, later(2))
    store.leaders.lines.note(Evidence("", "n2", Kind.ONE_TO_ONE, TODAY, "we talked"), other)
    undone = store.leaders.undo(done.deed, trainer, later(3))
    assert {(each.change.leader, each.change.field) for each in undone.clashes} == {
        ("a1", "role"),
        ("n1", GONE),
        ("n2", GONE),
    }
    assert {row.leader.name: row.leader.role for row in store.leaders.all()} == {
        "Amina": "warden",
        "New": "cook",
        "Newer": "",
    }


def test_a_step_that_is_done_says_so_in_evidence_and_can_be_open_again(
    store: Store, trainer: Identity, amina: Leader
) -> None:
    step = [
        Change("a1", "step", "", "ring Siân"),
        Change("a1", "due", "", "2026-11-30"),
        Change("a1", "agreed_by", "", "Bo"),
    ]
    store.leaders.change(step, trainer, later(1))
    line = Evidence("", "a1", Kind.STEP, TODAY, "ring Siân", "Bo")
    done = store.leaders.done("a1", line, trainer, later(2))
    (kept,) = store.leaders.lines.steps("a1")
    assert (kept.what, kept.due, kept.done) == ("ring Siân", date(2026, 11, 30), TODAY)
    assert [each.kind for each in store.leaders.lines.evidence("a1")] == [Kind.STEP]
    undone = store.leaders.undo(done.deed, trainer, later(3))
    (again,) = store.leaders.lines.steps("a1")
    assert again == replace(kept, done=None)
    assert store.leaders.lines.evidence("a1") == ()
    store.leaders.undo(undone.deed, trainer, later(4))
    assert store.leaders.lines.steps("a1") == (kept,)
    assert store.leaders.done("a1", line, trainer, later(5)).deed == ""


def test_the_table_is_seen_as_it_was_on_any_day(store: Store, trainer: Identity) -> None:
    first, second, third = (NOW - timedelta(days) for days in (20, 10, 5))
    store.leaders.change([], trainer, first, new=[Leader("a1", "Amina", stage="met"), Leader("b1", "Bea")])
    line = Evidence("", "", Kind.ONE_TO_ONE, second.date(), "we talked")
    cells = [
        Change("a1", "stage", "met", "team"),
        Change("a1", "step", "", "call"),
        Change("b1", "talents", "", "cooks"),
    ]
    store.leaders.change(cells, trainer, second, evidence={"a1": line}, new=[Leader("c1", "Cai")])
    store.leaders.take_out(["b1"], trainer, third)
    seen = {}
    for day in range(21, -1, -1):
        rows = store.leaders.as_of(TODAY - timedelta(day))
        seen[day] = [
            (row.leader.name, row.leader.stage, row.leader.talents, bool(row.leader.step), row.meetings) for row in rows
        ]
    assert seen[21] == []
    assert seen[20] == seen[11] == [("Amina", "met", "", False, 0), ("Bea", "", "", False, 0)]
    assert (
        seen[10]
        == seen[6]
        == [("Amina", "team", "", True, 1), ("Bea", "", "cooks", False, 0), ("Cai", "", "", False, 0)]
    )
    assert seen[5] == seen[0] == [("Amina", "team", "", True, 1), ("Cai", "", "", False, 0)]
    assert store.leaders.as_of(TODAY) == store.leaders.all()


def test_lines_challenges_and_readings_come_back_as_they_were_noted(
    store: Store, trainer: Identity, amina: Leader
) -> None:
    lines = store.leaders.lines
    one = Evidence("", "a1", Kind.ACTION, TODAY, "spoke to the mayor", "Bo", shared=False)
    one = replace(one, id=lines.note(one, trainer))
    shared = Evidence("", "a1", Kind.ONE_TO_ONE, TODAY - timedelta(3), "her family’s shop", "Bo")
    shared = replace(shared, id=lines.note(shared, trainer))
    lines.answer(shared.id, "a1", "My mother’s shop")
    lines.answer(one.id, "a1", "not mine to see")
    assert lines.evidence("a1") == (one, replace(shared, answer="My mother’s shop"))
    lines.forget(one.id)
    assert len(lines.evidence()) == 1
    dared = Challenge("", "a1", TODAY, "chair the assembly", "Bo")
    dared = replace(dared, id=lines.challenge(dared))
    lines.challenge(replace(dared, taken=True, answer="yes!", answered=TODAY))
    assert lines.challenges("a1") == (replace(dared, taken=True, answer="yes!", answered=TODAY),)
    reading = Reading("", "a1", TODAY, {"listens": "often"}, "Bo", "at the last meeting")
    assert lines.readings("a1") == ()
    assert lines.read(reading)
    assert [replace(each, id="") for each in lines.readings("a1")] == [reading]
    page = store.leaders.page(Query(), TODAY)
    assert page.challenges == {"a1": "chair the assembly"}
    assert page.rows[0].met == TODAY - timedelta(3)


def test_what_was_suggested_and_declined_counts_as_nothing_and_is_known(
    store: Store, trainer: Identity, amina: Leader
) -> None:
    suggestion = Suggestion("a1", Kind.ONE_TO_ONE, TODAY, "came to the spring gathering", "gathering 7")
    store.leaders.lines.decline(suggestion, trainer)
    assert store.leaders.lines.evidence() == ()
    assert store.leaders.lines.sources() == {("a1", "gathering 7")}
    row = store.leaders.get("a1")
    assert row is not None
    assert row.meetings == 0


def test_a_table_that_two_set_up_at_once_is_set_up_by_one_of_them(store: Store) -> None:
    board, revision = store.leaders.board()
    assert [stage.name for stage in board.ladder][:2] == ["Met", "Listening"]
    changed = replace(board, ladder=replace(board.ladder, stages=board.ladder.stages[1:]))
    assert store.leaders.set_up(changed, revision) == revision + 1
    assert store.leaders.board() == (changed, revision + 1)
    with pytest.raises(Stale):
        store.leaders.set_up(board, revision)


def test_a_leader_opens_their_own_row_and_nobody_else_s(store: Store, trainer: Identity, amina: Leader) -> None:
    opens = store.leaders.link_to("a1", NOW)
    assert opens is not None
    assert opens.role is Role.LEADER
    assert store.leaders.link_to("a1", later(9)) == opens
    assert store.leaders.link_to("nobody", NOW) is None
    own = store.leaders.own(opens)
    assert own is not None
    assert own.leader == amina
    assert store.leaders.own(trainer) is None
    store.leaders.saw(opens, TODAY)
    seen = store.leaders.own(opens)
    assert seen is not None
    assert seen.seen == TODAY
    store.leaders.take_out(["a1"], trainer, NOW)
    assert store.leaders.own(opens) is None
    assert store.leaders.link_to("a1", NOW) is None
    store.leaders.purge(NOW + timedelta(1))
    assert store.identities.get(opens.id) is None


def test_two_who_make_somebody_s_link_at_once_hand_out_one_and_the_same(
    store: Store, trainer: Identity, amina: Leader
) -> None:
    both = Barrier(2)

    def make(id: str) -> Identity | None:
        both.wait()
        return store.leaders.link_to(id, NOW)

    for number in range(10):
        store.leaders.change([], trainer, NOW, new=[Leader(f"l{number}", "Lily")])
        with ThreadPoolExecutor(2) as pool:
            one, other = pool.map(make, [f"l{number}"] * 2)
        assert one is not None
        assert one == other
        assert store.leaders.own(one) is not None


def test_what_was_suggested_is_kept_once_though_two_confirm_it_at_once_and_also_after_somebody_declined_it(
    store: Store, trainer: Identity, other: Identity, amina: Leader
) -> None:
    both = Barrier(2)

    def confirm(by: Identity, source: str) -> str:
        both.wait()
        return store.leaders.lines.note(Evidence("", "a1", Kind.GATHERING, TODAY, "came", by.name, source=source), by)

    for number in range(8):
        source = f"gathering {number}"
        if number % 2:
            store.leaders.lines.decline(Suggestion("a1", Kind.GATHERING, TODAY, "came", source), trainer)
        with ThreadPoolExecutor(2) as pool:
            one, two = pool.map(confirm, (trainer, other), [source] * 2)
        assert one == two
    assert len(store.leaders.lines.evidence("a1")) == 8


def test_of_two_challenges_in_one_day_the_page_tells_the_one_that_is_told_first_everywhere(
    store: Store, trainer: Identity, amina: Leader
) -> None:
    for id in ("b", "a", "c"):
        store.leaders.lines.challenge(Challenge(id, "a1", TODAY, f"dare {id}"))
    assert store.leaders.page(Query(), TODAY).challenges == {"a1": store.leaders.lines.challenges("a1")[0].what}


def test_what_moves_somebody_cannot_be_read_in_the_store(store: Store, trainer: Identity, amina: Leader) -> None:
    words = ("speak in public", "her brother’s trial", "dare to chair", "quiet in the hall", "ring the bishop")
    store.leaders.lines.note(Evidence("", "a1", Kind.OTHER, TODAY, words[1]), trainer)
    store.leaders.lines.challenge(Challenge("", "a1", TODAY, words[2], answer=words[3]))
    store.leaders.change([Change("a1", "step", "", words[4])], trainer, later(1))
    with store.database.reads() as connection:
        from relexp.store.tables import metadata

        everything = repr([connection.execute(table.select()).all() for table in metadata.sorted_tables])
    assert "Amina" in everything
    assert not [each for each in words if each in everything]


def test_names_institutions_and_ids_are_told_for_lists(store: Store, trainer: Identity, amina: Leader) -> None:
    store.leaders.change([], trainer, NOW, new=[Leader("b1", "AMINA", "Zion"), Leader("c1", "Cai")])
    assert [*store.leaders.names().values()] == ["Amina", "AMINA", "Cai"]
    assert store.leaders.names({"c1", "a1", "gone"}) == {"a1": "Amina", "c1": "Cai"}
    assert store.leaders.names(()) == {}
    assert store.leaders.institutions() == {"St Mary's": 1, "Zion": 1}
    assert store.leaders.ids_of("amina") == {"a1", "b1"}
    assert store.leaders.ids_of("c1") == {"c1"}


def test_whoever_is_forgotten_is_named_in_nobody_else_s_row(store: Store, trainer: Identity, amina: Leader) -> None:
    gone = "Carys Pugh"
    lines = store.leaders.lines
    store.leaders.change([], trainer, NOW, new=[Leader("c1", gone), Leader("d1", "Dai", developed_by="c1")])
    lines.note(Evidence("", "a1", Kind.ONE_TO_ONE, TODAY, f"talked with {gone} of the choir", "CARYS PUGH"), trainer)
    lines.note(Evidence("", "a1", Kind.OTHER, TODAY - timedelta(1), "sang", "Bo"), trainer)
    lines.challenge(Challenge("", "a1", TODAY, "chair", gone))
    words = [Change("a1", "step", "", "call the mayor"), Change("a1", "agreed_by", "", gone)]
    words += [Change("a1", "talents", "", f"sings with {gone}"), Change("a1", "self_interest", "", "her street")]
    store.leaders.change(words, trainer, later(1))
    board, revision = store.leaders.board()
    store.leaders.set_up(
        replace(board, views=(View("Hers", Query("carys pugh", stages=("met",)), ("name",)),)), revision
    )
    assert store.erase_named(gone, lambda content, name: None)
    row = store.leaders.get("a1")
    assert row is not None
    assert (row.leader.step, row.leader.talents, row.leader.self_interest) == (
        Step("call the mayor", made=TODAY),
        "",
        "her street",
    )
    assert [(each.what, each.seen_by) for each in lines.evidence("a1")] == [("", ""), ("sang", "Bo")]
    assert [each.by for each in lines.challenges()] == [""]
    assert store.leaders.board()[0].views == (View("Hers", Query(stages=("met",)), ("name",)),)
    assert {row.leader.name: row.leader.developed_by for row in store.leaders.all()} == {"Amina": "", "Dai": ""}
    assert gone not in str([row.leader for row in store.leaders.as_of(TODAY - timedelta(1))])
    # Of her words only those that stand still wait for the other.
    assert [len(each.leader.to_agree) for each in store.leaders.all(words=False) if each.leader.id == "a1"] == [
        len(row.leader.to_agree)
    ]
    assert gone not in str(store.export_named("Amina", lambda content, name: {}))


def test_a_one_to_one_is_with_the_one_leader_of_that_name_and_with_none_of_two(
    store: Store, trainer: Identity, amina: Leader
) -> None:
    store.leaders.change([], trainer, NOW, new=[Leader("b1", "Bea Jones"), Leader("b2", "BEA  JONES")])
    people = [row.leader for row in store.leaders.all()]
    assert store.one_to_ones.with_leaders(trainer, people) == ()
    for other in ("amina", "Bea Jones", "Nobody"):
        store.one_to_ones.note(OneToOne("me", other, TODAY, 40), trainer, f"with {other}")
    assert store.one_to_ones.with_leaders(trainer, people) == (("a1", TODAY, "one-to-one with amina"),)

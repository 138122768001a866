"""The page of the leadership table: worked on by its trainers, whatever somebody else does to it meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from relexp.apps.leadership import VIEWS, Leadership
from relexp.apps.visitor import Visitor
from relexp.leadership.columns import AT_FIRST, Change, heading
from relexp.leadership.evidence import Challenge, Evidence, Kind, Reading, Suggestion
from relexp.leadership.finding import Query
from relexp.leadership.leader import Leader, Step, Wording
from relexp.privacy.roles import Identity, Role
from relexp.reflection.one_to_ones import OneToOne
from relexp.roster.person import Person
from relexp.store import Store
from tests.kept_cohort import keep

NOW = datetime(2026, 11, 26, 18, 30, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def me(store: Store) -> Identity:
    return store.identities.add(Role.TRAINER, "Bo Thomas", NOW)


@pytest.fixture
def other(store: Store) -> Identity:
    return store.identities.add(Role.TRAINER, "Carys Pugh", NOW)


@pytest.fixture
def amina(store: Store, other: Identity) -> Leader:
    made = Leader("a1", "Amina Begum", "St Mary’s", stage="met", talents="cooks for eighty", step=Step("ring Siân"))
    store.leaders.change([], other, NOW - timedelta(days=40), new=[made])
    return made


@pytest.fixture
def page(store: Store, me: Identity, amina: Leader) -> Leadership:
    return opened(store, me)


def opened(store: Store, who: Identity, view: str = "table") -> Leadership:
    """The page as somebody opens it."""
    page = Leadership(Visitor(who, store.drafts, store=store, edition=store.edition), now=lambda: NOW)
    page.view.value = VIEWS.index(view)
    return page


def of(store: Store, id: str = "a1") -> Leader:
    """Somebody as they are kept."""
    row = store.leaders.get(id)
    assert row is not None
    return row.leader


def write(page: Leadership, field: str, text: str, id: str = "a1") -> None:
    """Write into a cell, as the browser tells it."""
    page.finder.boxes[field].value = True
    page.table._heard({"edit": [id, field, text]})


def shown(page: Leadership, field: str, place: int = 0) -> object:
    """What stands in a cell of the page."""
    keys = [column["key"] for column in page.table.table.columns]
    return page.table.table.rows[place]["shown"][keys.index(field)]


def test_a_new_house_begins_with_a_sheet_or_a_person(store: Store, me: Identity) -> None:
    page = Leadership(Visitor(me, store.drafts, store=store), now=lambda: NOW)
    assert VIEWS[page.view.value] == "sheets"
    assert "Nobody is in the table yet." in page.notice.value
    assert page.sheets._take_along.layout.display == "none", "there is nothing to take along"
    page.first.click()
    assert VIEWS[page.view.value] == "table"
    assert page.finder.layout.display == "none", "there is nobody to find"
    page.add.name.value, page.add.institution.value = "  Amina  Begum ", "St Mary’s"
    page.add.keep.click()
    (row,) = store.leaders.all()
    assert (row.leader.name, row.leader.institution) == ("Amina Begum", "St Mary’s")
    assert row.leader.review == TODAY + timedelta(days=365)
    assert (page.notice.value, page._begins.layout.display, page.finder.layout.display) == ("", "none", None)
    page.add.name.value = "amina begum"
    page.add.keep.click()
    assert "is in the table already" in page.add.said.said.value
    assert len(store.leaders.all()) == 1
    page.add.said.yes.click()
    assert len(store.leaders.all()) == 2


def test_without_a_store_it_says_so(me: Identity) -> None:
    page = Leadership(Visitor())
    assert "Nothing is kept here" in page.notice.value


@pytest.mark.parametrize(
    ("field", "typed", "kept", "read"),
    [
        ("role", " Chairs  the choir ", "Chairs the choir", "Chairs the choir"),
        ("due", "6/3/27", "2027-03-06", "6 Mar 2027"),
        ("following", "3-9", "3-9", "3 to 9"),
        ("training.six_day", "6 March 2026", "2026-03-06", "6 Mar 2026"),
        ("institution", "", "", ""),
    ],
)
def test_a_cell_is_written_as_people_type_it(
    page: Leadership, store: Store, field: str, typed: str, kept: str, read: str
) -> None:
    from relexp.leadership.columns import cell

    write(page, field, typed)
    assert cell(of(store), field) == kept
    assert shown(page, field) == read


def test_what_fits_no_cell_stays_in_it_with_what_to_do(page: Leadership, store: Store) -> None:
    write(page, "due", "next Tuesday or so")
    assert of(store).step == Step("ring Siân", made=TODAY - timedelta(days=40))
    typed, why = page.table.table.wrong["a1 due"]
    assert typed == "next Tuesday or so"
    assert "Write it as 6 March 2026" in why
    write(page, "due", "2026-12-01")
    assert page.table.table.wrong == {}


def test_a_stage_asks_for_what_happened_before_it_changes(page: Leadership, store: Store) -> None:
    write(page, "stage", "team")
    assert of(store).stage == "met"
    assert "What shows that" in page.table.stage.heading.value
    assert page.voice.go in page.table.stage.heading.value, "whoever works far down the table is led to the question"
    page.table.stage.keep.click()
    assert "Write what happened." in page.table.stage.said.value
    page.table.stage.fields.what.value = "hosted twelve people"
    page.table.stage.fields.day.value = TODAY + timedelta(days=1)
    page.table.stage.keep.click()
    assert "not one that is to come" in page.table.stage.said.value
    page.table.stage.fields.day.value = TODAY
    page.table.stage.keep.click()
    assert of(store).stage == "team"
    assert [line.seen_by for line in store.leaders.lines.evidence("a1")] == ["Bo Thomas"]
    write(page, "stage", "leads")
    page.table.stage.leave.click()
    assert of(store).stage == "team"
    assert shown(page, "stage") == "Team member"


def test_two_trainers_in_one_cell_both_see_both_versions(
    page: Leadership, store: Store, me: Identity, other: Identity
) -> None:
    page.finder.boxes["role"].value = True
    store.leaders.change([Change("a1", "role", "", "treasurer")], other, NOW)
    write(page, "role", "chair")
    assert of(store).role == "treasurer"
    said = page.table.clash.said.value
    assert all(each in said for each in ("Amina Begum", "chair", "treasurer", "Carys Pugh"))
    assert page.voice.go == "clash", "whoever works far down the table is led to both versions"
    page.table.clash.theirs.click()
    assert of(store).role == "treasurer"
    store.leaders.change([Change("a1", "role", "treasurer", "cook")], other, NOW)
    write(page, "role", "chair")
    page.table.clash.mine.click()
    assert of(store).role == "chair"
    # and whoever was there first can still find what they wrote
    assert store.leaders.undo(store.leaders.deeds(me)[0].id, me, NOW).clashes == ()
    assert of(store).role == "cook"


def test_what_was_written_is_undone_step_by_step_and_done_again(page: Leadership, store: Store) -> None:
    for role in ("first", "second", "third"):
        write(page, "role", role)
    page.table._heard({"undo": True})
    page.table._heard({"undo": True})
    assert of(store).role == "first"
    page.table._heard({"redo": True})
    assert of(store).role == "second"
    assert (page.table.table.undo, page.table.table.redo) == ("(1 row)", "(1 row)")
    write(page, "role", "fourth")
    assert page.table.table.redo == ""
    for _ in range(5):
        page.table._heard({"undo": True})
    assert of(store).role == ""
    assert page.table.table.undo == ""


def test_two_hundred_rows_are_pasted_and_undone(page: Leadership, store: Store) -> None:
    before = store.leaders.all()
    rows = [f"Person {place}\tNo. {place % 9} Street\tlistening\t{place % 12}" for place in range(199)]
    text = "\n".join(["Full name\tOrganisation\tStage\tFollowing", *rows, "Amina Begum\tSt Mary’s\tMet\t5"])
    page.table._heard({"paste": text, "at": None})
    assert VIEWS[page.view.value] == "sheets"
    assert "199" in page.sheets.preflight.value
    assert store.leaders.all() == before
    page.sheets.keep.click()
    assert len(store.leaders.all()) == 200
    page.sheets.keep.click()
    assert len(store.leaders.all()) == 200
    page.view.value = VIEWS.index("table")
    assert page.table.table.undo == "(200 rows)"
    page.table._heard({"undo": True})
    assert store.leaders.all() == before
    page.table._heard({"redo": True})
    assert len(store.leaders.all()) == 200


def test_a_piece_of_a_spreadsheet_lands_on_the_cells_below_the_one_it_is_pasted_into(
    page: Leadership, store: Store, other: Identity
) -> None:
    store.leaders.change([], other, NOW, new=[Leader("b1", "Bea"), Leader("c1", "Cai", role="cook")])
    page.look()
    page.table._heard({"paste": "call the bishop\t2026-12-24\r\nwrite to Siân\t\r\n", "at": ["b1", "step"]})
    page.sheets.keep.click()
    assert VIEWS[page.view.value] == "table", "what was pasted onto the table is looked at there"
    assert of(store, "b1").step == Step("call the bishop", date(2026, 12, 24), made=TODAY)
    assert of(store, "c1").step == Step("write to Siân", made=TODAY)
    assert of(store, "c1").role == "cook"
    assert of(store).step == Step("ring Siân", made=TODAY - timedelta(days=40))


def test_a_sheet_with_faults_tells_all_of_them_and_writes_nothing_by_itself(page: Leadership, store: Store) -> None:
    page.view.value = VIEWS.index("sheets")
    sheet = b"name,stage,review\nBea,wizard,\nCai,,yesterday\nAmina Begum,team,\nDai,met,2026-12-01\n"
    page.sheets.chooser.choose("leaders.csv", sheet)
    told = page.sheets.preflight.value
    assert all(each in told for each in ("wizard", "yesterday", "row 2", "row 3", "row 4"))
    assert told.count("wizard") == told.count("yesterday") == 1, "what stands in a cell is said once"
    assert page.sheets._bring.layout.display == "none", "one question at a time"
    page.sheets.leave.click()
    assert len(store.leaders.all()) == 1
    page.sheets.chooser.choose("leaders.csv", sheet)
    page.sheets.keep.click()
    assert [row.leader.name for row in store.leaders.all()] == ["Amina Begum", "Dai"]
    page.sheets.chooser.choose("picture.png", b"\x89PNG\r\n")
    assert "picture.png" in page.sheets.said.said.value


def test_what_the_table_shows_is_handed_on_and_comes_back_unchanged(
    page: Leadership, store: Store, me: Identity
) -> None:
    keep(store, me, NOW)
    page.view.value = VIEWS.index("sheets")
    page.look()
    for kind in ("csv", "xlsx"):
        data = page.sheets.files[kind].make()
        page.sheets.chooser.choose(f"leaders.{kind}", data)
        assert page.sheets._arrival is not None
        assert (page.sheets._arrival.added, page.sheets._arrival.changes, page.sheets._arrival.refused) == ((), (), ())
    for kind in ("vcf", "osdi"):
        data = page.sheets.files[kind].make().decode()
        assert "Amina" in data
        assert "cooks for eighty" not in data
    for paper in ("table", "sheets"):
        _, html = page.sheets._page(paper)
        assert "Said in trust" in html.decode()


def test_the_table_finds_sorts_groups_and_keeps_views(page: Leadership, store: Store, me: Identity) -> None:
    keep(store, me, NOW)
    page.look()
    everybody = page.table.table.place["total"]
    page.finder.asks.value = "unmet"
    few = page.table.table.place["total"]
    assert 0 < few < everybody
    assert f"People: {few}." in page.voice.text, "whoever only listens hears how many are found"
    assert f"People: {few}." in page.table.summary.value
    assert "no one-to-one" in page.table.summary.value
    page.table._heard({"sort": "met"})
    assert page.table.table.sorted == ["met", False]
    page.table._heard({"sort": "met"})
    assert page.table.table.sorted == ["met", True]
    page.finder.group.value = "institution"
    assert page.table.table.rows[0]["group"] is not None
    page.finder.name.value = "Who is alone"
    page.finder.keep.click()
    assert [view.name for view in store.leaders.board()[0].views] == ["Who is alone"]
    assert page.finder.view.value == "Who is alone", "what was kept is what is shown"
    page.finder.show_query(Query(), AT_FIRST)
    assert page.finder.view.value == ""
    assert page.table.table.place["total"] == everybody
    page.finder.view.value = "Who is alone"
    assert (page.table.table.place["total"], page.table.table.sorted) == (few, ["met", True])
    page.finder.forget.click()
    assert store.leaders.board()[0].views == ()


def test_the_table_is_seen_as_it_was_and_cannot_be_changed_so(page: Leadership, store: Store, me: Identity) -> None:
    page.finder.boxes["role"].value = True
    store.leaders.change([Change("a1", "role", "", "chair")], me, NOW)
    page.finder.day.value = TODAY - timedelta(days=10)
    assert shown(page, "role") == ""
    assert "to read only" in page.table.summary.value
    write(page, "role", "rewritten")
    page.table._heard({"undo": True})
    assert of(store).role == "chair"
    page.finder.day.value = TODAY - timedelta(days=50)
    assert page.table.table.place["total"] == 0
    page.finder.day.value = None
    assert shown(page, "role") == "chair"


def test_a_person_s_page_notes_what_happened_and_what_is_agreed(page: Leadership, store: Store) -> None:
    page.table._heard({"open": "a1"})
    person = page.person
    assert "Amina Begum" in person.standing.value
    person.evidence.what.value = "spoke about her asylum case"
    person.note.click()
    assert store.leaders.lines.evidence("a1") == ()
    assert "asylum" in person.think.said.value
    person.think.yes.click()
    (line,) = store.leaders.lines.evidence("a1")
    assert (line.kind, line.shared) == (Kind.ONE_TO_ONE, True)
    person.step_done.click()
    assert of(store).step is None
    assert {line.kind for line in store.leaders.lines.evidence("a1")} == {Kind.ONE_TO_ONE, Kind.STEP}
    person.agree_step.click()
    assert "Write what they do next." in person.said.said.value
    person.step_fields.what.value = "Bring six people"
    person.agree_step.click()
    assert of(store).step == Step("Bring six people", TODAY + timedelta(days=14), "Bo Thomas", TODAY)
    person.wording["stretch"].value = "Chair the assembly"
    person.reword.click()
    assert of(store).wording == {"stretch": Wording.OURS}
    person.both.click()
    assert of(store).to_agree == ()
    person.dare.value = "Ask the head teacher"
    person.offer_it.click()
    assert "Ask the head teacher" in person.told.value
    person.stage_to.value = "leads"
    person.stage.fields.what.value = "led the walk"
    person.stage.keep.click()
    assert of(store).stage == "leads"
    person.habits.fields["listens"].value = "often"
    person.habits.keep.click()
    assert [reading.mentor for reading in store.leaders.lines.readings("a1")] == ["Bo Thomas"]
    person.sure.yes.click()
    assert store.leaders.get("a1") is None
    assert VIEWS[page.view.value] == "table"
    page.table._heard({"undo": True})
    assert of(store).stage == "leads"


def test_a_step_that_is_open_stands_alone_until_another_is_asked_for(
    page: Leadership, store: Store, me: Identity
) -> None:
    page._open_person("a1")
    page._open_person("a1")
    person = page.person
    assert person.back.description == "Back to the table"
    assert "ring Siân" in person.step.value
    assert (person._another.layout.display, person._agree_form.layout.display) == (None, "none")
    person._another.value = True
    assert person._agree_form.layout.display is None
    person.step_done.click()
    assert "No next step is agreed." in person.step.value
    assert (person._another.layout.display, person._agree_form.layout.display) == ("none", None)


def test_a_review_meeting_goes_from_one_to_the_next_and_ends_with_what_was_agreed(
    page: Leadership, store: Store, other: Identity
) -> None:
    store.leaders.change([], other, NOW, new=[Leader("b1", "Bea"), Leader("c1", "Cai", stretch="sing")])
    page.view.value = VIEWS.index("meet")
    meet = page.meet
    meet.begin.click()
    assert "1 of 3" in meet.heading.value
    meet.done.click()
    assert of(store).step is None
    meet.fields.what.value = "Chair the next meeting"
    meet.agree.click()
    assert of(store).step == Step("Chair the next meeting", TODAY + timedelta(days=14), "Bo Thomas", TODAY)
    assert of(store).review == TODAY + timedelta(days=365)
    meet.skip.click()
    store.leaders.change([Change("c1", "step", "", "ring the mayor")], other, NOW)
    meet.fields.what.value = "learn the song"
    meet.agree.click()
    assert "3 of 3" in meet.heading.value
    assert all(each in meet.clash.said.value for each in ("learn the song", "ring the mayor"))
    meet.clash.mine.click()
    leader = of(store, "c1")
    assert leader.step is not None
    assert (leader.step.what, leader.to_agree) == ("learn the song", ())
    assert "Next steps agreed: 2, of 3 people." in meet.end.value
    assert "learn the song" in meet.end.value


def test_this_week_opens_people_and_notes_what_happened_only_when_somebody_says_so(
    store: Store, me: Identity, other: Identity
) -> None:
    store.leaders.change([], other, NOW, new=[Leader("a1", "Amina"), Leader("b1", "Bea"), Leader("c1", "Cai")])
    lead = store.identities.house(Role.FACILITATOR, NOW)
    people = [Person("p1", "Amina"), Person("p2", "Bea", under_18=True), Person("p3", "Cai")]
    held = store.gatherings.open(lead, "Spring", {"rounds": 1, "lead": {"name": "Cai", "where": ""}}, people, NOW)
    for person in people:
        store.gatherings.come(held, person.id, NOW)
    from relexp.gathering.running import Act, Press

    for place, press in enumerate((Press.OPEN_DOORS, Press.WELCOME, Press.START_ROUND, Press.SKIP, Press.CLOSE)):
        store.gatherings.press(held, Act(press, NOW), lead, f"{place}", place)
    store.one_to_ones.note(OneToOne("me", "Bea", TODAY, 40), me)
    page = opened(store, me, "week")
    found = {(each.leader, each.kind) for each in page.week._suggested.values()}
    assert found == {("a1", Kind.GATHERING), ("c1", Kind.HOSTED), ("b1", Kind.ONE_TO_ONE)}
    assert store.leaders.lines.evidence() == ()
    yes, no = (key for key, each in page.week._suggested.items() if each.leader in ("b1", "c1"))
    page.week._suggest("yes", yes)
    page.week._suggest("no", no)
    assert len(store.leaders.lines.evidence()) == 1
    again = opened(store, me, "week")
    assert {each.leader for each in again.week._suggested.values()} == {"a1"}
    again.week._open("c1")
    assert "Cai" in again.person.standing.value
    assert opened(store, other, "week").week._suggested.keys() == again.week._suggested.keys()


def test_many_of_one_gathering_are_asked_about_together_or_one_by_one(store: Store, me: Identity) -> None:
    people = [Leader(f"p{place}", f"Person {place}") for place in range(6)]
    store.leaders.change([], me, NOW - timedelta(days=40), new=people)
    page = opened(store, me, "week")
    day = TODAY - timedelta(days=3)
    page.week._show_suggestions(
        (
            *(Suggestion(each.id, Kind.GATHERING, day, "Winter evening", "gathering 1") for each in people[:5]),
            Suggestion("p5", Kind.HOSTED, day, "Winter evening", "gathering 1"),
        )
    )
    whole, hosted = page.week.suggestions.people
    assert all(each.name in str(whole["says"]) for each in people[:5]), "nobody is noted unseen"
    assert hosted["name"] == "Person 5"
    page.week._suggest("apart", str(whole["id"]))
    assert len(page.week.suggestions.people) == 6
    page.week._apart.clear()
    page.week._show_suggestions(tuple(page.week._suggested.values()))
    page.week._suggest("yes", str(whole["id"]))
    assert {line.leader for line in store.leaders.lines.evidence()} == {each.id for each in people[:5]}
    assert [each["name"] for each in page.week.suggestions.people] == ["Person 5"]


def test_the_table_is_set_up_in_the_house_s_own_words(page: Leadership, store: Store) -> None:
    page.view.value = VIEWS.index("setup")
    setup = page.setup
    setup.fields["ladder"].value = setup.fields["ladder"].value.replace("Met", "Said hello")
    setup.fields["own"].value = "Choir voice\nLanguages"
    setup.keep.click()
    board = store.leaders.board()[0]
    assert board.ladder.name("met") == "Said hello"
    assert [each.name for each in board.own] == ["Choir voice", "Languages"]
    page.view.value = VIEWS.index("table")
    assert shown(page, "stage") == "Said hello"
    write(page, f"own.{board.own[0].key}", "alto")
    assert of(store).own == {board.own[0].key: "alto"}
    page.view.value = VIEWS.index("setup")
    setup.fields["ladder"].value = "Listening\nListening"
    setup.keep.click()
    told = setup.said.said.value
    assert "stands there twice" in told
    assert "Somebody is at" in told
    elsewhere, revision = store.leaders.board()
    store.leaders.set_up(replace(elsewhere, trainings=()), revision)
    setup.fields["ladder"].value = "Said hello"
    setup.keep.click()
    assert "meanwhile" in setup.said.said.value


def test_how_people_grow_is_told_of_sixty_and_of_three(store: Store, me: Identity) -> None:
    store.leaders.change([], me, NOW, new=[Leader(f"x{place}", f"X {place}") for place in range(3)])
    page = opened(store, me, "growth")
    assert page.growth.heading.value
    keep(store, me, NOW)
    page.look()
    assert 'class="chains"' in page.growth.chains.value
    assert page.growth.contact.data
    assert page.notice.value == ""


def test_the_picture_of_chains_has_a_form_for_a_narrow_screen_with_everybody_in_both(
    store: Store, me: Identity
) -> None:
    keep(store, me, NOW, 60)
    page = opened(store, me, "growth")
    wide, narrow = page.growth.chains.value.split("chains-narrow")
    assert wide.count("<circle") == narrow.count("<circle") > 20
    assert wide.count("<path") == narrow.count("<path")


def test_hostile_words_are_words(store: Store, me: Identity) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    line = Evidence("", "h1", Kind.OTHER, TODAY, bad, bad)
    made = Leader("h1", bad, bad, bad, stage="met", talents=bad, step=Step(bad, TODAY, bad), own={"x": bad})
    store.leaders.change([], me, NOW, new=[made, Leader("h2", "Cai", developed_by="h1")])
    store.leaders.lines.note(line, me)
    store.leaders.lines.challenge(Challenge("", "h1", TODAY, bad, bad, False, bad))
    page = opened(store, me)
    page.table._heard({"open": "h1"})
    for view in ("meet", "growth", "sheets"):
        page.view.value = VIEWS.index(view)
        page.meet.begin.click()
    pieces = [page.person.standing, page.person.told, page.person.step, page.person.words, page.meet.standing]
    pieces += [page.growth.chains, *page.growth._parts]
    pages = [page.sheets._page(paper)[1].decode() for paper in ("table", "sheets")]
    assert not [
        each for each in (*(piece.value for piece in pieces), *pages) if "<script>alert" in each or "<img" in each
    ]


def test_each_column_has_a_heading_of_its_own(page: Leadership, store: Store) -> None:
    board = store.leaders.board()[0]
    named = [heading(board, key) for key in page.finder.boxes]
    assert len(named) == len(set(named))


def test_nobody_agrees_for_both_to_words_that_the_other_changed_meanwhile(
    page: Leadership, store: Store, other: Identity
) -> None:
    store.leaders.change([Change("a1", "talents", "cooks for eighty", "sings")], other, NOW, says=Wording.THEIRS)
    page.table._heard({"open": "a1"})
    store.leaders.change([Change("a1", "talents", "sings", "sings alto")], other, NOW, says=Wording.THEIRS)
    page.person.both.click()
    assert (of(store).talents, of(store).wording["talents"]) == ("sings alto", Wording.THEIRS)
    said = page.person.clash.said.value
    assert "sings alto" in said
    assert "Talents" in said
    page.person.clash.mine.click()
    assert (of(store).talents, of(store).wording["talents"]) == ("sings", Wording.OURS)


def test_a_meeting_agrees_to_no_words_that_changed_while_people_sat_together(
    page: Leadership, store: Store, other: Identity
) -> None:
    store.leaders.change([Change("a1", "talents", "cooks for eighty", "sings")], other, NOW)
    page.view.value = VIEWS.index("meet")
    page.meet.begin.click()
    store.leaders.change([Change("a1", "talents", "sings", "sings alto")], other, NOW)
    store.leaders.change([Change("a1", "wording.talents", "ours", "agreed")], other, NOW, says=Wording.THEIRS)
    page.meet.fields.what.value, page.meet.fields.due.value = "ring the bishop", TODAY + timedelta(14)
    page.meet.agree.click()
    assert of(store).step == Step("ring the bishop", TODAY + timedelta(14), "Bo Thomas", made=TODAY - timedelta(40))
    assert of(store).talents == "sings alto"
    assert "sings alto" in page.meet.clash.said.value


def test_what_a_sheet_could_not_write_is_written_when_that_is_chosen(
    page: Leadership, store: Store, other: Identity
) -> None:
    page.view.value = VIEWS.index("sheets")
    page.sheets.look_at(b"Name,Role now\nAmina Begum,chair\n", "sheet.csv")
    store.leaders.change([Change("a1", "role", "", "treasurer")], other, NOW)
    page.sheets.keep.click()
    assert of(store).role == "treasurer"
    page.sheets.clash.mine.click()
    assert of(store).role == "chair"


def test_a_stage_that_another_changed_meanwhile_cannot_be_insisted_on_without_what_shows_it(
    page: Leadership, store: Store, other: Identity
) -> None:
    write(page, "stage", "leads")
    line = Evidence("", "a1", Kind.ACTION, TODAY, "spoke to the mayor", "Carys Pugh")
    store.leaders.change([Change("a1", "stage", "met", "team")], other, NOW, evidence={"a1": line})
    page.table.stage.fields.what.value = "chaired"
    page.table.stage.keep.click()
    assert of(store).stage == "team"
    assert "Team member" in page.table.clash.said.value
    assert page.table.clash.mine.layout.display == "none"


def test_nobody_ticks_off_on_the_page_a_step_that_another_agreed_on_meanwhile(
    page: Leadership, store: Store, other: Identity
) -> None:
    page.table._heard({"open": "a1"})
    store.leaders.change([Change("a1", "step", "ring Siân", "chair the assembly")], other, NOW)
    page.person.step_done.click()
    assert of(store).step == Step("chair the assembly", made=TODAY - timedelta(40))
    assert store.leaders.lines.evidence("a1") == ()
    assert "chair the assembly" in page.person.step.value
    assert "meanwhile" in page.person.said.said.value
    page.view.value = VIEWS.index("meet")
    page.meet.begin.click()
    store.leaders.change([Change("a1", "step", "chair the assembly", "ring Siân")], other, NOW)
    page.meet.done.click()
    assert of(store).step is not None
    assert "meanwhile" in page.meet.said.said.value
    page.meet.done.click()
    assert of(store).step is None


def test_nobody_is_developed_by_themselves_nor_in_a_ring(page: Leadership, store: Store, other: Identity) -> None:
    store.leaders.change(
        [], other, NOW, new=[Leader("b1", "Bea", developed_by="a1"), Leader("c1", "Cai", developed_by="b1")]
    )
    page.look()
    for name in ("Amina Begum", "Bea", "Cai"):
        write(page, "developed_by", name)
        assert of(store).developed_by == ""
        assert "a1 developed_by" in page.table.table.wrong
    write(page, "developed_by", "")
    write(page, "developed_by", "Amina Begum", "c1")
    assert of(store, "c1").developed_by == "a1"


def test_whoever_comes_with_a_sheet_is_looked_over_within_a_year(page: Leadership, store: Store) -> None:
    page.view.value = VIEWS.index("sheets")
    page.sheets.look_at(b"Name,Review\nBea,\nCai,2026-12-24\n", "sheet.csv")
    page.sheets.keep.click()
    reviews = {row.leader.name: row.leader.review for row in store.leaders.all()}
    assert reviews == {"Amina Begum": None, "Bea": TODAY + timedelta(365), "Cai": date(2026, 12, 24)}


def test_habits_are_read_side_by_side_over_time(page: Leadership, store: Store) -> None:
    for days, own, mentor in ((200, "seldom", "at_times"), (9, "often", "often")):
        store.leaders.lines.read(Reading("", "a1", TODAY - timedelta(days), {"listens": own}))
        store.leaders.lines.read(Reading("", "a1", TODAY - timedelta(days), {"listens": mentor}, "Bo Thomas"))
    page.table._heard({"open": "a1"})
    said = page.person.habits.table.value
    assert all(each in said for each in ("seldom", "at times", "often", "10 May 2026"))


def test_habits_that_are_read_again_on_the_same_day_are_one_reading(page: Leadership, store: Store) -> None:
    page.table._heard({"open": "a1"})
    for key, often in (("listens", "seldom"), ("asks", "often"), ("listens", "habit")):
        page.person.habits.fields[key].value = often
        page.person.habits.keep.click()
    (reading,) = store.leaders.lines.readings("a1")
    assert (reading.habits, reading.mentor) == ({"listens": "habit", "asks": "often"}, "Bo Thomas")


def test_a_page_that_was_open_while_somebody_was_erased_keeps_nothing_more_of_them(
    store: Store, me: Identity, other: Identity, amina: Leader
) -> None:
    page = opened(store, me, "sheets")
    page.sheets.look_at(b"Name\nBea Jones\n", "sheet.csv")
    store.leaders.change([], other, NOW, new=[Leader("b1", "Bea Jones")])
    store.erase_named("Bea Jones", lambda content, name: None)
    page.sheets.keep.click()
    assert [*store.leaders.names().values()] == ["Amina Begum"]
    assert "Load the page again" in page.notice.value
    again = opened(store, me)
    write(again, "role", "chair")
    assert of(store).role == "chair"


def test_a_line_that_is_not_so_is_deleted_when_that_is_meant_but_none_on_which_a_stage_stands(
    page: Leadership, store: Store, me: Identity
) -> None:
    lines = store.leaders.lines
    moved = Evidence("", "a1", Kind.ACTION, TODAY, "spoke to the mayor", "Bo Thomas")
    store.leaders.change([Change("a1", "stage", "met", "team")], me, NOW, evidence={"a1": moved})
    page.table._heard({"open": "a1"})
    panel = page.person.lines
    assert panel.layout.display == "none"
    wrong = lines.note(Evidence("", "a1", Kind.OTHER, TODAY, "was late"), me)
    lines.answer(wrong, "a1", "I was not there")
    right = lines.note(Evidence("", "a1", Kind.ONE_TO_ONE, TODAY), me)
    page.person.back.click()
    page.table._heard({"open": "a1"})
    assert {id for _, id in panel.which.options} == {wrong, right}
    panel.forget.click()
    assert "Choose the line first" in panel.sure.said.value
    panel.which.value = wrong
    panel.forget.click()
    panel.sure.no.click()
    assert len(lines.evidence("a1")) == 3
    panel.forget.click()
    panel.sure.yes.click()
    assert {each.what for each in lines.evidence("a1")} == {"spoke to the mayor", ""}
    assert "was late" not in page.person.told.value

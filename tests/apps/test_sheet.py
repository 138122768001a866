"""Who is coming, brought in any way and corrected in place: the room follows, and nothing is lost on the way."""

import pytest

from relexp.apps.gathering import gathering
from relexp.exchange.evenings import csv_bytes, json_bytes
from relexp.messages import say
from tests.apps.test_gathering import everything_shown, planned, sheet, shown

FAULTY = b"title\n\nname,organisation,under_18,Faith\nAmina,A,perhaps,Zoroastrian\n\n,B,no,x\nCass,C,no,y\nDee,D,no,y\n"


def app_with(data, name="signup.csv"):
    app = gathering()
    app.sheet.choose(name, data)
    return app


def say_to(app, **said):
    """What the browser says of the table."""
    app.coming.table.table._handle_custom_msg(said, [])


def test_people_can_be_pasted():
    app = gathering()
    app.paste.opener.value = True
    app.paste.take.click()
    assert app.paste.said.value.count(str(say("bring.nothing"))) == 1
    app.paste.text.value = "Amina, A\nBo, B\nCass, C\nDee, D"
    app.paste.take.click()
    assert [person.name for person in app.roster] == ["Amina", "Bo", "Cass", "Dee"]
    assert not shown(app.paste.body)
    assert "what you pasted" in app.coming.outcome.value


def test_a_faulty_sheet_is_mended_on_the_page():
    app = app_with(FAULTY)
    assert app.roster is None
    assert shown(app.coming.table.body)
    # the title and the blank rows are not in the table; the faults stand at their cells all the same
    placed = {(row, at) for row, at, _ in app.coming.table.table.faults}
    assert placed == {(0, 2), (1, 0)}
    say_to(app, edit=[0, 2, "no"])
    assert {(row, at) for row, at, _ in app.coming.table.table.faults} == {(1, 0)}
    assert app.roster is None
    say_to(app, edit=[1, 0, "Bo"])
    assert [person.name for person in app.roster] == ["Amina", "Bo", "Cass", "Dee"]
    assert app.coming.table.table.faults == []
    assert shown(app.planner)


def test_only_the_rows_with_something_to_mend_are_drawn_until_all_are_asked_for():
    table = app_with(FAULTY).coming.table
    assert table.table.only == [0, 1]
    table.table._handle_custom_msg({"edit": [0, 2, "no"]}, [])
    assert table.table.only == [0, 1], "a mended row stays where it was mended"
    table.table._handle_custom_msg({"add": True}, [])
    assert table.table.only == [0, 1, 4]
    table.table._handle_custom_msg({"all": True}, [])
    assert table.table.only == []
    table.table._handle_custom_msg({"edit": [0, 2, "perhaps"]}, [])
    assert table.table.only == []
    assert app_with(sheet(8)).coming.table.table.only == []


def test_what_is_wrong_in_a_private_column_says_how_to_come_to_it():
    app = app_with(b"name,organisation,Age\nAmina,A,11\nBo,B,2014\nCass,C,43\n")
    ((row, at, words),) = app.coming.table.table.faults
    assert (row, at) == (1, -1)
    assert words == "To be mended under “Age”. Press “Show private columns”."
    say_to(app, reveal=True)
    ((row, at, words),) = app.coming.table.table.faults
    assert (row, at) == (1, 2)
    assert "age in years" in words
    say_to(app, edit=[1, 2, "12"])
    assert [person.under_18 for person in app.roster] == [True, True, False]


def test_private_columns_are_not_in_the_table_until_they_are_asked_for():
    app = app_with(FAULTY)

    def texts():
        return [column["text"] for column in app.coming.table.table.header]

    assert "Faith" not in texts()
    assert "Zoroastrian" not in str(app.coming.table.table.rows)
    assert app.coming.table.table.any_private
    say_to(app, reveal=True)
    assert len(app.coming.table.table.faults) == 2
    assert "Faith" in texts()
    assert "Zoroastrian" in str(app.coming.table.table.rows)
    say_to(app, reveal=False)
    assert "Zoroastrian" not in str(app.coming.table.table.rows) + everything_shown(app)


def test_rows_come_and_go_and_come_back():
    app = app_with(sheet(6))
    say_to(app, remove=0)
    assert len(app.roster) == 5
    say_to(app, undo=True)
    assert len(app.roster) == 6
    say_to(app, redo=True)
    assert len(app.roster) == 5
    say_to(app, add=True)
    assert len(app.roster) == 5
    say_to(app, edit=[5, 0, "Zoë"])
    assert app.roster.people[-1].name == "Zoë"


def test_a_sheet_without_a_column_for_a_need_can_have_one():
    app = app_with(sheet(6))
    assert any("18" in heading for heading in app.coming.table.table.addable)
    heading = next(heading for heading in app.coming.table.table.addable if "quiet" in heading.casefold())
    say_to(app, column=heading)
    at = app.coming.table.table.header[-1]["at"]
    say_to(app, edit=[2, at, "yes"])
    assert [person.quiet for person in app.roster] == [False, False, True, False, False, False]
    assert heading not in app.coming.table.table.addable
    say_to(app, column="anything")
    assert len(app.coming.table.table.header) == 3


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"edit": [99, 0, "x"]},
        {"edit": [0, 99, "x"]},
        {"edit": "x"},
        {"edit": [0, 0, 3]},
        {"remove": 99},
        {"remove": -1},
        {"undo": True},
    ],
)
def test_what_does_not_fit_the_sheet_changes_nothing(said):
    app = app_with(sheet(6))
    before = app.roster
    say_to(app, **said)
    assert app.roster == before
    assert app.coming.table.history.at == 0


def test_an_evening_stays_where_its_people_stay_and_comes_back_with_them(store):
    app = planned(app_with(sheet(8, "name,organisation,ward", lambda place: ",x")))
    rounds = app.evening.evening.rounds
    say_to(app, edit=[0, 2, "y"])
    assert app.evening.evening.rounds == rounds
    assert shown(app.evening)
    assert str(say("table.earlier_sheet")) in app.planner.note.value
    # after a reload there is no Undo to lead back
    assert str(say("table.other_sheet")) in gathering().planner.note.value
    say_to(app, remove=3)
    assert not shown(app.evening)
    assert str(say("table.earlier_sheet")) in app.planner.note.value
    assert "does not fit this sheet" in gathering().keeping.back.value
    assert len(app.roster) == 7
    say_to(app, undo=True)
    assert app.evening.evening.rounds == rounds
    assert shown(app.evening)
    say_to(app, undo=True)
    assert not shown(app.planner.note)


def names_met(app):
    """Who talks with whom, by their rows on the sheet, whatever they are called."""
    row = {person.id: person.row for person in app.roster}
    evening = app.evening.evening
    return [[sorted(row[id] for id in talk.people) for talk in round.conversations] for round in evening.rounds]


def test_a_corrected_spelling_changes_what_somebody_is_called_and_nothing_else(store):
    app = planned(app_with(sheet(8)))
    met = names_met(app)
    one, other = app.roster.people[0].name, app.roster.people[5].name
    app.asking.apart.one.value, app.asking.apart.other.value = one, other
    app.asking.apart.add.click()
    planned(app)
    met = names_met(app)
    talk = app.evening.evening.rounds[0].conversations[0].people
    app.evening.hand.bar.toggle.click()
    app.evening.hand.choose(talk[0], 1)
    app.evening.hand.keep.click()
    say_to(app, edit=[0, 0, "Zoë Quill"])
    say_to(app, edit=[0, 1, "Riverside"])
    for page in (app, gathering()):
        assert shown(page.evening)
        assert names_met(page) == met
        assert "Zoë Quill" in page.evening.evening.names.values()
        assert one not in page.evening.seen.value + everything_shown(page.asking) + page.coming.outcome.value
        assert [[page.roster[id].row for id in pair] for pair in page.asking.apart.pairs] in ([[2, 7]], [[7, 2]])
        assert len(page.evening.hand.pins) == 1
        assert page.asking.apart.elsewhere == ()
    app.evening.hand.bar.undo.click()
    assert app.evening.hand.pins == ()
    say_to(app, undo=True)
    say_to(app, undo=True)
    assert names_met(app) == met
    assert app.roster.people[0].name == one


def test_a_correction_leaves_the_evening_as_it_was_looked_at(store):
    app = planned(app_with(sheet(8)))
    app.evening.round.value = 2
    app.evening.view.value = 2
    app.evening.find.value = "a"
    looking = app.evening.looking
    say_to(app, edit=[0, 0, "Zoë Quill"])
    assert app.evening.looking == looking == gathering().evening.looking


def test_a_better_spelling_alone_leaves_the_evening_as_it_is():
    app = planned(app_with(sheet(8)))
    say_to(app, edit=[0, 0, app.roster.people[0].name.upper()])
    assert shown(app.evening)
    assert not shown(app.planner.note)
    assert app.roster.people[0].name in app.evening.evening.names.values()
    assert app.roster.people[0].name.isupper()


def test_a_namesake_who_is_taken_out_leaves_the_seat_to_nobody(store):
    app = planned(app_with(b"name,organisation\nAmina,A\nAmina,A\nBo,B\nCass,C\nDee,D\nEve,E\n"))
    met = names_met(app)
    say_to(app, remove=0)
    assert not shown(app.evening)
    assert not shown(gathering().evening)
    say_to(app, undo=True)
    assert names_met(app) == met


def test_who_is_kept_apart_and_was_taken_out_is_known_again_on_the_next_sheet(store):
    app = app_with(sheet(8))
    app.rounds.value = 3
    app.asking.apart.one.value, app.asking.apart.other.value = app.roster.people[0].name, app.roster.people[5].name
    app.asking.apart.add.click()
    say_to(app, remove=0)
    assert app.asking.apart.pairs == ()
    app.sheet.choose("again.csv", sheet(8))
    assert len(app.asking.apart.pairs) == 1


def test_who_is_kept_apart_is_so_again_when_they_are_put_back_by_hand_after_a_reload(store):
    app = app_with(sheet(8))
    name, organisation = app.roster.people[0].name, app.roster.people[0].organisation
    app.asking.apart.one.value, app.asking.apart.other.value = name, app.roster.people[5].name
    app.asking.apart.add.click()
    pairs = app.asking.apart.pairs
    say_to(app, remove=0)
    again = gathering()
    say_to(again, add=True)
    say_to(again, edit=[7, 0, name])
    say_to(again, edit=[7, 1, organisation])
    for page in (again, gathering()):
        assert page.asking.apart.pairs == pairs
        assert page.asking.apart.elsewhere == ()


def test_a_namesake_is_not_kept_apart_from_whom_the_one_taken_off_was(store):
    app = app_with(b"name,organisation\nAmina,A\nAmina,A\nBo,B\nCass,C\nDee,D\nEve,E\n")
    for_one = f"Amina ({app.roster.people[0].id})"
    app.asking.apart.one.value, app.asking.apart.other.value = for_one, "Bo"
    app.asking.apart.add.click()
    assert len(app.asking.apart.pairs) == 1
    say_to(app, remove=0)
    say_to(app, edit=[3, 0, "Deedee"])
    for page in (app, gathering()):
        assert page.asking.apart.pairs == ()
        assert len(page.asking.apart.elsewhere) == 1


def test_who_was_made_one_stays_one_under_another_spelling_that_looks_alike(store):
    app = app_with(b"name,organisation\nAmina Khan,A\nBo,B\namina khan,A\nCass,C\nDee,D\n")
    app.coming.duplicates.children[1].children[1].children[0].click()
    say_to(app, edit=[0, 0, "Aminah Khan"])
    for page in (app, gathering()):
        assert len(page.roster) == 4
        assert not page.coming.duplicates.undecided
    say_to(app, edit=[2, 0, "Zara Quill"])
    assert len(app.roster) == 5
    assert "Zara Quill" not in everything_shown(app.coming.duplicates)


def test_a_change_that_makes_a_fault_is_still_there_after_a_reload_with_a_way_back(store):
    app = planned(app_with(sheet(8)))
    rounds = app.evening.evening.rounds
    say_to(app, edit=[0, 0, ""])
    again = gathering()
    for page in (app, again):
        assert page.coming.table.table.faults
        assert page.evening.evening.rounds == rounds
        assert str(say("app.still_before")) in page.coming.outcome.value
        assert page.coming.leave.description == str(say("app.leave_change"))
    say_to(again, edit=[0, 0, "Zoë"])
    assert "Zoë" in again.evening.evening.names.values()
    assert names_met(again) == names_met(gathering())
    assert not again.coming.table.table.faults
    assert not shown(again.coming._leaving)


def test_a_faulty_change_can_be_let_go_though_nothing_is_left_to_undo(store):
    planned(app_with(sheet(8)))
    say_to(gathering(), edit=[0, 0, ""])
    again = gathering()
    again.coming.leave.click()
    for page in (again, gathering()):
        assert not page.coming.table.table.faults
        assert page.coming.table.table.rows[0][0] == page.roster.people[0].name
        assert "8 people" in page.coming.outcome.value
        assert shown(page.evening)
        assert not shown(page.coming._leaving)


def test_another_sheet_with_faults_waits_beside_the_room_until_it_is_mended_or_left(store):
    app = planned(app_with(sheet(8)))
    app.sheet.choose("signup.csv", FAULTY)
    assert str(say("app.still_before")) in app.coming.outcome.value
    app.sheet.choose("other.csv", FAULTY)
    assert "still the one from" in app.coming.outcome.value
    say_to(app, edit=[0, 2, "no"])
    again = gathering()
    assert len(again.coming.table.table.faults) == 1
    assert len(again.roster) == 8
    assert shown(again.evening)
    again.coming.leave.click()
    assert len(again.coming.table.table.rows) == 8
    assert "8 people" in again.coming.outcome.value
    say_to(app, edit=[1, 0, "Bo"])
    assert len(app.roster) == 4
    assert app.draft.name == "other.csv"
    assert not shown(app.evening)


def test_a_half_mended_change_is_there_again_when_another_faulty_sheet_is_left(store):
    app = planned(app_with(sheet(8)))
    say_to(app, edit=[3, 0, "Zoë Quill"])
    say_to(app, edit=[0, 0, ""])
    app.sheet.choose("other.csv", FAULTY)
    say_to(app, edit=[0, 2, "no"])
    app.sheet.choose("third.csv", FAULTY)
    again = gathering()
    again.coming.leave.click()
    for page in (again, gathering()):
        assert len(page.coming.table.table.faults) == 1, "the second, as far as it was mended"
        assert len(page.coming.table.table.rows) == 4
    again.coming.leave.click()
    for page in (again, gathering()):
        assert page.coming.leave.description == str(say("app.leave_change"))
        assert page.coming.table.table.rows[3][0] == "Zoë Quill"
        assert len(page.coming.table.table.faults) == 1
    say_to(again, edit=[0, 0, "Bo Quill"])
    for page in (again, gathering()):
        assert {"Bo Quill", "Zoë Quill"} < {person.name for person in page.roster}
        assert shown(page.evening)
        assert not shown(page.coming._leaving)


def test_a_row_has_one_number_wherever_it_is_spoken_of():
    app = app_with(FAULTY)
    assert app.coming.table.table.numbers == [4, 6, 7, 8]
    assert "row 6" in app.coming.outcome.value.casefold()
    say_to(app, edit=[0, 2, "no"])
    assert "row 6" in app.coming.outcome.value.casefold()
    say_to(app, remove=1)
    assert app.coming.table.table.numbers == [4, 7, 8]
    say_to(app, add=True)
    assert app.coming.table.table.numbers == [4, 7, 8, 9]


def test_what_was_done_while_something_was_wrong_stays_when_it_is_mended():
    app = app_with(sheet(8))
    app.rounds.value = 3
    say_to(app, edit=[0, 0, ""])
    app.asking.panel.tables.value = "12"
    app.rounds.value = 4
    say_to(app, undo=True)
    assert app.asking.wishes.tables == 12
    assert app.rounds.value == 4
    assert len(app.roster) == 8


def test_a_correction_is_there_after_a_reload(store):
    app = app_with(sheet(6))
    say_to(app, edit=[2, 0, "Zoë"])
    assert [person.name for person in gathering().roster] == [person.name for person in app.roster]
    assert gathering().draft.name == "signup.csv"


def test_a_sheet_refused_at_first_is_there_to_be_mended_after_a_reload(store):
    app_with(FAULTY)
    again = gathering()
    assert again.roster is None
    say_to(again, edit=[0, 2, "no"])
    say_to(again, edit=[1, 0, "Bo"])
    assert len(again.roster) == 4
    assert len(gathering().roster) == 4


@pytest.mark.parametrize("write", [json_bytes, csv_bytes])
def test_who_met_at_an_earlier_gathering_does_not_meet_again(store, write):
    first = planned(app_with(sheet(8)))
    evening, roster = first.evening.evening, first.roster
    file = write(evening, roster)
    app = app_with(sheet(8))
    app.rounds.value = 2
    app.asking.earlier.file.choose("may.json" if file.startswith(b"{") else "may.csv", file)
    planned(app)
    met = {frozenset(pair) for pair in evening.pairs()}
    assert not met & {frozenset(pair) for pair in app.evening.evening.pairs()}
    again = gathering()
    assert again.asking.earlier.met_before() == app.asking.earlier.met_before()
    again.asking.earlier.list.children[0].children[1].click()
    assert again.asking.earlier.met_before() == []


def test_a_file_that_is_no_evening_is_told_kindly_and_counts_for_nothing():
    app = app_with(sheet(6))
    app.asking.earlier.file.choose("holiday.json", b"{}")
    assert shown(app.asking.earlier.fault)
    assert app.asking.earlier.evenings == ()


def test_two_who_were_made_one_can_be_two_again(store):
    app = app_with(b"name,organisation\nAmina,A\nBo,B\namina,A\nCass,C\nDee,D\n")
    app.coming.duplicates.children[1].children[1].children[0].click()
    assert len(app.roster) == 4
    planned(app)
    again = gathering()
    assert len(again.roster) == 4
    again.coming.duplicates.children[0].children[1].click()
    assert len(again.roster) == 5
    assert not shown(again.evening)
    assert again.coming.duplicates.undecided
    assert len(gathering().roster) == 5


def test_a_made_up_room_cannot_take_the_place_of_a_real_one():
    app = gathering()
    assert shown(app.demo)
    app.sheet.choose("signup.csv", sheet(6))
    assert not shown(app.demo)


def test_who_is_kept_apart_stays_so_when_they_are_made_one_with_somebody_and_when_they_are_two_again(store):
    app = app_with(b"name,organisation\nAmina Khan,A\nBo,B\namina khan,A\nCass,C\nDee,D\nEve,E\n")
    second = app.roster.people[2]
    app.asking.apart.one.value = "amina khan"
    app.asking.apart.other.value = "Cass"
    app.asking.apart.add.click()
    app.coming.duplicates.children[1].children[1].children[0].click()
    for page in (app, gathering()):
        assert [[page.roster[id].name for id in pair] for pair in page.asking.apart.pairs] == [["Amina Khan", "Cass"]]
        assert page.asking.apart.elsewhere == ()
    app.rounds.value = 2
    again = gathering()
    again.coming.duplicates.children[0].children[1].click()
    assert any(second.id in pair for pair in again.asking.apart.pairs)


def test_a_file_that_is_no_sheet_leaves_a_half_mended_one_where_it_was(store):
    app = app_with(FAULTY)
    say_to(app, edit=[0, 2, "no"])
    app.sheet.choose("flyer.pdf", b"%PDF-1.7 no sheet")
    assert len(gathering().coming.table.table.faults) == 1


def test_looking_again_at_a_faulty_sheet_changes_nothing_for_another_window(store):
    app = app_with(FAULTY)
    gathering()
    say_to(app, edit=[0, 2, "no"])
    assert not shown(app.keeping.overwrite)


def test_deciding_about_two_people_leaves_a_sheet_that_is_being_mended(store):
    app = app_with(b"name,organisation\nAmina,A\nBo,B\namina,A\nCass,C\nDee,D\n")
    app.sheet.choose("other.csv", FAULTY)
    app.coming.duplicates.children[1].children[1].children[0].click()
    assert len(app.roster) == 4
    for page in (app, gathering()):
        assert len(page.coming.table.table.faults) == 2
        assert "mend" in page.coming.outcome.value


def test_somebody_added_to_the_sheet_is_in_no_evening_of_before(store):
    app = planned(app_with(sheet(8)))
    say_to(app, add=True)
    say_to(app, edit=[8, 0, "Zoë"])
    for page in (app, gathering()):
        assert len(page.roster) == 9
        assert not shown(page.evening)

"""One organisation written in several ways: asked once, counted as one, and taken back again."""

import json

from hypothesis import given
from hypothesis import strategies as st

from relexp.apps.drafts import Draft
from relexp.apps.gathering import gathering
from relexp.apps.kept_spellings import OneSpelling, Said
from relexp.exchange.cells import Cells
from relexp.messages import say
from relexp.roster.spellings import likely_spellings
from tests.apps.test_gathering import everything_shown, planned, shown

MESSY = (
    b"name,organisation,email\nAmina,St Mark's Church,\nBo,st marks church,\nCass,St. Marks Church,\nDee,St Mark's Church,\n"
    b"Eve,Al-Noor,\nFay,Hill Chruch,\nGil,Hill Church,\nHal,Al-Noor,\n"
)


def app_with(data=MESSY):
    app = gathering()
    app.sheet.choose("messy.csv", data)
    return app


def panel(app):
    return app.coming.spellings


def press(app, words, place=0):
    """Press the button of these words: the first one, or the one at a place."""
    found = [
        button
        for child in panel(app).children
        for box in (child, *getattr(child, "children", ()))
        for button in getattr(box, "children", ())
        if getattr(button, "description", "") == words
    ]
    found[place].click()


def organisations(app):
    return [person.organisation for person in app.roster]


def say_to(app, **said):
    app.coming.table.table._handle_custom_msg(said, [])


def test_each_organisation_is_asked_about_once_with_how_many_wrote_it_how():
    app = app_with()
    assert shown(panel(app))
    asked = everything_shown(panel(app))
    assert asked.count("One organisation") == 2
    assert "“<bdi>St Mark's Church</bdi>”: 2 people".replace("'", "&#39;") in asked
    assert "“<bdi>Hill Chruch</bdi>”: one person" in asked
    assert "count as different ones" not in app.coming.warnings.value


def test_one_organisation_is_written_one_way_and_can_be_taken_back_after_a_correction_and_a_reload(store):
    app = app_with()
    press(app, "One organisation")
    assert organisations(app)[:4] == ["St Mark's Church"] * 4
    assert app.voice.go == "spellings"
    assert "is one organisation. It was also written as" in everything_shown(panel(app))
    say_to(app, edit=[1, 0, "Beau"])
    again = gathering()
    assert organisations(again)[:4] == ["St Mark's Church"] * 4
    press(again, "Not the same after all")
    assert organisations(again)[:4] == ["St Mark's Church", "st marks church", "St. Marks Church", "St Mark's Church"]
    assert [person.name for person in again.roster][1] == "Beau"
    assert everything_shown(panel(again)).count("One organisation") == 2


def test_the_table_takes_it_back_too_and_the_question_is_there_again():
    app = app_with()
    press(app, "One organisation")
    say_to(app, undo=True)
    assert organisations(app)[1] == "st marks church"
    assert everything_shown(panel(app)).count("One organisation") == 2
    assert "Not the same after all" not in everything_shown(panel(app))
    say_to(app, redo=True)
    assert everything_shown(panel(app)).count("Not the same after all") == 1
    say_to(app, undo=True)
    press(app, "One organisation")
    assert everything_shown(panel(app)).count("Not the same after all") == 1


def test_a_row_that_was_changed_since_stays_as_it_was_changed():
    app = app_with()
    press(app, "One organisation")
    say_to(app, edit=[1, 1, "Elsewhere"])
    press(app, "Not the same after all")
    assert organisations(app)[:3] == ["St Mark's Church", "Elsewhere", "St. Marks Church"]


def test_not_the_same_is_not_asked_again_until_somebody_wants_it(store):
    app = app_with()
    press(app, "Not the same")
    press(app, "Not the same")
    assert not panel(app).undecided
    assert app.voice.go == "read"
    again = gathering()
    assert not panel(again).undecided
    assert everything_shown(panel(again)).count("Different organisations:") == 2
    assert organisations(again) == organisations(app)
    press(again, "Ask again", 1)
    assert everything_shown(panel(again)).count("One organisation") == 1
    assert not panel(app_with(b"name,organisation\nA,X\nB,Y")).children


def test_an_evening_is_still_there_and_says_that_it_is_of_the_sheet_before():
    app = planned(app_with())
    press(app, "One organisation")
    assert app.evening.evening is not None
    assert str(say("table.earlier_sheet")) in everything_shown(app.planner)


def test_nothing_is_asked_while_the_sheet_has_faults():
    app = app_with()
    say_to(app, edit=[0, 0, ""])
    assert not shown(panel(app))
    say_to(app, undo=True)
    assert shown(panel(app))
    say_to(app, edit=[0, 0, ""])
    app.coming.leave.click()
    assert shown(panel(app))


def test_a_draft_of_before_or_of_nobody_knows_what_still_opens():
    assert Draft.from_bytes(Draft("a", b"b").to_bytes()).spellings == ""
    for text in ("{", "[]", "3", '{"several": 3, "one": []}', '{"several": [[3]], "one": []}', '{"several": []}',
                 '{"several": [], "one": [["a", 3]]}', '{"several": [], "one": [["a", [[1, 2]]]]}', "[" * 100_000):  # fmt: skip
        assert Said.of_text(text) == Said()


TEXTS = st.text(max_size=6)


@given(
    st.builds(
        Said,
        st.lists(st.lists(TEXTS, max_size=3).map(tuple), max_size=3).map(tuple),
        st.lists(
            st.builds(OneSpelling, TEXTS, st.lists(st.tuples(st.integers(1, 99), TEXTS), max_size=3).map(tuple)),
            max_size=3,
        ).map(tuple),
    )
)
def test_what_was_said_is_kept_as_it_is(said):
    assert Said.of_text(said.to_text()) == said
    json.loads(said.to_text() or "{}")


WAYS = st.sampled_from(["St Mark's", "st marks", "St. Marks", "Saint Marks", "Other", "", "the other"])


@given(st.lists(WAYS, min_size=2, max_size=10))
def test_taking_back_what_was_made_one_gives_the_sheet_of_before(names):
    cells = Cells.new(("name", "organisation"), [(f"P{place}", name) for place, name in enumerate(names)])
    for spellings in likely_spellings(names):
        said, corrected = Said().made_one(spellings, cells)
        written = [row[1] for row in corrected.rows]
        assert {text for text, _ in spellings.counts} & {*written} == {spellings.usual}
        (made,) = said.holding(corrected)
        assert said.made_several(made, corrected) == (Said(), cells)

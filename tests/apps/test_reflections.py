"""Reflections, as those who lead read them: lines for themes, each by themselves, and what they settle together."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from relexp.apps.reflections import VIEWS, Reflections
from relexp.apps.visitor import Visitor
from relexp.privacy.roles import Identity, Role
from relexp.privacy.visibility import Visibility
from relexp.reflection.codebook import Theme, agreement
from relexp.reflection.one_to_ones import Following, Interest
from relexp.reflection.reflections import Did, Reflection
from relexp.store import Store, open_store
from relexp.weave.survey import QUESTIONS, Answers, Moment
from tests.series import PRIVATE, series

NOW = datetime(2026, 11, 26, 20, tzinfo=UTC)
BOOK = (Theme("home", "Home", "rent, streets, a bed"), Theme("faith", "Faith"), Theme("bread", "Bread"))


@pytest.fixture(scope="module")
def held(tmp_path_factory) -> Path:
    """A store of two gatherings, to be copied."""
    path = tmp_path_factory.mktemp("held") / "relexp.sqlite3"
    opened = open_store(f"sqlite:///{path}")
    series(opened, NOW - timedelta(days=2), 2)
    opened.reading.write_book(BOOK)
    opened.close()
    return path


@pytest.fixture
def store(held, tmp_path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{shutil.copy(held, tmp_path)}")
    yield opened
    opened.close()


@pytest.fixture
def lead(store) -> Identity:
    return store.identities.house(Role.FACILITATOR, NOW)


@pytest.fixture
def helper(store) -> Identity:
    return store.identities.add(Role.CO_FACILITATOR, "Siân", NOW)


def page(store: Store, who: Identity, view: str = "read") -> Reflections:
    app = Reflections(Visitor(who, store=store), lambda: NOW)
    app.view.value = VIEWS.index(view)
    return app


def shown(widget) -> bool:
    return widget.layout.display != "none"


def ids(app) -> list[str]:
    return [line["id"] for line in app.read.reader.lines]


def names(app) -> list[str]:
    return [name for _, name, _ in app.read.reader.themes]


def read_all(app, theme="home") -> None:
    for line in ids(app):
        app.read.reader.note(line, theme)


def test_where_nothing_is_kept_or_over_it_says_what_to_do(tmp_path):
    nothing = Reflections(Visitor())
    assert "Nothing is kept here" in nothing.notice.value
    empty = open_store(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    new = page(empty, empty.identities.house(Role.FACILITATOR, NOW))
    assert "No gathering is over yet" in new.notice.value
    assert 'href="gathering"' in new.notice.value
    for app in (nothing, new):
        assert not any(shown(view) for view in app._views)
        app.look()


# Reading


def test_the_lines_of_the_gathering_are_read_one_at_a_time_with_the_themes_of_the_book(store, lead):
    app = page(store, lead)
    gathering = app.which.value
    assert ids(app) == [line.id for line in store.written.lines(gathering)]
    assert app.read.reader.themes == [[each.key, each.name, each.when] for each in BOOK]
    assert app.read.reader.lines[0]["where"] == "Round 1"
    app.which.value = ""
    assert len(ids(app)) == sum(len(store.written.lines(held.id)) for held in store.weave.held())
    assert app.read.reader.lines[0]["where"] == "Weaving in Hamilton Hall, round 1"


def test_what_a_reader_finds_is_kept_at_once_and_there_after_a_reload(store, lead):
    app = page(store, lead)
    first, second = ids(app)[:2]
    app.read.reader.note(first, "faith")
    app.read.reader.note(second, "")
    app.read.reader.note(first, "home")
    assert page(store, lead).read.reader.noted == {first: "home", second: ""}
    assert not shown(app.read.done)
    read_all(app)
    assert "You have read every line" in app.read.done.value


def test_a_reader_sees_only_their_own_themes(store, lead, helper):
    read_all(page(store, helper), "faith")
    app = page(store, lead)
    assert app.read.reader.noted == {}
    app.read.reader.note(ids(app)[0], "home")
    assert set(page(store, helper).read.reader.noted.values()) == {"faith"}


def test_a_line_or_a_theme_that_is_none_is_not_kept(store, lead):
    app = page(store, lead)
    for line, theme in (("no such line", "home"), (ids(app)[0], "no such theme"), (ids(app)[0], None), (3, "home")):
        app.read.reader.note(line, theme)
    assert store.reading.coded([app.which.value]) == ()


def test_a_theme_is_added_renamed_moved_and_taken_out_and_kept_at_once(store, lead):
    app = page(store, lead)
    book = app.read.book
    book.name.value, book.when.value = "  ভাষা ", " a word is missing "
    book.add.click()
    assert store.reading.book()[3] == Theme(store.reading.book()[3].key, "ভাষা", "a word is missing")
    assert (book.name.value, book.when.value) == ("", "")
    assert names(app) == ["Home", "Faith", "Bread", "ভাষা"]
    book.which.value = "faith"
    assert (book.new_name.value, book.new_when.value) == ("Faith", "")
    book.new_name.value = "<b>Faith</b> & fasting"
    book.new_when.value = "what people pray"
    assert store.reading.book()[1] == Theme("faith", "<b>Faith</b> & fasting", "what people pray")
    assert "&lt;b&gt;Faith" in book.list.value
    book.up.click()
    assert [each.key for each in store.reading.book()][:2] == ["faith", "home"]
    assert book.up.disabled
    book.down.click()
    assert [each.key for each in store.reading.book()][:2] == ["home", "faith"]


def test_a_theme_is_taken_out_only_after_it_was_asked_and_its_lines_are_to_be_read_again(store, lead):
    app = page(store, lead)
    read_all(app, "faith")
    book = app.read.book
    book.which.value = "faith"
    book.out.click()
    assert "those lines have to be read again" in book.sure.value.lower()
    book.out_no.click()
    assert len(store.reading.book()) == 3
    book.out.click()
    book.out_yes.click()
    assert names(app) == ["Home", "Bread"]
    assert app.read.reader.noted == {}
    assert not shown(app.read.done)


def test_what_is_wrong_with_a_theme_is_told_all_at_once_and_stays_as_it_was_typed(store, lead):
    book = page(store, lead).read.book
    book.name.value, book.when.value = "Home" + "e" * 60, "x" * 201
    book.add.click()
    assert book.wrong.value.count("<li>") == 2
    assert book.name.value.startswith("Home")
    book.name.value, book.when.value = "HOME", ""
    book.add.click()
    assert "There is a theme called" in book.wrong.value
    book.name.value = " "
    book.add.click()
    assert "Give the theme a name" in book.wrong.value
    book.new_name.value = ""
    assert "Give the theme a name" in book.wrong.value
    assert store.reading.book() == BOOK


def test_two_who_change_the_book_at_once_lose_nothing(store, lead, helper):
    one, other = page(store, lead), page(store, helper)
    one.read.book.name.value = "Bus"
    one.read.book.add.click()
    bus = store.reading.book()[3].key
    one.read.reader.note(ids(one)[0], bus)
    other.read.book.name.value = "Tea"
    other.read.book.add.click()
    assert [each.name for each in store.reading.book()] == ["Home", "Faith", "Bread", "Bus", "Tea"]
    assert page(store, lead).read.reader.noted == {ids(one)[0]: bus}
    other.read.book.which.value = bus
    one.read.book.which.value = bus
    one.read.book.out_yes.click()
    other.read.book.new_name.value = "Buses"
    assert "Somebody has taken this theme out" in other.read.book.wrong.value
    other.read.reader.note(ids(other)[0], bus)
    assert bus not in [key for key, _, _ in other.read.reader.themes]


def test_without_a_theme_the_book_stands_open(store, lead):
    assert not shown(page(store, lead).read.book)
    store.reading.write_book([])
    app = page(store, lead)
    assert shown(app.read.book)
    assert "There is no theme yet" in app.read.book.list.value
    assert not shown(app.read.book._change_form)
    app.read.book._rename()
    app.read.book._move(1)
    assert store.reading.book() == ()


def test_where_no_line_was_shared_it_says_so(store, lead):
    app = page(store, lead)
    for line in ids(app):
        store.written.take_back(line)
    app.look()
    assert not shown(app.read.reader)
    assert "No line was shared here" in app.read.heading.value


# Settling


def settle(app):
    app.view.value = VIEWS.index("settle")
    return app.settle


def all_of(panel) -> str:
    """Everything that a page of the panel holds."""
    fragments = (panel.agree, panel.differ, panel.counts, panel.table)
    return json.dumps([[each.value for each in fragments], panel.reader.get_state(), panel.chart.data], default=str)


def test_nothing_of_another_reader_is_there_before_every_line_was_read(store, lead, helper):
    read_all(page(store, helper), "faith")
    app = page(store, lead)
    everything = ids(app)
    for line in everything[:-1]:
        app.read.reader.note(line, "bread")
    panel = settle(app)
    count = len(everything)
    assert f"{count - 1} of {count} so far" in panel.agree.value
    assert not any(word in all_of(panel).casefold() for word in ("faith", "another reader", "settled"))
    assert not shown(panel.reader)
    app.read.reader.note(everything[-1], "bread")
    assert "Another reader" in all_of(settle(page(store, lead)))
    store.written.share(app.which.value, 1, "One more, from a card.", NOW)
    app.look()
    assert "faith" not in all_of(panel).casefold()


def test_whoever_is_still_reading_is_no_part_of_what_is_settled(store, lead, helper):
    app = page(store, lead)
    read_all(app)
    page(store, helper).read.reader.note(ids(app)[0], "faith")
    panel = settle(app)
    assert "the only one so far" in panel.agree.value
    assert not shown(panel.reader)
    assert "faith" not in json.dumps(panel.reader.lines).casefold()


def test_how_far_two_agree_is_said_in_plain_words(store, lead, helper):
    app = page(store, lead)
    lines = ids(app)
    read_all(app, "home")
    other = page(store, helper)
    for place, line in enumerate(lines):
        app.read.reader.note(line, "bread" if place < 10 else "home")
        other.read.reader.note(line, "bread" if place < 7 else "home")
    panel = settle(app)
    assert f"same theme for {len(lines) - 3} of {len(lines)} lines" in re.sub("<[^>]+>", "", panel.agree.value)
    found = agreement(store.reading.coded([app.which.value]), lead.id, helper.id)
    assert f"kappa: {found.kappa:.2f}" in re.sub("<[^>]+>", "", panel.agree.value)
    assert f"alpha: {found.alpha:.2f}" in re.sub("<[^>]+>", "", panel.agree.value)
    assert [line["id"] for line in panel.reader.lines] == lines[7:10]
    assert panel.reader.lines[0]["said"] == [["You", "Bread"], ["Another reader", "Home"]]
    mirrored = settle(other)
    assert mirrored.reader.lines[0]["said"] == [["You", "Home"], ["Another reader", "Bread"]]
    assert not [word for word in (lead.id, helper.id, "Siân") if word in all_of(panel) + all_of(mirrored)]


def test_one_theme_alone_or_a_handful_of_lines_says_nothing_about_chance(store, lead, helper):
    app = page(store, lead)
    read_all(app)
    read_all(page(store, helper))
    assert "Only one theme was used" in settle(app).agree.value
    assert "no line on which you differ" in app.settle.differ.value
    for line in ids(app)[4:]:
        store.written.take_back(line)
    app.look()
    assert "too few to say how far you agree" in app.settle.agree.value


def test_what_is_decided_counts_for_everybody_and_can_be_taken_back(store, lead, helper):
    app = page(store, lead)
    read_all(app, "home")
    read_all(page(store, helper), "faith")
    panel = settle(app)
    lines = [line["id"] for line in panel.reader.lines]
    assert lines == ids(app)
    for line in lines[:6]:
        panel.reader.note(line, "faith")
    panel.reader.note(lines[6], "")
    panel.reader.note(lines[7], "no such theme")
    assert settle(page(store, helper)).reader.noted == dict.fromkeys(lines[:6], "faith") | {lines[6]: ""}
    panel.reader.note(lines[0], None)
    assert store.reading.decided([app.which.value]) == dict.fromkeys(lines[1:6], "faith") | {lines[6]: ""}
    assert "6 of" in panel.counts.value
    assert {each.theme for each in store.reading.coded([app.which.value], lead)} == {"home"}


def test_what_came_up_is_counted_by_round_and_by_gathering_and_a_handful_is_only_few(store, lead):
    app = page(store, lead)
    app.which.value = ""
    lines = app.read.reader.lines
    for place, line in enumerate(lines):
        app.read.reader.note(line["id"], "faith" if place < 3 else "" if place < 5 else "home")
    panel = settle(app)
    (bars,) = panel.chart.data
    where = [line["where"].split(",")[0] for line in lines]
    assert bars["y"] == [sum(one == name for one in where[5:]) for name in dict.fromkeys(where)]
    faith = panel.table.value.partition("Faith")[2].partition("</tr>")[0]
    assert "fewer than five" in faith
    assert "not once" in faith
    assert f"{len(lines)} of {len(lines)} lines are settled" in re.sub("<[^>]+>", "", panel.counts.value)
    assert "fit none" not in panel.counts.value
    app.which.value = app.which.options[0][1]
    assert "Round 1" in panel.table.value


def test_three_readers_are_compared_two_by_two(store, lead, helper):
    third = store.identities.add(Role.CO_FACILITATOR, "", NOW)
    for who, theme in ((lead, "home"), (helper, "home"), (third, "faith")):
        read_all(page(store, who), theme)
    panel = settle(page(store, lead))
    assert panel.agree.value.casefold().count("another reader (a)") == 2
    assert [who for who, _ in panel.reader.lines[0]["said"]] == ["You", "Another reader (A)", "Another reader (B)"]


# From paper


def known_code(store, app) -> str:
    return sorted(store.weave.there(app.which.value))[0]


def given(store, app, code):
    return {each.moment: dict(each.values) for each in store.survey.of(app.which.value, code)}


def test_a_line_from_a_card_is_kept_without_a_writer_and_the_form_is_empty_for_the_next(store, lead, helper):
    app = page(store, lead, "paper")
    before = len(store.written.lines(app.which.value))
    form = app.paper.line
    form.round.value, form.text.value = 2, "  <i>Her</i>  mother\nsewed, too. "
    form.keep.click()
    (line,) = [each for each in store.written.lines(app.which.value) if "sewed, too" in each.text]
    assert (line.round, line.text) == (2, "<i>Her</i> mother sewed, too.")
    assert (form.round.value, form.text.value) == (2, "")
    assert "Kept: a line of round" in form.said.value
    assert all(line.id not in [each.id for each in store.written.lines(app.which.value, who)] for who in (lead, helper))
    form.keep.click()
    assert len(store.written.lines(app.which.value)) == before + 1
    assert "Kept" in form.said.value
    assert line.text in [each["text"] for each in page(store, lead).read.reader.lines]


def test_a_line_that_cannot_be_kept_stays_as_it_was_typed(store, lead):
    app = page(store, lead, "paper")
    form = app.paper.line
    form.keep.click()
    assert "Type in the line first" in form.said.value
    form.text.value = "x" * 201
    form.keep.click()
    assert "200 letters at most" in re.sub("<[^>]+>", "", form.said.value)
    assert len(form.text.value) == 201


def test_what_is_on_paper_belongs_to_one_evening(store, lead):
    app = page(store, lead, "paper")
    app.paper.line.text.value = "half a line"
    app.which.value = ""
    assert "Choose one gathering above" in app.paper.heading.value
    assert not any(shown(each) for each in (app.paper.what, app.paper.line, app.paper.answers))
    app.which.value = app.which.options[0][1]
    assert shown(app.paper.line)
    assert app.paper.line.text.value == "half a line"
    app.paper.what.value = 1
    assert [shown(each) for each in (app.paper.line, app.paper.answers)] == [False, True]


def test_each_moment_asks_its_own_questions(store, lead):
    form = page(store, lead, "paper").paper.answers
    for place, moment in enumerate(Moment):
        form.moment.value = place
        asked = {question.key for question in QUESTIONS if moment in question.asked}
        assert {key for key, field in form.fields.items() if shown(field)} == asked


def test_answers_are_kept_by_their_code_however_it_is_written(store, lead):
    app = page(store, lead, "paper")
    form, code = app.paper.answers, known_code(store, app)
    store.survey.answer(Answers(code, app.which.value, NOW.date(), Moment.AFTER, {}))
    form.moment.value = 1
    typed = code.lower().replace("o", "0").replace("i", "1")
    form.code.value = f" {typed[:4]} {typed[4:]}"
    form.fields["trust"].value, form.fields["close"].value, form.fields["heard"].value = " 4", "7", 2
    form.fields["known"].value = "of another moment"
    form.keep.click()
    assert given(store, app, code)[Moment.AFTER] == {"trust": 4, "close": 7, "heard": 1}
    assert (form.code.value, form.fields["trust"].value, form.fields["heard"].value) == ("", "", 0)
    assert form.moment.value == 1
    assert "Kept: the answers of" in form.said.said.value
    everything = store.survey.all()
    form.keep.click()
    assert store.survey.all() == everything
    assert "Kept" in form.said.said.value


def test_what_is_wrong_with_a_sheet_is_told_all_at_once_and_stays_as_it_was_typed(store, lead):
    app = page(store, lead, "paper")
    form, everything = app.paper.answers, store.survey.all()
    form.fields["trust"].value, form.fields["known"].value, form.fields["hope"].value = "6", "<b>many</b>", "3.5"
    form.keep.click()
    assert form.said.said.value.count("<li>") == 4
    assert "&lt;b&gt;many" in form.said.said.value
    assert form.fields["trust"].value == "6"
    form.code.value = "A" * 17
    for key in ("trust", "known", "hope"):
        form.fields[key].value = ""
    form.keep.click()
    assert form.said.said.value.count("<li>") == 2
    assert store.survey.all() == everything


def test_a_code_that_nobody_has_is_asked_about_and_can_be_kept_all_the_same(store, lead):
    app = page(store, lead, "paper")
    form = app.paper.answers
    form.code.value, form.fields["trust"].value = "n0b0dy12", "3"
    form.keep.click()
    assert "read as the letters O and I" in form.said.said.value
    assert "Nobody of this gathering has the code" in form.said.said.value
    assert given(store, app, "NOBODYI2") == {}
    form.code.value = "ANOTHER7"
    form.said.yes.click()
    assert store.survey.of(app.which.value, "ANOTHER7") == ()
    form.said.no.click()
    assert not shown(form.said._presses)
    form.keep.click()
    form.said.yes.click()
    assert given(store, app, "ANOTHER7") == {Moment.BEFORE: {"trust": 3}}


def test_answers_that_are_kept_already_are_not_replaced_unasked(store, lead):
    app = page(store, lead, "paper")
    form, code = app.paper.answers, known_code(store, app)
    store.survey.answer(Answers(code, app.which.value, NOW.date(), Moment.LATER, {"trust": 2}))
    form.moment.value, form.code.value, form.fields["trust"].value = 2, code, "5"
    form.keep.click()
    assert "are kept already" in form.said.said.value
    assert given(store, app, code)[Moment.LATER] == {"trust": 2}
    form.said.yes.click()
    (later,) = [each for each in store.survey.of(app.which.value, code) if each.moment is Moment.LATER]
    assert (later.values, later.day) == ({"trust": 5}, NOW.date())


# What people showed


def test_only_what_its_writer_shows_is_there_and_nothing_tells_who_or_when(store, lead):
    app = page(store, lead, "shown")
    gathering = app.which.value
    shown_here = store.written.shared(gathering, Visibility.FACILITATOR, Visibility.EVERYONE)
    assert app.shown.list.value.count("<li>") == len(shown_here) > 0
    assert PRIVATE not in app.shown.list.value
    writer = store.identities.add(Role.PARTICIPANT, "", NOW)
    theirs = Reflection(
        gathering, NOW.date(), 5, None, different="<img src=x> নদী\nand bread", did=frozenset({Did.HID})
    )
    store.written.reflect(theirs, writer)
    app.look()
    assert "নদী" not in app.shown.list.value
    store.written.show_to(gathering, Visibility.FACILITATOR, writer)
    app.look()
    assert "&lt;img src=x&gt; নদী\nand bread" in app.shown.list.value
    assert "The same: <strong>very much</strong>" in app.shown.list.value
    assert "Different: <strong>not said</strong>" in app.shown.list.value
    assert "I kept quiet about it" in app.shown.list.value
    assert not any(word in app.shown.list.value for word in (writer.id, "November", "2026"))


def test_reflections_do_not_stand_in_the_order_in_which_they_were_written(store, lead):
    app = page(store, lead, "shown")
    for word, sameness in (("zebra", 2), ("aardvark", 2), ("mole", 5), ("mole", 1)):
        said = Reflection(app.which.value, NOW.date(), sameness, same=word, visibility=Visibility.EVERYONE)
        store.written.reflect(said, store.identities.add(Role.PARTICIPANT, "", NOW))
    app.look()
    cards = [card for card in app.shown.list.value.split("<li>") if re.search("zebra|aardvark|mole", card)]
    told = [re.search(r"<strong>([a-z ]+)</strong>.*<bdi>([a-z]+)</bdi>", card).groups() for card in cards]
    assert told == [("a little", "aardvark"), ("hardly", "mole"), ("very much", "mole"), ("a little", "zebra")]


def test_where_nobody_shows_anything_it_says_so_and_all_gatherings_stand_apart(store, lead):
    app = page(store, lead, "shown")
    app.which.value = ""
    assert app.shown.list.value.count("<h3>") == 2
    store.written.purge(NOW + timedelta(days=400))
    app.look()
    assert "Nobody has shown a reflection here" in app.shown.list.value


# One-to-ones


def note(app, **typed):
    form = app.one.form
    for part, value in {"other": "BO", "minutes": "45", **typed}.items():
        form.fields[part].value = value
    app.one.keep.click()
    return app.one


def test_least_first_a_one_to_one_needs_who_when_and_for_how_long(store, lead):
    app = page(store, lead, "one")
    assert not shown(app.which)
    assert not shown(app.one.form._folded)
    panel = note(app)
    (meeting,) = store.one_to_ones.own(lead).values()
    assert (meeting.other, meeting.day, meeting.minutes) == ("BO", NOW.date(), 45)
    assert panel.form.fields["other"].value == ""
    assert "Kept" in panel.said.said.value
    panel.keep.click()
    assert len(store.one_to_ones.own(lead)) == 1
    assert "Kept" in panel.said.said.value
    assert "BO" in panel.list.value


def test_all_that_may_be_noted_is_kept_and_comes_back_to_be_changed(store, lead):
    app = page(store, lead, "one")
    known = sorted(store.weave.web().people)
    app.one.form.interests[Interest.TRANSPORT].value = True
    note(
        app,
        other=f" {known[0][:4].lower()} {known[0][4:]}",
        energy="the bus that <b>never</b> comes",
        heard="The bicycle",
        following=3,
        institutions="Mosque, المسجد ,",
        different="how we mourn",
        step="tea",
        owner=2,
        due=NOW.date() + timedelta(days=7),
        also=known[1].lower(),
        writer=known[2],
    )
    ((id, meeting),) = store.one_to_ones.own(lead).items()
    assert (meeting.writer, meeting.other, meeting.owner, meeting.also) == (known[2], known[0], known[0], (known[1],))
    assert (meeting.following, meeting.interests) == (Following.SOME, {Interest.TRANSPORT})
    assert meeting.institutions == ("Mosque", "المسجد")
    assert meeting.closed
    assert "&lt;b&gt;never" in app.one.list.value
    app.one.change.click()
    assert app.one.form.fields["step"].value == "tea"
    app.one.form.fields["done"].value = True
    app.one.keep.click()
    assert store.one_to_ones.own(lead) == {id: replace(meeting, done=True)}
    app.one.change.click()
    app.one.form.fields["step"].value = "half a step"
    app.one.change.click()
    assert "You are writing one already" in app.one.said.said.value
    assert app.one.form.fields["step"].value == "half a step"
    app.one.empty.click()
    assert app.one.form.fields["step"].value == ""
    assert store.one_to_ones.own(lead) == {id: replace(meeting, done=True)}


def test_what_is_wrong_with_a_one_to_one_is_told_all_at_once_and_stays_as_it_was_typed(store, lead):
    app = page(store, lead, "one")
    panel = note(app, other="", minutes="an hour", step="x" * 201, day=NOW.date() + timedelta(days=1), also="y" * 17)
    assert panel.said.said.value.count("<li>") == 5
    assert "One next step" in panel.said.said.value
    assert panel.form.fields["minutes"].value == "an hour"
    panel.form.fields["day"].value = None
    panel.keep.click()
    assert "Say on which day you met" in panel.said.said.value
    assert store.one_to_ones.own(lead) == {}


def test_words_to_think_twice_about_are_asked_about_once_and_never_refused(store, lead):
    app = page(store, lead, "one")
    panel = note(app, energy="her time in hospital")
    assert "Write as if they will read it" in panel.said.said.value
    assert "hospital" in panel.said.said.value
    assert store.one_to_ones.own(lead) == {}
    panel.said.no.click()
    assert panel.form.fields["energy"].value == "her time in hospital"
    panel.form.fields["told"].value = "the police and the cake"
    panel.keep.click()
    assert "police" in panel.said.said.value
    assert "hospital" not in panel.said.said.value
    panel.said.no.click()
    panel.keep.click()
    assert [each.energy for each in store.one_to_ones.own(lead).values()] == ["her time in hospital"]
    note(app, energy="her time in hospital")
    panel.said.yes.click()
    assert len(store.one_to_ones.own(lead)) == 2


def test_somebody_else_who_is_named_in_a_note_is_asked_about(store, lead):
    app = page(store, lead, "one")
    guests = store.gatherings.guests(store.weave.held()[-1].id)
    panel = note(app, heard=f"what {guests[0].person.name} cooked")
    assert "somebody else’s name" in re.sub("<[^>]+>", "", panel.said.said.value)


def test_nobody_sees_changes_or_deletes_another_s_one_to_one(store, lead, helper):
    note(page(store, helper, "one"), energy="a secret wish", different="another secret")
    app = page(store, lead, "one")
    assert "noted none yet" in app.one.list.value
    assert not shown(app.one._tools)
    everything = json.dumps([w.get_state() for w in every_widget(app)], default=str)
    assert "secret" not in everything
    app.one._delete()
    app.one._change()
    assert len(store.one_to_ones.own(helper)) == 1
    note(app)
    assert len(store.one_to_ones.own(lead)) == len(store.one_to_ones.own(helper)) == 1


def every_widget(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every_widget(child)


def test_one_of_one_s_own_is_deleted_after_it_was_asked(store, lead):
    app = page(store, lead, "one")
    note(app)
    app.one.delete.click()
    assert "deleted for good" in app.one.sure.said.value
    app.one.sure.no.click()
    assert len(store.one_to_ones.own(lead)) == 1
    app.one.change.click()
    app.one.delete.click()
    app.one.sure.yes.click()
    assert store.one_to_ones.own(lead) == {}
    assert app.one.form.fields["other"].value == ""
    app.one._keep()
    assert store.one_to_ones.own(lead) == {}


def test_a_one_to_one_needs_no_gathering(tmp_path):
    empty = open_store(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    lead = empty.identities.house(Role.FACILITATOR, NOW)
    app = page(empty, lead, "one")
    assert not app.notice.value
    note(app)
    assert len(empty.one_to_ones.own(lead)) == 1


def test_the_question_sheets_are_printed_where_their_answers_are_typed_in(store, lead):
    app = page(store, lead, "paper")
    assert not shown(app.paper.sheets)
    app.paper.what.value = 1
    assert shown(app.paper.sheets)
    name, sheet = app.paper.sheets.make("questions")
    assert name == "questions.html"
    assert b"Your code:" in sheet


def test_a_reflection_on_paper_is_kept_for_those_it_was_handed_in_for_and_for_nobody_s_phone(store, lead):
    app = page(store, lead, "paper")
    app.paper.what.value = 2
    form, gathering = app.paper.reflection, store.weave.held()[-1].id
    before = store.written.shared(gathering, Visibility.FACILITATOR, Visibility.EVERYONE)
    form.keep.click()
    assert "at least one answer" in form.said.value
    form.axes["sameness"].value, form.axes["difference"].value = 4, 0
    form.words["different"].value = "x" * 3000
    form.keep.click()
    assert "What was different?" in form.said.value
    form.words["different"].value = "How <b>loud</b> we pray."
    form.did[Did.CURIOUS].value = True
    form.readers.value = 1
    form.keep.click()
    form.keep.click()
    assert "Kept: a reflection." in form.said.value
    (new,) = {*store.written.shared(gathering, Visibility.FACILITATOR, Visibility.EVERYONE)} - {*before}
    assert (new.sameness, new.difference, new.did) == (4, None, {Did.CURIOUS})
    assert (new.different, new.visibility) == ("How <b>loud</b> we pray.", Visibility.EVERYONE)
    assert (form.words["different"].value, form.axes["sameness"].value) == ("", 0)
    assert store.written.own(lead) == ()


def test_a_slip_is_kept_beside_what_was_ticked_on_a_phone_and_both_find_each_other(store, lead):
    app = page(store, lead, "paper")
    app.paper.what.value = 3
    form, gathering = app.paper.wish, store.weave.held()[-1].id
    form.keep.click()
    assert "Choose whose slip" in form.said.value
    one = form.who.value
    others = [id for _, id in form.whom.options]
    store.meeting_again.wish(gathering, one, others[:1], "07700 900001")
    form.whom.value = (others[1],)
    form.keep.click()
    assert "how they can be reached" in form.said.value
    form.reach.value = " 07700  900002 "
    form.keep.click()
    form.keep.click()
    assert "Kept: " in form.said.value
    assert store.meeting_again.wished(gathering, one) == ({*others[:2]}, "07700 900002")
    form.who.value = others[1]
    assert one in [id for _, id in form.whom.options]
    form.whom.value, form.reach.value = (one,), "at the mosque"
    form.keep.click()
    assert one in store.meeting_again.found(gathering, others[1])


def test_once_names_are_gone_no_slip_is_typed_in_and_nobody_under_18_is_offered(store, lead):
    gathering = store.weave.held()[-1].id
    young = store.gatherings.guests(gathering)[0].person
    with store.database.writes() as connection:
        connection.exec_driver_sql(
            "UPDATE people SET about = replace(about, '\"under_18\": false', '\"under_18\": true') "
            f"WHERE person_id = '{young.id}'"
        )
    form = page(store, lead, "paper").paper.wish
    assert young.id not in [id for _, id in form.who.options]
    for _, id in form.who.options:
        form.who.value = id
        assert young.id not in [other for _, other in form.whom.options]
    store.gatherings.purge(NOW + timedelta(days=1))
    form = page(store, lead, "paper").paper.wish
    assert "seven days" in form.hint.value
    assert not shown(form.keep)
    form.keep.click()

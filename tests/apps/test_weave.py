"""What we wove, as whoever leads sees it: one gathering or all, who meets again, what was shared, what is handed on."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import networkx
import pytest

from relexp.apps.visitor import Visitor
from relexp.apps.weave import Weave
from relexp.exchange.tables import read_table
from relexp.privacy.consent import WORDING, Said, Way
from relexp.privacy.roles import Role
from relexp.reflection.codebook import Theme
from relexp.store import Store, open_store
from tests.series import LINES, PRIVATE, series
from tests.store.test_after import gather

NOW = datetime(2026, 11, 26, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('woven') / 'relexp.sqlite3'}")
    series(opened, NOW - timedelta(days=2))
    yield opened
    opened.close()


@pytest.fixture
def app(store) -> Weave:
    return Weave(Visitor(store=store), lambda: NOW)


def shown(widget) -> bool:
    return widget.layout.display != "none"


def words(app) -> str:
    parts = (app.cloth, app.told, app.answers, app.rounds, app.rounds_twin, app.web, app.limits)
    return " ".join(re.sub(r"<[^>]+>", " ", part.value) for part in parts)


def test_where_nothing_is_kept_or_woven_it_says_what_to_do(tmp_path):
    nothing = Weave(Visitor())
    assert "Nothing is kept here" in nothing.notice.value
    with_store = Weave(Visitor(store=open_store(f"sqlite:///{tmp_path / 'new.sqlite3'}")))
    assert "Nothing is woven yet" in with_store.notice.value
    assert 'href="gathering"' in with_store.notice.value
    for app in (nothing, with_store):
        assert not any(shown(widget) for widget in (app.which, app.view, *app._views))
        app.look()


def test_the_last_gathering_is_shown_first_and_all_of_them_together(app):
    names = [label for label, _ in app.which.options]
    assert names == [
        "Weaving before the winter, 24 November 2026",
        "Tea and talk at Al-Noor, 25 October 2026",
        "Weaving in Hamilton Hall, 25 September 2026",
        "All gatherings so far",
    ]
    one = words(app)
    assert "54 people talked with somebody. Pairs who met: 135. Rounds: 5." in one
    app.which.value = ""
    assert "3 gatherings, 405 conversations." in words(app)
    assert "Weaving in Hamilton Hall" in app.rounds_twin.value


def test_every_picture_has_a_table_or_a_sentence(app):
    assert app.mix.label
    assert app.net.label
    assert sum(app.mix.data[0]["y"]) == sum(
        map(int, re.findall(r'data-label="From two organisations">(\d+)', app.rounds_twin.value))
    )
    assert "<svg" in app.cloth.value
    assert "<table" in app.cloth.value
    dots = [trace for trace in app.net.data if trace["mode"] == "markers"]
    people = int(re.search(r"pairs of these <?[^0-9]*(\d+)", words(app)).group(1))
    assert sum(len(trace["x"]) for trace in dots) == people
    assert all(len(trace["x"]) >= 5 for trace in dots)


def test_no_name_and_nothing_private_is_in_what_is_told_printed_or_handed_on(app, store):
    names = {each.name for again in store.meeting_again.all() for each in (again.one, again.other)}
    for which in (app.which.value, ""):
        app.which.value = which
        with zipfile.ZipFile(io.BytesIO(app._files())) as zipped:
            files = [zipped.read(name).decode("utf-8-sig") for name in zipped.namelist()]
        texts = [words(app), json.dumps(app.net.data), app._page("report")[1].decode(), *files]
        assert not [word for word in (*names, PRIVATE, "07700") for text in texts if word in text]


def test_a_web_of_too_few_is_not_drawn(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'few.sqlite3'}")
    gather(store, store.identities.house(Role.FACILITATOR, NOW))
    app = Weave(Visitor(store=store), lambda: NOW)
    assert "4 people talked with somebody." in words(app)
    assert "fewer than five" in words(app)
    assert "Pairs who differ in" not in words(app)
    assert "possible pairs of organisations" not in words(app)
    assert not shown(app.before_after)
    assert not shown(app.to_programs)
    assert app.net.data == []
    store.close()


def test_the_files_hold_the_web_that_is_shown(app):
    app.which.value = ""
    with zipfile.ZipFile(io.BytesIO(app._files())) as zipped:
        graph = networkx.read_graphml(io.BytesIO(zipped.read("weave.graphml")))
        research = read_table(zipped.read("research.csv"), "research.csv")
    now = app._report.now
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (now.people, now.pairs)
    assert len(research.rows) == len(app._report.after.ties)


def test_who_meets_again_is_kept_as_it_is_noted(app, store):
    again = store.meeting_again.all()
    app.which.value = ""
    assert len(app.follow.which.options) == len(again)
    open_one = next(each for each in again if each.follow_up.open)
    app.follow.which.value = open_one.id
    assert (app.follow.what.value, app.follow.state.value) == ("", 0)
    assert open_one.one.reach in app.follow.copy.text
    assert "meet again. You reach" in app.follow.copy.text
    app.follow.what.value = "  Tea at the mosque "
    assert "Tea at the mosque, " in app.follow.copy.text
    app.follow.owner.value = open_one.follow_up.other
    app.follow.state.value = 1
    kept = next(each for each in store.meeting_again.all() if each.id == open_one.id).follow_up
    assert (kept.what, kept.done) == ("Tea at the mosque", NOW.date())
    assert kept.owner == open_one.follow_up.other
    assert app.follow.which.value == open_one.id
    app.follow.state.value = 2
    kept = next(each for each in store.meeting_again.all() if each.id == open_one.id).follow_up
    assert (kept.done, kept.dropped) == (None, True)
    app.follow.state.value = 0
    app.follow.due.value = NOW.date() - timedelta(days=3)
    assert "Time to ask" in app.follow.table.value
    app.follow.due.value = None
    kept = next(each for each in store.meeting_again.all() if each.id == open_one.id).follow_up
    assert kept.due == NOW.date() - timedelta(days=3)
    app.follow.what.value = "A walk by the river"
    kept = next(each for each in store.meeting_again.all() if each.id == open_one.id).follow_up
    assert (kept.what, kept.due) == ("A walk by the river", NOW.date() - timedelta(days=3))
    assert app.follow.due.value == kept.due


def test_a_line_is_taken_away_for_everybody(app, store):
    gathering = app.which.value
    before = store.written.lines(gathering)
    assert {line.text for line in before} <= {*LINES}
    assert app.lines.list.value.count("<li>") == len(before)
    app.lines.away.click()
    assert len(store.written.lines(gathering)) == len(before) - 1 == app.lines.list.value.count("<li>")
    assert app.voice.text == "The line is taken away."


def test_one_thing_is_looked_at_at_a_time(app):
    for place, view in enumerate(app._views):
        app.view.value = place
        assert [shown(each) for each in app._views].index(True) == place
        assert shown(view)
        assert sum(shown(each) for each in app._views) == 1


def test_what_readers_settled_stands_in_the_report(store):
    gathering = store.weave.held()[-1].id
    lead = store.identities.house(Role.FACILITATOR, NOW)
    store.reading.write_book([Theme("rent", "Rent & homes"), Theme("faith", "Faith")])
    lines = store.written.lines(gathering)
    for line in lines:
        store.reading.code(line.id, "rent" if line is not lines[0] else "faith", lead)
    app = Weave(Visitor(store=store), lambda: NOW)
    page = app._page("report")[1].decode()
    assert f"Rent &amp; homes ({len(lines) - 1})" in page.replace("\u2068", "").replace("\u2069", "")
    assert "In fewer than five lines each: " in page
    assert "Rent &amp; homes" in app.told.value
    store.reading.write_book([])


def test_of_fewer_than_five_who_agreed_neither_a_number_nor_a_picture_is_shown(tmp_path):
    with_few = open_store(f"sqlite:///{tmp_path / 'few.sqlite3'}")
    (gathered,) = series(with_few, NOW - timedelta(days=2), many=1)
    talk = next(talk for talk in gathered.evening.rounds[0].conversations if gathered.agreed >= {*talk.people})
    lead = with_few.identities.house(Role.FACILITATOR, NOW)
    for id in gathered.agreed - {*talk.people}:
        with_few.consents.note(gathered.id, id, Said("weave", False, WORDING, NOW, Way.DESK), lead)
    app = Weave(Visitor(store=with_few), lambda: NOW)
    assert 0 < app._report.now.people < 5
    assert "Fewer than five people agreed" in app.told.value
    assert not shown(app.before_after)
    assert app.cloth.value == ""
    with_few.close()

"""What is somebody's alone stands on no other page: every page there is, is searched for it.

That is what they wrote for themselves, and of a leader what is not shared with them, or theirs and nobody else's.
"""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from relexp.privacy.visibility import Visibility
from relexp.server.doors import now
from relexp.store.codes import code_of
from relexp.store.seal import Seal
from tests.browser.visiting import start
from tests.server.evenings import people
from tests.server.leading import AMINA, led
from tests.server.test_before_you_go import keeps, mine, over
from tests.server.test_phones import Line
from tests.server.test_routes import RULES, Browser

__all__ = ["over"]
# Words that stand nowhere else.
WORDS = ("quincunx", "zephyrine", "বৃষ্টিবিলাস", "marzipanish", "oystercatching")
PARTS = dict(zip(("same", "different", "taught", "power", "step"), WORDS, strict=True))
REACH = "at Xylophone House"
# Of a leader: a note that is not shared with them, and what they say of one that is.
UNSHARED, ANSWERED = "sealingwaxing", "tourmalines"


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("log") / "noted"


@pytest.fixture(scope="module")
def running(tmp_path_factory, log):
    server = start(tmp_path_factory.mktemp("private"), log=log)
    yield server
    assert server.end() == 0


@pytest.fixture
def written(over):
    """An evening after which somebody reflected, wished to meet somebody, and answered; with all phones."""
    held, phones = over(people(6))
    form = {"sameness": "4", "again": "p4", "reach": REACH, "trust": "5", **PARTS}
    for what in ("reflect", "again", "answers"):
        keeps(phones[0], what, **form)
    assert len(mine(held)) == 1
    assert held.store.meeting_again.wished(held.id, "p0") == ({"p4"}, REACH)
    return held, phones


@pytest.fixture
def leader(store):
    """A leader of whom one line is not shared with them, and one is, which they answered."""
    found = led(store)
    found.line(UNSHARED, shared=False)
    line = found.line("Spoke at the vigil")
    store.leaders.lines.answer(line, found.id, ANSWERED)
    yield found
    store.leaders.take_out([found.id], found.trainer, now())


def comes_as(running, role):
    browser = Browser(running.links["base"])
    assert browser.ask(running.links[role].removeprefix(browser.base))[0] == 302
    return browser


def pages(browser):
    """Every address of ours that this browser can open, and what stands there."""
    found = {}
    for path in RULES:
        if not re.match("/(in|api|voila|close|relexp)/|/links/shut|/out", path):
            status, text = browser.ask(path)
            if status == 200:
                found[path] = text
    return found


def found_in(text):
    return [word for word in (*WORDS, REACH, UNSHARED, ANSWERED) if word in text]


def test_only_the_writer_s_own_pages_hold_what_they_wrote(running, written):
    _, phones = written
    own = {path for path, text in pages(phones[0]).items() if found_in(text)}
    assert own == {"/card/after", "/card/reflect", "/card/again", "/card/answers", "/mine"}
    for other in (*phones[1:], comes_as(running, "participant")):
        told = pages(other)
        assert {"/card", "/mine", "/woven"} <= set(told)
        assert [path for path, text in told.items() if found_in(text)] == []


def test_neither_the_projector_nor_whoever_leads_sees_any_of_it(running, written):
    held, _ = written
    for role, some in (("projector", {"/projector", "/woven"}), ("facilitator", {"/run", "/gathering", "/woven"})):
        browser = comes_as(running, role)
        told = pages(browser)
        assert some <= set(told)
        assert held.store.gatherings.get(held.id).name in told["/woven"]
        # The page was made, with those who came on it.
        assert role == "projector" or "Amina Khan" in told["/run"]
        assert [path for path, text in told.items() if found_in(text)] == []
        event, shown = Line(browser, "/projector/changes").hears()
        assert (event, found_in(shown)) == ("show", [])


def test_neither_the_archive_nor_the_store_itself_holds_it(written):
    held, _ = written
    with zipfile.ZipFile(io.BytesIO(held.store.archive(lambda content: ""))) as zipped:
        for name in zipped.namelist():
            assert found_in(zipped.read(name).decode()) == []
    with held.store.database.reads() as connection:
        for table in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all():
            rows = connection.exec_driver_sql(f'SELECT * FROM "{table}"').all()
            assert found_in(str(rows)) == [], table


def test_by_whose_phone_it_came_and_by_which_code_they_answered_is_not_told_together(written):
    held, _ = written
    held.store.purge(now())
    code = code_of("p0", held.expected[0].name, Seal())
    phone = held.store.gatherings.guests(held.id)[0].identity_id
    held.close()
    with held.store.database.reads() as connection:
        for table in ("answers", "reflections", "identities", "links"):
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}").all():
                assert not (code in row and phone in row)


def test_what_was_shared_with_whoever_leads_is_still_on_no_other_page(running, written):
    held, phones = written
    phones[0].send("/mine/show", "/mine", gathering=held.id, visibility="facilitator")
    assert mine(held)[0].visibility is Visibility.FACILITATOR
    for browser in (phones[1], comes_as(running, "projector")):
        assert [path for path, text in pages(browser).items() if found_in(text)] == []


def test_a_fault_while_it_is_kept_tells_nothing_of_it(running, written, log):
    held, phones = written
    with held.store.database.writes() as connection:
        connection.exec_driver_sql("ALTER TABLE reflections RENAME TO elsewhere")
    try:
        form = {"sameness": "3", **PARTS}
        status, page = phones[1].send("/card/reflect", "/card", **form)
    finally:
        with held.store.database.writes() as connection:
            connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO reflections")
    assert status in (500, 503)
    assert found_in(page) == []
    assert "Traceback" not in page
    noted = log.read_text("utf-8", "replace")
    assert "OperationalError at " in noted
    assert found_in(noted) == []


def test_a_note_on_a_leader_that_is_not_shared_is_on_no_page_of_theirs_and_their_own_words_on_no_other_s(
    running, store, leader
):
    other = led(store)
    own, another = leader.phone(running.links["base"]), other.phone(running.links["base"])
    told = pages(own) | {f"/row/line/{line.id}": own.ask(f"/row/line/{line.id}")[1] for line in leader.lines}
    shared = next(line.id for line in leader.lines if line.shared)
    assert {"/row", "/row/step", "/row/habits"} <= set(told)
    assert {path: found_in(text) for path, text in told.items() if found_in(text)} == {
        "/row": [ANSWERED],
        f"/row/line/{shared}": [ANSWERED],
    }
    for somebody in (another, comes_as(running, "participant"), comes_as(running, "projector")):
        seen = pages(somebody)
        seen |= {line.id: somebody.ask(f"/row/line/{line.id}")[1] for line in leader.lines}
        assert [path for path, text in seen.items() if found_in(text)] == []


def test_what_is_noted_of_a_leader_lies_under_lock_and_in_no_archive(store, leader):
    with zipfile.ZipFile(io.BytesIO(store.archive(lambda content: ""))) as zipped:
        assert [name for name in zipped.namelist() if found_in(zipped.read(name).decode())] == []
    with store.database.reads() as connection:
        for table in ("leaders", "leader_evidence", "leader_changes"):
            assert found_in(str(connection.exec_driver_sql(f"SELECT * FROM {table}").all())) == []


def test_a_fault_while_a_leader_writes_tells_nothing_of_it(running, store, leader, log):
    phone = leader.phone(running.links["base"])
    with store.database.writes() as connection:
        connection.exec_driver_sql("ALTER TABLE leader_changes RENAME TO elsewhere")
    try:
        status, page = phone.send("/row/words/talents", "/row/words/talents", talents=UNSHARED)
    finally:
        with store.database.writes() as connection:
            connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO leader_changes")
    assert status in (500, 503)
    assert found_in(page) == []
    assert "Traceback" not in page
    noted = log.read_text("utf-8", "replace")
    assert "OperationalError at " in noted
    assert found_in(noted) == []
    assert leader.cell("talents") == AMINA.talents

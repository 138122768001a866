"""The papers on the gathering page: what a press asks for is what comes, and nothing that nobody asked for is on it."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest

from relexp.apps.paper_panel import PaperPanel
from relexp.exchange.print_pack import PAGES
from relexp.messages import say
from tests.apps.test_gathering import app_with, planned, sheet, shown


def asked(panel: PaperPanel, page: object, how: object = "print") -> tuple[dict[str, object], str]:
    """What goes to the browser when a page is asked for."""
    sent: list[tuple[dict[str, object], list[bytes]]] = []
    panel.papers.send = lambda content, buffers=(): sent.append((content, list(buffers)))  # type: ignore[method-assign]
    try:
        panel.papers._asked(panel.papers, {"page": page, "how": how}, [])
    finally:
        del panel.papers.send  # type: ignore[method-assign]
    ((content, buffers),) = sent
    return content, b"".join(buffers).decode()


def test_there_are_no_papers_before_there_is_an_evening():
    app = app_with(sheet(12))
    assert not shown(app.paper)
    planned(app)
    assert shown(app.paper)
    app.keeping.yes.click()
    assert not shown(app.paper)


@pytest.mark.parametrize("page", PAGES)
def test_each_paper_is_printed_or_saved_under_its_name(page):
    app = planned(app_with(sheet(12)))
    content, html = asked(app.paper, page)
    assert (content["how"], content["file"]) == ("print", f"{page}.html")
    assert html.startswith("<!doctype html>")
    app.paper.size.value = 1
    content, html = asked(app.paper, page, "save")
    assert (content["how"], content["file"]) == ("save", f"{page}-large.html")
    assert '<body class="large">' in html


def test_a_paper_that_there_is_not_is_not_made():
    app = planned(app_with(sheet(12)))
    for page in ("../secret", None, 3):
        assert asked(app.paper, page) == ({}, "")


def test_the_button_is_free_again_when_a_page_could_not_be_made():
    app = planned(app_with(sheet(12)))
    sent = []
    app.paper.papers.send = lambda content, buffers=(): sent.append(content)
    app.evening.evening = None
    with pytest.raises(ValueError, match="no evening"):
        app.paper.papers._asked(app.paper.papers, {"page": "cards", "how": "print"}, [])
    assert sent == [{}]


def test_the_papers_have_the_times_and_the_questions_of_the_page_for_the_rounds_that_were_planned():
    app = planned(app_with(sheet(12)))
    app.times.minutes["talk"].value = 10
    app.times.questions.children[1].value = "Which river?"
    app.rounds.value = 2
    _, html = asked(app.paper, "run-sheet")
    assert "21:05" in html
    assert "Which river?" in html
    assert html.count('class="round"') == 5


def test_the_organisation_is_on_a_badge_only_when_it_is_asked_for():
    app = planned(app_with(sheet(12)))
    assert "UNISON" not in asked(app.paper, "badges")[1]
    app.paper.badges.value = 1
    assert "UNISON" in asked(app.paper, "badges")[1]
    for page in PAGES:
        if page not in ("badges", "evening-on-paper"):
            assert "UNISON" not in asked(app.paper, page)[1]


def test_a_private_answer_is_on_no_paper():
    faiths = ("Quakerly", "Baptistly", "Sunnily")
    data = sheet(24, "name,organisation,Faith,gender,women only", lambda place: f",{faiths[place % 3]},woman,yes")
    app = planned(app_with(data))
    app.paper.badges.value = 1
    for page in PAGES:
        html = asked(app.paper, page)[1]
        assert not [faith for faith in faiths if faith in html]
        assert not re.search("women|woman", html)


def test_the_quiet_tables_are_marked_on_their_signs():
    data = sheet(12, "name,organisation,quiet", lambda place: ",yes" if place < 2 else ",")
    assert asked(planned(app_with(data)).paper, "table-signs")[1].count("Quiet table") == 2


def test_rooms_for_zoom_are_offered_only_where_the_sheet_has_addresses():
    app = planned(app_with(sheet(12)))
    assert not shown(app.paper.zoom)
    assert not shown(app.paper.zoom_note)


def test_who_has_no_address_is_named_and_the_others_get_their_rooms():
    data = sheet(12, "name,organisation,email", lambda place: "," if place in (2, 5) else f",p{place}@example.org")
    app = planned(app_with(data))
    assert shown(app.paper.zoom)
    note = re.sub("<[^>]+>", "", app.paper.zoom_note.value)
    assert str(say("paper.zoom_lacking", names="Person 002, Person 005")) in note
    rooms = zipfile.ZipFile(io.BytesIO(app.paper.zoom.make()))
    assert rooms.namelist() == [f"round-{number}.csv" for number in range(1, 6)]
    rows = list(csv.reader(io.StringIO(rooms.read("round-1.csv").decode())))
    assert rows[0] == ["Pre-assign Room Name", "Email Address"]
    assert {row[1] for row in rows[1:]} == {f"p{place}@example.org" for place in range(12) if place not in (2, 5)}


def test_the_json_is_the_evening_to_keep():
    app = planned(app_with(sheet(12)))
    kept = json.loads(app.paper.json.make())
    assert len(kept["rounds"]) == len(app.evening.evening.rounds)
    assert app.paper.zoom.make() == app.paper.zoom.make()


def test_whom_to_turn_to_is_on_the_papers_as_soon_as_it_is_written_and_there_is_a_line_for_it_before():
    app = planned(app_with(sheet(12)))
    on_signs = asked(app.paper, "table-signs")[1]
    assert "Worried about something?" not in on_signs
    line = '<span class="line"></span>'
    assert asked(app.paper, "cards")[1].count(f"Speak to: {line}") == 12
    app.care.fields["who"].value, app.care.fields["where"].value = "<b>Siân</b>", "by the tea table"
    named = '<strong><bdi dir="auto">&lt;b&gt;Siân&lt;/b&gt;</bdi></strong>, <bdi dir="auto">by the tea table</bdi>'
    for page, often in (("cards", 12), ("table-signs", 6), ("run-sheet", 1), ("evening-on-paper", 20)):
        html = asked(app.paper, page)[1]
        assert html.count(named) >= often, page
        assert f"Speak to: {line}" not in html

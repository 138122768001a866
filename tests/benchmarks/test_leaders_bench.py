"""The benchmark of the leadership table measures the page and the store on a table of the size that was asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from benchmarks import leaders
from relexp.leadership.columns import fields
from relexp.leadership.evidence import Kind
from relexp.leadership.finding import Query
from relexp.store import open_store
from relexp.store.leader_tables import leader_evidence, leader_moves
from tests.store import postgresql

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with a hundred and twenty leaders."""
    url = f"sqlite:///{tmp_path_factory.mktemp('alliance') / 'relexp.sqlite3'}"
    leaders.filled(url, 120, 1200)
    return url


def test_the_made_up_alliance_is_as_large_as_it_says_and_as_sound_as_one_that_people_wrote(filled: str) -> None:
    store = open_store(filled)
    rows, lines = store.leaders.all(), store.leaders.lines.evidence()
    assert (len(rows), len(lines)) == (120, 1200)
    assert sum(line.kind is Kind.ONE_TO_ONE for line in lines) > 400
    assert all(line.what for line in lines)
    with store.database.reads() as connection:
        kept = connection.execute(select(leader_evidence.c.what)).scalars().all()
        stands = select(func.count()).select_from(leader_moves.join(leader_evidence))
        assert connection.execute(stands).scalar_one() == len(store.leaders.lines.moves()) > 120
    assert all(text.startswith("gAAAA") for text in kept)
    assert {row.leader.developed_by for row in rows} - {""} <= {row.leader.id for row in rows}
    assert store.leaders.measures(store.leaders.board()[0], NOW.date()).contact.people == 120
    store.close()


def test_what_is_asked_are_the_questions_of_the_page_and_together_some_that_are_hard() -> None:
    asked = leaders.questions()
    assert Query(unmet=90) in asked.values()
    assert any(query.words for query in asked.values())
    assert any(query.stages and query.unmet and query.group for query in asked.values())
    assert "role" in fields(leaders.default_board())


def test_the_slowest_question_is_the_one_whose_median_is_highest() -> None:
    found = {"sort_s name": [1.0, 1.0, 9.0], "sort_s met": [2.0, 2.0, 2.0], "open_s": [3.0]}
    assert leaders.slowest(found, "sort_s") == ("met", [2.0, 2.0, 2.0])
    assert leaders.slowest(found, "open_s") == ("", [3.0])


def test_a_run_gives_a_table_a_file_and_a_section_and_touches_no_key_of_whoever_runs_it(tmp_path) -> None:
    file, results, own = tmp_path / "figures.json", tmp_path / "RESULTS.md", tmp_path / "own"
    given = ["--quick", "--people", "80", "--json", str(file), "--results", str(results)]
    run = subprocess.run(
        [sys.executable, leaders.__file__, *given],
        env=os.environ | {"XDG_CONFIG_HOME": str(own), "XDG_DATA_HOME": str(own)},
        capture_output=True,
        text=True,
        check=True,
    )
    figures = json.loads(file.read_text())
    expected = ["sqlite_80", "postgresql_80"] if postgresql.programs() else ["sqlite_80"]
    assert [*figures] == expected
    for case in expected:
        assert set(figures[case]) >= {"open_s", "filter_s", "sort_s", "save_s", "week_s", "undo_s", "peak_mb"}
        assert all(value > 0 for value in figures[case].values())
        assert f"- {case}: slowest to ask is" in run.stdout
    section = results.read_text()
    assert "## leaders" in section
    assert "`python benchmarks/leaders.py --quick --people 80`" in section
    assert "load average" in section
    assert not own.exists()

"""The benchmark of starts measures all ways to a kernel, and says so in a table and a file."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks import starts
from relexp.server.forkserver.template import possible


@pytest.mark.skipif(not possible(), reason="this system has no handles for processes")
def test_the_table_gives_start_memory_and_what_is_left(tmp_path, capsys):
    file, results = tmp_path / "figures.json", tmp_path / "RESULTS.md"
    given = ["--quick", "--starts", "9", "--json", str(file), "--results", str(results)]

    # In a thread of its own: that of the tests may have a loop running.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(starts.main, given).result()
    figures = json.loads(file.read_text(encoding="utf-8"))
    assert list(figures) == ["forked", "slim", "jupyter"]
    assert set(starts.FIGURES) <= set(figures["forked"])
    assert figures["forked"]["starts"] == 9
    assert figures["forked"]["orphans"] == 0
    assert figures["forked"]["private_mb"] < figures["slim"]["private_mb"]
    shown = capsys.readouterr().out
    assert "| forked" in shown
    assert "| forked" in results.read_text(encoding="utf-8")

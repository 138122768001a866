"""However a command ends, there is an exit status and a sentence, and never a traceback."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

import click
import pytest

from relexp.cli import main
from relexp.cli.console import NotDone, progress, tame
from relexp.cli.guard import guarded
from relexp.messages import FaultsFound, say, tell


def raising(error: BaseException) -> Callable[[], object]:
    def work() -> object:
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (NotDone([say("cli.stopped")]), 1, "Stopped."),
        (
            FaultsFound([tell("cli.stopped", 7), tell("evening.no_id", 8)]),
            1,
            "row 7: Stopped. Nothing was written.\nrow 8: ",
        ),
        (click.UsageError("That is no way to ask."), 2, "That is no way to ask."),
        (click.Abort(), 1, "Nothing was written"),
        (KeyboardInterrupt(), 1, "Nothing was written"),
        (MemoryError(), 1, "too much for the memory"),
        (OSError(5, "Input/output error"), 1, "Input/output error"),
        (ZeroDivisionError("Amina's secret"), 1, "not your fault (ZeroDivisionError at test_ends.py:"),
    ],
)
def test_every_way_to_end_has_a_status_and_a_sentence_on_standard_error(
    error: BaseException, status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert guarded(raising(error)) == status
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "Traceback" not in err
    assert "secret" not in err


def test_with_debugging_asked_for_the_traceback_is_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELEXP_DEBUG", "1")
    assert guarded(raising(ZeroDivisionError("here"))) == 1
    assert "Traceback" in capsys.readouterr().err


def test_work_that_ends_well_ends_with_0() -> None:
    assert guarded(lambda: None) == 0


def test_a_reader_who_stops_listening_gets_no_complaint(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(raising(BrokenPipeError())) == 1
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("wrong", [["nonsense"], ["pair"], ["pair", "x.csv", "--rounds", "0"], ["pair", "--nonsense"]])
def test_wrong_usage_ends_with_2_and_says_how_to_ask(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(wrong) == 2
    assert "Usage:" in capsys.readouterr().err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    for command in ("pair", "replan", "check", "verify", "template", "demo", "serve"):
        assert f"\n  {command} " in shown


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert "relexp" in capsys.readouterr().out


def test_letters_that_steer_a_terminal_are_not_obeyed() -> None:
    assert tame("Amina\x1b[2J\r\x07 زينب\nBen") == "Amina�[2J�� زينب\nBen"


class Screen(io.StringIO):
    """A stream that somebody watches."""

    def isatty(self) -> bool:
        return True


def test_progress_is_shown_after_a_second_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    screen = Screen()
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(sys, "stderr", screen)
    with progress() as watch:
        assert watch is not None
        assert watch(0.1)
        assert screen.getvalue() == ""
        now[0] = 1.2
        assert watch(0.5)
        assert watch(0.501)
        assert watch(7.0)
    shown = screen.getvalue()
    assert shown.count("50%") == 1
    assert shown.count("100%") == 1
    assert shown.endswith("\r")


def test_progress_is_silent_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress() as watch:
        assert watch is None


def run(
    *arguments: str, stdout: int | IO[bytes] = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "relexp", *arguments]
    return subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, env={**os.environ, **environment}, check=False, timeout=60
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device to write to")
def test_a_full_disk_behind_standard_output_is_said_in_a_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        ended = run("--help", stdout=full)
    assert ended.returncode == 1
    assert b"No space left" in ended.stderr
    assert b"Traceback" not in ended.stderr
    assert b"Exception ignored" not in ended.stderr


def test_names_in_letters_that_a_terminal_lacks_do_not_stop_the_evening(tmp_path: Path) -> None:
    sheet = tmp_path / "room.csv"
    sheet.write_text("name,organisation\nزينب,A\nÅsa,B\n", encoding="utf-8")
    ended = run("pair", str(sheet), "--rounds", "1", PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert ended.returncode == 0, ended.stderr
    assert "???? & Åsa".encode("latin-1") in ended.stdout

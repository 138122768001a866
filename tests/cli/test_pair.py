"""`relexp pair`: a sign-up sheet becomes an evening; what cannot be done is said, and nothing is left half-written."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

import relexp.pairing.plan
from relexp.cli import main
from relexp.exchange.print_pack import PAGES
from relexp.messages import say
from relexp.pairing.impossible import Impossible


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "room.csv"
    rows = [f"p{n},Person {n},Group {n % 5},p{n}@example.org" for n in range(1, 13)]
    path.write_text("\n".join(["id,name,organisation,email", *rows]), encoding="utf-8")
    return path


def pairs(evening: Path) -> set[tuple[str, str]]:
    shape = json.loads(evening.read_text(encoding="utf-8"))
    talks = [talk["people"] for round in shape["rounds"] for talk in round["conversations"]]
    return {(a, b) for talk in talks for a in talk for b in talk if a < b}


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_without_out_the_evening_is_printed_by_round_with_its_figures(
    sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pair", str(sheet), "--rounds", "3"]) == 0
    out, _ = capsys.readouterr()
    assert [line for line in out.splitlines() if line.startswith("Round")] == ["Round 1", "Round 2", "Round 3"]
    assert out.count("  table ") == 18
    assert "People: 12. Rounds: 3." in out
    assert "Conversations: 18. Turns (one for each person in each conversation): 36." in out


def test_the_quiet_tables_are_named_where_there_are_any(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pair", str(sheet)]) == 0
    assert "uiet" not in capsys.readouterr().out
    lines = sheet.read_text(encoding="utf-8").splitlines()
    rows = [lines[0] + ",quiet", lines[1] + ",yes", lines[2] + ",yes", *(line + "," for line in lines[3:])]
    sheet.write_text("\n".join(rows), encoding="utf-8")
    old, paper = tmp_path / "e.json", tmp_path / "paper"
    assert main(["pair", str(sheet), "--out", str(old), "--print", str(paper)]) == 0
    assert "Quiet tables: 1, 2. Put them where it is calmest." in capsys.readouterr().out
    assert "Quiet tables: 1, 2." in (paper / "run-sheet.html").read_text(encoding="utf-8")
    more = ["--roster", str(sheet), "--after", "2", "--leave", "p5", "--out", str(tmp_path / "n.json")]
    assert main(["replan", str(old), *more]) == 0
    assert "Quiet tables: 1, 2." in capsys.readouterr().out


def test_every_file_tells_the_same_evening(sheet: Path, tmp_path: Path) -> None:
    for ending in ("json", "csv", "xlsx"):
        report = tmp_path / f"report-{ending}.json"
        assert main(["pair", str(sheet), "--out", str(tmp_path / f"e.{ending}"), "--report", str(report)]) == 0
    shape = json.loads((tmp_path / "e.json").read_text(encoding="utf-8"))
    rows = list(csv.DictReader(io.StringIO((tmp_path / "e.csv").read_text(encoding="utf-8-sig"))))
    seats = {
        (str(round["round"]), str(talk["table"]), id)
        for round in shape["rounds"]
        for talk in round["conversations"]
        for id in talk["people"]
    }
    assert {(row["round"], row["table"], row["id"]) for row in rows} == seats
    assert len(rows) == 60
    routes = CalamineWorkbook.from_path(str(tmp_path / "e.xlsx")).get_sheet_by_name("Personal routes").to_python()
    for row in rows:
        cell = next(route for route in routes if route[0] == row["id"])[1 + int(row["round"])]
        assert cell == f"table {row['table']}, with {row['with']}"
    reports = [json.loads((tmp_path / f"report-{ending}.json").read_text()) for ending in ("json", "csv", "xlsx")]
    for report in reports:
        assert report.pop("seconds") >= 0
        assert report == shape["report"]
    assert reports[0]["turns"] == len(rows)
    assert reports[0]["conversations"] == 30


def test_the_same_sheet_and_seed_give_the_same_files_byte_for_byte(sheet: Path, tmp_path: Path) -> None:
    for ending in ("json", "csv", "xlsx"):
        one, two = tmp_path / f"1.{ending}", tmp_path / f"2.{ending}"
        assert main(["pair", str(sheet), "--seed", "4", "--out", str(one)]) == 0
        assert main(["pair", str(sheet), "--seed", "4", "--out", str(two)]) == 0
        assert one.read_bytes() == two.read_bytes()


def test_rounds_and_seed_of_the_command_line_go_before_those_of_the_rules(sheet: Path, tmp_path: Path) -> None:
    rules, out = tmp_path / "rules.toml", tmp_path / "e.json"
    rules.write_text("rounds = 4\nseed = 9\n[present]\np1 = [2, 4]\n", encoding="utf-8")
    assert main(["pair", str(sheet), "--rules", str(rules), "--rounds", "3", "--seed", "5", "--out", str(out)]) == 0
    shape = json.loads(out.read_text())
    assert (len(shape["rounds"]), shape["seed"], shape["present"]) == (3, 5, {"p1": [2]})
    assert main(["pair", str(sheet), "--rules", str(rules), "--out", str(out)]) == 0
    assert json.loads(out.read_text())["seed"] == 9


def test_fewer_rounds_than_the_rules_speak_of_are_refused(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('[[pin]]\nround = 5\npeople = ["p1", "p2"]\n', encoding="utf-8")
    assert main(["pair", str(sheet), "--rules", str(rules), "--rounds", "4"]) == 1
    assert "The rules speak of round 5, but 4 rounds are asked for." in capsys.readouterr().err


@pytest.mark.parametrize("repeated", [True, False])
def test_people_who_met_in_any_earlier_evening_do_not_meet_again(
    sheet: Path, tmp_path: Path, repeated: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    may, june, july = (tmp_path / f"{month}.json" for month in ("may", "june", "july"))
    assert main(["pair", str(sheet), "--rounds", "2", "--out", str(may)]) == 0
    assert main(["pair", str(sheet), "--rounds", "2", "--met", str(may), "--out", str(june)]) == 0
    met = ["--met", str(may), "--met", str(june)] if repeated else ["--met", str(may), str(june)]
    assert main(["pair", str(sheet), "--rounds", "2", *met, "--out", str(july)]) == 0
    assert len(pairs(may) | pairs(june) | pairs(july)) == 36
    assert main(["verify", str(sheet), str(july)]) == 0
    assert "avoids: 24." in capsys.readouterr().err


def test_people_of_an_earlier_evening_who_are_not_here_are_counted_and_left_out(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    may = tmp_path / "may.json"
    assert main(["pair", str(sheet), "--out", str(may)]) == 0
    fewer = tmp_path / "fewer.csv"
    fewer.write_text("\n".join(sheet.read_text().splitlines()[:9]), encoding="utf-8")
    assert main(["pair", str(fewer), "--rounds", "1", "--met", str(may)]) == 0
    assert "4 of the people in it are not on this sheet" in capsys.readouterr().err


def test_a_faulty_sheet_is_refused_with_every_fault_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "room.csv"
    sheet.write_text("id,name,under_18\na,Amina,perhaps\nb,Ben,\na,Cem,often\n", encoding="utf-8")
    assert main(["pair", str(sheet), "--out", str(tmp_path / "e.json"), "--report", str(tmp_path / "r.json")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "To put right: 3." in err
    assert err.count("row ") >= 3
    assert left(tmp_path) == ["room.csv"]


def test_faulty_rules_are_refused_with_every_fault(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('rounds = "many"\nodd = "even"\n', encoding="utf-8")
    assert main(["pair", str(sheet), "--rules", str(rules), "--out", str(tmp_path / "e.json")]) == 1
    assert "rules.toml cannot be used as it is. To put right: 2." in capsys.readouterr().err
    assert left(tmp_path) == ["room.csv", "rules.toml"]


@pytest.mark.parametrize("missing", ["sheet", "rules", "met"])
def test_a_file_that_is_not_there_is_said_so(
    sheet: Path, tmp_path: Path, missing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = str(tmp_path / "nowhere.json")
    arguments = {"sheet": [nowhere], "rules": [str(sheet), "--rules", nowhere], "met": [str(sheet), "--met", nowhere]}
    assert main(["pair", *arguments[missing]]) == 1
    assert "nowhere.json" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--out", "evening.pdf"],
        ["--out", "evening"],
        ["--out", "e.json", "--report", "e.json"],
        ["--out", "room.csv"],
        ["--report", "room.csv"],
        ["--report", "r.txt"],
        ["--rounds", "none"],
    ],
)
def test_wrong_usage_ends_with_2_before_anything_is_planned(
    sheet: Path, tmp_path: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sheet.read_bytes()
    assert main(["pair", "room.csv", *arguments]) == 2
    assert sheet.read_bytes() == before
    assert left(tmp_path) == ["room.csv"]


# Twelve people, ten of one group that may never meet each other.
IMPOSSIBLE = 'rounds = 3\n[across.organisation]\nnever_same = "hard"\n'


@pytest.fixture
def lopsided(tmp_path: Path) -> list[str]:
    rows = [f"p{n},Person {n},{'Big' if n > 2 else 'Small'}" for n in range(1, 13)]
    (tmp_path / "room.csv").write_text("\n".join(["id,name,organisation", *rows]), encoding="utf-8")
    (tmp_path / "rules.toml").write_text(IMPOSSIBLE, encoding="utf-8")
    return ["pair", str(tmp_path / "room.csv"), "--rules", str(tmp_path / "rules.toml")]


def test_rules_that_cannot_all_hold_give_no_evening_but_a_report_with_the_reasons(
    lopsided: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "r.json"
    assert (
        main([*lopsided, "--out", str(tmp_path / "e.json"), "--report", str(report), "--print", str(tmp_path / "p")])
        == 1
    )
    out, err = capsys.readouterr()
    shape = json.loads(report.read_text(encoding="utf-8"))
    assert shape["feasible"] is False
    assert shape["reasons"]
    assert out == ""
    for reason in shape["reasons"]:
        assert reason in err
    assert "--least-bad" in err
    assert left(tmp_path) == ["r.json", "room.csv", "rules.toml"]


def test_the_least_bad_evening_is_written_with_the_reasons_and_the_exit_status_is_0(
    lopsided: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, report = tmp_path / "e.json", tmp_path / "r.json"
    assert main([*lopsided, "--least-bad", "--out", str(out), "--report", str(report)]) == 0
    shape = json.loads(report.read_text(encoding="utf-8"))
    assert shape["feasible"] is False
    assert json.loads(out.read_text(encoding="utf-8"))["report"]["reasons"] == shape["reasons"]
    err = capsys.readouterr().err
    for reason in shape["reasons"]:
        assert reason in err


def test_an_impossible_evening_without_a_report_asked_for_writes_nothing(
    sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*rest: object, **more: object) -> None:
        raise Impossible((say("cli.stopped"),), {"people": 12})

    monkeypatch.setattr(relexp.pairing.plan, "plan", refuse)
    assert main(["pair", str(sheet), "--out", str(tmp_path / "e.json")]) == 1
    assert left(tmp_path) == ["room.csv"]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("inside"), MemoryError()])
def test_planning_that_is_stopped_or_fails_leaves_nothing_behind(
    sheet: Path,
    tmp_path: Path,
    error: BaseException,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*rest: object, **more: object) -> None:
        raise error

    monkeypatch.setattr(relexp.pairing.plan, "plan", fail)
    folder = tmp_path / "paper"
    assert main(["pair", str(sheet), "--out", str(tmp_path / "e.csv"), "--print", str(folder)]) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert left(tmp_path) == ["room.csv"]


def test_a_full_disk_leaves_the_old_evening_as_it_was_and_no_part_of_the_new_one(
    sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written = []

    def fail(handle: int) -> None:
        written.append(handle)
        if len(written) == 4:
            raise OSError(28, os.strerror(28))

    (tmp_path / "e.csv").write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", fail)
    arguments = ["--out", str(tmp_path / "e.csv"), "--report", str(tmp_path / "r.json"), "--zoom", str(tmp_path / "z")]
    assert main(["pair", str(sheet), *arguments]) == 1
    assert "the disk is full" in capsys.readouterr().err
    assert (tmp_path / "e.csv").read_text() == "old"
    assert left(tmp_path) == ["e.csv", "room.csv"]


def test_a_folder_that_is_not_there_is_said_so(sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pair", str(sheet), "--out", str(tmp_path / "nowhere" / "e.csv")]) == 1
    assert "no such folder" in capsys.readouterr().err
    assert left(tmp_path) == ["room.csv"]


def test_breakout_rooms_and_paper_are_written_to_folders_of_their_own(sheet: Path, tmp_path: Path) -> None:
    zoom, paper = tmp_path / "zoom", tmp_path / "paper"
    assert main(["pair", str(sheet), "--rounds", "2", "--zoom", str(zoom), "--print", str(paper)]) == 0
    assert left(zoom) == ["round-1.csv", "round-2.csv"]
    assert len(left(paper)) == 2 * len(PAGES)
    rows = list(csv.DictReader(io.StringIO((zoom / "round-1.csv").read_text(encoding="utf-8"))))
    assert len(rows) == 12
    assert list(rows[0]) == ["Pre-assign Room Name", "Email Address"]


def test_breakout_rooms_without_email_addresses_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "room.csv").write_text("name,organisation\nAmina,A\nBen,B\n", encoding="utf-8")
    assert main(["pair", str(tmp_path / "room.csv"), "--rounds", "1", "--zoom", str(tmp_path / "z")]) == 1
    assert "email" in capsys.readouterr().err
    assert left(tmp_path) == ["room.csv"]


def test_no_private_column_is_in_any_file_or_on_the_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f"p{n},Person {n},Group {n % 5},Zoroastrian{n % 3},{n}@example.org" for n in range(1, 13)]
    sheet = tmp_path / "room.csv"
    sheet.write_text("\n".join(["id,name,organisation,religion,email", *rows]), encoding="utf-8")
    for ending in ("csv", "json", "xlsx"):
        out, report = tmp_path / f"e.{ending}", tmp_path / f"r-{ending}.json"
        arguments = [
            "--out",
            str(out),
            "--report",
            str(report),
            "--print",
            str(tmp_path / "p"),
            "--zoom",
            str(tmp_path / "z"),
        ]
        assert main(["pair", str(sheet), *arguments]) == 0
    assert main(["pair", str(sheet)]) == 0
    assert main(["check", str(sheet)]) == 0
    shown = "".join(capsys.readouterr())
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path != sheet]
    book = CalamineWorkbook.from_path(str(tmp_path / "e.xlsx"))
    cells = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    for text in (shown, cells, *(data.decode("utf-8", "replace") for data in files)):
        assert "zoroastrian" not in text.casefold()

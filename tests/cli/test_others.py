"""`check`, `verify`, `template`, `demo` and `serve`: the commands around the evening itself."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest

import relexp.server.serve
from relexp.cli import main
from relexp.messages import FaultsFound, tell


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "room.csv"
    rows = [f"p{n},Person {n},{'Church' if n > 4 else f'Group {n}'},English" for n in range(1, 13)]
    path.write_text("\n".join(["id,name,organisation,languages", *rows]), encoding="utf-8")
    return path


def test_check_says_that_a_sheet_can_be_used_and_how_mixed_the_room_is(
    sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(sheet)]) == 0
    out = capsys.readouterr().out
    assert "can be used as it is" in out
    assert "People: 12." in out
    assert "Difference is wanted on: organisation" in out
    assert "in common: languages" in out
    assert "“Church” is 8 of the 12 people who talk, more than half." in out


def test_check_asks_about_people_who_may_stand_there_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "room.csv"
    rows = ["Sign-ups", "name,organisation", "Amina Yusuf,A", "Ben Carter,B", "", "Yusuf Amina,A", "ben carter,B"]
    sheet.write_text("\n".join(rows), encoding="utf-8")
    assert main(["check", str(sheet)]) == 0
    out, err = capsys.readouterr()
    assert "One person twice? Rows 3 and 6: “Amina Yusuf” and “Yusuf Amina” look like one name" in out
    assert "One person twice? Rows 4 and 7: “Ben Carter” and “ben carter” have the same name." in out
    assert err == ""


def test_check_says_every_fault_and_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "room.csv"
    sheet.write_text("id,name,under_18\na,Amina,perhaps\na,Ben,\n", encoding="utf-8")
    assert main(["check", str(sheet)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "row 2" in err
    assert "row 3" in err


def test_check_counts_private_columns_and_never_shows_what_is_in_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet, rules = tmp_path / "room.csv", tmp_path / "rules.toml"
    rows = [f"{n},Person {n},Group {n},{'Zoroastrian' if n % 2 else 'Jain'},Red{n % 2}" for n in range(1, 7)]
    sheet.write_text("\n".join(["id,name,organisation,religion,team", *rows]), encoding="utf-8")
    rules.write_text("[across.organisation]\n[across.religion]\n[across.team]\nprivate = true\n", encoding="utf-8")
    assert main(["check", str(sheet), "--rules", str(rules)]) == 0
    out, err = capsys.readouterr()
    assert "Difference is wanted on: organisation.\n" in out
    assert "never shown): 2." in out
    assert not any(secret in out + err for secret in ("Zoroastrian", "Jain", "Red", "team"))


@pytest.fixture
def evening(sheet: Path, tmp_path: Path) -> Path:
    path = tmp_path / "e.json"
    assert main(["pair", str(sheet), "--rounds", "3", "--seed", "5", "--out", str(path)]) == 0
    return path


def test_verify_says_what_was_checked_and_that_it_holds(
    sheet: Path, evening: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["verify", str(sheet), str(evening)]) == 0
    out, err = capsys.readouterr()
    assert "3 rounds, 18 conversations" in out
    assert out.endswith("Everything holds.\n")
    assert err == ""


def test_verify_holds_an_evening_to_its_rules_and_says_when_other_rounds_were_asked_for(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules, out = tmp_path / "rules.toml", tmp_path / "e.json"
    rules.write_text('rounds = 4\nkeep_apart = [["p1", "p2"]]\n', encoding="utf-8")
    assert main(["pair", str(sheet), "--rules", str(rules), "--rounds", "2", "--out", str(out)]) == 0
    capsys.readouterr()
    assert main(["verify", str(sheet), str(out), "--rules", str(rules)]) == 0
    assert "The rules say 4 rounds; this evening was planned for 2" in capsys.readouterr().err


@pytest.mark.parametrize("change", ["swap", "round", "figure", "bound"])
def test_an_evening_that_was_tampered_with_is_refused_with_every_breach(
    sheet: Path, evening: Path, change: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shape = json.loads(evening.read_text(encoding="utf-8"))
    if change == "swap":
        talks = shape["rounds"][0]["conversations"]
        talks[0]["people"][0] = talks[1]["people"][0]
    elif change == "round":
        del shape["rounds"][-1]
    elif change == "figure":
        shape["report"]["conversations"] = 99
    else:
        shape["report"]["total_bound"] *= 0.5
    evening.write_text(json.dumps(shape), encoding="utf-8")
    capsys.readouterr()
    assert main(["verify", str(sheet), str(evening)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "This evening does not hold. Breaches: " in err
    assert len(err.splitlines()) >= 2


def test_verify_wants_the_json(sheet: Path) -> None:
    assert main(["verify", str(sheet), "e.csv"]) == 2


def test_a_damaged_evening_is_said_to_be_damaged(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "e.json").write_text("{", encoding="utf-8")
    assert main(["verify", str(sheet), str(tmp_path / "e.json")]) == 1
    assert "e.json" in capsys.readouterr().err


def test_a_template_is_written_and_never_over_a_sheet_that_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "signup.xlsx"
    assert main(["template", str(path)]) == 0
    path.write_bytes(b"filled in")
    assert main(["template", str(path)]) == 1
    assert path.read_bytes() == b"filled in"
    assert "already there" in capsys.readouterr().err
    assert main(["template", str(tmp_path / "signup.csv")]) == 2


def test_the_demo_plans_an_evening_for_a_made_up_room(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    out = capsys.readouterr().out
    assert "nobody in it is real" in out
    assert out.count("Round ") >= 5
    assert "Conversations: 135." in out


def test_the_demo_sheet_can_be_kept_to_try_everything_on(tmp_path: Path) -> None:
    sheet = tmp_path / "demo.csv"
    assert main(["demo", "--sheet", str(sheet)]) == 0
    assert sheet.read_bytes().startswith(codecs.BOM_UTF8)
    assert main(["check", str(sheet)]) == 0
    assert main(["demo", "--sheet", str(sheet)]) == 1
    assert main(["demo", "--sheet", str(tmp_path / "demo.txt")]) == 2


def test_serve_passes_on_what_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, object]] = []
    monkeypatch.setattr(relexp.server.serve, "serve", lambda **options: asked.append(options))
    links = tmp_path / "links.json"
    assert main(["serve"]) == 0
    assert main(["serve", "--port", "0", "--no-browser", "--links", str(links)]) == 0
    plain = {"port": None, "browser": True, "hall": False, "store": None, "links": None}
    assert asked == [plain, {**plain, "port": 0, "browser": False, "links": links}]


def test_what_serve_cannot_do_is_said_and_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(**options: object) -> None:
        raise FaultsFound([tell("app.serve_port_taken", port=8866)])

    monkeypatch.setattr(relexp.server.serve, "serve", refuse)
    assert main(["serve", "--hall"]) == 1
    assert "port 8866 is already in use" in capsys.readouterr().err

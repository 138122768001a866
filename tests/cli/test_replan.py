"""`relexp replan`: people come late and leave early; rounds that are over stay, and few partners change."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from relexp.cli import main
from relexp.cli.replan import _who_changes
from relexp.exchange.evenings import load_evening
from relexp.exchange.print_pack import AGAIN, print_files
from relexp.pairing.evening import Conversation, Evening, Round


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "room.csv"
    rows = [f"p{n},Person {n},Group {n % 6}" for n in range(1, 25)]
    path.write_text("\n".join(["id,name,organisation", *rows]), encoding="utf-8")
    return path


@pytest.fixture
def evening(sheet: Path, tmp_path: Path) -> Path:
    path = tmp_path / "e.json"
    assert main(["pair", str(sheet), "--rounds", "4", "--out", str(path)]) == 0
    return path


def ask(evening: Path, sheet: Path, *more: str) -> list[str]:
    return ["replan", str(evening), "--roster", str(sheet), *more]


def rounds(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["rounds"]
    return found


def test_rounds_that_are_over_stay_and_leavers_are_gone_from_the_rest(
    sheet: Path, evening: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "new.json"
    assert main(ask(evening, sheet, "--after", "2", "--leave", "p3, person 4", "--out", str(new))) == 0
    assert "People with another partner than before, counted round by round: " in capsys.readouterr().out
    assert rounds(new)[:2] == rounds(evening)[:2]
    assert '"p3"' not in json.dumps(rounds(new)[2:])
    assert '"p5"' in json.dumps(rounds(new)[2:])


def test_late_comers_are_in_the_rest_and_in_no_round_that_is_over(sheet: Path, evening: Path, tmp_path: Path) -> None:
    late, new = tmp_path / "late.csv", tmp_path / "new.json"
    late.write_text("id,name,organisation\nn1,Nadia,Group 9\nn2,Nora,Group 8\n", encoding="utf-8")
    assert main(ask(evening, sheet, "--after", "1", "--arrive", str(late), "--out", str(new))) == 0
    assert rounds(new)[:1] == rounds(evening)[:1]
    for round in rounds(new)[1:]:
        assert '"n1"' in json.dumps(round)
    assert json.loads(new.read_text())["names"]["n2"] == "Nora"


def test_somebody_who_comes_alone_can_be_added(sheet: Path, evening: Path, tmp_path: Path) -> None:
    late, new = tmp_path / "late.csv", tmp_path / "new.json"
    late.write_text("id,name,organisation\nn1,Nadia,Group 9\n", encoding="utf-8")
    assert main(ask(evening, sheet, "--after", "1", "--arrive", str(late), "--out", str(new))) == 0
    assert '"n1"' in json.dumps(rounds(new)[1:])


def test_rules_may_speak_of_those_who_come_late(sheet: Path, evening: Path, tmp_path: Path) -> None:
    late, rules, new = tmp_path / "late.csv", tmp_path / "rules.toml", tmp_path / "new.json"
    late.write_text("id,name,organisation\nn1,Nadia,Group 9\nn2,Nora,Group 8\n", encoding="utf-8")
    rules.write_text('rounds = 4\n[[pin]]\nround = 3\npeople = ["n1", "p1"]\n', encoding="utf-8")
    more = ["--rules", str(rules), "--after", "1", "--arrive", str(late), "--out", str(new)]
    assert main(ask(evening, sheet, *more)) == 0
    together = tmp_path / "together.csv"
    together.write_text(sheet.read_text() + "\n" + "\n".join(late.read_text().splitlines()[1:]), encoding="utf-8")
    assert main(["verify", str(together), str(new), "--rules", str(rules)]) == 0
    again = ["replan", str(new), "--roster", str(together), "--rules", str(rules), "--after", "3", "--leave", "n1"]
    assert main([*again, "--out", str(new)]) == 0
    assert main(["verify", str(together), str(new), "--rules", str(rules)]) == 0


def test_as_many_tables_as_before_are_enough_when_one_comes_and_one_leaves(sheet: Path, tmp_path: Path) -> None:
    late, rules = tmp_path / "late.csv", tmp_path / "rules.toml"
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    late.write_text("id,name,organisation\nn1,Nadia,Group 9\n", encoding="utf-8")
    rules.write_text('rounds = 4\n[tables]\ncount = 12\n[[pin]]\nround = 3\npeople = ["p1", "p2"]\n', encoding="utf-8")
    assert main(["pair", str(sheet), "--rules", str(rules), "--out", str(old)]) == 0
    more = ["--rules", str(rules), "--after", "2", "--arrive", str(late), "--leave", "p1", "--out", str(new)]
    assert main(ask(old, sheet, *more)) == 0
    assert all(len(round["conversations"]) == 12 for round in rounds(new))


def test_late_comers_are_held_to_the_rules_like_everybody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet, rules, late = tmp_path / "room.csv", tmp_path / "rules.toml", tmp_path / "late.csv"
    sheet.write_text("id,name,side\na,A,host\nb,B,guest\nc,C,host\nd,D,guest\n", encoding="utf-8")
    rules.write_text("rounds = 2\n[sides]\n", encoding="utf-8")
    late.write_text("id,name\nn1,Nadia\n", encoding="utf-8")
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    assert main(["pair", str(sheet), "--rules", str(rules), "--out", str(old)]) == 0
    more = ["--rules", str(rules), "--after", "1", "--arrive", str(late), "--out", str(new)]
    assert main(ask(old, sheet, *more)) == 1
    assert "Nadia" in capsys.readouterr().err
    assert not new.exists()


def test_what_had_to_give_is_said_and_the_evening_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet, old, new = tmp_path / "room.csv", tmp_path / "old.json", tmp_path / "new.json"
    sheet.write_text("id,name\n" + "\n".join(f"p{n},Person {n}" for n in range(1, 5)), encoding="utf-8")
    assert main(["pair", str(sheet), "--rounds", "3", "--out", str(old)]) == 0
    gone = rounds(old)[0]["conversations"][0]["people"]
    capsys.readouterr()
    assert main(ask(old, sheet, "--after", "2", "--leave", ",".join(gone), "--out", str(new))) == 0
    err = capsys.readouterr().err
    report = json.loads(new.read_text(encoding="utf-8"))["report"]
    assert report["feasible"] is False
    assert report["reasons"][0] in err
    assert rounds(new)[:2] == rounds(old)[:2]


def test_a_new_evening_after_leavers_holds_when_it_is_verified(sheet: Path, evening: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.json"
    assert main(ask(evening, sheet, "--after", "2", "--leave", "p3", "--out", str(new))) == 0
    assert main(["verify", str(sheet), str(new)]) == 0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--after", "4"], "leaves none to plan"),
        (["--after", "2", "--leave", "p3,nobody"], "is called nobody"),
        (["--after", "2", "--arrive", "nowhere.csv"], "nowhere.csv"),
    ],
)
def test_what_cannot_be_replanned_is_said_and_nothing_is_written(
    sheet: Path, evening: Path, tmp_path: Path, more: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(ask(evening, sheet, *more, "--out", str(tmp_path / "new.json"))) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "new.json").exists()


def test_people_of_the_evening_who_are_not_on_the_sheet_are_named(
    sheet: Path, evening: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet.write_text("\n".join(sheet.read_text().splitlines()[:-1]), encoding="utf-8")
    assert main(ask(evening, sheet, "--after", "1", "--out", str(tmp_path / "new.json"))) == 1
    assert "p24" in capsys.readouterr().err


def test_wrong_usage_ends_with_2(sheet: Path, evening: Path) -> None:
    assert main(ask(evening, sheet, "--after", "1")) == 2
    assert main(ask(evening, sheet, "--out", "new.json")) == 2
    assert main(ask(evening, sheet, "--after", "1", "--out", "new.pdf")) == 2
    assert main(ask(evening, sheet, "--after", "1", "--out", str(sheet))) == 2
    assert main(ask(evening.with_suffix(".csv"), sheet, "--after", "1", "--out", "new.json")) == 2


def test_tables_enough_for_those_who_are_left_hold_when_the_new_evening_is_verified(
    tmp_path: Path, sheet: Path
) -> None:
    late, rules, both = tmp_path / "late.csv", tmp_path / "rules.toml", tmp_path / "both.csv"
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    late.write_text("id,name,organisation\nn1,Nadia,Group 9\nn2,Nora,Group 8\n", encoding="utf-8")
    both.write_text("\n".join([sheet.read_text(), *late.read_text().splitlines()[1:]]), encoding="utf-8")
    rules.write_text("rounds = 4\n[tables]\ncount = 12\n", encoding="utf-8")
    assert main(["pair", str(sheet), "--rules", str(rules), "--out", str(old)]) == 0
    more = ["--rules", str(rules), "--after", "2", "--arrive", str(late), "--leave", "p1,p2", "--out", str(new)]
    assert main(ask(old, sheet, *more)) == 0
    assert main(["verify", str(both), str(new), "--rules", str(rules)]) == 0


def test_an_evening_with_rules_is_not_replanned_without_them_and_verified_only_with_a_warning(
    tmp_path: Path, sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules, old, new = tmp_path / "rules.toml", tmp_path / "old.json", tmp_path / "new.json"
    rules.write_text('rounds = 4\nkeep_apart = [["p1", "p2"]]\n', encoding="utf-8")
    assert main(["pair", str(sheet), "--rules", str(rules), "--out", str(old)]) == 0
    assert json.loads(old.read_text())["report"]["rules_file"] == "rules.toml"
    capsys.readouterr()
    assert main(ask(old, sheet, "--after", "2", "--leave", "p3", "--out", str(new))) == 1
    assert "planned with rules.toml" in capsys.readouterr().err
    assert not new.exists()
    assert main(["verify", str(sheet), str(old)]) == 0
    assert "planned with rules.toml" in capsys.readouterr().err
    assert main(ask(old, sheet, "--rules", str(rules), "--after", "2", "--leave", "p3", "--out", str(new))) == 0
    assert json.loads(new.read_text())["report"]["rules_file"] == "rules.toml"
    capsys.readouterr()
    assert main(["verify", str(sheet), str(new), "--rules", str(rules)]) == 0
    assert "planned with" not in capsys.readouterr().err


def test_those_with_another_partner_or_table_in_the_rounds_to_come_are_named(
    sheet: Path, evening: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "new.json"
    capsys.readouterr()
    assert main(ask(evening, sheet, "--after", "3", "--leave", "p3,p4", "--out", str(new))) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("Tell them"))
    with_whom = [
        {id: (talk["table"], {*talk["people"]}) for talk in rounds(path)[3]["conversations"] for id in talk["people"]}
        for path in (evening, new)
    ]
    changed = {f"Person {id[1:]}" for id in with_whom[1] if with_whom[0][id] != with_whom[1][id]}
    assert line.startswith("Tell them that from round 4 on they have another partner or table: ")
    assert set(line.split(": ")[1].rstrip(".").split(", ")) == changed


def test_at_most_forty_are_named_and_the_others_counted() -> None:
    names = {f"p{n}": f"P{n}" for n in range(50)}
    one, other = (
        Evening((Round(1, tuple(Conversation((f"p{n}", f"p{(n + step) % 50}"), n) for n in range(0, 50, 2))),), names)
        for step in (1, 49)
    )
    (said,) = _who_changes(one, other, 0)
    assert str(said).endswith("P38, P39 and 10 more.")
    assert list(_who_changes(one, one, 0)) == []


def test_new_cards_and_signs_take_the_place_of_those_that_no_longer_hold(
    sheet: Path, evening: Path, tmp_path: Path
) -> None:
    late, new, paper = tmp_path / "late.csv", tmp_path / "new.json", tmp_path / "paper"
    late.write_text("id,name,organisation\nn1,Nadia,Group 9\n", encoding="utf-8")
    more = ["--after", "2", "--arrive", str(late), "--leave", "p3", "--out", str(new), "--print", str(paper)]
    assert main(ask(evening, sheet, *more)) == 0
    names = json.loads(new.read_text(encoding="utf-8"))["names"]
    seats = [
        {
            (round["round"], id): (talk["table"], {*talk["people"]})
            for round in rounds(path)[2:]
            for talk in round["conversations"]
            for id in talk["people"]
        }
        for path in (evening, new)
    ]
    due = {names[id] for number, id in seats[1] if seats[1][number, id] != seats[0].get((number, id))}
    cards = (paper / "cards.html").read_text(encoding="utf-8")
    assert {*re.findall('<h2><bdi dir="auto">(.*?)</bdi></h2>', cards)} == due
    assert "Nadia" in due
    assert len(due) < 24
    assert "From round 3 on" in cards
    assert '<tr><td class="number">2</td>' not in cards
    assert '<tr><td class="number">3</td>' in cards
    run = (paper / "run-sheet.html").read_text(encoding="utf-8")
    assert "People: 24." in run
    assert "Round 3" in run
    assert "Round 2" not in run
    assert len(list(paper.iterdir())) == 2 * (1 + len(AGAIN))


def test_nobody_gets_a_new_card_where_nothing_changes(sheet: Path, evening: Path, tmp_path: Path) -> None:
    found = load_evening(evening)
    files = print_files(found, before=found, after=2)
    assert b"every card still holds" in files["cards.html"]
    assert b"every sign still holds" in files["table-signs.html"]
    assert b'class="card"' not in files["cards.html"]
    assert b'class="sign"' not in files["table-signs.html"]


def test_breakout_rooms_are_written_for_the_rounds_to_come(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet, late = tmp_path / "room.csv", tmp_path / "late.csv"
    old, new, zoom = tmp_path / "old.json", tmp_path / "new.json", tmp_path / "zoom"
    rows = [f"p{n},Person {n},p{n}@example.org" for n in range(1, 13)]
    sheet.write_text("\n".join(["id,name,email", *rows]), encoding="utf-8")
    late.write_text("id,name,email\nn1,Nadia,n1@example.org\n", encoding="utf-8")
    assert main(["pair", str(sheet), "--rounds", "4", "--out", str(old)]) == 0
    more = ["--after", "2", "--arrive", str(late), "--out", str(new), "--zoom", str(zoom)]
    assert main(ask(old, sheet, *more)) == 0
    assert sorted(path.name for path in zoom.iterdir()) == ["round-3.csv", "round-4.csv"]
    assert "n1@example.org" in (zoom / "round-3.csv").read_text(encoding="utf-8")
    new.unlink()
    late.write_text("id,name,email\nn1,Nadia,\n", encoding="utf-8")
    assert main(ask(old, sheet, *more)) == 1
    assert "Nadia has no email address" in capsys.readouterr().err
    assert not new.exists()

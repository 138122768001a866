"""`backup`, `restore`, `export` and `erase`: what is kept, in the hands of whoever answers for it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from relexp.apps.drafts import Draft
from relexp.cli import main
from relexp.gathering.asked import Asked
from relexp.privacy.roles import Role
from relexp.roster.person import Person
from relexp.store import open_store

NOW = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'relexp.sqlite3'}"
    store = open_store(url)
    lead = store.identities.house(Role.FACILITATOR, NOW)
    store.gatherings.open(lead, "Spring", Asked().to_plain(), [Person("a", "Amina"), Person("b", "Bo")], NOW)
    store.close()
    return url


def names(url: str) -> list[str]:
    store = open_store(url)
    kept = store.gatherings.current()
    found = [guest.person.name for guest in store.gatherings.guests(kept.id)] if kept else []
    store.close()
    return found


def test_what_is_kept_is_copied_erased_and_put_back(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.sqlite3"
    assert main(["backup", str(copy), "--store", url]) == 0
    assert "as you would keep a sign-up list" in capsys.readouterr().out
    assert main(["erase", "amina", "--yes", "--store", url]) == 0
    assert names(url) == ["Bo"]
    assert "People at gatherings: 1." in capsys.readouterr().out
    assert main(["erase", "amina", "--yes", "--store", url]) == 1
    assert "Nothing is kept" in capsys.readouterr().err
    assert main(["restore", str(copy), "--store", url]) == 0
    assert names(url) == ["Amina", "Bo"]
    assert main(["backup", str(copy), "--store", url]) == 1
    assert "there already" in capsys.readouterr().err


def test_nobody_is_erased_who_was_not_meant(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert main(["erase", "Amina", "--store", url]) == 1
    assert names(url) == ["Amina", "Bo"]


def test_everything_is_handed_out_or_all_about_one_person(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    everything, hers = tmp_path / "all.zip", tmp_path / "amina.json"
    assert main(["export", str(everything), "--store", url]) == 0
    with zipfile.ZipFile(everything) as zipped:
        assert b"Amina" in zipped.read("people.csv")
    assert main(["export", str(hers), "--of", "Amina", "--store", url]) == 0
    assert [row["name"] for row in json.loads(hers.read_text())["people"]] == ["Amina"]
    capsys.readouterr()
    assert main(["export", str(tmp_path / "x.json"), "--of", "Zed", "--store", url]) == 1
    assert "“Zed”" in capsys.readouterr().err
    assert main(["export", str(tmp_path / "x.csv"), "--store", url]) == 2


def test_a_damaged_store_is_put_right_by_a_copy_and_that_is_said_plainly(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy, file = tmp_path / "copy.sqlite3", tmp_path / "relexp.sqlite3"
    assert main(["backup", str(copy), "--store", url]) == 0
    file.write_bytes(bytes(8192))
    capsys.readouterr()
    assert main(["restore", str(copy), "--store", url]) == 0
    said = capsys.readouterr().out
    assert "is damaged, and was set aside as it is" in said
    assert "stop it (Ctrl-C) and start it again" in said
    assert names(url) == ["Amina", "Bo"]
    (aside,) = tmp_path.glob("relexp-before-*.sqlite3")
    assert aside.read_bytes() == bytes(8192)


def test_whoever_asks_is_told_what_a_leader_s_page_says_of_them_and_of_nobody_else(url: str, tmp_path: Path) -> None:
    sheet = b"name,came with,faith\nCass Day,Bo Li,Jain\nDee Fox,Cass Day,Quaker\n"
    store = open_store(url)
    store.drafts.save("house-facilitator", "gathering", Draft("signup.csv", sheet).to_bytes(), NOW)
    store.close()
    theirs = tmp_path / "cass.json"
    assert main(["export", str(theirs), "--of", "cass day", "--store", url]) == 0
    (draft,) = json.loads(theirs.read_text())["drafts"]
    assert draft["rows"] == [{"name": "Cass Day", "came with": "Bo Li", "faith": "Jain"}]
    assert "Dee Fox" not in theirs.read_text()

"""Files are written whole or not at all, whatever stands in the way."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from relexp.exchange.whole import write_together, write_whole
from relexp.messages import FaultsFound


def refused(error: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(handle: int) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(FaultsFound) as caught:
        write_whole(tmp_path / "evening.csv", b"new")
    assert [fault.message.code for fault in caught.value.faults] == [code]
    assert "evening.csv" in str(caught.value)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errno.ENOSPC, "file.disk_full"),
        (errno.EROFS, "file.not_allowed"),
        (errno.EACCES, "file.not_allowed"),
        (errno.EIO, "file.not_written"),
    ],
)
def test_an_old_file_stays_as_it_was_when_the_new_one_cannot_be_written(
    error: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "evening.csv").write_bytes(b"old")
    refused(error, code, tmp_path, monkeypatch)
    assert (tmp_path / "evening.csv").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["evening.csv"]


def test_files_that_belong_together_are_all_written_or_none(tmp_path: Path) -> None:
    (tmp_path / "taken.csv").mkdir()
    files = {tmp_path / "new" / "one.csv": b"1", tmp_path / "two.csv": b"2", tmp_path / "taken.csv": b"3"}
    with pytest.raises(FaultsFound) as caught:
        write_together(files, (tmp_path / "new",))
    assert [fault.message.code for fault in caught.value.faults] == ["file.is_folder"]
    assert [path.name for path in tmp_path.iterdir()] == ["taken.csv"]


def test_missing_folders_are_made_for_files_that_belong_together(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "er"
    write_together({folder / "one.csv": b"1"}, (folder,))
    write_together({folder / "one.csv": b"2"}, (folder,))
    assert (folder / "one.csv").read_bytes() == b"2"


def test_a_missing_folder_and_a_file_in_its_place_are_said(tmp_path: Path) -> None:
    for folders, code in (((), "file.no_folder"), ((tmp_path / "file",), "file.not_folder")):
        (tmp_path / "file").write_bytes(b"")
        path = tmp_path / ("file" if folders else "nowhere") / "evening.csv"
        with pytest.raises(FaultsFound) as caught:
            write_together({path: b""}, folders)
        assert [fault.message.code for fault in caught.value.faults] == [code]


def test_a_name_that_no_file_can_have_and_a_file_in_place_of_a_folder_are_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path, code in ((tmp_path / ("a" * 300), "file.not_written"), (tmp_path / "file" / "x.csv", "file.no_folder")):
        with pytest.raises(FaultsFound) as caught:
            write_whole(path, b"1")
        assert [fault.message.code for fault in caught.value.faults] == [code]


def test_stopping_while_a_file_is_written_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_together({tmp_path / "new" / "evening.csv": b"1"}, (tmp_path / "new",))
    assert list(tmp_path.iterdir()) == []


def test_a_link_keeps_pointing_to_the_file_it_points_to(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_whole(tmp_path / "link.csv", b"new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"new"


def test_who_may_read_a_file_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "evening.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_whole(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device to write to")
def test_a_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound) as caught:
        write_together({tmp_path / "one.csv": b"1", Path("/dev/full"): b"2"})
    assert [fault.message.code for fault in caught.value.faults] == ["file.disk_full"]
    assert list(tmp_path.iterdir()) == []
    assert not Path("/dev/full").is_file()


def test_a_file_that_is_protected_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "evening.csv").write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda path, way: False)
    with pytest.raises(FaultsFound) as caught:
        write_whole(tmp_path / "evening.csv", b"new")
    assert [fault.message.code for fault in caught.value.faults] == ["file.not_allowed"]
    assert (tmp_path / "evening.csv").read_bytes() == b"old"

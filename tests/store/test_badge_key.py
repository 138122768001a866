"""The key of the badges is made once, for its owner alone, beside the key of the computer."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from relexp.exchange.badges import public_key
from relexp.store.badge_key import badge_key


def test_it_is_made_once_and_is_its_owner_s_alone(tmp_path: Path) -> None:
    path = tmp_path / "of" / "ours" / "badges.pem"
    with ThreadPoolExecutor(3) as pool:
        keys = {*pool.map(badge_key, [path] * 3)}
    assert keys == {badge_key(path)} == {path.read_bytes()}
    assert public_key(path.read_bytes())["kty"] == "RSA"
    assert [*path.parent.iterdir()] == [path]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_lies_beside_the_key_of_the_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELEXP_KEY_FILE", str(tmp_path / "here"))
    assert badge_key() == (tmp_path / "here-badges.pem").read_bytes()

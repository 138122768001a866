"""The key that badges are signed with: made once, and kept beside the key of this computer with the same care."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from relexp.exchange.badges import new_key
from relexp.store.seal import keep_once, key_path


def badge_key(path: Path | None = None) -> bytes:
    """The organisation's key, as PEM, for this account alone; made the first time.

    It is in no backup of the store. Badges that were given stay good without it; those to come are then of another key.
    """
    path = path or key_path().with_name(f"{key_path().name}-badges.pem")
    with suppress(FileNotFoundError):
        return path.read_bytes()
    keep_once(path, new_key())
    return path.read_bytes()

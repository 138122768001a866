"""What is kept under lock: whoever gets hold of the store alone, as a copy or a backup, cannot read it."""

from __future__ import annotations

import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from platformdirs import user_config_path

_OURS_ALONE = 0o600


class Seal:
    """Locks and opens small secrets with the key of this computer, which lies apart from the store.

    `once`: the key is read once, for thousands of secrets that are opened in one go.
    """

    def __init__(self, path: Path | None = None, *, once: bool = False) -> None:
        self._path = path or key_path()
        self._once = once
        self._held = b""
        self._lock: Fernet | None = None

    def close(self, secret: bytes) -> str:
        """A secret as text that only this computer can open; the key is made the first time."""
        return self._with(self._key()).encrypt(secret).decode()

    def open(self, text: str) -> bytes | None:
        """The secret in a text that `close` made; None where the key of then is not here any more."""
        try:
            return self._with(self._read()).decrypt(text.encode())
        except (OSError, ValueError, InvalidToken):
            return None

    def mark(self, text: str) -> bytes:
        """A mark of a text, always the same, that nobody can make or check without the key of this computer."""
        return hmac.digest(self._key(), text.encode(), "sha256")

    def _with(self, key: bytes) -> Fernet:
        lock = self._lock or Fernet(key)
        self._lock = lock if self._once else None
        return lock

    def _read(self) -> bytes:
        key = self._held or self._path.read_bytes()
        self._held = key if self._once else b""
        return key

    def _key(self) -> bytes:
        with suppress(FileNotFoundError):
            return self._read()
        keep_once(self._path, Fernet.generate_key())
        return self._read()


def keep_once(path: Path, key: bytes) -> None:
    """Keep a new key in a file for this account alone; where another page was quicker, its key counts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OURS_ALONE), "wb") as opened:
        opened.write(key)
    # Whole or not at all.
    with suppress(FileExistsError):
        os.link(part, path)
    part.unlink()


def key_path() -> Path:
    """Where the key of this computer lies, apart from the store."""
    named = os.environ.get("RELEXP_KEY_FILE")
    return Path(named) if named else user_config_path("relexp") / "key"

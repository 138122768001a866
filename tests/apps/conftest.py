"""What the tests of the apps share: a store, with the house's facilitator before it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from relexp.privacy.roles import Role
from relexp.store import open_store


@pytest.fixture
def store(monkeypatch, tmp_path):
    """The house's store, as the server tells each visitor's Python of it."""
    opened = open_store(f"sqlite:///{tmp_path / 'relexp.sqlite3'}")
    me = opened.identities.house(Role.FACILITATOR, datetime.now(UTC))
    monkeypatch.setenv("RELEXP_STORE", opened.url)
    monkeypatch.setenv("RELEXP_IDENTITY", me.to_json())
    yield opened
    opened.close()

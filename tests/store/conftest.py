"""Every test of the store runs on both: a file of this computer's own, and a PostgreSQL server."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from relexp.privacy.roles import Identity, Role
from relexp.store import Store, open_store
from tests.store import postgresql

NOW = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)
KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server that is there for these tests alone."""
    bin = postgresql.programs()
    if bin is None:
        pytest.skip("PostgreSQL is not installed")
    with postgresql.server(bin) as address:
        yield address


@pytest.fixture(scope="session")
def new_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Gives the address of a new and empty database of a kind."""

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path_factory.mktemp('store') / 'relexp.sqlite3'}"
        server = request.getfixturevalue("server")
        name = f"relexp_{uuid.uuid4().hex}"
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"{server}/{name}"

    return make


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, new_url: Callable[[str], str]) -> str:
    """The address of a new database, once of each kind."""
    return new_url(request.param)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A new store, once of each kind."""
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=KINDS)
def lasting(request: pytest.FixtureRequest, new_url: Callable[[str], str]) -> Iterator[Store]:
    """A store that many examples share, once of each kind."""
    opened = open_store(new_url(request.param))
    yield opened
    opened.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a store's file could be; nothing is there yet."""
    return tmp_path / "house" / "relexp.sqlite3"


@pytest.fixture
def somebody(store: Store) -> Identity:
    """Somebody whom the store knows."""
    return store.identities.add(Role.FACILITATOR, "Amina", NOW)


@pytest.fixture(autouse=True)
def _nobody_s_own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test comes near the store of whoever runs it."""
    for name in [name for name in os.environ if name.startswith("RELEXP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

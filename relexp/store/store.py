"""The store: opened in one call, brought up to this release, private to the account that runs relexp."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL

from relexp.exchange.whole import not_written
from relexp.messages import FaultsFound
from relexp.privacy.retention import CONTACTS, LEARNING, SEATING, WEAVE, WRITTEN
from relexp.store.address import address, is_file, place
from relexp.store.answers import Survey
from relexp.store.archive import archive_of
from relexp.store.backup import back_up, forget_copies
from relexp.store.consents import Consents
from relexp.store.database import PATIENCE, Database
from relexp.store.drafts import Drafts
from relexp.store.erasing import Forgotten, Without, erase_named
from relexp.store.export import Rows, export_named
from relexp.store.gatherings import Gatherings
from relexp.store.house import edition
from relexp.store.identities import Identities
from relexp.store.leaders import Leaders
from relexp.store.learning import Learning
from relexp.store.links import Links
from relexp.store.meeting_again import MeetingAgain
from relexp.store.one_to_ones import OneToOnes
from relexp.store.reading import Reading
from relexp.store.schema import bring_up_to_date
from relexp.store.seal import Seal
from relexp.store.woven import Weave
from relexp.store.written import Written

_OURS_ALONE = 0o600
_FOLDER = 0o700


class Store:
    """What is kept, by subject. Threads may share it; each process opens its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.identities, self.links, self.drafts = Identities(database), Links(database), Drafts(database)
        self.gatherings, self.consents = Gatherings(database), Consents(database)
        self.weave, self.written = Weave(database), Written(database)
        self.meeting_again, self.survey = MeetingAgain(database), Survey(database)
        self.reading, self.one_to_ones = Reading(database), OneToOnes(database)
        self.leaders, self.learning = Leaders(database), Learning(database)

    @property
    def database(self) -> Database:
        """Where all of it lies."""
        return self._database

    @property
    def url(self) -> str:
        """The address, for another process of this computer to open: it holds the server's password, if any."""
        return self._database.url.render_as_string(hide_password=False)

    @property
    def edition(self) -> str:
        """The mark of all that is kept: it is another once somebody was erased or a copy put back."""
        with self._database.reads() as connection:
            return edition(connection)

    def __repr__(self) -> str:
        return f"Store({place(self._database.url)!r})"

    def back_up(self, to: Path) -> None:
        """Copy everything into a new file, while it is in use; see `backup.back_up`."""
        back_up(self._database, to)

    def purge(self, now: datetime) -> int:
        """Keep what was woven, and delete all whose time is over: how many things that were."""
        # Who sat where goes after a few days: what is kept of it for longer is kept before that.
        self.weave.keep(now)
        before = now - SEATING
        gone = sum(kind.purge(before) for kind in (self.drafts, self.gatherings, self.links, self.leaders))
        gone += sum(kind.purge(now - WRITTEN) for kind in (self.written, self.survey, self.one_to_ones))
        gone += self.weave.purge(now - WEAVE) + self.meeting_again.purge(now - CONTACTS)
        gone += self.learning.purge(now - LEARNING)
        # Last: whose phone wrote something is known for as long as that is kept.
        gone += self.identities.purge(before)
        if is_file(self._database.url):
            gone += forget_copies(Path(str(self._database.url.database)), before)
        return gone

    def archive(self, page: Callable[[bytes], str]) -> bytes:
        """Everything as a zip of csv and json; `page` gives what may be told of a draft."""
        return archive_of(self._database, page)

    def export_named(self, name: str, page: Callable[[bytes, str], dict[str, object]]) -> dict[str, Rows]:
        """All rows about everybody of that name, for themselves; `page` gives what a draft says of them."""
        return export_named(self._database, name, page)

    def erase_named(self, name: str, without: Without) -> Forgotten:
        """Forget everybody of that name; `without` takes somebody out of a draft."""
        return erase_named(self._database, name, without, Seal(once=True))

    def close(self) -> None:
        """Let go of the file or the server; nothing that was saved waits for it."""
        self._database.close()


def open_store(url: str | None = None, *, patience: float = PATIENCE) -> Store:
    """The store at `url`, at RELEXP_DATABASE_URL, or in the user's own data folder; one that is not there is made.

    `patience` is how many seconds somebody else's change is waited for. Raises FaultsFound, with what to do, when it
    cannot be opened, is of a later release, or is no store; then nothing has been touched.
    """
    where = address(url)
    if is_file(where):
        _make_file(Path(str(where.database)))
    database = Database(where, patience)
    try:
        bring_up_to_date(database)
        if is_file(where):
            _make_private(where)
    except BaseException:
        database.close()
        raise
    return Store(database)


def _make_file(path: Path) -> None:
    """An empty file in its folder, readable for this account alone from its first moment, unless one is there."""
    try:
        missing = [folder for folder in (path.parent, *path.parent.parents) if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir(mode=_FOLDER, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, _OURS_ALONE))
    except OSError as error:
        raise FaultsFound([not_written(path, error)]) from None


def _make_private(where: URL) -> None:
    """Take from others what an earlier copy of the file may have let them read."""
    for end in ("", "-wal", "-shm"):
        path = Path(f"{where.database}{end}")
        if path.exists() and (mode := stat.S_IMODE(path.stat().st_mode)) & ~_OURS_ALONE:
            path.chmod(mode & _OURS_ALONE)

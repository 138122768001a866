"""A copy is put back in place of all that is kept, even where that is damaged; what was there is set aside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select, update

from relexp.exchange.whole import not_written
from relexp.messages import FaultsFound, tell
from relexp.store.address import address
from relexp.store.backup import OURS_ALONE, aside, back_up, copied, file_of, look_through, settle, url_of
from relexp.store.database import PATIENCE, Database
from relexp.store.faults import spoken
from relexp.store.house import renew
from relexp.store.schema import bring_up_to_date
from relexp.store.store import Store, open_store
from relexp.store.tables import gatherings

_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class PutBack:
    """Where what was there before is now, and whether it was damaged: then whoever has it open has to open it anew."""

    before: Path
    damaged: bool


def put_back(url: str | None, copy: Path, now: datetime) -> PutBack:
    """Put a copy in place of everything that is kept at `url`, in one step; where what was there has gone.

    Whoever has the pages open goes on with the copy from their next step on, and their pages say that they have to be
    loaded again. A copy of an earlier release is brought up to date. Where what is there is damaged, it is set aside
    as it is. Raises FaultsFound, with nothing changed, when the copy is none of ours, damaged, or of a later release.
    """
    kept = file_of(address(url))
    if not copy.is_file():
        raise FaultsFound([tell("file.not_found", path=copy)])
    look_through(copy, PATIENCE)
    before = aside(kept, now)
    if before.exists():
        raise FaultsFound([tell("store.backup_there", path=before)])
    try:
        store = open_store(url)
    except FaultsFound as found:
        return _in_place_of(kept, copy, before, found)
    try:
        back_up(store.database, before)
        with _ready(copy, kept, _changes(store)) as ready, spoken(store.database.url):
            copied(ready, kept, PATIENCE)
    except FaultsFound as found:
        store.close()
        return _in_place_of(kept, copy, before, found)
    finally:
        store.close()
    return PutBack(before, damaged=False)


def _in_place_of(kept: Path, copy: Path, before: Path, found: FaultsFound) -> PutBack:
    """Set what is damaged aside as it is, and put the copy in its place; any other fault stands as it was told."""
    codes = {fault.message.code for fault in found.faults}
    if codes != {"store.damaged"} and not (codes == {"store.not_ours"} and not _is_database(kept)):
        raise found
    with _ready(copy, kept, 0) as ready:
        settle(ready)
        try:
            before.unlink(missing_ok=True)
            for end in ("-wal", "-shm", ""):
                # Its log goes first: beside the copy it would be taken for the copy's own.
                with suppress(FileNotFoundError):
                    Path(f"{kept}{end}").rename(f"{before}{end}")
            ready.rename(kept)
        except OSError as error:
            raise FaultsFound([not_written(kept, error)]) from None
    return PutBack(before, damaged=True)


@contextmanager
def _ready(copy: Path, kept: Path, changes: int) -> Iterator[Path]:
    """The copy as it is to be, beside the store: of this release, and another edition, so that open pages notice.

    `changes` is more than any gathering had: whoever counts them sees that there was one.
    """
    ready = kept.with_name(f".{kept.name[:100]}.{os.urandom(4).hex()}.part")
    try:
        os.close(os.open(ready, os.O_RDWR | os.O_CREAT | os.O_EXCL, OURS_ALONE))
        with spoken(url_of(kept)):
            copied(copy, ready, PATIENCE)
        database = Database(url_of(ready))
        try:
            bring_up_to_date(database)
            with database.writes() as connection:
                renew(connection)
                connection.execute(update(gatherings).values(changed=gatherings.c.changed + changes))
        finally:
            database.close()
        yield ready
    except OSError as error:
        raise FaultsFound([not_written(kept, error)]) from None
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                Path(f"{ready}{end}").unlink(missing_ok=True)


def _changes(store: Store) -> int:
    with store.database.reads() as connection:
        return (connection.execute(select(func.max(gatherings.c.changed))).scalar_one_or_none() or 0) + 1


def _is_database(path: Path) -> bool:
    with suppress(OSError):
        return path.read_bytes()[: len(_SQLITE)] == _SQLITE
    return True

"""What is kept: copied, put back, handed out, and deleted for whoever asks to be forgotten."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relexp.cli.console import NotDone, tell_result
from relexp.cli.outputs import check_ending
from relexp.messages import say
from relexp.privacy.retention import SEATING

if TYPE_CHECKING:
    from relexp.store import Store

FILE = click.Path(path_type=Path)
STORE = click.option("--store", metavar="URL", help="Where the gatherings are kept.")


def _opened(store: str | None) -> Store:
    """The store, which has to be there: a new and empty one would say that nothing is kept."""
    from relexp.store import open_store
    from relexp.store.address import address, is_file, place

    where = address(store)
    if is_file(where) and not Path(place(where)).exists():
        raise NotDone([say("cli.no_store", place=place(where))])
    return open_store(store)


@click.command()
@click.argument("file", metavar="FILE.sqlite3", type=FILE)
@STORE
def backup(file: Path, store: str | None) -> None:
    """Copy all that is kept into a file, while the pages are in use."""
    check_ending("FILE.sqlite3", file, (".sqlite3",))
    opened = _opened(store)
    try:
        opened.back_up(file)
    finally:
        opened.close()
    tell_result(say("cli.backed_up", path=file))


@click.command()
@click.argument("file", metavar="FILE.sqlite3", type=FILE)
@STORE
def restore(file: Path, store: str | None) -> None:
    """Put a copy back in place of all that is kept now."""
    from relexp.store.restoring import put_back

    done = put_back(store, file, datetime.now().astimezone())
    code = "cli.put_back_damaged" if done.damaged else "cli.put_back"
    tell_result(say(code, path=file, before=done.before, days=SEATING.days))


@click.command()
@click.argument("file", metavar="FILE", type=FILE)
@click.option("--of", "name", metavar="NAME", help="Only what is kept of one person, for themselves (FILE.json).")
@STORE
def export(file: Path, name: str | None, store: str | None) -> None:
    """Write all that is kept as a FILE.zip of sheets and json."""
    from relexp.apps.draft_contents import said_of, told
    from relexp.exchange.whole import write_whole

    check_ending("FILE", file, (".json",) if name else (".zip",))
    opened = _opened(store)
    try:
        if name is None:
            write_whole(file, opened.archive(told))
            tell_result(say("cli.exported", path=file))
            return
        rows = opened.export_named(name, said_of)
    finally:
        opened.close()
    if not rows:
        raise NotDone([say("cli.nobody_named", name=name)])
    write_whole(file, (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode())
    tell_result(say("cli.exported_of", path=file, name=name))


@click.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@STORE
def erase(name: str, yes: bool, store: str | None) -> None:
    """Delete all that is kept of the people of one NAME."""
    from relexp.apps.draft_contents import forgotten

    if not yes:
        click.confirm(str(say("cli.erase_sure", name=name)), abort=True)
    opened = _opened(store)
    try:
        found = opened.erase_named(name, forgotten)
    finally:
        opened.close()
    if not found:
        raise NotDone([say("cli.nobody_named", name=name)])
    tell_result(say("cli.erased", people=found.people, known=found.known, drafts=found.drafts))
    tell_result(say("cli.erased_not_here"))

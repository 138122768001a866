"""Bring the translators' files up to date with the English of the units, and look for faults in them."""

from __future__ import annotations

from pathlib import Path

import click

from relexp.cli.console import NotDone, tell_result
from relexp.messages import Fault, FaultsFound, say


@click.command()
@click.argument("module", metavar="MODULE", type=click.Path(path_type=Path))
@click.option("--new", metavar="LANGUAGE", default="", help="Begin a language, by its code: cy is Welsh, ur is Urdu.")
@click.option("--check", is_flag=True, help="Write nothing; fail where something is out of date or wrong.")
def words(module: Path, new: str, check: bool) -> None:
    """Bring the translations of a module's units up to date."""
    from relexp.exchange.unit_words import bring_words_up_to_date, faults_of_words
    from relexp.exchange.whole import write_together
    from relexp.exchange.word_files import read_words

    if not any(module.glob("*/unit.toml")):
        raise NotDone([say("words.none", folder=module)])
    files = bring_words_up_to_date(module, new)
    if not check:
        write_together(files)
    old = [path for path, data in files.items() if not path.is_file() or path.read_bytes() != data]
    faults = [Fault(say("words.stale"), key=f"{path.parent.name}/{path.name}") for path in old]
    if faults := [*faults, *faults_of_words(module)]:
        raise FaultsFound(faults)
    for path in files:
        entries = [entry for entry in read_words(path) if entry.id]
        again = sum(entry.fuzzy for entry in entries)
        done = sum(bool(entry.string) and not entry.fuzzy for entry in entries)
        tell_result(
            say("words.written", path=f"{path.parent.name}/{path.name}", done=done, all=len(entries), again=again)
        )

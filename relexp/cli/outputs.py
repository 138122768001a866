"""Where the commands write: endings and names checked before any work, every file whole or none at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from relexp.messages import Message, say
from relexp.pairing.evening import Evening
from relexp.roster.person import Roster
from relexp.roster.rules import Rules

EVENING = (".csv", ".json", ".xlsx")


def check_ending(option: str, path: Path | None, kinds: tuple[str, ...]) -> None:
    """Refuse, as wrong usage, a file whose ending is none of `kinds`."""
    if path is not None and path.suffix.casefold() not in kinds:
        raise click.UsageError(say("cli.kind", option=option, path=path, kinds=", ".join(kinds)).text())


def check_apart(written: Mapping[str, Path | None], read: tuple[Path | None, ...]) -> None:
    """Refuse, as wrong usage, two files of one name, and one that would be written over a file that is read."""
    seen = set()
    held = {path.resolve() for path in read if path is not None}
    for option, path in written.items():
        if path is None:
            continue
        if path.resolve() in held:
            raise click.UsageError(say("cli.overwrites", option=option, path=path).text())
        if path.resolve() in seen:
            raise click.UsageError(say("cli.same_file", path=path).text())
        seen.add(path.resolve())


@dataclass(frozen=True)
class Asked:
    """What a command is to write of an evening: its file, a folder of paper, and a folder of breakout rooms."""

    out: Path | None
    paper: Path | None
    zoom: Path | None

    def folders(self) -> tuple[Path, ...]:
        """The folders that are made where they are missing."""
        return tuple(folder for folder in (self.paper, self.zoom) if folder is not None)

    def files(
        self, evening: Evening, roster: Roster, rules: Rules, before: Evening | None = None, after: int = 0
    ) -> dict[Path, bytes]:
        """Every file with what it holds; of an evening planned again after a round, paper and rooms from there on.

        `before` is that evening as it was.
        """
        files: dict[Path, bytes] = {}
        if self.out is not None:
            from relexp.exchange.evenings import evening_bytes

            files[self.out] = evening_bytes(self.out, evening, roster)
        if self.paper is not None:
            from relexp.exchange.print_pack import print_files
            from relexp.pairing.seating import quiet_tables

            printed = print_files(evening, roster, quiet=quiet_tables(roster, rules), before=before, after=after)
            files |= {self.paper / name: data for name, data in printed.items()}
        if self.zoom is not None:
            from relexp.exchange.zoom import zoom_files

            files |= {self.zoom / name: data for name, data in zoom_files(evening, roster, after=after).items()}
        return files

    def told(self) -> tuple[Message, ...]:
        """Where everything was written."""
        return tuple(say("cli.written", path=path) for path in (self.out, self.paper, self.zoom) if path)

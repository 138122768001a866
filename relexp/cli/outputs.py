"""Where the commands write: endings and names checked before any work, every file whole or none at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from relexp.messages import say

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

"""Make the notebooks of the module's units from their texts, or say whether they are fresh."""

from __future__ import annotations

from pathlib import Path

import click

from relexp.cli.console import NotDone, tell_result
from relexp.messages import say

# Where the texts are, and the notebooks that are made of them: in the checkout in which somebody writes.
MODULES, UNITS = Path("modules"), Path("notebooks") / "units"


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; say what is wrong, and which notebooks are not fresh.")
def build(check: bool) -> None:
    """Make the units of modules/ into notebooks/units/."""
    from relexp.exchange.unit_notebooks import unit_notebooks
    from relexp.exchange.whole import write_together

    if not MODULES.is_dir():
        raise NotDone([say("build.no_modules")])
    made = {UNITS / name: data for name, data in unit_notebooks(MODULES).items()}
    stale = [path for path, data in made.items() if not path.is_file() or path.read_bytes() != data]
    gone = sorted({*UNITS.glob("*.ipynb")} - made.keys())
    if check:
        if stale or gone:
            raise NotDone([say("build.stale", path=path) for path in sorted((*stale, *gone))])
        tell_result(say("build.fresh", count=len(made)))
        return
    write_together({path: made[path] for path in stale}, (UNITS,))
    for path in gone:
        path.unlink()
    tell_result(say("build.written", count=len(made), changed=len(stale) + len(gone)))

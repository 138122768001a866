"""One command per job: `relexp pair SHEET` plans an evening, `relexp --help` lists the others."""

from __future__ import annotations

from collections.abc import Sequence

import click

from relexp.cli.build import build
from relexp.cli.check import check
from relexp.cli.guard import guarded
from relexp.cli.kept import backup, erase, export, restore
from relexp.cli.others import demo, serve, template
from relexp.cli.pair import pair
from relexp.cli.replan import replan
from relexp.cli.verify import verify
from relexp.cli.words import words


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="relexp")
def relexp() -> None:
    """Fair evenings of one-to-one conversations across difference.

    Begin with: relexp demo
    """


for command in (pair, replan, check, verify, template, demo, serve, build, words, backup, restore, export, erase):
    relexp.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 not done as asked, 2 wrong usage."""
    return guarded(lambda: relexp.main(args=arguments, prog_name="relexp", standalone_mode=False))

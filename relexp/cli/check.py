"""Look at a sign-up sheet before the evening: every fault, and how mixed the room is."""

from __future__ import annotations

from pathlib import Path

import click

from relexp.cli.console import tell_result
from relexp.cli.inputs import read_roster, read_rules
from relexp.messages import say
from relexp.roster.person import Roster
from relexp.roster.rules import Rules

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("sheet", metavar="ROSTER", type=FILE)
@click.option("--rules", "rule_file", metavar="RULES.toml", type=FILE, help="What is asked of the evening.")
def check(sheet: Path, rule_file: Path | None) -> None:
    """Look for faults in a sheet, and how mixed the room is."""
    from relexp.roster.duplicates import likely_duplicates
    from relexp.roster.mix import mix

    # The same people twice are asked about below.
    roster = read_roster(sheet, unsaid=("sheet.same_person",))
    rules = read_rules(rule_file, roster)
    tell_result(say("cli.check_read", path=sheet))
    tell_result(say("cli.check_people", people=len(roster), interpreters=len(roster) - len(roster.talkers)))
    _tell_wishes(roster, rules)
    room = mix(roster, rules)
    tell_result(room.summary, *room.warnings, *room.not_here)
    for found in likely_duplicates(roster):
        first, second = found.rows
        tell_result(say("cli.check_twice", first=first, second=second, why=found.reason))


def _tell_wishes(roster: Roster, rules: Rules) -> None:
    from relexp.roster.rule_names import hidden_columns

    hidden = hidden_columns(roster, rules)
    across = [roster.columns[wish.column] for wish in rules.across if wish.column not in hidden]
    share = [roster.columns[column] for column in rules.share if column not in hidden]
    if across:
        tell_result(say("cli.check_across", columns=", ".join(across)))
    if share:
        tell_result(say("cli.check_share", columns=", ".join(share)))
    if hidden:
        tell_result(say("cli.check_private", count=len(hidden)))

"""Check a finished evening anew, against its sheet and its rules."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from relexp.cli.console import NotDone, tell_aside, tell_result
from relexp.cli.inputs import met_by_report, read_evening, read_roster, read_rules, with_rounds
from relexp.cli.outputs import check_ending
from relexp.messages import say

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("sheet", metavar="ROSTER", type=FILE)
@click.argument("evening_file", metavar="EVENING.json", type=FILE)
@click.option("--rules", "rule_file", metavar="RULES.toml", type=FILE, help="The rules it was planned with.")
def verify(sheet: Path, evening_file: Path, rule_file: Path | None) -> None:
    """Check a finished evening and its proof anew.

    Every rule and every bound, from the sheet and the rules alone, by code that has no part in the planning. Ends
    with exit status 1 when anything does not hold.
    """
    from relexp.pairing.verify import verify as breaches_of
    from relexp.roster.rule_check import MOST_ROUNDS

    check_ending("EVENING.json", evening_file, (".json",))
    roster = read_roster(sheet)
    evening = read_evening(evening_file)
    asked = read_rules(rule_file, roster)
    planned = evening.report.get("rounds", len(evening.rounds))
    rounds = planned if isinstance(planned, int) and 0 < planned <= MOST_ROUNDS else asked.rounds
    if rule_file is not None and rounds != asked.rounds:
        tell_aside(say("cli.verify_rounds", rules=asked.rounds, planned=rounds))
    met = met_by_report(evening, roster)
    if met:
        tell_aside(say("cli.verify_met", count=len(met)))
    rules = replace(with_rounds(asked, rounds), seed=evening.seed, met_before=asked.met_before | met)
    breaches = breaches_of(roster, rules, evening)
    if breaches:
        raise NotDone([say("cli.verify_breaches", count=len(breaches)), *breaches])
    conversations = sum(len(round.conversations) for round in evening.rounds)
    tell_result(
        say("cli.verify_checked", rounds=len(evening.rounds), conversations=conversations), say("cli.verify_holds")
    )

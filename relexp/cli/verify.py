"""Check a finished evening anew, against its sheet and its rules."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from relexp.cli.console import NotDone, tell_aside, tell_result
from relexp.cli.inputs import (
    met_by_report,
    read_evening,
    read_roster,
    read_rules,
    rules_file_of,
    rules_now,
    with_rounds,
)
from relexp.cli.outputs import check_ending
from relexp.messages import say
from relexp.pairing.evening import Evening
from relexp.roster.person import Roster
from relexp.roster.rules import Rules

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

    check_ending("EVENING.json", evening_file, (".json",))
    roster = read_roster(sheet)
    evening = read_evening(evening_file)
    planned_with = rules_file_of(evening)
    if rule_file is None and planned_with is not None:
        tell_aside(say("cli.verify_without_rules", rules=planned_with))
    asked = _asked(rule_file, roster, evening)
    met = met_by_report(evening, roster)
    if met:
        tell_aside(say("cli.verify_met", count=len(met)))
    rules = replace(asked, seed=evening.seed, met_before=asked.met_before | met)
    breaches = breaches_of(roster, rules, evening)
    if breaches:
        raise NotDone([say("cli.verify_breaches", count=len(breaches)), *breaches])
    conversations = sum(len(round.conversations) for round in evening.rounds)
    tell_result(
        say("cli.verify_checked", rounds=len(evening.rounds), conversations=conversations), say("cli.verify_holds")
    )


def _asked(rule_file: Path | None, roster: Roster, evening: Evening) -> Rules:
    """The rules for as many rounds as were planned, held against who is there as the evening says."""
    from relexp.roster.rule_check import MOST_ROUNDS

    planned = evening.report.get("rounds", len(evening.rounds))
    rounds = planned if isinstance(planned, int) and 0 < planned <= MOST_ROUNDS else None
    if evening.present and rounds is not None:
        held = frozenset(range(1, rounds + 1))
        present = {id: there & held for id, there in evening.present.items() if id in roster}
        return rules_now(rule_file, roster, rounds, present)
    asked = read_rules(rule_file, roster)
    rounds = rounds or asked.rounds
    if rule_file is not None and rounds != asked.rounds:
        tell_aside(say("cli.verify_rounds", rules=asked.rounds, planned=rounds))
    return with_rounds(asked, rounds)

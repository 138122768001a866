"""Plan the rest of an evening again when people come late or leave early; rounds that are over stay as they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import click

from relexp.cli.console import NotDone, tell_aside, tell_result
from relexp.cli.inputs import met_by_report, read_evening, read_roster, rules_file_of, rules_now
from relexp.cli.outputs import EVENING, check_apart, check_ending
from relexp.cli.show import reasons_in, summary
from relexp.messages import Message, say
from relexp.pairing.evening import Evening
from relexp.roster.person import Roster

FILE = click.Path(path_type=Path)
MOST_NAMES = 12


@click.command()
@click.argument("evening_file", metavar="EVENING.json", type=FILE)
@click.option("--roster", "sheet", metavar="SHEET", type=FILE, required=True, help="The sheet it was planned from.")
@click.option("--rules", "rule_file", metavar="RULES.toml", type=FILE, help="The rules it was planned with.")
@click.option("--after", type=click.IntRange(0), required=True, metavar="ROUND", help="The last round that is over.")
@click.option("--arrive", metavar="SHEET.csv", type=FILE, help="A sheet of those who have come late.")
@click.option("--leave", metavar="id,id", default="", help="The ids of those who have left.")
@click.option("--out", metavar="NEW.json", type=FILE, required=True, help="Write the new evening here.")
def replan(
    evening_file: Path, sheet: Path, rule_file: Path | None, after: int, arrive: Path | None, leave: str, out: Path
) -> None:
    """Plan the rest anew for late comers and leavers.

    Rounds that are over stay as they were, and as few people as can be get another partner.
    """
    from relexp.exchange.evenings import write_evening
    from relexp.pairing.replan import replan as replanned

    check_ending("EVENING.json", evening_file, (".json",))
    check_ending("--out", out, EVENING)
    check_apart({"--out": out}, (sheet, rule_file, arrive))
    evening = read_evening(evening_file)
    planned_with = rules_file_of(evening)
    if rule_file is None and planned_with is not None:
        raise NotDone([say("cli.replan_without_rules", rules=planned_with)])
    roster = read_roster(sheet)
    _check(evening, roster, evening_file, after)
    arrivals = read_roster(arrive, fewest=1) if arrive is not None else None
    leavers = _leavers(leave, evening)
    present = _present(evening, after, arrivals, leavers)
    rules = rules_now(rule_file, _together(roster, arrivals), len(evening.rounds), present)
    met = met_by_report(evening, roster)
    rules = replace(rules, seed=evening.seed, met_before=rules.met_before | met)
    result = replanned(evening, roster, rules, after=after, arrivals=arrivals, leavers=leavers)
    new = result.evening
    if met:
        new = replace(new, report={**new.report, "met_before": sorted(map(list, met))})
    if rule_file is not None:
        new = replace(new, report={**new.report, "rules_file": rule_file.name})
    write_evening(out, new, result.roster)
    if not new.report["feasible"]:
        tell_aside(say("cli.least_bad"), *reasons_in(new.report))
    tell_result(say("cli.replan_changed", changed=result.changed, floor=result.floor))
    tell_result(*_who_changes(evening, new, after))
    tell_result(*summary(new.report, result.roster), say("cli.written", path=out))


def _who_changes(old: Evening, new: Evening, after: int) -> Iterator[Message]:
    """Who was in the evening, still is, and has another partner (or none) in some round to come."""
    before, now = _partners(old), _partners(new)
    there = {(round, id) for round, id in before.keys() & now.keys() if round > after}
    changing = {id for round, id in there if before[round, id] != now[round, id]}
    names = [name for id, name in new.names.items() if id in changing]
    if names:
        shown, more = ", ".join(names[:MOST_NAMES]), len(names) - MOST_NAMES
        code = "cli.replan_who_more" if more > 0 else "cli.replan_who"
        yield say(code, round=after + 1, names=shown, **({"count": more} if more > 0 else {}))


def _partners(evening: Evening) -> dict[tuple[int, str], frozenset[str]]:
    """With whom each person talks, by round and person; with nobody while they rest."""
    found: dict[tuple[int, str], frozenset[str]] = {}
    for round in evening.rounds:
        found |= {(round.number, id): frozenset() for id in round.resting}
        for talk in round.conversations:
            found |= {(round.number, id): frozenset(talk.people) - {id} for id in talk.people}
    return found


def _check(evening: Evening, roster: Roster, path: Path, after: int) -> None:
    if after >= len(evening.rounds):
        raise NotDone([say("cli.replan_after", rounds=len(evening.rounds), after=after)])
    unknown = [id for id in evening.names if id not in roster]
    if unknown:
        raise NotDone([say("cli.replan_unknown", path=path, ids=", ".join(unknown))])


def _together(roster: Roster, arrivals: Roster | None) -> Roster:
    if arrivals is None:
        return roster
    new = (person for person in arrivals if person.id not in roster)
    columns = {**arrivals.columns, **roster.columns}
    return Roster((*roster.people, *new), columns, roster.private | arrivals.private)


def _present(
    evening: Evening, after: int, arrivals: Roster | None, leavers: Iterable[str]
) -> dict[str, frozenset[int]]:
    """Who is there in which rounds, now that some have come and some have left; whoever is not named is always."""
    held = frozenset(round.number for round in evening.rounds)
    later = frozenset(round for round in held if round > after)
    present = dict(evening.present)
    for person in arrivals or ():
        before = present.get(person.id, held) - later if person.id in evening.names else frozenset()
        present[person.id] = before | later
    for id in leavers:
        present[id] = present.get(id, held) - later
    return present


def _leavers(leave: str, evening: Evening) -> tuple[str, ...]:
    asked = dict.fromkeys(id.strip() for id in leave.split(",") if id.strip())
    called = {text: [id for id, name in evening.names.items() if text in (id, name)] for text in asked}
    unclear = [say("cli.replan_not_there", id=text) for text, ids in called.items() if len(ids) != 1]
    if unclear:
        raise NotDone(unclear)
    return tuple(id for ids in called.values() for id in ids)

"""Plan the rest of an evening again when people come late or leave early; rounds that are over stay as they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import click

from relexp.cli.console import NotDone, tell_aside, tell_result
from relexp.cli.inputs import met_by_report, read_evening, read_roster, rules_file_of, rules_now
from relexp.cli.outputs import EVENING, Asked, check_apart, check_ending
from relexp.cli.show import quiet_note, reasons_in, summary
from relexp.exchange.routes import with_new_cards
from relexp.exchange.whole import write_together
from relexp.messages import Message, listed, say
from relexp.pairing.evening import Evening
from relexp.roster.person import Roster
from relexp.roster.words import fold

FILE = click.Path(path_type=Path)
# All of them are wanted, unless nobody could read them out.
MOST_NAMES = 40


@click.command()
@click.argument("evening_file", metavar="EVENING.json", type=FILE)
@click.option("--roster", "sheet", metavar="SHEET", type=FILE, required=True, help="The sheet it was planned from.")
@click.option("--rules", "rule_file", metavar="RULES.toml", type=FILE, help="The rules it was planned with.")
@click.option("--after", type=click.IntRange(0), required=True, metavar="ROUND", help="The last round that is over.")
@click.option("--arrive", metavar="SHEET.csv", type=FILE, help="A sheet of those who have come late.")
@click.option("--leave", metavar="id,id", default="", help="The ids or names of those who have left.")
@click.option("--out", metavar="NEW.json|.csv|.xlsx", type=FILE, required=True, help="Write the new evening here.")
@click.option(
    "--print", "print_folder", metavar="DIR", type=FILE, help="Write the new cards and signs, and a run sheet."
)
@click.option("--zoom", "zoom_folder", metavar="DIR", type=FILE, help="Write the breakout rooms of the rounds to come.")
def replan(
    evening_file: Path,
    sheet: Path,
    rule_file: Path | None,
    after: int,
    arrive: Path | None,
    leave: str,
    out: Path,
    print_folder: Path | None,
    zoom_folder: Path | None,
) -> None:
    """Plan the rest anew for late comers and leavers.

    Rounds that are over stay as they were, and as few people as can be get another partner.
    """
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
    everybody = _together(roster, arrivals)
    if zoom_folder is not None:
        from relexp.exchange.zoom import check_emails

        check_emails(everybody)
    rules = rules_now(rule_file, everybody, len(evening.rounds), present)
    met = met_by_report(evening, roster)
    rules = replace(rules, seed=evening.seed, met_before=rules.met_before | met)
    result = replanned(evening, roster, rules, after=after, arrivals=arrivals, leavers=leavers)
    new = result.evening
    if met:
        new = replace(new, report={**new.report, "met_before": sorted(map(list, met))})
    if rule_file is not None:
        new = replace(new, report={**new.report, "rules_file": rule_file.name})
    asked = Asked(out, print_folder, zoom_folder)
    write_together(asked.files(new, result.roster, result.rules, evening, after), asked.folders())
    if not new.report["feasible"]:
        tell_aside(say("cli.least_bad"), *reasons_in(new.report))
    tell_result(say("cli.replan_changed", changed=result.changed, floor=result.floor))
    tell_result(*_who_changes(evening, new, after))
    tell_result(*summary(new.report, result.roster), *quiet_note(result.roster, result.rules), *asked.told())


def _who_changes(old: Evening, new: Evening, after: int) -> Iterator[Message]:
    """Who was in the evening, still is, and sits at another table or with somebody else in some round to come."""
    names = [new.names[id] for id in with_new_cards(old, new, after) if id in old.names]
    if names:
        yield say("cli.replan_who", round=after + 1, names=listed(names, MOST_NAMES))


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
    called = {text: _called(text, evening) for text in asked}
    unclear = [say("cli.replan_not_there", id=text) for text, ids in called.items() if len(ids) != 1]
    if unclear:
        raise NotDone(unclear)
    return tuple(id for ids in called.values() for id in ids)


def _called(text: str, evening: Evening) -> list[str]:
    if text in evening.names:
        return [text]
    return [id for id, name in evening.names.items() if fold(text) == fold(name)]

"""Plan an evening from a sign-up sheet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from relexp.cli.console import NotDone, progress, tell_aside, tell_result
from relexp.cli.inputs import met_in, read_roster, read_rules
from relexp.cli.outputs import EVENING, Asked, check_apart, check_ending
from relexp.cli.show import evening_lines, quiet_note, reasons_in, summary
from relexp.exchange.reports import report_bytes
from relexp.exchange.whole import write_together, write_whole
from relexp.messages import say
from relexp.pairing.evening import Evening
from relexp.roster.person import Roster
from relexp.roster.rules import Rules

FILE = click.Path(path_type=Path)


class _ManyMet(click.Command):
    """A command whose `--met` takes one file or several: `--met may.json june.json`, or `--met` again for each."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        spread: list[str] = []
        following = False
        for argument in args:
            # A sheet never ends in .json, so one that follows is an evening too.
            if following and argument.casefold().endswith(".json") and spread[-1] != "--met":
                spread.append("--met")
            following = argument == "--met" or (following and argument.casefold().endswith(".json"))
            spread.append(argument)
        return super().parse_args(ctx, spread)


@click.command(cls=_ManyMet)
@click.argument("sheet", metavar="ROSTER", type=FILE)
@click.option("--rules", "rule_file", metavar="RULES.toml", type=FILE, help="What is asked of the evening.")
@click.option(
    "--rounds", metavar="N", type=click.IntRange(1, 1000), help="How many rounds (else as the rules say, or 5)."
)
@click.option(
    "--seed", metavar="N", type=click.IntRange(0), help="Another number gives another evening, as fair as this one."
)
@click.option(
    "--met",
    metavar="EVENING.json ...",
    type=FILE,
    multiple=True,
    help="Earlier evenings: who met there does not meet again.",
)
@click.option("--least-bad", is_flag=True, help="When the rules cannot all be kept, plan what comes nearest.")
@click.option("--out", metavar="EVENING.csv|.json|.xlsx", type=FILE, help="Write the evening here.")
@click.option("--report", metavar="REPORT.json", type=FILE, help="Write its figures and their proof here.")
@click.option("--print", "print_folder", metavar="DIR", type=FILE, help="Write all that an evening on paper needs.")
@click.option("--zoom", "zoom_folder", metavar="DIR", type=FILE, help="Write the breakout rooms of each round.")
def pair(
    sheet: Path,
    rule_file: Path | None,
    rounds: int | None,
    seed: int | None,
    met: tuple[Path, ...],
    least_bad: bool,
    out: Path | None,
    report: Path | None,
    print_folder: Path | None,
    zoom_folder: Path | None,
) -> None:
    """Plan an evening for the people on a sheet.

    Without --out the evening is printed, round by round. Ctrl-C stops the planning; nothing is written then.
    """
    check_ending("--out", out, EVENING)
    check_ending("--report", report, (".json",))
    check_apart({"--out": out, "--report": report}, (sheet, rule_file, *met))
    roster = read_roster(sheet)
    rules = read_rules(rule_file, roster, rounds, seed)
    earlier = met_in(met, roster) - rules.met_before
    if zoom_folder is not None:
        from relexp.exchange.zoom import check_emails

        check_emails(roster)
    evening = planned(roster, replace(rules, met_before=rules.met_before | earlier), least_bad, report)
    if earlier:
        evening = replace(evening, report={**evening.report, "met_before": sorted(map(list, earlier))})
    if rule_file is not None:
        evening = replace(evening, report={**evening.report, "rules_file": rule_file.name})
    asked = Asked(out, print_folder, zoom_folder)
    reports = {} if report is None else {report: report_bytes(evening.report)}
    write_together(asked.files(evening, roster, rules) | reports, asked.folders())
    if out is None:
        tell_result(*evening_lines(evening))
    tell_result(*summary(evening.report, roster), *quiet_note(roster, rules))
    tell_result(*asked.told(), *(say("cli.written", path=path) for path in reports))


def planned(roster: Roster, rules: Rules, least_bad: bool = False, report: Path | None = None) -> Evening:
    """The evening of a room; what had to give in it is said aside.

    Raises NotDone with the reasons when the rules cannot all hold; the report with them is written first.
    """
    from relexp.pairing.impossible import Impossible
    from relexp.pairing.plan import plan

    try:
        with progress() as watch:
            evening = plan(roster, rules, least_bad=least_bad, watch=watch)
    except Impossible as impossible:
        if report is not None:
            write_whole(report, report_bytes(impossible.report))
        nearest = [say("cli.impossible_nearest"), *impossible.bent] if impossible.bent else []
        raise NotDone([say("cli.impossible"), *impossible.causes, *nearest, say("cli.impossible_next")]) from None
    if not evening.report["feasible"]:
        tell_aside(say("cli.least_bad"), *reasons_in(evening.report))
    return evening

"""Begin without a sheet of your own: an empty one to send round, a made-up room to try, and the pages to open."""

from __future__ import annotations

from pathlib import Path

import click

from relexp.cli.console import NotDone, tell_result
from relexp.cli.outputs import check_ending
from relexp.cli.pair import planned
from relexp.cli.show import evening_lines, quiet_note, summary
from relexp.messages import say

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("file", metavar="FILE.xlsx", type=FILE)
def template(file: Path) -> None:
    """Write an empty sign-up sheet, with drop-downs and notes."""
    from relexp.exchange.template import template_bytes
    from relexp.exchange.whole import write_whole

    check_ending("FILE.xlsx", file, (".xlsx",))
    if file.is_file() and file.stat().st_size:
        raise NotDone([say("cli.exists", path=file)])
    write_whole(file, template_bytes())
    tell_result(say("cli.template", path=file))


@click.command()
@click.option("--sheet", metavar="FILE.csv", type=FILE, help="Write the made-up sheet here as well.")
def demo(sheet: Path | None) -> None:
    """Plan an evening for a made-up room, to try everything."""
    from relexp.exchange.demo import demo_sheet
    from relexp.exchange.rosters import read_roster
    from relexp.exchange.whole import write_whole
    from relexp.roster.rule_check import default_rules

    check_ending("--sheet", sheet, (".csv",))
    if sheet is not None and sheet.is_file() and sheet.stat().st_size:
        raise NotDone([say("cli.exists", path=sheet)])
    data = demo_sheet()
    roster = read_roster(data, "demo.csv").roster
    rules = default_rules(roster)
    evening = planned(roster, rules)
    if sheet is not None:
        write_whole(sheet, data)
    tell_result(say("cli.demo", people=len(roster)), "", *evening_lines(evening))
    tell_result(*summary(evening.report, roster), *quiet_note(roster, rules))
    if sheet is not None:
        tell_result(say("cli.written", path=sheet))


@click.command()
@click.option("--hall", is_flag=True, help="Let phones in the hall join.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to answer on; 0 takes a free one.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option("--store", metavar="URL", help="Where to keep the gatherings.")
@click.option("--links", metavar="FILE.json", type=FILE, help="Write the addresses here once they answer.")
def serve(hall: bool, port: int | None, no_browser: bool, store: str | None, links: Path | None) -> None:
    """Open the pages on this computer, until Ctrl-C."""
    from relexp.server.serve import serve as serve_pages

    serve_pages(port=port, browser=not no_browser, hall=hall, store=store, links=links)

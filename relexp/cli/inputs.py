"""What the commands read: the sheet, the rules with what the command line says instead, and earlier evenings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from relexp.cli.console import NotDone, tell_aside
from relexp.messages import Fault, FaultsFound, say
from relexp.pairing.evening import Evening
from relexp.roster.person import Roster
from relexp.roster.rules import Rules


def read_roster(path: Path, fewest: int = 2, unsaid: Collection[str] = ()) -> Roster:
    """The people on a sheet, at least `fewest` who talk; notes are said aside, but for the `unsaid` codes.

    Raises NotDone with every fault.
    """
    from relexp.exchange.rosters import load_roster

    with _faults_of(path):
        loaded = load_roster(path, fewest)
    said = (warning for warning in loaded.warnings if warning.message.code not in unsaid)
    tell_aside(*(say("cli.warning", warning=warning) for warning in said))
    return loaded.roster


def read_rules(path: Path | None, roster: Roster, rounds: int | None = None, seed: int | None = None) -> Rules:
    """The rules of a file, or the usual ones without it; `rounds` and `seed` go before what the file says.

    Notes about them are said aside. Raises NotDone with every fault.
    """
    from relexp.roster.rule_check import default_rules
    from relexp.roster.rule_warnings import rule_warnings

    if path is None:
        with _faults_of(path):
            rules = default_rules(roster)
    else:
        from relexp.exchange.rule_files import load_rules

        with _faults_of(path):
            rules = load_rules(path, roster)
    if seed is not None:
        rules = replace(rules, seed=seed)
    if rounds is not None:
        rules = with_rounds(rules, rounds)
    _tell_warnings(rule_warnings(rules, roster), path)
    return rules


def rules_now(path: Path | None, roster: Roster, rounds: int, present: Mapping[str, frozenset[int]]) -> Rules:
    """The rules in the middle of an evening: held against who is there now, without wishes for those who have left.

    `roster` holds late comers too, and `present` the rounds of all who are not there all evening. Notes about the
    rules are said aside. Raises NotDone with every fault.
    """
    from relexp.exchange.rule_files import read_rules as read_raw
    from relexp.exchange.rule_files import with_lines
    from relexp.exchange.whole import read_whole
    from relexp.roster.rule_check import check_rules
    from relexp.roster.rule_warnings import rule_warnings

    with _faults_of(path):
        data = b"" if path is None else read_whole(path)
        raw = {} if path is None else dict(read_raw(data, path.name))
        try:
            wishes = check_rules({"rounds": rounds, "pin": raw.pop("pin", [])}, roster).pins
            now = {"rounds": rounds, "present": {id: sorted(held) for id, held in present.items()}}
            rules = check_rules({**raw, **now}, roster)
        except FaultsFound as found:
            raise FaultsFound(with_lines(found.faults, data)) from None
    # A wish for two who are no longer both there is void, and no reason to stop the evening.
    pins = tuple(pin for pin in wishes if all(rules.attends(id, pin.round) for id in pin.people))
    _tell_warnings(rule_warnings(rules, roster), path)
    return replace(rules, pins=pins)


def read_evening(path: Path) -> Evening:
    """An evening from its file. Raises NotDone when it cannot be read."""
    from relexp.exchange.evenings import load_evening

    with _faults_of(path):
        return load_evening(path)


def met_in(paths: Sequence[Path], roster: Roster) -> frozenset[tuple[str, str]]:
    """Every two people of the sheet who met in earlier evenings; how many are not on the sheet is said aside."""
    met: set[tuple[str, str]] = set()
    for path in paths:
        evening = read_evening(path)
        unknown = sum(id not in roster for id in evening.names)
        if unknown:
            tell_aside(say("cli.met_unknown", path=path, count=unknown))
        met.update(pair for pair in evening.pairs() if pair[0] in roster and pair[1] in roster)
    return frozenset(met)


def met_by_report(evening: Evening, roster: Roster) -> frozenset[tuple[str, str]]:
    """The earlier meetings that an evening was planned to avoid, beyond those in its rules, as its file says."""
    listed = evening.report.get("met_before")
    pairs = [pair for pair in listed if isinstance(pair, list) and len(pair) == 2] if isinstance(listed, list) else []
    return frozenset((str(one), str(other)) for one, other in pairs if one in roster and other in roster)


def rules_file_of(evening: Evening) -> str | None:
    """The name of the rules file that an evening was planned with, as its file says; None where it was none."""
    name = evening.report.get("rules_file")
    return name if isinstance(name, str) and name else None


def with_rounds(rules: Rules, rounds: int) -> Rules:
    """The same rules for another number of rounds. Raises NotDone where they speak of a round that is then not held."""
    late = [pin.round for pin in (*rules.pins, *rules.locked) if pin.round > rounds]
    if late:
        raise NotDone([say("cli.rounds_cut", round=max(late), rounds=rounds)])
    held = frozenset(range(1, rounds + 1))
    return replace(rules, rounds=rounds, present={id: there & held for id, there in rules.present.items()})


def _tell_warnings(warnings: Sequence[Fault], rule_file: Path | None) -> None:
    if rule_file is not None and warnings:
        from relexp.exchange.rule_files import with_lines
        from relexp.exchange.whole import read_whole

        warnings = with_lines(warnings, read_whole(rule_file))
    tell_aside(*(say("cli.warning", warning=warning) for warning in warnings))


@contextmanager
def _faults_of(path: Path | None) -> Iterator[None]:
    try:
        yield
    except FaultsFound as found:
        place = [] if path is None else [say("cli.faults_in", path=path, count=len(found.faults))]
        raise NotDone([*place, *found.faults]) from None

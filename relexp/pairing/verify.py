"""Checks an evening afresh: every rule and every figure, without a look at how it was planned."""

from __future__ import annotations

from relexp.messages import Message
from relexp.pairing.evening import Evening
from relexp.pairing.verify_bounds import wrong_bounds
from relexp.pairing.verify_even import uneven
from relexp.pairing.verify_facts import Facts
from relexp.pairing.verify_figures import experiences, misnamed, wrong_figures, wrong_verdict
from relexp.pairing.verify_groups import wrong_lows
from relexp.pairing.verify_pairs import PairRules
from relexp.pairing.verify_rules import broken_rules, misshapen
from relexp.pairing.verify_tables import misplaced
from relexp.roster.difference import difference
from relexp.roster.person import Roster
from relexp.roster.rules import Rules


def verify(roster: Roster, rules: Rules, evening: Evening) -> tuple[Message, ...]:
    """Every breach of a rule, every wrong figure and every unproven bound of an evening; nothing when all holds.

    Who is there when comes from the evening, else from the rules. An evening without a report (from a csv file) is
    checked on the rules alone. An evening of other rounds, or with people who are not on the sheet, is told as that
    and nothing else. No sentence tells a private column, or who is kept apart, under 18, or asked for women only.
    """
    found = tuple(misshapen(roster, rules, evening))
    if found:
        return found
    facts = Facts(roster, rules, evening)
    pair_rules = PairRules(facts)
    broken = _broken(facts, pair_rules)
    found = (*misnamed(facts), *broken)
    if not evening.report:
        return found
    differences = difference(roster, rules.across)
    return (
        *found,
        *(() if broken else wrong_verdict(evening.report)),
        *wrong_figures(facts, differences),
        *wrong_bounds(facts, pair_rules, differences),
        *wrong_lows(facts, pair_rules),
    )


def broken(roster: Roster, rules: Rules, evening: Evening) -> tuple[Message, ...]:
    """Every rule that an evening breaks, whatever its report says; it must be of these people and as many rounds."""
    facts = Facts(roster, rules, evening)
    return _broken(facts, PairRules(facts))


def averages(roster: Roster, rules: Rules, evening: Evening) -> dict[str, float]:
    """How different everybody's partners are from them on average, 0 to 1, by id; without those who talk with nobody.

    The evening must be of these people and as many rounds.
    """
    facts = Facts(roster, rules, evening)
    sums = experiences(facts, difference(roster, rules.across)).tolist()
    turns = facts.attended.tolist()
    return {person.id: sums[at] / turns[at] for at, person in enumerate(roster) if turns[at] > 0}


def _broken(facts: Facts, pair_rules: PairRules) -> tuple[Message, ...]:
    return (*broken_rules(facts, pair_rules), *misplaced(facts), *uneven(facts, pair_rules))

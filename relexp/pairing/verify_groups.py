"""Re-proves how few same-group talks a room allows: by counting heads, or by the report's certificate."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from relexp.messages import Message, say
from relexp.pairing.verify_bounds import Numbers, Prices, bound, mapping, prices_from, vector
from relexp.pairing.verify_facts import Facts, GroupRule
from relexp.pairing.verify_figures import close, number, shown
from relexp.pairing.verify_pairs import PairRules, Places
from relexp.roster.rules import Repeats

# What a solver's rounding may take from a bound before it is rounded up to a whole number.
SLACK = 1e-6


def wrong_lows(facts: Facts, pair_rules: PairRules) -> Iterator[Message]:
    """Every printed lower bound on same-group talks that is not proven, too low for what counting shows, or missed."""
    groups = mapping(facts.evening.report.get("same_group"))
    certificates = mapping(mapping(facts.evening.report.get("certificate")).get("same_group"))
    for rule in facts.group_rules:
        said, certificate = mapping(groups.get(rule.name)), mapping(certificates.get(rule.name))
        fewest, least = by_counting(facts, rule)
        halves = np.full(facts.size, 0.5)
        shares = vector(mapping(certificate.get("person")).get("share"), facts.size)
        person = None if shares is None or not _whole(shares) else shares
        most = max(rule.rounds_a_person(facts.every_talk()).values(), default=0)
        for figure, low, part, slopes, reached in (
            ("fewest_meetings", (fewest, fewest), "meetings", halves, rule.meetings(facts.every_talk())),
            ("lowest_possible", least, "person", person, most),
        ):
            proof = prices_from(facts, mapping(certificate.get(part)), slopes) if slopes is not None else None
            proven = 0 if proof is None else _proven(facts, pair_rules, rule, proof)
            yield from _held(f"{rule.name}: {figure}", said.get(figure), low[0], max(low[1], proven), reached)


def _held(figure: str, said: object, low: int, high: int, reached: int) -> Iterator[Message]:
    value = number(said)
    if value is None:
        yield say("verify.report_missing", figure=figure)
        return
    if not low - SLACK <= value <= high + SLACK:
        yield say("verify.lowest", figure=figure, said=shown(value), low=low, high=high)
    if value > reached:
        yield say("verify.beyond", figure=figure, said=shown(value), limit=reached)


def by_counting(facts: Facts, rule: GroupRule) -> tuple[int, tuple[int, int]]:
    """The fewest meetings within groups, and the lowest possible most rounds for one person, by counting heads.

    In a round with m of a group among n talkers, k of whom rest unasked, m - (n - m) - k of the group (at least two,
    if any) have only their own to talk to; two of them to a meeting, or three of them in a three with three meetings.
    The second figure comes twice: shared over all of the group, and with nobody given more rounds than they attend.
    """
    meetings, plain, fair = 0, 0, 0
    for group in range(int(rule.codes.max(initial=-1)) + 1):
        inside = rule.codes == group
        stuck = 0
        for round in range(1, facts.rules.rounds + 1):
            free = facts.free[:, round]
            more = 2 * int((free & inside).sum()) - int(free.sum()) - len(facts.resting[round])
            if more > 0:
                meetings += -(-more // 2)
                stuck += max(more, 2)
        attended = facts.attended[inside & (facts.attended > 0)]
        if stuck:
            plain = max(plain, -(-stuck // len(attended)))
            fair = max(fair, _lowest_most(attended, stuck))
    alone = _with_nobody_else(facts, rule)
    most = int(alone.max(initial=0))
    return max(meetings, -(-int(alone.sum()) // 2)), (max(plain, most), max(fair, most))


def _with_nobody_else(facts: Facts, rule: GroupRule) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """How many rounds are left to each person once they have talked with everybody who is not of their group.

    Nothing is claimed where people may or do meet again, of a round in which somebody rests, or of a blank.
    """
    again = any(count + (pair in facts.met_before) > 1 for pair, count in facts.meetings.items())
    if again or facts.rules.repeats is Repeats.FEWEST:
        return np.zeros(facts.size, dtype=np.int64)
    restless = [round for round in range(1, facts.rules.rounds + 1) if not facts.resting[round]]
    rounds = facts.free[:, restless].sum(axis=1)
    talker = np.array(facts.talker, dtype=bool)
    others = np.array([int((talker & (rule.codes != code)).sum()) for code in rule.codes], dtype=np.int64)
    return np.where((rule.codes >= 0) & talker, np.maximum(rounds - others, 0), 0)


def _lowest_most(attended: np.ndarray[tuple[int], np.dtype[np.int64]], stuck: int) -> int:
    """The smallest whole number which, as everybody's most, still takes up all the rounds to be borne."""
    most = 1
    while int(np.minimum(attended, most).sum()) < stuck and most < int(attended.max()):
        most += 1
    return most


def _whole(shares: Numbers) -> bool:
    return bool((shares >= 0).all()) and close(float(shares.sum()), 1.0)


def _proven(facts: Facts, pair_rules: PairRules, rule: GroupRule, proof: Prices) -> int:
    """What a certificate proves, rounded up; the formula stands with `relexp.pairing.verify_bounds`."""

    def value(ones: Places, others: Places) -> Numbers:
        same: Numbers = ((rule.codes[ones] == rule.codes[others]) & (rule.codes[ones] >= 0)).astype(np.float64)
        return same

    turned = Prices(-proof.slopes, -proof.prices, proof.same_side)
    return int(np.ceil(-bound(facts, pair_rules, turned, value) - SLACK))

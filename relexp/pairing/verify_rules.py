"""Re-checks the seating itself: everybody in one place, and every rule on who talks with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from relexp.messages import Message, say
from relexp.pairing.evening import Evening, Round
from relexp.pairing.verify_facts import GUEST, HOST, Facts, GroupRule, Pair, Talk
from relexp.pairing.verify_pairs import PairRule, PairRules
from relexp.roster.person import Roster
from relexp.roster.rules import Repeats, Rules


def misshapen(roster: Roster, rules: Rules, evening: Evening) -> Iterator[Message]:
    """What keeps an evening from being judged at all: rounds that do not fit, people nobody knows."""
    numbers = [round.number for round in evening.rounds]
    if numbers != list(range(1, rules.rounds + 1)):
        yield say("verify.rounds", found=", ".join(str(number) for number in numbers) or "–", wanted=rules.rounds)
    for round in evening.rounds:
        for id in _everybody(round):
            if id not in roster:
                yield say("verify.unknown", round=round.number, person=evening.names.get(id, id))


def broken_rules(facts: Facts, pair_rules: PairRules) -> Iterator[Message]:
    """Every breach of a rule on places, pairs and conversations, round by round."""
    for round in facts.evening.rounds:
        yield from _places(facts, round)
        yield from _interpreters(facts, round)
    for talk in facts.every_talk():
        yield from _conversation(facts, talk)
    yield from _resting_children(facts)
    yield from _met_twice(facts)
    for rule in pair_rules.rules:
        yield from _pairs(facts, rule)
    for group in facts.soft_groups:
        yield from _over_cap(facts, group)
    yield from _wishes(facts)


def _everybody(round: Round) -> Iterator[str]:
    for conversation in round.conversations:
        yield from conversation.people
        yield from conversation.interpreters
    yield from round.resting


def _places(facts: Facts, round: Round) -> Iterator[Message]:
    counts = Counter(_everybody(round))
    talking = {id for conversation in round.conversations for id in conversation.people}
    for place, person in enumerate(facts.roster):
        where = {"person": person.name, "round": round.number}
        if counts[person.id] > 1:
            yield say("verify.twice", **where)
        if not facts.there[place, round.number]:
            if counts[person.id]:
                yield say("verify.absent", **where)
        elif facts.talker[place]:
            if not counts[person.id]:
                yield say("verify.no_place", **where)
            if person.id in talking and not (facts.free[place, round.number] or _happened(facts, round, place)):
                yield say("verify.asked_rest", **where)
        elif person.id in talking:
            yield say("verify.interpreter_talks", **where)


def _happened(facts: Facts, round: Round, place: int) -> bool:
    return any(number == round.number and place in people for number, people in facts.locked)


def _interpreters(facts: Facts, round: Round) -> Iterator[Message]:
    for conversation in round.conversations:
        for id in conversation.people:
            wanted = facts.roster.interpreters.get(id, ())
            there = [one for one in wanted if facts.there[facts.roster.index[one], round.number]]
            if wanted and not there:
                yield say("verify.interpreter_nobody", person=facts.roster[id].name, round=round.number)
            for one in there:
                if one not in conversation.interpreters:
                    names = {"person": facts.roster[id].name, "interpreter": facts.roster[one].name}
                    yield say("verify.interpreter_missing", round=round.number, **names)
        for id in conversation.interpreters:
            if facts.roster[id].interpreter_for not in conversation.people:
                where = {"round": round.number, "table": conversation.table}
                yield say("verify.interpreter_astray", interpreter=facts.roster[id].name, **where)


def _conversation(facts: Facts, talk: Talk) -> Iterator[Message]:
    where = {"round": talk.round, "table": talk.table}
    if len(talk.people) not in (2, 3):
        yield say("verify.size", count=len(talk.people), **where)
    elif not fit_for_minors(facts, talk.people):
        yield say("verify.under_18", **where)
    sides = facts.rules.sides
    if sides is not None and not talk.locked and not crosses(facts, talk.people):
        one_sided = len({facts.side[place] for place in talk.people} & {HOST, GUEST}) < 2
        code = "verify.sides" if one_sided else "verify.two_hosts"
        yield say(code, hosts=sides.hosts, guests=sides.guests, **where)


def fit_for_minors(facts: Facts, people: Sequence[int]) -> bool:
    """Whether two or three people may be together under the rule that protects under-18s."""
    minors = [place for place in people if facts.minor[place]]
    if len(minors) != 1:
        return True
    return len(people) == 3 and facts.responsible[minors[0]] in people


def crosses(facts: Facts, people: Sequence[int]) -> bool:
    """Whether a conversation brings the two sides together, one host to two guests where that was asked."""
    if facts.rules.sides is None:
        return True
    hosts = sum(facts.side[place] == HOST for place in people)
    guests = sum(facts.side[place] == GUEST for place in people)
    return hosts >= 1 and guests >= 1 and (facts.rules.sides.guests_per_host == 1 or hosts == 1)


def _resting_children(facts: Facts) -> Iterator[Message]:
    for round, resting in facts.resting.items():
        talking = {place for talk in facts.talks[round] for place in talk.people}
        for child in resting:
            if facts.minor[child] and facts.responsible[child] in talking:
                yield say("verify.under_18_rest", round=round)


def _met_twice(facts: Facts) -> Iterator[Message]:
    """Never twice in the evening; what has already happened is not held against it."""
    if facts.rules.repeats is not Repeats.NEVER:
        return
    rounds: dict[Pair, list[Talk]] = {}
    for talk in facts.every_talk():
        for pair in talk.pairs():
            rounds.setdefault(pair, []).append(talk)
    for (one, other), talks in rounds.items():
        if len(talks) > 1 and not all(talk.locked for talk in talks):
            listed = ", ".join(str(talk.round) for talk in talks)
            yield say("verify.met_twice", one=facts.name(one), other=facts.name(other), rounds=listed)


def _pairs(facts: Facts, rule: PairRule) -> Iterator[Message]:
    met = [(talk.round, pair) for talk in facts.every_talk() if not talk.locked for pair in talk.pairs()]
    if not met:
        return
    ones, others = np.array([pair for _, pair in met], dtype=np.int64).T
    for number in np.flatnonzero(~rule.holds(ones, others)):
        round, (one, other) = met[number]
        names = {"one": facts.name(one), "other": facts.name(other), "column": facts.heading(rule.column)}
        shown = names if rule.code in _NAMING else {}
        yield say(rule.code, round=round, **shown)


# All other rules on pairs are about something that a shared line must not tell of anybody.
_NAMING = frozenset({"verify.same_group", "verify.met_before", "verify.share", "verify.reach"})


def _over_cap(facts: Facts, group: GroupRule) -> Iterator[Message]:
    cap = group.attribute.cap
    if cap is None:
        return
    to_come = group.rounds_a_person(talk for talk in facts.every_talk() if not talk.locked)
    for place, count in group.rounds_a_person(facts.every_talk()).items():
        if count > cap and to_come[place]:
            if group.hidden:
                yield say("verify.cap_hidden", count=count, cap=cap)
            else:
                column = facts.heading(group.attribute.column)
                yield say("verify.cap", person=facts.name(place), column=column, count=count, cap=cap)


def _wishes(facts: Facts) -> Iterator[Message]:
    """Pins must be among the people of one conversation; what has happened must be one as it was."""
    seated = {round: [frozenset(talk.people) for talk in talks] for round, talks in facts.talks.items()}
    for round, people in facts.wishes:
        if not any(people <= talking for talking in seated.get(round, [])):
            yield say("verify.pin", people=_names(facts, people), round=round)
    for round, people in sorted(facts.locked, key=lambda locked: (locked[0], sorted(locked[1]))):
        if people not in seated.get(round, []):
            yield say("verify.locked", people=_names(facts, people), round=round)


def _names(facts: Facts, people: frozenset[int]) -> str:
    return " & ".join(facts.name(place) for place in sorted(people))

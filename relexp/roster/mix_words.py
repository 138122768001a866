"""What the numbers of a room say, in sentences for the organiser."""

from __future__ import annotations

from collections.abc import Iterator

from relexp.messages import Message, listed, say
from relexp.roster.mix_ceiling import in_pairs
from relexp.roster.mix_count import Count, Group, SidesMix, present_talkers
from relexp.roster.person import Roster
from relexp.roster.rule_defaults import answers
from relexp.roster.rule_names import hidden_columns
from relexp.roster.rule_values import quote
from relexp.roster.rules import NeverSame, Odd, Repeats, Rules, Sides

# As many as a few telephone calls may bring.
FIVE = 5


def summary(count: Count, rules: Rules) -> Message:
    """The room in one sentence."""
    reach = {"ceiling": count.ceiling, "people": count.people, "share": percent(count.ceiling, count.people)}
    largest = count.largest
    if count.sides is not None and rules.sides is not None:
        return _across_sides(count, count.sides, rules.sides)
    if largest is None:
        return say("mix.no_groups", people=count.people)
    if largest.people == count.people:
        return say("mix.one_group", people=count.people, name=largest.name)
    more = count.ceiling_with_odd_trio
    if more < count.people < 2 * largest.people:
        if more > count.ceiling:
            reach |= {"ceiling": more, "share": percent(more, count.people)}
            return say("mix.lopsided_odd", name=largest.name, largest=largest.people, **reach)
        return say("mix.lopsided", name=largest.name, largest=largest.people, **reach)
    return say("mix.even", groups=len(count.groups), name=largest.name, largest=largest.people, people=count.people)


def _across_sides(count: Count, room: SidesMix, sides: Sides) -> Message:
    across, largest, fewer = count.ceiling_with_odd_trio, count.largest, min(room.hosts, room.guests)
    in_pairs = across == count.ceiling
    reach = {"ceiling": across, "people": count.people, "share": percent(across, count.people)}
    if largest is not None and across < min(count.people, (2 if in_pairs else 3) * fewer):
        return say("mix.sides_groups", name=largest.name, largest=largest.people, **reach)
    code = "mix.sides" if in_pairs else "mix.sides_all" if across == count.people else "mix.sides_trios"
    numbers = {"hosts": room.hosts, "host": sides.hosts, "guests": room.guests, "guest": sides.guests}
    return say(code, threes=min(room.left_over, fewer), **numbers, **reach)


def warnings(count: Count, rules: Rules) -> Iterator[Message]:
    """What to think about before the evening, with the arithmetic in words."""
    if count.sides is not None and rules.sides is not None:
        yield from _left_over(count.sides, rules, rules.sides)
        return
    largest = count.largest
    if largest is None:
        return
    others = count.people - largest.people
    if 2 * largest.people > count.people:
        yield from _over_half(count, largest, rules)
    elif others < rules.rounds and rules.repeats is Repeats.NEVER:
        yield say("mix.few_others", name=largest.name, others=others, rounds=rules.rounds)


def _over_half(count: Count, largest: Group, rules: Rules) -> Iterator[Message]:
    people, across, others = count.people, count.ceiling, count.people - largest.people
    sizes = {"name": largest.name, "people": people}
    if others:
        yield say("mix.over_half", largest=largest.people, others=others, ceiling=across, **sizes)
        if count.ceiling_with_odd_trio > across:
            yield say("mix.odd_trio", ceiling=count.ceiling_with_odd_trio, pairs=across)
        if count.ceiling_in_trios > count.ceiling_with_odd_trio:
            share = percent(count.ceiling_in_trios, people)
            yield say("mix.trios", ceiling=count.ceiling_in_trios, share=share, **sizes)
    guests = 2 * largest.people - people
    yield say("mix.invite", guests=guests) if guests > 1 else say("mix.invite_one")
    if guests > FIVE:
        more = in_pairs(people + FIVE, largest.people)
        yield say("mix.invite_five", ceiling=more, people=people + FIVE, share=percent(more, people + FIVE))
    # In an odd room where one person rests, one of the larger half can.
    spare = people % 2 if rules.odd is Odd.REST else 0
    if guests > spare and any(one.column == count.column and one.never_same is NeverSame.HARD for one in rules.across):
        yield say("mix.hard", heading=count.heading)


def _left_over(room: SidesMix, rules: Rules, sides: Sides) -> Iterator[Message]:
    more, fewer, side, other = room.guests, room.hosts, sides.guests, sides.hosts
    if room.hosts > room.guests:
        more, fewer, side, other = fewer, more, other, side
    two = room.left_over_one_to_two
    if sides.guests_per_host == 1 and room.left_over:
        join = min(room.left_over, fewer) if rules.odd is Odd.TRIO else 0
        if join < room.left_over:
            numbers = {"more": more, "fewer": fewer, "left": room.left_over, "join": join}
            yield say("mix.left_over_join" if join else "mix.left_over", side=side, other=other, **numbers)
        if side == sides.guests and not join:
            yield say("mix.one_to_two_left", left=two, side=side) if two else say("mix.one_to_two")
    elif two:
        yield say("mix.one_to_two_left", left=two, side=side)


def not_here(count: Count, roster: Roster, rules: Rules) -> Iterator[Message]:
    """Who is not here, or hardly: answers nobody gave, groups of one, and columns left blank."""
    here = present_talkers(roster, rules)
    hidden = hidden_columns(roster, rules)
    for attribute in rules.across:
        given = {answer.casefold() for answer in answers(here, attribute.column)}
        missing = [f"“{quote(level)}”" for level in attribute.order if level.casefold() not in given]
        if missing and attribute.column not in hidden:
            yield say("mix.missing", heading=roster.columns[attribute.column], values=listed(missing))
    alone = [quote(group.name) for group in count.groups if group.people == 1]
    if alone:
        yield say("mix.alone" if len(alone) > 1 else "mix.alone_one", groups=listed(alone))
    for column in dict.fromkeys((*(one.column for one in rules.across), *rules.share)):
        blanks = sum(not value.strip() for value in here.column(column))
        if blanks and column not in hidden:
            code = "mix.blanks" if blanks > 1 else "mix.blank_one"
            yield say(code, count=blanks, heading=roster.columns[column])


def percent(part: int, whole: int) -> int:
    """A share in whole hundredths; 0 and 100 are kept for none and all."""
    share = round(100 * part / whole) if whole else 0
    return share if part in (0, whole) else min(max(share, 1), 99)

"""What the product says about the mix of the room, before the evening."""

from __future__ import annotations

MIX: dict[str, str] = {
    # The room in one sentence
    "mix.even": "Everybody can talk with somebody from another group: the largest of the {groups} groups, “{name}”, is {largest} of "
    "the {people} people who talk.",
    "mix.lopsided": "In a round of pairs at most {ceiling} of the {people} people who talk ({share}%) can talk with "
    "somebody from another group: {largest} of them are from “{name}”.",
    "mix.lopsided_odd": "In a round of pairs and one trio at most {ceiling} of the {people} people who talk ({share}%) can "
    "talk with somebody from another group: {largest} of them are from “{name}”.",
    "mix.one_group": "All {people} people who talk are from one group, “{name}”, so nobody can talk with somebody from "
    "another.",
    "mix.no_groups": "{people} people talk, and the sheet does not tell which groups they come from.",
    "mix.sides": "In a round of pairs at most {ceiling} of the {people} people who talk ({share}%) can talk across to the "
    "other side: there are {hosts} of “{host}” and {guests} of “{guest}”.",
    "mix.sides_all": "Everybody can talk across to the other side: there are {hosts} of “{host}” and {guests} of “{guest}”. "
    "Conversations of three in each round: {threes}.",
    "mix.sides_trios": "In a round in which every conversation is of three, at most {ceiling} of the {people} people who talk "
    "({share}%) can talk across to the other side: there are {hosts} of “{host}” and {guests} of “{guest}”.",
    "mix.sides_groups": "In a round at most {ceiling} of the {people} people who talk ({share}%) can talk across "
    "to the other side with somebody from another group: {largest} of them are from “{name}”.",
    # Who is not counted in it
    "mix.beside_one": "One person is not counted in these groups: an interpreter, who sits beside somebody.",
    "mix.beside": "{count} people are not counted in these groups: interpreters, who sit beside somebody.",
    # What to think about
    "mix.over_half": "“{name}” is {largest} of the {people} people who talk, more than half. Each of the {others} others "
    "can talk with one of them at a time, so in a round of pairs {ceiling} people can talk with somebody from "
    "another group and the rest cannot.",
    "mix.odd_trio": "There is an odd number of people, so each round has one trio, and {ceiling} instead of {pairs} can "
    "talk with somebody from another group.",
    "mix.trios": "In planned trios (two of “{name}” with one other) it would be {ceiling} of {people} ({share}%).",
    "mix.invite": "If {guests} more people came from other groups, everybody could talk with somebody from another "
    "group in every pair.",
    "mix.invite_one": "If one more person came from another group, everybody could talk with somebody from another "
    "group in every pair.",
    "mix.invite_five": "Five more people from other groups would make it {ceiling} of {people} ({share}%).",
    "mix.hard": "So the rule that people of one group under “{heading}” never talk cannot hold. Write "
    'never_same = "fewest" to have it happen as rarely as possible, shared fairly.',
    "mix.few_others": "Only {others} of the people who talk are from other groups than “{name}”, and the evening has {rounds} "
    "rounds: in some, people from “{name}” would meet their own group. Fewer rounds would help.",
    "mix.left_over_join": "There are {more} of “{side}” and {fewer} of “{other}”. Talking one to one, the number of "
    "“{side}” left over in each round is {left}: {join} of them join a pair, and the others rest.",
    "mix.left_over": "There are {more} of “{side}” and {fewer} of “{other}”. Talking one to one, the number of "
    "“{side}” left over in each round is {left}: they rest.",
    "mix.one_to_two": "With one or two guests to a host nobody is left over.",
    "mix.one_to_two_left": "With up to two guests to a host, the number of “{side}” left over in each round is {left}.",
    # Who is not here
    "mix.missing": "Under “{heading}” nobody here answered {values}.",
    "mix.alone": "One person only has come from each of these: {groups}.",
    "mix.alone_one": "One person only has come from {groups}.",
    "mix.blanks": "{count} people left “{heading}” blank.",
    "mix.blank_one": "One person left “{heading}” blank.",
}

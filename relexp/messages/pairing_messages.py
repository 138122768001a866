"""What the product says of an evening that cannot be or that bends a rule, and of why two people meet."""

from __future__ import annotations

# What always makes a wish for something in common hold.
_ease = "Or do not ask for “{column}” in common: choose “does not matter” for it, or leave it out of what is shared."

PAIRING: dict[str, str] = {
    # Why the rules cannot all hold, the smallest cause first.
    "impossible.rounds": "{people} people can have at most this many rounds without a second meeting: {most}. The evening "
    'asks for {rounds}. Take {most}, invite more people, or let as few as possible meet again (repeats = "fewest" in a rules file).',
    "impossible.rounds_odd": "{people} people are an odd number: each round has one conversation of three and takes "
    "{taken} of their {meetings} possible meetings, so rounds without a second meeting can be at most this many: {most}. The "
    'evening asks for {rounds}. Take {most} or fewer, invite more people, or let as few as possible meet again (repeats = "fewest" '
    "in a rules file).",
    "impossible.sides": "There are {hosts} hosts and {guests} guests: after {most} rounds somebody has met "
    "everyone on the other side, and the rules ask for {rounds}. Ask for {most} rounds, or invite more people.",
    "impossible.partners": "{person} may talk with {count} of the people in the room, and is there for {rounds} "
    "rounds. Look at what their row in the sheet and the rules ask for, or let {person} rest in some rounds.",
    "impossible.partners_many": "Each of these {number} people may talk with {count} of the people in the room, and is there "
    "for {rounds} rounds: {people}. Look at what their rows in the sheet and the rules ask for, or let them rest in some rounds.",
    "impossible.nobody": "{person} may talk with nobody in round {round}. Look at what their row in the sheet and the rules "
    "ask for, or let {person} rest then.",
    "impossible.nobody_many": "In round {round}, these {number} people may talk with nobody: {people}. Look at what their rows "
    "in the sheet and the rules ask for, or let them rest then.",
    "impossible.nobody_shares": "In round {round}, {person} has nothing in common with anybody under “{column}”: it says {said}. "
    "It would hold if somebody else there has that too, with an interpreter (where it is a language), or if {person} rests "
    f"then. {_ease}",
    "impossible.nobody_shares_many": "In round {round}, these {number} people have nothing in common with anybody under "
    "“{column}”: {people}. It would hold if others there have that too, with interpreters (where it is a language), or if they "
    f"rest then. {_ease}",
    "impossible.partners_share": "{person} has something in common under “{column}” with only {count} of the people they may talk "
    "with, and is there for {rounds} rounds: it says {said}. It would hold if more people there have that too, with an interpreter "
    f"(where it is a language), or if {{person}} rests in some rounds. {_ease}",
    "impossible.partners_share_many": "Each of these {number} people has something in common under “{column}” with only {count} of "
    "the people they may talk with, and is there for {rounds} rounds: {people}. It would hold if more people there have that too, "
    f"with interpreters (where it is a language), or if they rest in some rounds. {_ease}",
    "impossible.few_share": "In round {round}, these {count} people together have something in common under “{column}” with only "
    "{partners} of the others: {people}. It would hold if more people there have that too, with interpreters (where it is a "
    f"language), or if some of them rest. {_ease}",
    "impossible.share_tight": "What has to be in common under “{column}” leaves some with few others to talk with: {people}. "
    f"{_ease}",
    "impossible.few": "In round {round}, these {count} people may talk only with {partners} others: {people}. Look at what "
    "their rows in the sheet and the rules ask for, or let some of them rest.",
    "impossible.group": "In round {round}, {most} of the {people} people belong to “{group}”: more than half of the room, "
    'so some of them must talk among themselves. Ask for as few such talks as possible (never_same = "fewest"), or '
    "invite {guests} more from elsewhere.",
    "impossible.group_hidden": "In round {round}, more than half of the room belong to one group on a private column, so "
    'some of them must talk among themselves. Ask for as few such talks as possible (never_same = "fewest").',
    "impossible.cap": "At most {cap} rounds with people of one's own “{column}” cannot be kept: {lowest} is the lowest "
    "possible. Set cap = {lowest}, or invite people from elsewhere.",
    "impossible.cap_hidden": "At most {cap} rounds with people of one's own group, on a private column, cannot be kept: "
    "{lowest} is the lowest possible.",
    "impossible.proven": "Every possible evening was tried, and with these people none keeps every rule. In the one that comes "
    "nearest, a rule is broken this many times: {count}. Ease one of those rules, or take a round less.",
    "impossible.searched": "No evening was found that keeps every rule, though not every one could be tried. In the best one, "
    "a rule is broken this many times: {count}. Ease one of those rules, or take a round less.",
    # What the least bad evening bends.
    "bent.pin": "{people} were to talk in round {round}, and do not.",
    "bent.pin_more": "Wishes for a conversation that are not kept: {count} more.",
    "bent.again": "{one} and {other} meet again in round {round}.",
    "bent.again_more": "More second meetings like these: {count}.",
    "bent.group": "{one} and {other}, of one group, talk in round {round}.",
    "bent.group_more": "More talks like these between two of one group: {count}.",
    "bent.rest": "{person} rests in round {round}.",
    "bent.rest_more": "More rests like these: {count}.",
    # What the report says of an evening that keeps every rule.
    "note.minor_rests": "{person} has nobody to talk with in {rounds} and rests; someone responsible for them sits "
    "with them.",
    "note.minor_rests_with": "{person} has nobody to talk with in {rounds} and rests with {adult}.",
    "note.minor_rests_many": "These {number} have nobody to talk with in {rounds} and rest: {people}. Someone responsible "
    "for them sits with them.",
    "note.minor_rests_with_many": "These {number} have nobody to talk with in {rounds} and rest with {adult}: {people}.",
    "note.in_round": "round {rounds}",
    "note.in_rounds": "rounds {rounds}",
    "note.quiet": "Quiet tables: {tables}. Put them where it is calmest.",
    # The menu for a lop-sided room.
    "menu.free": "Nobody has more than {most} rounds with their own group; {meetings} such meetings in all. No choice "
    "here brings more difference.",
    "menu.price": "Nobody has more than {most} rounds with their own group; {meetings} such meetings in all. It costs "
    "{lost}% of the difference that the freest choice brings.",
    # Why two people meet.
    "why.different": "{one} and {other} come from different places: {differences}.",
    "why.both": "{one} and {other} differ in {differences}, and share {shared}.",
    "why.share": "{one} and {other} share {shared}.",
    "why.sides": "{one} and {other} sit across as host and guest.",
    "why.new": "{one} and {other} have not met before tonight.",
    "why.pair": "{column} ({mine}, {theirs})",
    "why.list": "{first} and {last}",
}

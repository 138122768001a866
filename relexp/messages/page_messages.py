"""What the page says in place of sentences that speak of a rules file: there is none there, and other things to do."""

from __future__ import annotations

ON_PAGE: dict[str, str] = {
    "impossible.rounds": "{people} people can have at most this many rounds without a second meeting: {most}. You ask for "
    "{rounds}. Choose {most}, or invite more people.",
    "impossible.rounds_odd": "{people} people are an odd number: each round has one conversation of three and takes {taken} of "
    "their {meetings} possible meetings, so rounds without a second meeting can be at most this many: {most}. You ask for "
    "{rounds}. Choose {most} or fewer, or invite more people.",
    "impossible.sides": "There are {hosts} hosts and {guests} guests: after {most} rounds somebody has met everyone on the other "
    "side, and you ask for {rounds}. Choose {most}, or invite more people.",
    "impossible.partners": "{person} may talk with {count} of the people in the room, and is there for {rounds} rounds. Look at "
    "what their row in the sheet asks for, or choose fewer rounds.",
    "impossible.partners_many": "Each of these {number} people may talk with {count} of the people in the room, and is there for "
    "{rounds} rounds: {people}. Look at what their rows in the sheet ask for, or choose fewer rounds.",
    "impossible.nobody": "{person} may talk with nobody in round {round}. Look at what their row in the sheet asks for, or write "
    "there that {person} rests then.",
    "impossible.nobody_many": "In round {round}, these {number} people may talk with nobody: {people}. Look at what their rows in "
    "the sheet ask for, or write there that they rest then.",
    "impossible.few": "In round {round}, these {count} people may talk only with {partners} others: {people}. Look at what their "
    "rows in the sheet ask for, or write there that some of them rest.",
    "impossible.group": "In round {round}, {most} of the {people} people belong to “{group}”: more than half of the room, so some "
    "of them must talk among themselves. Invite {guests} more from elsewhere, or let people talk with their own as seldom as "
    "can be.",
    "impossible.group_hidden": "In round {round}, more than half of the room belong to one group on a private column, so some of "
    "them must talk among themselves. Invite more people from elsewhere.",
    "impossible.cap": "At most {cap} rounds with people of one's own “{column}” cannot be kept: {lowest} is the lowest possible. "
    "Invite people from elsewhere.",
    "impossible.proven": "Every possible evening was tried, and with these people none keeps everything asked for. The one that "
    "comes nearest misses it this many times: {count}. Choose fewer rounds, or invite more people.",
    "impossible.searched": "No evening was found that keeps everything asked for, though not every one could be tried. The best "
    "one misses it this many times: {count}. Choose fewer rounds, or invite more people.",
    "mix.hard": "So it cannot be that people of one group under “{heading}” never talk.",
    "rules.values_unordered": "These answers under “{heading}” have no place from low to high and count as blank: {values}.",
}

"""What the product says when an evening, checked afresh, does not keep its rules or its report does not add up."""

from __future__ import annotations

VERIFY: dict[str, str] = {
    # The shape of the evening.
    "verify.rounds": "The evening has rounds {found}, but the rules ask for rounds 1 to {wanted}. Plan it again.",
    "verify.unknown": "Round {round} seats “{person}”, who is not on this sheet. Check that it is the sheet of this evening.",
    "verify.name": "The evening calls “{found}” the person who is “{name}” on the sheet. Check that it is the sheet of this evening.",
    "verify.twice": "{person} has two places in round {round}. Keep one of them.",
    "verify.no_place": "{person} is there in round {round} but neither talks nor rests. Give them a place.",
    "verify.absent": "{person} has a place in round {round} but is not there then. Take them out and plan again.",
    "verify.asked_rest": "{person} asked to sit out round {round} but has a conversation then. Let them rest.",
    "verify.size": "Table {table} in round {round} has {count} talking. A conversation is two or three people.",
    "verify.interpreter_talks": "{person} interprets, but round {round} seats them as a partner. Seat them beside their person.",
    "verify.interpreter_missing": "{person} talks in round {round} without {interpreter}, who interprets for them. Seat them together.",
    "verify.interpreter_nobody": "{person} needs an interpreter, but none is there in round {round}. Find one or let them rest.",
    "verify.interpreter_astray": "{interpreter} interprets at table {table} in round {round}, but their person is not there. "
    "Seat them together.",
    "verify.pin": "{people} were to talk in round {round}, but do not. Plan again, or take the wish out of the rules.",
    "verify.locked": "{people} have already talked in round {round}, but the evening shows something else.",
    # Who may meet whom.
    "verify.met_twice": "{one} and {other} meet more than once: rounds {rounds}.",
    "verify.met_before": "{one} and {other} met at an earlier gathering and meet again in round {round}.",
    "verify.apart": "In round {round}, two people talk who must not sit together. Plan the evening again.",
    "verify.same_group": "{one} and {other} talk in round {round}, but have the same “{column}”, which the rules never allow.",
    "verify.same_group_hidden": "In round {round}, two people of one group talk, which a rule on a private column never allows.",
    "verify.share": "{one} and {other} talk in round {round}, but have nothing in common under “{column}”.",
    "verify.share_hidden": "In round {round}, two people talk who have nothing in common on a private column of the rules.",
    "verify.women_only": "In round {round}, somebody who asked to talk with women only would talk with someone else.",
    "verify.reach": "{one} and {other} talk in round {round}, but keep seats at tables that are not next to each other.",
    "verify.cap": "{person} talks with their own “{column}” in {count} rounds; the rules allow {cap}.",
    "verify.cap_hidden": "Somebody talks with their own group, on a private column, in {count} rounds; the rules allow {cap}.",
    "verify.sides": "Table {table} in round {round} does not bring {hosts} and {guests} together.",
    "verify.two_hosts": "Table {table} in round {round} is no one-to-two: it needs one from {hosts} and two from {guests}.",
    "verify.under_18": "Table {table} in round {round} has an under-18 among adults in a way that is never allowed. "
    "Change it before anybody sits down.",
    "verify.under_18_rest": "In round {round} an under-18 rests while their responsible adult talks. Let both rest or both talk.",
    # Tables.
    "verify.table_number": "Round {round} uses table {table}, which this room does not have.",
    "verify.table_shared": "Table {table} has two conversations in round {round}. Move one of them.",
    "verify.fixed": "{person} keeps a seat, but round {round} puts them at table {table}. Seat them where they stay.",
    "verify.quiet": "Table {table} in round {round} needs quiet, and quiet table {quiet} could take it. Swap the two.",
    # Threes and rests.
    "verify.trios": "Round {round} has {count} conversations of three, where {needed} would do.",
    "verify.trio_split": "Round {round} has two conversations of three, at tables {table} and {second}, that could be three of two.",
    "verify.rests": "{count} rest in round {round}, where {needed} would do.",
    "verify.rest_needless": "{person} rests in round {round}, although there is a conversation they could have.",
    "verify.second_trio": "{person} talks in a three again in round {round}, although {other} could have had their first.",
    "verify.second_rest": "{person} rests again in round {round}, although {other} could have had their first rest.",
    # The report.
    "verify.report_missing": "The report lacks the figure “{figure}”, or it is no number. Plan the evening again.",
    "verify.feasible_wrongly": "The report says that not every rule could be kept, but every rule is. Plan the evening again.",
    "verify.feasible_missing": "The report does not say whether every rule is kept. Plan the evening again.",
    "verify.figure": "The report gives {said} for “{figure}”; this evening has {found}.",
    "verify.report_group": "The report's figures on groups are not those that the rules ask for. Plan the evening again.",
    "verify.certificate": "The proof behind “{figure}” is missing or not of the right form. Plan the evening again.",
    "verify.bound": "The report gives {said} for “{figure}”; its proof gives {found}.",
    "verify.beyond": "The report's “{figure}” is {said}, which goes beyond its limit of {limit}.",
    "verify.lowest": "The report gives {said} for “{figure}”; what can be proven is {low} to {high}.",
}

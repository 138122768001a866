"""What stands on the page about a change by hand: where somebody is, why, what it costs, and what it would break."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from markupsafe import Markup

from relexp.apps.html import join, sentence, tag, typed
from relexp.messages import Message, listed, say
from relexp.pairing.by_hand import Change, Join, Judged, Keep, Seat, Swap
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.pairing.why import why
from relexp.roster.person import Roster
from relexp.roster.rules import Rules


def change_words(change: Change, names: Mapping[str, str]) -> Message:
    """A change as one sentence."""
    number = change.round
    if isinstance(change, Swap):
        return say("hand.says_swap", one=names[change.one], other=names[change.other], round=number)
    if isinstance(change, Join):
        return say("hand.says_join", person=names[change.person], other=names[change.to], round=number)
    if isinstance(change, Seat):
        return say("hand.says_seat", person=names[change.person], table=change.table, round=number)
    people = listed([names[id] for id in change.people])
    return say("hand.says_keep" if isinstance(change, Keep) else "hand.says_let_go", people=people, round=number)


def person_page(evening: Evening, roster: Roster, person: str, number: int, kept: bool) -> tuple[Message, Markup]:
    """Where somebody is in a round, as a sentence and as the head of what can be done with them."""
    talk = talk_of(evening.rounds[number - 1], person)
    name = evening.names[person]
    if talk is None:
        words = say("hand.rests_in", person=name, round=number)
        where = say("hand.where_rests", round=number)
    else:
        others = listed([evening.names[id] for id in talk.people if id != person])
        words = say("hand.sits", person=name, round=number, table=talk.table, others=others)
        where = say("hand.where", round=number, table=talk.table, others=others)
    mark = tag("p", str(say("hand.is_kept")), class_="kept") if kept else None
    heading = tag("h3", typed(name), id="hand", tabindex="-1")
    return words, join(piece for piece in (heading, tag("p", sentence(where)), mark) if piece)


def movable(round: Round) -> tuple[str, ...]:
    """Who talks or rests in a round."""
    return (*(id for talk in round.conversations for id in talk.people), *round.resting)


def talk_of(round: Round, person: str) -> Conversation | None:
    """The conversation of somebody who talks in a round."""
    return next((talk for talk in round.conversations if person in talk.people), None)


def swap_words(evening: Evening, number: int, other: str) -> str:
    """Somebody to change places with, and where they are, as a button says it."""
    talk, name = talk_of(evening.rounds[number - 1], other), evening.names[other]
    rests = say("hand.swap_rests", person=name)
    return str(say("hand.swap_with", person=name, table=talk.table) if talk else rests)


def why_page(roster: Roster, rules: Rules, talk: Conversation) -> tuple[str, Markup]:
    """Why these people meet, for the ear and for the eye."""
    reasons = [why(roster, rules, one, other) for one, other in combinations(talk.people, 2)]
    return " ".join(map(str, reasons)), join(tag("p", sentence(reason)) for reason in reasons)


def price_line(price: Sequence[Message]) -> Markup:
    """The price of a change in one line, under what is pressed for it."""
    return tag("p", join((sentence(each) for each in price), " "), class_="small")


def asked_page(words: Message, judged: Judged, names: Mapping[str, str]) -> Markup:
    """A change with its price, what it would break, and whom it is about."""
    warning = None
    if judged.broken:
        lines = (tag("li", sentence(each)) for each in judged.broken)
        warning = tag("div", tag("p", str(say("hand.breaks"))), tag("ul", *lines), class_="note")
    return tag(
        "div",
        tag("h3", sentence(words), id="hand-asks", tabindex="-1"),
        tag("ul", *(tag("li", sentence(each)) for each in judged.price), class_="said"),
        warning,
        *(tag("p", affected_line(number, ids, names), class_="small") for number, ids in judged.affected.items()),
    )


def affected_line(number: int, ids: Sequence[str], names: Mapping[str, str]) -> Markup:
    """Who has another partner or table in a round."""
    return sentence(say("hand.affects", round=number, people=listed([names[id] for id in ids])))

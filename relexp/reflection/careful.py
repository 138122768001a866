"""Words to think twice about before a note is kept: the other may read it, and so may whoever finds it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from relexp.roster.words import words


class Topic(StrEnum):
    """What a note had better leave out, unless the other agreed to it."""

    HEALTH = "health"
    MIGRATION = "migration"
    CRIME = "crime"
    PARTY = "party"
    SEX = "sex"
    NAMED = "named"


# English words as they begin; a word is looked at whole where it is short. Meant to catch what is likely, not all.
_BEGIN: dict[Topic, tuple[str, ...]] = {
    Topic.HEALTH: (
        "anxiet", "cancer", "chemo", "clinic", "dementia", "depress", "diabet", "diagnos", "disab", "doctor", "epilep",
        "hospital", "illness", "medic", "miscarr", "overdos", "pregnan", "psych", "suicid", "surger", "therap", "autis",
        "addict", "alcohol", "abortion",
    ),
    Topic.MIGRATION: ("asylum", "deport", "detention", "immigra", "refugee", "smuggl", "undocument", "overstay"),
    Topic.CRIME: (
        "arrest", "convict", "crime", "criminal", "offence", "police", "prison", "probation", "stabb", "theft",
    ),
    Topic.PARTY: ("conservativ", "labour party", "liberal democrat", "tory", "tories", "ukip", "brexit"),
    Topic.SEX: ("affair", "lesbian", "bisexual", "sexual", "transgender"),
}  # fmt: skip
_WHOLE: dict[Topic, frozenset[str]] = {
    Topic.HEALTH: frozenset({"hiv", "aids", "ill", "sick", "gp", "bipolar"}),
    Topic.MIGRATION: frozenset({"visa", "papers", "status"}),
    Topic.CRIME: frozenset({"jail", "gang", "drugs", "stole", "steal", "court"}),
    Topic.PARTY: frozenset({"votes", "voted", "labour", "greens", "reform", "plaid", "snp", "dup"}),
    Topic.SEX: frozenset({"gay", "sex", "queer", "trans"}),
}


@dataclass(frozen=True, slots=True)
class Warned:
    """A word to think about, as it was written, and why."""

    topic: Topic
    word: str


def careful(text: str, names: Iterable[str] = ()) -> tuple[Warned, ...]:
    """The words of a note to think twice about, in the order of the topics; `names` are others who might be named.

    It is a question, never a refusal: whoever writes knows what was agreed.
    """
    said = words(text)
    line = f" {' '.join(said)} "
    found = [
        Warned(topic, word)
        for topic in _BEGIN
        for word in dict.fromkeys(said)
        if word in _WHOLE[topic] or word.startswith(_BEGIN[topic])
    ]
    found += [
        Warned(topic, two) for topic, begins in _BEGIN.items() for two in begins if " " in two and f" {two} " in line
    ]
    named = {name: " ".join(words(name)) for name in names}
    found += [Warned(Topic.NAMED, name) for name, each in named.items() if each and f" {each} " in line]
    order = [*Topic]
    return tuple(sorted(found, key=lambda warned: order.index(warned.topic)))

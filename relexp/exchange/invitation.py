"""The invitation: words that a facilitator pastes into an email or a message, with lines to fill in."""

from __future__ import annotations

from dataclasses import dataclass

from relexp.gathering.formats import Part, Timetable, clock
from relexp.messages import Message, say
from relexp.privacy.retention import SEATING

NEEDS = ("name", "languages", "seat", "young", "else")


@dataclass(frozen=True, slots=True)
class Invitation:
    """Its sentences: what it is for; when, where and what happens; what to tell us, and what becomes of that."""

    title: Message
    purpose: Message
    facts: tuple[Message, ...]
    tell: Message
    needs: tuple[Message, ...]
    kept: Message
    answer: Message

    def text(self) -> str:
        """All of it as plain text, a paragraph a thought."""
        tell = "\n".join((str(self.tell), *(f"- {need}" for need in self.needs)))
        facts = "\n".join(map(str, self.facts))
        return "\n\n".join(map(str, (self.title, self.purpose, facts, tell, self.kept, self.answer))) + "\n"


def invitation(rounds: int, times: Timetable | None = None) -> Invitation:
    """The invitation to so many rounds; without `times` the hours are left to write in."""
    blank = str(say("paper.invite_blank"))
    when, how = say("paper.invite_when_open", blank=blank), say("paper.invite_how_open", rounds=rounds)
    if times is not None:
        talk = next(line.minutes for line in times.lines if line.part is Part.TALK)
        when = say("paper.invite_when", blank=blank, start=clock(times.start), end=clock(times.end))
        how = say("paper.invite_how", rounds=rounds, minutes=talk)
    return Invitation(
        title=say("paper.invite_title"),
        purpose=say("paper.invite_purpose"),
        facts=(when, say("paper.invite_where", blank=blank), how),
        tell=say("paper.invite_tell"),
        needs=tuple(say(f"paper.invite_tell_{need}") for need in NEEDS),
        kept=say("paper.invite_kept", days=SEATING.days),
        answer=say("paper.invite_answer", blank=blank),
    )

"""Repair a reflection: what is looked at in a card and a note. Words can tell much of it, and not everything."""

from __future__ import annotations

import re
from itertools import permutations

from relexp.learning.checks import length, says, texts
from relexp.learning.form import Work

# Only a reader could be certain of these: a line may have the words and not the sense.
UNSURE = frozenset({"same-seen", "different-seen", "no-label", "own-part", "power-seen", "next-step"})

_SAME = "same|alike|similar|similarity|sameness|shared?|in common"
_DIFFERENT = "differ|differs|different|difference|differences|differently|unlike"
_LEARN = (
    r"teach|teaches|taught|learn|learns|learned|learnt|take away|take home|see now|surpris\w*|discover\w*|new to you"
)
_DO = "did you do|do with|done with|you do about|hide|explain|curious|act on|respond|react|handle|deal with"
_POWER = "power|powers|powerful|decide|decides|decided|say over|say in|in charge|keys?"
_SCALE = r"scale|slider|rate|score|out of \w+|per ?cent|how (?:similar|alike|different)|\d+ ?(?:to|-|–|—) ?\d+|from \d+"
_TICK = (
    r"(?:was|were|is|are|am|did|do|does|have|has|had|can|could|would|will|should|may|might)(?:n't)?"
    r"|yes or no|tick"
    r"|how (?:many|much|often|old|similar|alike|different|good|bad)"
)
_WOUNDS = (
    r"hardest|hardships?|hard time|hard things?|been through|suffer\w*|trauma\w*|worst|pains?|painful|health"
    r"|ill|illness|sick|papers|visa|asylum|immigration|status|faith|religion|religious|belief|pray\w*|names?"
)
_LABEL = (
    r"(?:these|those) (?:women|men|people|girls|ladies)|(?:her|their|such) (?:people|kind|sort|women)"
    r"|people like (?:her|them)"
    r"|they(?: are|'re) (?:all|so) (?!steep|high|narrow|far|cold)\w+|hard-?working|(?:very|so) brave"
    r"|(?:she is|so|very) lovely|lovely (?:once|woman|lady|people)|hard over there|get to know (?:her|them)"
)
_PRIVATE = "brother|brother's|tariq|tariq's|tablets?|nerves|papers|nasrin|nasrin's|colin|colin's"
_MENDING = r"mend\w*|coats?|radios?|laugh\w*|repair\w*|throw\w*"
_ROOMS = r"rooms?|stairs?|steps?|steep|climb\w*|upstairs|ground floor|top floor|club|committee|book\w*"
_DECIDING = r"committee|book\w*|decid\w*|asked|vote\w*|rooms?|keys?|a say|chair\w*|swap\w*"
_VAGUE = "just people|all people|all human|human beings|all the same"
_NO_DAY = r"some ?day|sometime|soon|one day|later|when (?:i|we) can|never"
_NO_STEP = "(?:we|i)(?: will|'ll) see"


def two_questions(work: Work) -> bool:
    """The two may not be one: a prompt about what a difference taught asks for something else."""
    same, different = False, False
    for asks in _prompts(work):
        if not says(asks, _LEARN, _DO, _POWER):
            same = same or (says(asks, _SAME) and not says(asks, _DIFFERENT))
            different = different or (says(asks, _DIFFERENT) and not says(asks, _SAME))
    return same and different


def no_slider(work: Work) -> bool:
    return bool(_prompts(work)) and not any(says(asks, _SCALE) for asks in _prompts(work))


def learning_doing_power(work: Work) -> bool:
    prompts = _prompts(work)
    kinds = (_LEARN, _DO, _POWER)
    apart = (
        all(says(asks, kind) for asks, kind in zip(three, kinds, strict=True)) for three in permutations(prompts, 3)
    )
    return len(prompts) >= 5 and any(apart)


def open_prompts(work: Work) -> bool:
    return bool(_prompts(work)) and all(map(_needs_words, _prompts(work)))


def may_pass(work: Work) -> bool:
    above = work["card.above"]
    passes = says(
        above, r"empty|skip\w*|pass|leave|blank|no need|need not|do(?:n't| not) have to|only (?:what|if) you|choose"
    )
    return passes and says(above, "reads?|sees?|seen|shown|shared?|for you|stays with you|keep it|take it home")


def no_wounds(work: Work) -> bool:
    """To name a thing is not to ask for a name."""
    prompts = [re.sub(r"(?i)\bname (?=one|two|a |an |the |some|what)", "", asks) for asks in _prompts(work)]
    return bool(prompts) and not any(says(asks, _WOUNDS) for asks in prompts)


def same_seen(work: Work) -> bool:
    same = work["note.same"]
    return (
        length(same) >= 5
        and says(same, _MENDING)
        and not says(same, _VAGUE)
        and not re.match(r"\s*\d+\s*(?:[.)/]|$)", same)
    )


def different_seen(work: Work) -> bool:
    return length(work["note.different"]) >= 5 and says(work["note.different"], _ROOMS)


def no_label(work: Work) -> bool:
    return bool(_note(work)) and not says(_note(work), _LABEL)


def nothing_private(work: Work) -> bool:
    return bool(_note(work)) and not says(_note(work), _PRIVATE)


def own_part(work: Work) -> bool:
    return (
        bool(work["note.did"])
        and length(work["note.did_how"]) >= 5
        and says(work["note.did_how"], "i", "i'm", "my", "me", "he", "his")
    )


def power_seen(work: Work) -> bool:
    return length(work["note.power"]) >= 5 and says(work["note.power"], _DECIDING)


def next_step(work: Work) -> bool:
    who, what, by = (work[f"note.next.{part}"].strip() for part in ("who", "what", "by"))
    has_a_say = says(f"{who} {what}", r"she|her|ask\w*|together|both|we")
    return bool(who and what and by) and has_a_say and not says(by, _NO_DAY) and not says(what, _NO_STEP)


def _prompts(work: Work) -> list[str]:
    """What is asked; "not the same" asks for a difference."""
    asked = (re.sub("(?i)not (?:the )?same", "different", prompt["asks"]) for prompt in work["card.prompt"])
    return [asks for asks in asked if asks.strip()]


def _note(work: Work) -> str:
    """All that the note says."""
    return "\n".join(texts({key: value for key, value in work.items() if key.startswith("note.")})).strip()


def _needs_words(asks: str) -> bool:
    """Whether a tick is no answer: at least one of its questions is an open one."""
    questions = [each.strip() for each in re.split(r"[.?!:;]", asks) if each.strip()]
    return any(not re.match(rf"(?i)(?:{_TICK})\b", each) for each in questions)

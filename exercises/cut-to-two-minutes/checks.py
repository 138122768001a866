"""Cut to two minutes: what is looked at in Colin's story, by words that are still there and by their places."""

from __future__ import annotations

from relexp.learning.checks import length, says
from relexp.learning.form import Work

PACE = 130
# The page tells how long the lines take to say.
ALOUD = ("line", "text", PACE)
_STAIRS = frozenset({"the-stairs", "the-light", "the-ninth"})
_ELSEWHERE = frozenset({"wharf-house", "lift-history", "my-sister", "others-after"})


def two_minutes(work: Work) -> bool:
    return _words(work) <= 2 * PACE


def still_a_story(work: Work) -> bool:
    return _words(work) >= 120


def the_moment(work: Work) -> bool:
    first = work["line"][0] if work["line"] else {"part": "", "id": ""}
    return first["part"] == "moment" and first["id"] in _STAIRS


def one_moment(work: Work) -> bool:
    return not _has(work, _ELSEWHERE, "1988", "2003", "Hull")


def the_choice(work: Work) -> bool:
    lines = [line["text"] for line in work["line"] if line["part"] == "choice"]
    ways = (("letters?", "type", "typed"), ("knock", "knocked"), ("or",))
    return all(any(says(text, *words) for text in lines) for words in ways)


def for_us(work: Work) -> bool:
    last = work["line"][-1] if work["line"] else {"part": "", "text": ""}
    return last["part"] == "meaning" and says(last["text"], "we", "us", "our")


def his_story(work: Work) -> bool:
    return not _has(work, frozenset({"her-health"}), "operation", "husband", "moved out")


def no_verdict(work: Work) -> bool:
    return not _has(work, frozenset({"opinion"}), "in my opinion", "selling", "sold off")


def each_part(work: Work) -> bool:
    return bool(work["line"]) and all(line["part"] for line in work["line"])


def _words(work: Work) -> int:
    return sum(length(line["text"]) for line in work["line"])


def _has(work: Work, ids: frozenset[str], *words: str) -> bool:
    """Whether one of these lines is left, or one of these words is said in any."""
    return any(line["id"] in ids or says(line["text"], *words) for line in work["line"])

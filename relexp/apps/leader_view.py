"""One leader on the page: where they stand, what they do next, and what happened, the latest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from relexp.apps.html import Piece, in_words, join, sentence, tag, typed
from relexp.leadership.board import Board
from relexp.leadership.evidence import Challenge, Evidence, Kind, Move
from relexp.leadership.leader import WORDS, Leader, Row, Step, Wording
from relexp.messages import say


@dataclass(frozen=True)
class About:
    """All that is kept about one leader, as their page shows it; `names` are those of the leaders by id.

    `develops` are the names of those whom they develop.
    """

    row: Row
    evidence: Sequence[Evidence]
    moves: Sequence[Move]
    steps: Sequence[Step]
    challenges: Sequence[Challenge]
    names: Mapping[str, str]
    develops: Sequence[str] = ()


def standing(about: About, board: Board) -> Markup:
    """Who it is, and where they stand on the ladder, from which evidence."""
    leader = about.row.leader
    where = [each for each in (leader.institution, leader.role) if each]
    head = tag("h2", typed(leader.name), id="person", tabindex="-1")
    under = tag("p", join((typed(each) for each in where), ", "), class_="lead") if where else None
    return tag("header", head, under, _ladder(leader, board), _facts(about, board))


def words_page(leader: Leader) -> Markup:
    """What moves them, what they are good at and what stretches them, and who stands behind the words."""
    parts = [
        tag(
            "div",
            tag("dt", str(say(f"lead.column_{part}"))),
            tag("dd", typed(text), tag("span", str(say(f"leader.wording_{_stands(leader, part)}")), class_="small")),
        )
        for part in WORDS
        if (text := getattr(leader, part))
    ]
    return (
        tag("dl", *parts, class_="leader-words") if parts else tag("p", sentence(say("leader.no_words")), class_="hint")
    )


def timeline(about: About, board: Board) -> Markup:
    """What happened, the latest first: evidence, how the stage moved, challenges, and steps that were done."""
    # Of one day, what somebody did stands above that they came into the table.
    told = [*_evidence(about), *_challenges(about), *_moves(about, board)]
    if not told:
        return tag("p", sentence(say("leader.nothing_yet")), class_="hint")
    told.sort(key=lambda each: each[0], reverse=True)
    lines = (
        tag("li", tag("time", in_words(day), datetime=day.isoformat()), tag("div", *inside), class_=kind)
        for day, kind, inside in told
    )
    return tag("ol", *lines, class_="timeline", role="list")


def step_page(about: About, today: date) -> Markup:
    """What they do next, and what they did."""
    step = about.row.leader.step
    if step is None:
        now = tag("p", sentence(say("leader.no_step_now")), class_="read")
    else:
        when = say("leader.step_by", day=in_words(step.due)) if step.due else say("leader.step_no_day")
        late = step.late(today)
        with_whom = tag("span", sentence(say("leader.step_with", name=step.agreed_by)), " ") if step.agreed_by else None
        told = tag("strong", sentence(say("leader.step_late", days=late))) if late else None
        small = tag("p", sentence(when), " ", with_whom, told, class_="small")
        now = tag("div", tag("p", typed(step.what), class_="read next-step"), small)
    done = [step for step in about.steps if step.done]
    if not done:
        return now
    lines = (
        tag("li", typed(step.what), " ", tag("span", in_words(step.done), class_="small")) for step in done if step.done
    )
    return join(
        (now, tag("details", tag("summary", str(say("leader.steps_done", count=len(done)))), tag("ul", *lines)))
    )


def _ladder(leader: Leader, board: Board) -> Markup:
    here = board.ladder.place(leader.stage)
    rungs = (
        tag(
            "li",
            tag("span", stage.name),
            tag("span", str(say("leader.stage_here")), class_="unseen") if place == here else None,
            class_="here" if place == here else "passed" if place < here else None,
            aria_current="step" if place == here else None,
        )
        for place, stage in enumerate(board.ladder)
    )
    return tag("ol", *rungs, class_="rungs", role="list", aria_label=str(say("lead.column_stage")))


def _facts(about: About, board: Board) -> Markup:
    row, leader = about.row, about.row.leader
    facts: list[tuple[str, Piece]] = [
        (str(say("lead.column_met")), in_words(row.met) if row.met else str(say("leader.never"))),
        (str(say("lead.column_meetings")), row.meetings),
    ]
    if leader.following:
        facts.append((str(say("lead.column_following")), str(say(f"lead.following_{leader.following.name.lower()}"))))
    if leader.developed_by in about.names:
        facts.append((str(say("lead.column_developed_by")), typed(about.names[leader.developed_by])))
    if about.develops:
        facts.append((str(say("leader.develops")), join((typed(each) for each in about.develops), ", ")))
    for training in board.trainings:
        if day := leader.training.get(training.key):
            facts.append((training.name, in_words(day)))
    facts += [(each.name, typed(leader.own[each.key])) for each in board.own if each.key in leader.own]
    if leader.review:
        facts.append((str(say("lead.column_review")), in_words(leader.review)))
    facts.append((str(say("lead.column_seen")), in_words(row.seen) if row.seen else str(say("leader.never"))))
    return tag("dl", *(tag("div", tag("dt", head), tag("dd", said)) for head, said in facts), class_="facts")


def _stands(leader: Leader, part: str) -> Wording:
    return leader.wording.get(part, Wording.OURS)


Told = tuple[date, str, Iterable[Piece | None]]


def _moves(about: About, board: Board) -> Iterable[Told]:
    why = {line.id: line for line in about.evidence}
    for move in about.moves:
        before, after = (board.ladder.name(key) or str(say("leader.no_stage_yet")) for key in (move.before, move.after))
        said = say("leader.moved", before=before, after=after) if move.before else say("leader.began", after=after)
        line = why.get(move.evidence)
        yield move.day, "move", (tag("strong", sentence(said)), *([" ", typed(line.what)] if line else []))


def _evidence(about: About) -> Iterable[Told]:
    moved = {move.evidence for move in about.moves}
    for line in about.evidence:
        if line.id in moved:
            continue
        what = typed(line.what) if line.what else ""
        small = [say(f"lead.kind_{line.kind}")]
        small += [say("leader.seen_by", name=line.seen_by)] if line.seen_by and line.kind is not Kind.STEP else []
        small += [] if line.shared else [say("leader.not_shared")]
        notes = join((sentence(each) for each in small), " · ")
        answer = (
            tag("p", sentence(say("leader.they_say", answer=line.answer)), class_="answer") if line.answer else None
        )
        yield line.day, "line", (tag("span", what), tag("p", notes, class_="small"), answer)


def _challenges(about: About) -> Iterable[Told]:
    for dared in about.challenges:
        state = "open" if dared.taken is None else "taken" if dared.taken else "left"
        small = tag("p", sentence(say(f"leader.challenge_{state}")), class_="small")
        answer = (
            tag("p", sentence(say("leader.they_say", answer=dared.answer)), class_="answer") if dared.answer else None
        )
        yield dared.day, "challenge", (tag("span", str(say("leader.dared")), " ", typed(dared.what)), small, answer)

"""A question to the table, said in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relexp.leadership.board import Board
from relexp.leadership.finding import Query
from relexp.messages import Message, listed, say


def query_words(query: Query, board: Board, names: Mapping[str, str]) -> Message:
    """Whom a question asks for and in which order, as “People at Listening, with no next step, by name.”

    `names` are those of the leaders by id.
    """
    clauses = [str(clause) for clause in _clauses(query, board, names)]
    order = [say(f"lead.by_{query.sort}_down" if query.down else f"lead.by_{query.sort}")]
    if query.group:
        order.append(say(f"lead.grouped_{query.group}"))
    ordered = ", ".join(map(str, order))
    if not clauses:
        return say("lead.ask_all", order=ordered)
    return say("lead.ask", clauses=", ".join(clauses), order=ordered)


def _clauses(query: Query, board: Board, names: Mapping[str, str]) -> Iterator[Message]:
    trainings = {each.key: each.name for each in board.trainings}
    if query.stages:
        yield say("lead.ask_stages", stages=_or([board.ladder.name(key) for key in query.stages]))
    if query.institution:
        yield say("lead.ask_institution", institution=query.institution)
    if query.words.strip():
        yield say("lead.ask_words", words=query.words.strip())
    if query.developed_by:
        name = names.get(query.developed_by)
        yield say("lead.ask_developed_by", name=name) if name else say("lead.ask_developed_by_gone")
    if query.no_step:
        yield say("lead.ask_no_step")
    if query.late is not None:
        yield say("lead.ask_late_more", days=_days(query.late)) if query.late else say("lead.ask_late")
    if query.due is not None:
        yield say("lead.ask_due_in", days=_next(query.due)) if query.due else say("lead.ask_due_today")
    if query.unmet is not None:
        yield say("lead.ask_unmet", days=_next(query.unmet)) if query.unmet else say("lead.ask_unmet_today")
    if query.trained:
        yield say("lead.ask_trained", training=trainings.get(query.trained, query.trained))
    if query.untrained:
        yield say("lead.ask_untrained", training=trainings.get(query.untrained, query.untrained))
    for part in ("never_met", "to_review", "to_agree", "unseen"):
        if getattr(query, part):
            yield say(f"lead.ask_{part}")


def _or(things: Sequence[str]) -> str:
    """All of them, the last after “or”."""
    if len(things) == 1:
        return listed(things)
    return str(say("lead.or", first=listed(things[:-1], len(things)), last=things[-1]))


def _days(count: int) -> str:
    return str(say("lead.one_day") if count == 1 else say("lead.many_days", count=count))


def _next(count: int) -> str:
    """So many days as after “the next” or “the last”."""
    return str(say("lead.one_day_only") if count == 1 else say("lead.many_days", count=count))

"""What is found of an exercise, and its worked example, as pieces of page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from relexp.apps.html import Piece, folded, sentence, tag
from relexp.apps.written import written
from relexp.learning.checks import Check, Exercise, Found, Verdict, through
from relexp.learning.form import Field, FieldKind, Work
from relexp.messages import Message, say

# A shape for each, so that nobody needs the colours.
_SHAPES = {Verdict.MET: "✓", Verdict.NOT_YET: "○", Verdict.LEFT: "◇"}


def task_view(exercise: Exercise) -> Markup:
    """The task, and folded away below it what helps whoever is stuck."""
    heading, _, rest = exercise.stuck.removeprefix("## ").partition("\n")
    stuck = folded(heading, written(rest)) if rest else None
    return tag("div", written(exercise.task), stuck, class_="exercise-task")


def looked_at(checks: Iterable[Check]) -> Markup:
    """What will be looked at, before anything was."""
    lines = (tag("li", written(check.asks)) for check in checks)
    return tag("div", folded(str(say("exercise.looked_at")), tag("ol", *lines)), class_="exercise-asks")


def summary(found: Sequence[Found]) -> Message:
    """All that was found in one sentence."""
    met = sum(each.verdict is Verdict.MET for each in found)
    if met == len(found):
        return say("exercise.all", all=met)
    if through(found):
        return say("exercise.all_left", met=met, all=len(found))
    return say("exercise.some", met=met, all=len(found)) if met else say("exercise.none")


def found_view(found: Sequence[Found]) -> Markup:
    """Each check, told by a shape and a word, with its sentence."""
    head = tag("h3", str(say("exercise.looked_at")))
    lines = (_found(each) for each in found)
    return tag(
        "div", head, tag("p", sentence(summary(found)), class_="note"), tag("ol", *lines), class_="exercise-found"
    )


def example_view(exercise: Exercise, work: Work) -> Markup:
    """The worked example as it reads, with the labels of the form."""
    why = tag("p", str(say("exercise.example_why")), class_="hint")
    return tag(
        "section",
        tag("h3", str(say("exercise.example"))),
        why,
        *_fields(exercise.form, work),
        class_="exercise-example",
    )


def _found(each: Found) -> Markup:
    shape = tag("span", _SHAPES[each.verdict], aria_hidden="true", class_="shape")
    word = tag("span", shape, f" {say(f'exercise.{each.verdict}')}", class_="verdict")
    unsure = each.check.unsure and each.verdict is Verdict.MET
    says: list[Piece | None] = [
        tag("div", written(each.check.asks), class_="asks"),
        written(each.says),
        tag("p", str(say("exercise.unsure")), class_="hint") if unsure else None,
    ]
    return tag("li", word, tag("div", *says), class_=f"found-{each.verdict}".replace("_", "-"))


def _fields(fields: Iterable[Field], work: Work) -> Iterable[Markup]:
    for field in fields:
        if field.kind is FieldKind.HIDDEN or not field.fits(work):
            continue
        if field.heading:
            yield tag("h4", field.heading)
        value = work[field.key]
        if field.kind is FieldKind.CARDS:
            cards = (tag("li", *_fields(field.fields, card)) for card in value)
            yield tag("p", field.label, class_="term")
            yield tag("ol", *cards)
        elif value != field.empty:
            term = None if field.quiet else tag("span", field.label, class_="term")
            kind = f"of-{field.kind} quiet" if field.quiet else f"of-{field.kind}"
            yield tag("p", term, " ", tag("span", _read(field, value), dir="auto"), class_=kind)


def _read(field: Field, value: object) -> str:
    if isinstance(value, bool):
        return str(say("exercise.yes" if value else "exercise.no"))
    if isinstance(value, tuple | list):
        return ", ".join(_read(field, each) for each in value)
    return dict(field.choices).get(str(value), str(value))

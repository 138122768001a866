"""An exercise read from its texts: the task with its checks, the form, the start and the worked example."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from relexp.learning.checks import Exercise, checks_of, function_name, no_reason
from relexp.learning.form import Field, read_form
from relexp.learning.plain import headed, table
from relexp.learning.texts import ID
from relexp.learning.work import read_work
from relexp.messages import Fault, FaultsFound, say

TASK, FORM, STARTER, EXEMPLAR = FILES = ("task.md", "form.toml", "starter.toml", "exemplar.toml")


def read_exercise(id: str, texts: Mapping[str, str], functions: Mapping[str, Any]) -> Exercise:
    """An exercise from its texts, by the names of their files, and from the names in its checks.py.

    Raises FaultsFound with everything that is wrong in them.
    """
    faults: list[Fault] = []
    form = _form(texts.get(FORM, ""), faults)
    for file in (STARTER, EXEMPLAR):
        try:
            read_work(form, texts.get(file, ""))
        except FaultsFound as found:
            faults += [Fault(each.message, line=each.line, key=f"{file}: {each.key or ''}") for each in found.faults]
    title, parts = headed(texts.get(TASK, ""))
    place = next((place for place, part in enumerate(parts) if _rows(part)), len(parts))
    rows = _rows(parts[place]) if place < len(parts) else {}
    if not rows:
        faults.append(Fault(say("exercise.no_checks"), key=TASK))
    checks = checks_of(rows, functions, functions.get("UNSURE", ()))
    for missing in rows.keys() - {check.id for check in checks}:
        faults.append(Fault(say("exercise.no_function", id=function_name(missing)), key="checks.py"))
    if faults:
        raise FaultsFound(faults)
    return Exercise(
        id=id,
        title=title,
        task="\n\n".join(parts[:place]),
        stuck="\n\n".join(parts[place + 1 :]),
        form=form,
        checks=tuple(checks),
        starter=texts[STARTER],
        exemplar=texts[EXEMPLAR],
        reason=functions.get("reason", no_reason),
        aloud=functions.get("ALOUD"),
    )


def _form(text: str, faults: list[Fault]) -> tuple[Field, ...]:
    try:
        return read_form(text)
    except (ValueError, KeyError) as error:
        faults.append(Fault(say("exercise.no_form", why=str(error)), key=FORM))
        return ()


def _rows(part: str) -> dict[str, tuple[str, str, str]]:
    """The checks in a part of the task: the rows of its table that begin with an id."""
    found = {}
    for row in table(part):
        first, _, asks = row[0].partition(" ")
        id = first.strip("`")
        if len(row) == 3 and first == f"`{id}`" and ID.fullmatch(id):
            found[id] = (asks.strip(), row[1], row[2])
    return found

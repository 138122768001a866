"""Whatever a learner's work has become, it is read, looked at and shown, or told what is wrong with it and where."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relexp.exchange.exercises import read_work
from relexp.learning.checks import Verdict, look
from relexp.learning.form import Work
from relexp.learning.work import as_text, fit
from relexp.messages import Fault, FaultsFound
from tests.content.test_exercises import EXERCISES

letters = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.just(10**400), st.floats(), letters, st.dates(), st.datetimes()
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(letters, inner, max_size=3),
    max_leaves=6,
)
exercises = st.sampled_from([*EXERCISES.values()])


def places(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in what was read, by its way there."""
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [place for key, value in inside for place in [(*path, key), *places(value, (*path, key))]]


@st.composite
def mangled(draw: st.DrawFn, text: str) -> dict[str, Any]:
    """Work in which a few things were taken out, or became something else."""
    tree = deepcopy(tomllib.loads(text))
    for _ in range(draw(st.integers(1, 4))):
        there = places(tree)
        if not there:
            break
        *path, last = draw(st.sampled_from(there))
        table = tree
        for part in path:
            table = table[part]
        if draw(st.booleans()):
            table[last] = draw(values)
        else:
            del table[last]
    return tree


def told(read: Callable[[], Work]) -> tuple[Work | None, tuple[Fault, ...]]:
    """Work that can be read, or what is wrong with it."""
    try:
        return read(), ()
    except FaultsFound as found:
        return None, found.faults


@settings(max_examples=150, deadline=None)
@given(st.data(), exercises, st.booleans())
def test_work_of_any_shape_is_looked_at_or_told_what_is_wrong_and_where(data, exercise, start) -> None:
    tree = data.draw(mangled(exercise.starter if start else exercise.exemplar))
    work, faults = told(lambda: fit(exercise.form, tree))
    assert all(fault.key and str(fault) for fault in faults)
    if work is None:
        assert faults
        return
    assert {each.verdict for each in look(exercise, work)} <= set(Verdict)
    text = as_text(exercise.form, work)
    assert as_text(exercise.form, read_work(exercise, text)) == text


@settings(max_examples=200, deadline=None)
@given(st.data(), exercises)
def test_a_text_cut_anywhere_or_typed_into_is_read_or_told_of(data, exercise) -> None:
    text = exercise.exemplar
    place = data.draw(st.integers(0, len(text)))
    spoilt = text[:place] + data.draw(letters) + (text[place:] if data.draw(st.booleans()) else "")
    work, faults = told(lambda: read_work(exercise, spoilt))
    assert all(str(fault) for fault in faults)
    assert faults if work is None else look(exercise, work)


@settings(deadline=None)
@given(letters, letters)
def test_what_is_filled_in_comes_back_from_the_text_as_it_was(name, lead) -> None:
    exercise = EXERCISES["mend-the-plan"]
    work = dict(read_work(exercise, exercise.exemplar)) | {"name": name, "leads": (lead,)}
    assert read_work(exercise, as_text(exercise.form, work)) == work


@pytest.mark.parametrize("value", ["9" * 5000, f"0x{'f' * 9000}", "[" * 9000, "1\x00", "1979-05-27", "inf"])
def test_numbers_and_brackets_without_end_and_dates_are_told_of(value) -> None:
    work, faults = told(lambda: read_work(EXERCISES["mend-the-plan"], f"weeks = [{value}]"))
    assert work is None
    assert all(str(fault) for fault in faults)

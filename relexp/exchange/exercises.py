"""An exercise as it lies in its folder, and a learner's work on it as text."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from relexp.exchange.rule_lines import line_of, lines_of
from relexp.learning import work as learning_work
from relexp.learning.checks import Exercise
from relexp.learning.exercise_reading import FILES, read_exercise
from relexp.learning.form import Work
from relexp.messages import Fault, FaultsFound

CHECKS = "checks.py"


def load_exercise(folder: Path) -> Exercise:
    """The exercise in a folder. Raises FaultsFound with all that is wrong in it.

    Its checks.py is a part of relexp and is run; what a learner makes never is.
    """
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in FILES if (folder / name).is_file()}
    return read_exercise(folder.name, texts, _functions(folder / CHECKS))


def read_work(exercise: Exercise, text: str) -> Work:
    """A learner's work. Raises FaultsFound with all that is wrong in it, each with its line."""
    try:
        return learning_work.read_work(exercise.form, text)
    except FaultsFound as found:
        raise FaultsFound(_placed(fault, text) for fault in found.faults) from None


def _placed(fault: Fault, text: str) -> Fault:
    """A fault with the line of its key, where it has one."""
    if fault.key is None:
        return fault
    try:
        lines = lines_of(text)
    except RecursionError:
        lines = {}
    return Fault(fault.message, key=fault.key, line=line_of(fault.key, lines))


def _functions(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    spec = spec_from_file_location(f"relexp_exercise_{path.parent.name.replace('-', '_')}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be run")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return vars(module)

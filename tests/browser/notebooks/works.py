"""The exercises, for the notebook `exercises`: what is kept is shown below each."""

from __future__ import annotations

from pathlib import Path

import ipywidgets

from relexp.apps.exercise_panel import ExercisePanel
from relexp.apps.html import tag
from relexp.apps.widgets import Fragment, Voice
from relexp.exchange.exercises import load_exercise

EXERCISES = sorted(each.parent for each in (Path(__file__).parents[3] / "exercises").glob("*/task.md"))
BROKEN = 'name = "Our evening\nweeks = [1, 2]\n'


def works() -> ipywidgets.VBox:
    """Each exercise, and the plan once more as somebody left it who had written it in their own way."""
    voice = Voice()
    steps = [_step(folder, "", voice) for folder in EXERCISES]
    steps.append(_step(next(each for each in EXERCISES if each.name == "mend-the-plan"), BROKEN, voice))
    app = ipywidgets.VBox((*steps, voice))
    app.add_class("app")
    return app


def _step(folder: Path, said: str, voice: Voice) -> ipywidgets.VBox:
    exercise, head, kept = load_exercise(folder), Fragment(), Fragment()
    head.show(tag("h2", exercise.title))
    kept.show(None)
    count = [0]

    def keep(text: str) -> None:
        count[0] += 1
        kept.show(tag("div", tag("p", f"kept {count[0]} times", class_="times"), tag("p", text), class_="what-was-kept small"))

    def done() -> None:
        head.show(tag("h2", f"{exercise.title}: done"))

    step = ipywidgets.VBox((head, ExercisePanel(exercise, said, keep, voice.say, done), kept))
    step.add_class("step")
    return step

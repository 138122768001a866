"""Questions of every kind, for the notebook `quiz`."""

from __future__ import annotations

import ipywidgets

from relexp.apps.quiz_panel import QuizPanel
from relexp.apps.widgets import Voice
from relexp.learning.reading import read_unit
from tests.learning.made_up import FILES


def questions() -> ipywidgets.VBox:
    """A question of each kind, one below the other."""
    unit, voice = read_unit(FILES), Voice()
    panels = [QuizPanel(item, unit.keys[id], voice.say) for id, item in unit.items.items()]
    for panel in panels:
        panel.answered = panel.shown = lambda *_: None
        panel.add_class("step")
    app = ipywidgets.VBox((*panels, voice))
    app.add_class("app")
    return app

"""Whom people turn to when they are worried: asked before the papers are printed, and shown in the hall as well."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets

from relexp.apps.html import tag
from relexp.apps.widgets import Fragment, row
from relexp.gathering.asked import Lead
from relexp.messages import say

LONGEST = 200
_FIELDS = ("who", "where")


class CarePanel(ipywidgets.VBox):
    """The name of whoever looks after people, and where they are found.

    What is written stands in `fields`, and the panel that opens the doors keeps it with its own; `changed` is called
    when the one who is named, or where they are found, changes.
    """

    changed: Callable[[], None]

    def __init__(self) -> None:
        self.changed = lambda: None
        self.fields = {
            part: ipywidgets.Text(description=str(say(f"open.{part}")), continuous_update=False) for part in _FIELDS
        }
        self.fields["where"].placeholder = str(say("open.where_example"))
        for field in self.fields.values():
            field.observe(lambda _: self.changed(), "value")
        heading, controls = Fragment(), row(self.fields.values())
        heading.show(
            tag(
                "div",
                tag("h2", str(say("open.care")), id="care", tabindex="-1"),
                tag("p", str(say("open.who_hint")), class_="hint"),
            )
        )
        controls.add_class("controls")
        super().__init__((heading, controls))
        self.add_class("step")
        self.add_class("care")

    @property
    def lead(self) -> Lead:
        """Whoever looks after people, as they are printed and shown; without a name where nobody is written."""
        name, where = (self.fields[part].value.strip()[:LONGEST] for part in _FIELDS)
        return Lead(name, where)

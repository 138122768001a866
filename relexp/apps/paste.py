"""People typed or pasted into the page, and an empty sheet to send round: for who has no sheet yet."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets

from relexp.apps.html import tag
from relexp.apps.widgets import Download, Fragment, button, row, show
from relexp.exchange.pasted import pasted_sheet
from relexp.exchange.template import template_bytes
from relexp.messages import FaultsFound, say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PastePanel(ipywidgets.VBox):
    """Folded away until it is asked for; `taken` gets the sheet that was written."""

    taken: Callable[[bytes], None]

    def __init__(self, speak: Callable[[str], None]) -> None:
        self._speak = speak
        self.opener = ipywidgets.ToggleButton(value=False, description=str(say("bring.paste")), tooltip="")
        words = str(say("bring.paste_label"))
        self.text = ipywidgets.Textarea(description=words, placeholder=str(say("bring.paste_example")), rows=8)
        self.take = button(str(say("bring.take")), self._take)
        file = f"{say('bring.template_file')}.xlsx"
        self.template = Download(template_bytes, label=str(say("bring.template")), filename=file, kind=XLSX)
        self.said = Fragment()
        self.said.show(None)
        self.body = ipywidgets.VBox((self.text, self.said, row((self.take, self.template))))
        self.body.add_class("paste")
        show(self.body, False)
        self.opener.observe(lambda change: show(self.body, change["new"]), "value")
        super().__init__((self.body,))

    def _take(self) -> None:
        try:
            written = bool(self.text.value.strip())
            sheet = pasted_sheet(self.text.value, str(say("bring.pasted"))) if written else b""
            wrong = None if written else say("bring.nothing")
        except FaultsFound as found:
            sheet, wrong = b"", found.faults[0].message
        self.said.show(tag("p", str(wrong), class_="note") if wrong else None)
        if wrong:
            self._speak(str(wrong))
            return
        self.opener.value = False
        self.taken(sheet)

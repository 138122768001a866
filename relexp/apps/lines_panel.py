"""What was shared: the lines after the rounds, to read and to take away, and reflections that their writers show."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import ipywidgets
from markupsafe import Markup

from relexp.apps.html import join, tag, typed
from relexp.apps.widgets import Fragment, button, row, show
from relexp.messages import say
from relexp.privacy.visibility import Visibility
from relexp.reflection.reflections import Reflection
from relexp.store.written import Line, Written
from relexp.weave.held import Held

# A line to choose is known by how it begins.
_BEGINNING = 60
_AXES, _WORDS = ("sameness", "difference"), ("same", "different", "taught", "power", "step")


class LinesPanel(ipywidgets.VBox):
    """Every line below its round, then the reflections; `offer` brings those of other gatherings."""

    def __init__(self, guard: Callable[[Callable[[], None]], None], speak: Callable[[str], None]) -> None:
        self._speak = speak
        self._written: Written | None = None
        self._gatherings: Sequence[Held] = ()
        self.list, self.reflections = Fragment(), Fragment()
        self.which = ipywidgets.Dropdown(description=str(say("woven.lines_pick")))
        self.which.add_class("wide")
        self.away = button(str(say("woven.lines_away")), lambda: guard(self._take_away))
        self._tools = row((self.which, self.away))
        super().__init__((self.list, self._tools, self.reflections))

    def offer(self, written: Written, gatherings: Sequence[Held]) -> None:
        """Show the lines of these gatherings."""
        self._written, self._gatherings = written, gatherings
        self._show()

    def _show(self) -> None:
        if self._written is None:
            return
        found = [(held, self._written.lines(held.id)) for held in self._gatherings]
        lines = [line for _, those in found for line in those]
        several = len(self._gatherings) > 1
        lead = tag("p", str(say("woven.lines_lead" if lines else "woven.lines_none")), class_="hint")
        pieces = [tag("h2", str(say("woven.lines"))), lead]
        for held, those in found:
            if several and those:
                pieces.append(tag("h3", typed(held.name)))
            for number in dict.fromkeys(line.round for line in those):
                said = (tag("li", typed(line.text)) for line in those if line.round == number)
                pieces += [tag("p", f"{say('woven.round')} {number}", class_="small"), tag("ul", *said, class_="said")]
        self.list.show(join(pieces))
        self.which.options = [(_begins(line), line.id) for line in lines]
        self.which.index = 0 if lines else None
        show(self._tools, bool(lines))
        leads = (Visibility.FACILITATOR, Visibility.EVERYONE)
        shown = [(held, self._written.shared(held.id, *leads)) for held in self._gatherings]
        self.reflections.show(_reflections(shown, several))

    def _take_away(self) -> None:
        if self._written is not None and self.which.value is not None:
            self._written.take_back(self.which.value)
            self._show()
            self._speak(str(say("woven.lines_gone")))


def _begins(line: Line) -> str:
    more = "…" if len(line.text) > _BEGINNING else ""
    return f"{line.round}: {line.text[:_BEGINNING]}{more}"


def _reflections(found: Sequence[tuple[Held, Sequence[Reflection]]], several: bool) -> Markup:
    """The reflections that may be read by whoever leads; who wrote them is not told."""
    any_shown = any(those for _, those in found)
    lead = tag("p", str(say("woven.reflections_lead" if any_shown else "woven.reflections_none")), class_="hint")
    pieces = [tag("h2", str(say("woven.reflections"))), lead]
    for held, those in found:
        if several and those:
            pieces.append(tag("h3", typed(held.name)))
        pieces += map(_reflection, those)
    return tag("section", *pieces, class_="reflections")


def _reflection(shown: Reflection) -> Markup:
    said = [(part, str(say("woven.of", count=value, of=5))) for part in _AXES if (value := getattr(shown, part))]
    said += [(part, value) for part in _WORDS if (value := getattr(shown, part).strip())]
    if shown.did:
        said.append(("did", "; ".join(str(say(f"own.did_{each}")) for each in sorted(shown.did))))
    parts = (part for key, value in said for part in (tag("dt", str(say(f"own.{key}"))), tag("dd", typed(value))))
    return tag("dl", *parts, class_="shown")

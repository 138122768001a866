"""The reflections that their writers show to whoever leads or to everybody: without a name, a day or an order."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets
from markupsafe import Markup

from relexp.apps.html import join, sentence, tag, typed
from relexp.apps.widgets import Fragment
from relexp.messages import say
from relexp.privacy.roles import Identity
from relexp.privacy.visibility import Visibility
from relexp.reflection.reflections import Did, Reflection
from relexp.store import Store
from relexp.weave.held import Held

_AXES = ("sameness", "difference")
_WORDS = ("same", "different", "taught", "power", "step")


class ShownPanel(ipywidgets.VBox):
    """Everything of these gatherings that is shown to whoever leads, to be read and no more."""

    def __init__(self) -> None:
        self.list = Fragment()
        super().__init__((self.list,))

    def offer(self, store: Store, me: Identity, gatherings: Sequence[Held]) -> None:
        """Show what the writers of these gatherings show."""
        found = [
            (held, store.written.shared(held.id, Visibility.FACILITATOR, Visibility.EVERYONE)) for held in gatherings
        ]
        lead = say("reading.shown_lead")
        pieces = [tag("h2", str(say("reading.shown"))), tag("p", sentence(lead), class_="note")]
        for held, those in found:
            if those and len(gatherings) > 1:
                pieces.append(tag("h3", typed(held.name)))
            if those:
                pieces.append(tag("ul", *map(_card, sorted(those, key=_by_words)), class_="cards shown", role="list"))
        if not any(those for _, those in found):
            pieces.append(tag("p", sentence(say("reading.shown_none"))))
        self.list.show(join(pieces))


def _by_words(reflection: Reflection) -> tuple[object, ...]:
    """As they come from the store they stand in the order in which they were written, which would tell too much."""
    words = (getattr(reflection, part).casefold() for part in _WORDS)
    return (*words, *(getattr(reflection, axis) or 0 for axis in _AXES), sorted(reflection.did), reflection.visibility)


def _card(reflection: Reflection) -> Markup:
    axes = join((_axis(axis, getattr(reflection, axis)) for axis in _AXES), " ")
    said: list[tuple[str, Markup]] = [
        (part, typed(text)) for part in _WORDS if (text := getattr(reflection, part).strip())
    ]
    if reflection.did:
        did = (str(say(f"reading.did_{each}")) for each in Did if each in reflection.did)
        said.append(("did", join(did, "; ")))
    words = (join((tag("dt", str(say(f"reading.shown_{part}"))), tag("dd", what))) for part, what in said)
    to = say(f"reading.shown_to_{reflection.visibility}")
    return tag(
        "li", tag("p", axes, class_="axes"), tag("dl", *words) if said else None, tag("p", str(to), class_="small")
    )


def _axis(axis: str, value: int | None) -> Markup:
    much = str(say(f"reading.axis_{value or 'none'}"))
    return tag("span", str(say(f"reading.shown_{axis}")), ": ", tag("strong", much))

"""A learner, and the pages of the module as they have them open: what is pressed, what a browser sends, what is shown."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

import ipywidgets
from markupsafe import Markup

from relexp.apps.unit import UnitPage
from relexp.apps.visitor import Visitor
from relexp.apps.widgets import Fragment
from relexp.apps.writing import Writing
from relexp.exchange.shipped import shipped
from relexp.exchange.unit_words import Edition
from relexp.exchange.units import load_units
from relexp.learning.progress import Event, Verb
from relexp.learning.reading import read_unit
from relexp.privacy.roles import Identity, Role
from relexp.store import Store, open_store
from tests.learning.made_up import FILES

MADE_UP = read_unit(FILES)
UNITS = load_units(shipped("modules") / "across-difference")
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


def learner(store: Store, name: str = "", role: Role = Role.LEARNER) -> Visitor:
    """Somebody new, as they come to a page."""
    return comes(store, store.identities.add(role, name, NOW))


def comes(store: Store, identity: Identity) -> Visitor:
    """Somebody as they come to a page now; of a store that is busy they wait a moment only."""
    return Visitor(identity, store.drafts, store=open_store(store.url, patience=0.05), edition=store.edition)


def unit_page(visitor: Visitor, unit=MADE_UP) -> UnitPage:
    return UnitPage(Edition(unit), Path(), visitor, lambda: NOW)


def did(verb: Verb, unit: str, block: str, item: str = "", at: datetime = NOW, **more) -> Event:
    return Event(token_hex(8), at, verb, unit, block, item, **more)


def all_of(unit, at: datetime = NOW) -> list[Event]:
    """What somebody did who is through a unit."""
    return [did(Verb.WENT_OUT if block.items else Verb.READ, unit.id, block.id, at=at) for block in unit.blocks]


def within(widget: ipywidgets.Widget, kind: type = ipywidgets.Widget) -> Iterator:
    """All widgets of a kind in a piece of page, in their order."""
    if isinstance(widget, kind):
        yield widget
    for child in getattr(widget, "children", ()):
        yield from within(child, kind)


def read(widget: ipywidgets.Widget) -> str:
    """All that is to be read in the pieces of a page that are shown, without its tags."""
    return "\n".join(Markup(each.value).striptags() for each in within(widget, Fragment))


def press(widget: ipywidgets.Widget, label: str) -> None:
    next(each for each in within(widget, ipywidgets.Button) if each.description == label).click()


def hears(widget: ipywidgets.Widget, said: object) -> None:
    """Something that a browser sends."""
    widget._handle_custom_msg(said, [])


def types(writing: Writing, text: str, number: int = 1, **more: object) -> str:
    """Type a text; what came of it."""
    hears(writing, {"said": text, "number": number, **more})
    assert writing.answered == number
    return writing.state


@contextmanager
def busy(store: Store) -> Iterator[None]:
    """Somebody else is at the store all the time."""
    holds = sqlite3.connect(store.url.removeprefix("sqlite:///"), isolation_level=None)
    holds.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holds.execute("ROLLBACK")
        holds.close()

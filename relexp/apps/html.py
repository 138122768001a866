"""The one place that builds HTML: whatever a person typed is escaped, and stands apart from the words around it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup, escape

from relexp.messages import ON_PAGE, TEMPLATES, Message
from relexp.messages.language import spoken

Piece = Markup | str | int

_VOID = frozenset({"br", "hr", "img", "input"})


def tag(element: str, *inside: Piece | None, **attributes: Piece | bool | None) -> Markup:
    """One HTML or SVG element; text inside it and in its attributes is escaped, None is left out.

    Attribute names are written as Python allows: `class_`, `aria_label`; True writes the name alone.
    """
    written = Markup("").join(_attribute(key, value) for key, value in attributes.items())
    if element in _VOID:
        return Markup("<{}{}>").format(Markup(element), written)
    body = Markup("").join(escape(piece) for piece in inside if piece is not None)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(element), written, body)


def join(pieces: Iterable[Piece], between: Piece = "") -> Markup:
    """Pieces one after the other, escaped where they are text."""
    return escape(between).join(escape(piece) for piece in pieces)


def typed(text: str) -> Markup:
    """Something a person typed, such as a name: it keeps its own direction, whatever stands beside it."""
    return tag("bdi", text)


def sentence(message: Message) -> Markup:
    """A message as a sentence on the page, in the page's own words; those in its gaps keep their own direction."""
    gaps = {name: typed(value) if type(value) is str else value for name, value in message.values.items()}
    english = ON_PAGE.get(message.code, TEMPLATES[message.code])
    return escape(spoken().get(message.code, english)).format(**gaps)


def folded(heading: str, *inside: Piece) -> Markup:
    """What stands folded away below a heading."""
    return tag("details", tag("summary", heading), *inside)


def in_words(day: date) -> str:
    """A day as it is read: 6 March 2026."""
    return f"{day.day} {day:%B %Y}"


def _attribute(key: str, value: Piece | bool | None) -> Markup:
    name = Markup(key.rstrip("_").replace("_", "-"))
    if value is None or value is False:
        return Markup("")
    if value is True:
        return Markup(" {}").format(name)
    return Markup(' {}="{}"').format(name, value)

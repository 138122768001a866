"""The few controls of our own: choose a sheet, pick one of several, keep a file, and speak to screen readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.resources import files

import anywidget
import ipywidgets
import traitlets
from markupsafe import Markup


def script(name: str) -> str:
    """The JavaScript of one of our widgets."""
    return (files("relexp.apps") / "static" / name).read_text(encoding="utf-8")


# A label as long as it is.
WHOLE_LABEL = {"description_width": "initial"}


class Fragment(ipywidgets.HTML):
    """A piece of page that is only read; it takes nothing but what `relexp.apps.html` has built."""

    def show(self, markup: Markup | None) -> None:
        """Show a piece of page, or nothing at all."""
        if not isinstance(markup, Markup | None):
            raise TypeError("text reaches a page only through relexp.apps.html")
        self.value = str(markup or "")
        self.layout.display = None if markup else "none"


class SheetChooser(anywidget.AnyWidget):
    """A file of the visitor's own: pressed or dropped on; `chosen` counts the files that have arrived.

    `name`, `content` (bytes) and `size` (bytes) are those of the last one; of a file over `most` bytes only the name
    and the size arrive.
    """

    _esm = script("sheet.js")
    label = traitlets.Unicode().tag(sync=True)
    hint = traitlets.Unicode().tag(sync=True)
    accept = traitlets.Unicode(".csv,.tsv,.txt,.xlsx").tag(sync=True)
    main = traitlets.Bool(True).tag(sync=True)
    most = traitlets.Int(8_000_000).tag(sync=True)
    name = traitlets.Unicode().tag(sync=True)
    size = traitlets.Int().tag(sync=True)
    content = traitlets.Bytes().tag(sync=True, from_json=lambda value, _: bytes(value), echo_update=False)
    chosen = traitlets.Int().tag(sync=True)

    def choose(self, name: str, content: bytes) -> None:
        """Do as a visitor does who picks a file."""
        self.set_trait("name", name)
        self.size, self.content = len(content), content
        self.chosen += 1


class Pick(anywidget.AnyWidget):
    """One of several, side by side; `value` is the place of the picked one, from 0; -1 for none."""

    _esm = script("pick.js")
    label = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.Unicode()).tag(sync=True)
    value = traitlets.Int(0).tag(sync=True)

    @traitlets.validate("value")
    def _among_the_options(self, proposal: dict[str, int]) -> int:
        return max(-1, min(int(proposal["value"]), len(self.options) - 1))


class Download(anywidget.AnyWidget):
    """A button that hands the visitor a file; `make` gives its bytes when it is pressed."""

    _esm = script("download.js")
    label = traitlets.Unicode().tag(sync=True)
    filename = traitlets.Unicode().tag(sync=True)
    kind = traitlets.Unicode().tag(sync=True)
    main = traitlets.Bool(False).tag(sync=True)

    def __init__(self, make: Callable[[], bytes], **traits: object) -> None:
        super().__init__(**traits)
        self.make = make
        self.on_msg(self._asked)

    def _asked(self, widget: object, content: dict[str, object], buffers: object) -> None:
        self.send({"file": self.filename}, buffers=[self.make()])


class Copy(anywidget.AnyWidget):
    """Words to read, and to copy from the page."""

    _esm = script("copy.js")
    label = traitlets.Unicode().tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)
    press = traitlets.Unicode().tag(sync=True)
    done = traitlets.Unicode().tag(sync=True)
    failed = traitlets.Unicode().tag(sync=True)


class Voice(anywidget.AnyWidget):
    """Says `text` in the page's live region, and takes the reader to the heading whose id is in `go`."""

    _esm = script("voice.js")
    text = traitlets.Unicode().tag(sync=True)
    go = traitlets.Unicode().tag(sync=True)

    def say(self, text: str, go: str = "") -> None:
        """Say something; the same words twice are said twice."""
        with self.hold_sync():
            self.text, self.go = "", ""
        with self.hold_sync():
            self.text, self.go = text, go


def listen(widget: ipywidgets.Widget, heard: Callable[[dict[str, object]], None]) -> None:
    """Let `heard` have each message of a widget's own from the browser; what is none of ours is passed over."""
    widget.on_msg(lambda _, said, __: heard(said) if isinstance(said, dict) else None)


def row(children: Iterable[ipywidgets.Widget]) -> ipywidgets.Box:
    """Controls side by side, which wrap where the screen is narrow."""
    box = ipywidgets.Box(tuple(children))
    box.add_class("row")
    return box


def button(label: str, press: Callable[[], None] | None = None, main: bool = False) -> ipywidgets.Button:
    """A button; the screen's one main action stands out."""
    made = ipywidgets.Button(description=label, tooltip="")
    make_main(made, main)
    if press is not None:
        made.on_click(lambda _: press())
    return made


def minutes_box(label: str, most: int) -> ipywidgets.BoundedIntText:
    """A box for a number of minutes, none at first."""
    return ipywidgets.BoundedIntText(value=0, min=0, max=most, description=label, style=WHOLE_LABEL)


def make_main(widget: ipywidgets.Button, main: bool) -> None:
    """Let a button stand out as the screen's main action, or stand back."""
    widget.button_style = "primary" if main else ""


def show(widget: ipywidgets.DOMWidget, shown: bool) -> None:
    """Put a control on the page or take it off."""
    widget.layout.display = None if shown else "none"

"""Every control of ipywidgets on one page: `log` says what reached Python, and what is typed into `tell` is set by it."""

from __future__ import annotations

import base64
import datetime as dt

import ipywidgets as w

log = w.Label("nothing yet")
log.add_class("log")

DAY = dt.date(2026, 11, 22)
HOUR = dt.time(10, 11)
MOMENT = dt.datetime(2026, 11, 22, 10, 11)  # noqa: DTZ001
DOT = base64.b64decode("R0lGODlhAQABAIAAAP8AAAAAACwAAAAAAQABAAACAkQBADs=")
WIDE_DOT = DOT[:6] + b"\x02" + DOT[7:]
LETTERS = {"options": ["a", "b", "c"]}

# The control as it begins, and what Python then sets its value to.
MADE: dict[str, tuple[w.Widget, object]] = {
    "IntSlider": (w.IntSlider(1, max=9), 5),
    "FloatSlider": (w.FloatSlider(1, max=9), 5.5),
    "FloatLogSlider": (w.FloatLogSlider(10, min=0, max=4), 1000),
    "IntRangeSlider": (w.IntRangeSlider(value=(1, 3), max=9), (4, 6)),
    "FloatRangeSlider": (w.FloatRangeSlider(value=(1, 3), max=9), (4.5, 6)),
    "SelectionSlider": (w.SelectionSlider(**LETTERS), "c"),
    "SelectionRangeSlider": (w.SelectionRangeSlider(options=range(5), index=(0, 2)), (3, 4)),
    "IntProgress": (w.IntProgress(1, max=9), 6),
    "FloatProgress": (w.FloatProgress(1, max=9), 4.5),
    "IntText": (w.IntText(1), 5),
    "FloatText": (w.FloatText(1), 5.5),
    "BoundedIntText": (w.BoundedIntText(1, max=9), 5),
    "BoundedFloatText": (w.BoundedFloatText(1, max=9), 5.5),
    "ToggleButton": (w.ToggleButton(), True),
    "Checkbox": (w.Checkbox(), True),
    "Valid": (w.Valid(False, readout="not so"), True),
    "Dropdown": (w.Dropdown(**LETTERS), "c"),
    "RadioButtons": (w.RadioButtons(**LETTERS), "c"),
    "Select": (w.Select(**LETTERS), "c"),
    "SelectMultiple": (w.SelectMultiple(**LETTERS), ("b", "c")),
    "ToggleButtons": (w.ToggleButtons(**LETTERS), "c"),
    "Text": (w.Text("x"), "Zoë"),
    "Textarea": (w.Textarea("x"), "Zoë\nand Bo"),
    "Combobox": (w.Combobox(value="x", options=["apple", "pear"]), "pear"),
    "Password": (w.Password(value="x"), "secret"),
    "Label": (w.Label("x"), "a label"),
    "HTML": (w.HTML("x"), "<b>bold</b>"),
    "HTMLMath": (w.HTMLMath("x"), "<i>half</i> $\\frac{1}{2}$"),
    "Image": (w.Image(value=DOT, format="gif", width=9, height=9), WIDE_DOT),
    "Audio": (w.Audio(value=b"RIFF", format="wav", autoplay=False, loop=False), b"RIFFs"),
    "Video": (w.Video(value=b"mp4", autoplay=False, loop=False), b"mp4s"),
    "Play": (w.Play(1, max=90, interval=50), 50),
    "TagsInput": (w.TagsInput(value=["x"]), ["y", "z"]),
    "ColorsInput": (w.ColorsInput(value=["blue"]), ["red", "green"]),
    "IntsInput": (w.IntsInput(value=[1]), [5, 6]),
    "FloatsInput": (w.FloatsInput(value=[1.0]), [5.5]),
    "DatePicker": (w.DatePicker(), DAY),
    "TimePicker": (w.TimePicker(), HOUR),
    "DatetimePicker": (w.DatetimePicker(), MOMENT.replace(tzinfo=dt.UTC)),
    "NaiveDatetimePicker": (w.NaiveDatetimePicker(), MOMENT),
    "ColorPicker": (w.ColorPicker(value="#112233"), "#445566"),
    "FileUpload": (w.FileUpload(), ()),
    "Button": (w.Button(), None),
}


def every_control() -> w.VBox:
    """All of MADE, each named by its class, with `log` and `tell`."""
    for name, (control, _) in MADE.items():
        control.add_class(name)
        if control.has_trait("description"):
            control.description = name
        if control.has_trait("value") and not isinstance(control, w.HTML | w.Image):
            control.observe(heard, "value")
    MADE["Button"][0].on_click(lambda _: say("Button pressed"))
    MADE["Image"][0].add_class("picture")
    tell = w.Text(description="tell", continuous_update=False)
    tell.add_class("tell")
    tell.observe(lambda change: told(change["new"]), "value")
    return w.VBox([log, tell, *(control for control, _ in MADE.values())])


def say(words: str) -> None:
    """Show on the page what reached Python."""
    log.value = words


def heard(change: dict) -> None:
    """A control's value has changed."""
    new = change["new"]
    if isinstance(change["owner"], w.FileUpload):
        new = [(file["name"], bytes(file["content"])) for file in new]
    say(f"{type(change['owner']).__name__}={new!r}")


def told(name: str) -> None:
    """Python sets a control."""
    if name in MADE:
        control, value = MADE[name]
        control.value = value
        say(f"told {name}")

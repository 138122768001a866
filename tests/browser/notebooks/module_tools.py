"""The module's two tools, for the notebook `tools`; what they keep last is on the page, to be seen by a test."""

from __future__ import annotations

import json

import ipywidgets

from relexp.apps.html import tag
from relexp.apps.tools import TOOLS
from relexp.apps.widgets import Fragment, Voice

MOMENTS = [
    ("Aunt’s funeral", "1994", 7.5, 3, "hid"),
    ("night shift at the bakery with people from eleven countries", "2009", 4, 8.4, "curious"),
    ("جنازة خالتي في القرية القديمة", "٢٠٠١", 8.5, 8, "explained"),
    ("আমার প্রথম স্কুলের দিন", "১৯৮৭", 1.5, 9, "hid"),
    ("the deaf club", "last spring", 8.8, 7.4, "curious"),
    ("Christmas dinner with the in-laws", "2015", 3, 2, "nothing"),
    ("the only man at the school gate", "2018", 2, 8.2, "hid"),
]

STORY = json.dumps(
    {
        "moment": "It was a Tuesday in November, ten to nine, and raining. I had my grandson by the hand, and we stood at the "
        "kerb on Mill Road. A van took the corner close. His lunchbox went under the wheel.\n\nHe did not cry. He picked up "
        "the lid, and he said, “It’s always like this here, Gran.” He is six.",
        "choice": "Now, I don’t speak up. I sing alto, at the back, and I like it at the back. But I had a form in my bag. I "
        "could let it go soft. Or I could tick the box. I ticked it, on my knee.",
        "us": "تعلمت أن الصف الخلفي هو أطول صف. There are a lot of us. Who else here is carrying a form in their bag?",
        "takes": [
            {"day": "2026-03-02", "seconds": 185, "words": 390, "change": "Leave out the bus, and the weather of the week"},
            {"day": "2026-03-04", "seconds": 143, "words": 290, "change": ""},
            {"day": "2026-03-09", "seconds": 118, "words": 112, "change": "পরের বার ধীরে বলা"},
        ],
        "clock": 83.4,
    }
)


def a_map(count: int) -> str:
    """A map of so many dots."""
    made = []
    for n in range(count):
        label, when, same, different, deed = MOMENTS[n % len(MOMENTS)]
        more = n // len(MOMENTS)
        place = {"same": (same + 1.7 * more) % 10, "different": (different + 2.3 * more) % 10}
        made.append({"id": f"d{n}", "label": label, "when": when, "deed": deed, "words": "", **place})
    return json.dumps({"dots": made, "tell": "d2" if count > 2 else ""})


def tools(said_map: str = "", said_story: str = "") -> ipywidgets.VBox:
    """Both tools, one below the other, each with what it kept last."""
    voice = Voice()
    made: list[ipywidgets.Widget] = []
    for (name, tool), said in zip(TOOLS.items(), (said_map, said_story), strict=True):
        kept, count = ipywidgets.Textarea(description=f"kept: {name}"), ipywidgets.Label(f"{name}: 0")
        kept.add_class(f"kept-{name}")

        def keep(text: str, kept: ipywidgets.Textarea = kept) -> None:
            kept.value = text

        def done(count: ipywidgets.Label = count, name: str = name) -> None:
            count.value = f"{name}: {int(count.value.rsplit(' ', 1)[1]) + 1}"

        head = Fragment()
        head.show(tag("h2", name))
        box = ipywidgets.VBox((head, tool(said, keep, voice.say, done), kept, count))
        box.add_class("step")
        made.append(box)
    app = ipywidgets.VBox((*made, voice))
    app.add_class("app")
    return app

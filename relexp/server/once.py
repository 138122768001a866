"""A kernel that does what a page asks once, however often the page had to ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ipykernel.ipkernel import IPythonKernel

REMEMBERED = 10_000


class TakesOnce(IPythonKernel):
    """A kernel that acts on each message of a widget once, and says each time that it is done with it.

    A page whose line broke before the answer came cannot know whether its message arrived, and sends it again, by the
    same id (frontend/src/channel.js). Without this a button would be pressed twice.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.shell_handlers["comm_msg"] = once(self.shell_handlers["comm_msg"])


def once(act: Callable[..., Any]) -> Callable[..., Any]:
    """A handler of messages that acts on the first of those with one id."""
    taken: dict[str, None] = {}

    def take(stream: object, ident: object, message: dict[str, Any]) -> Any:
        name = message["header"]["msg_id"]
        if name in taken:
            return None
        taken[name] = None
        if len(taken) > REMEMBERED:
            del taken[next(iter(taken))]
        return act(stream, ident, message)

    return take

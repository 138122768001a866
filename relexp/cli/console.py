"""How the commands speak: plain lines on the screen, faults and notes apart from results, and how far planning is."""

from __future__ import annotations

import sys
import time
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from relexp.messages import Fault, Message, say

if TYPE_CHECKING:
    from collections.abc import Iterator

# Nobody needs to hear about work that is over before they wonder.
_PATIENCE = 1.0


class NotDone(Exception):
    """The job could not be done as asked; the sentences say why and what to do next."""

    def __init__(self, sentences: Iterable[Message | Fault]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(str(sentence) for sentence in self.sentences))


def tell_result(*sentences: Message | Fault | str) -> None:
    """What was asked for, a line each, on standard output."""
    for sentence in sentences:
        click.echo(tame(str(sentence)))


def tell_aside(*sentences: Message | Fault | str) -> None:
    """Notes and refusals, a line each, on standard error."""
    for sentence in sentences:
        click.echo(tame(str(sentence)), err=True)


def tame(text: str) -> str:
    """The text without characters that steer a terminal: what stands on a sign-up sheet must not reach that far."""
    return "".join("�" if unicodedata.category(letter) == "Cc" and letter != "\n" else letter for letter in text)


@contextmanager
def progress() -> Iterator[Callable[[float], bool] | None]:
    """Show how far planning is, once it takes over a second and somebody watches; else nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    start = time.monotonic()
    shown = ""

    def watch(share: float) -> bool:
        nonlocal shown
        text = str(say("cli.progress", share=int(100 * min(max(share, 0.0), 1.0))))
        if time.monotonic() - start >= _PATIENCE and text != shown:
            click.echo(f"\r{text} ", nl=False, err=True)
            shown = text
        return True

    try:
        yield watch
    finally:
        if shown:
            click.echo("\r" + " " * (len(shown) + 1) + "\r", nl=False, err=True)

"""What the pages of the evening share: the moment, the language, and the line over which they hear of changes."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import date, datetime
from http import HTTPStatus
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode

from babel.dates import format_date
from tornado.iostream import StreamClosedError

from relexp.messages import TEMPLATES, FaultsFound, Message
from relexp.privacy.roles import Identity
from relexp.server.crowd import Crowd
from relexp.server.doors import Doors, now
from relexp.server.languages import COOKIE, Language, choose, language_of, languages
from relexp.server.plain import LIVE_POLICY, PlainPage, render, show
from relexp.server.watch import Look, Watch
from relexp.store import Store

# So often the page hears the time, in seconds; one that has heard nothing for long calls again.
BEAT = 5


class EveningPage(PlainPage):
    """A page that shows what goes on now, without Python behind it, and stays so."""

    visitor: Identity
    # Where it is remembered which language was chosen.
    chosen_in: ClassVar[str] = COOKIE
    _language: Language | None = None

    @property
    def watch(self) -> Watch:
        """What looks at the store for all these pages."""
        watch: Watch = self.settings["watch"]
        return watch

    @property
    def crowd(self) -> Crowd:
        """What is asked of the store for all phones together."""
        crowd: Crowd = self.settings["crowd"]
        return crowd

    @property
    def store(self) -> Store:
        """Where the evening is kept."""
        doors: Doors = self.settings["identity_provider"]
        return doors.store

    def language(self) -> Language:
        """The language that this page speaks."""
        self._language = self._language or language_of(self)
        return self._language

    def speaks_another(self) -> bool:
        """Whether another language was asked for: then the page is asked for again, in that one."""
        code = self.get_query_argument("language", "")
        if code:
            choose(self, code, self.chosen_in)
            asked = self.asked().removesuffix("&")
            self.redirect(self.request.path + (f"?{asked}" if asked else ""))
        return bool(code)

    def asked(self) -> str:
        """What else the page was asked for, to be asked again beside a language."""
        given = parse_qsl(self.request.query, keep_blank_values=True)
        kept = urlencode([(name, value) for name, value in given if name != "language"])
        return f"{kept}&" if kept else ""

    def show(self, template: str, **values: object) -> None:
        """Write a page in its language, with what is shown now inside it."""
        language = self.language()
        about = {
            "_": language,
            "language": language,
            "languages": languages(),
            "here": self.request.path,
            "asked": self.asked(),
        }
        show(self, template, policy=LIVE_POLICY, now=milliseconds(now()), **about, **values)

    def part(self, template: str, **values: object) -> str:
        """A piece of a page in its language."""
        language = self.language()
        return render(self, template, _=language, language=language, clock=clock, ms=milliseconds, **values)

    def words(self, code: str, **values: object) -> str:
        """A sentence of the catalogue in the language of the page, by its code."""
        return self.language()(TEMPLATES[code]).format(**values)

    def told(self, message: Message) -> str:
        """A message in the language of the page."""
        return self.words(message.code, **message.values)

    def day(self, day: date) -> str:
        """A day in the language of the page."""
        code = self.language().code
        return format_date(day, "long", locale="en_GB" if code == "en" else code)

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Say plainly what is in the way: the store where it is that, else as any page of ours."""
        found = kwargs.get("exc_info")
        if isinstance(found, tuple) and isinstance(found[1], FaultsFound):
            self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
            self.show("busy.html")
            return
        super().write_error(status_code, **kwargs)


class Changes(EveningPage):
    """The line over which a page hears what to show, as server-sent events: `beat` with the time, `show`, `reload`."""

    work: asyncio.Task[None] | None = None

    async def get(self) -> None:
        self.set_header("Content-Type", "text/event-stream; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        # To pack each line would take more memory than the line itself saves.
        self.set_header("Content-Encoding", "identity")
        self.work = asyncio.ensure_future(self.tell())
        with suppress(asyncio.CancelledError, StreamClosedError):
            await self.work

    def on_connection_close(self) -> None:
        """The page has gone."""
        if self.work is not None:
            self.work.cancel()

    async def tell(self) -> None:
        """Tell the page what to show as soon as it is another thing than before."""
        told: object = None
        shut = False
        with self.watch.listening():
            while not shut:
                look = await self.watch.look()
                said = [event("beat", str(milliseconds(now())))]
                if (key := self.key(look)) != told:
                    told = key
                    said.append(self.say(look))
                elif shut := self.is_shut():
                    said.append(event("reload", "now"))
                self.write("".join(said))
                await self.flush()
                await self.watch.change(look, BEAT)

    def is_shut(self) -> bool:
        """Whether the link by which this page came in was shut meanwhile: loaded again, it is the front door."""
        doors: Doors = self.settings["identity_provider"]
        return doors.visitor(self, frozenset({self.visitor.role})) is None

    def key(self, look: Look) -> object:
        """What tells one thing to show from another."""
        return look.room

    def say(self, look: Look) -> str:
        """The event that tells the page what to show."""
        raise NotImplementedError


def event(name: str, data: str) -> str:
    """One server-sent event."""
    lines = "".join(f"data: {line}\n" for line in data.splitlines())
    return f"event: {name}\n{lines}\n"


def milliseconds(at: datetime | None) -> int | None:
    """A moment as the pages' clocks count it; None for none."""
    return None if at is None else round(at.timestamp() * 1000)


def clock(at: datetime) -> str:
    """A moment as a clock on the wall of this computer shows it."""
    return at.astimezone().strftime("%H:%M")

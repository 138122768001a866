"""What a learner does on a page and writes there: kept at once, found again on any device, and theirs alone."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from relexp.apps.visitor import Visitor
from relexp.learning.progress import Event, Standing, Verb, standing
from relexp.learning.unit import Unit
from relexp.messages import FaultsFound, Message, say, tell
from relexp.store.house import Renewed
from relexp.store.learning import StaleText


class Clash(Exception):
    """Written on another device since it was read here: `said` is what stands there now."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self.said = said


class Desk:
    """The desk of whoever looks at this page. Where nothing is kept (`keeps` is False), it forgets with the page."""

    def __init__(self, visitor: Visitor, now: Callable[[], datetime]) -> None:
        self._visitor, self._now = visitor, now
        self._waiting: list[Event] = []
        kept = visitor.store.learning if visitor.store is not None and visitor.identity is not None else None
        self._kept = kept
        self._events: dict[str, Event] = {event.id: event for event in kept.events(self.me)} if kept else {}
        texts = kept.texts(self.me) if kept else {}
        self._texts = {place: text.said for place, text in texts.items()}
        self._revisions = {place: text.revision for place, text in texts.items()}
        # What could not be kept yet.
        self._unkept: dict[tuple[str, str], str] = {}
        # What another device wrote, and its revision, where that clashed with what was written here.
        self._others: dict[tuple[str, str], tuple[str, int]] = {}

    @property
    def keeps(self) -> bool:
        """Whether anything is kept at all."""
        return self._kept is not None

    @property
    def why_not(self) -> Message | None:
        """Why nothing is kept; none where it is."""
        if self.keeps:
            return None
        return self._visitor.faults[0].message if self._visitor.faults else say("unit.keeps_nothing")

    @property
    def me(self) -> str:
        """Who looks at the page, by an id that says nothing."""
        return self._visitor.identity.id if self._visitor.identity else ""

    @property
    def events(self) -> tuple[Event, ...]:
        """All that they did, in no order."""
        return tuple(self._events.values())

    @property
    def texts(self) -> dict[tuple[str, str], str]:
        """All that they wrote, by the unit and the item."""
        return dict(self._texts)

    def now(self) -> datetime:
        """The time by the clock."""
        return self._now()

    def stands(self, unit: Unit) -> Standing:
        """How far they have come in a unit."""
        return standing(unit, self._events.values())

    def note(
        self,
        verb: Verb,
        unit: Unit | None,
        block: str,
        item: str = "",
        *,
        right: bool | None = None,
        minutes: float = 0.0,
    ) -> None:
        """Note what they did, in a unit or in none; what cannot be kept at the moment is kept with what they do next.

        Raises FaultsFound where it cannot be kept.
        """
        id, version = (unit.id, unit.version) if unit else ("", "")
        event = Event(secrets.token_hex(16), self._now(), verb, id, block, item, version, right, minutes)
        self._events[event.id] = event
        self._waiting.append(event)
        self._catch_up()

    def _catch_up(self) -> None:
        """Keep what waits for it. Raises FaultsFound where it still cannot be kept."""
        if self._kept is not None and self._waiting:
            with _in_a_learners_words():
                self._kept.add(self.me, self._waiting, since=self._visitor.edition or None)
        self._waiting.clear()
        for (unit, item), said in [*self._unkept.items()]:
            # What clashes, or is refused, is told of where it is written.
            with suppress(Clash, FaultsFound):
                self._write(unit, item, said)

    def said(self, unit: str, item: str) -> str:
        """What they wrote there last; nothing at first."""
        return self._texts.get((unit, item), "")

    def keep(self, unit: str, item: str, said: str, over: str | None = None) -> None:
        """Keep what they wrote there; when this returns it is safe, and so is what waited.

        Raises Clash where another device wrote there meanwhile, each time until `over` says what it wrote: whoever
        writes has seen that. Raises FaultsFound where it cannot be kept.
        """
        if self._kept is not None:
            self._write(unit, item, said, over)
            self._catch_up()
        else:
            self._texts[unit, item] = said

    def _write(self, unit: str, item: str, said: str, over: str | None = None) -> None:
        assert self._kept is not None
        place = (unit, item)
        # Until it is known what comes of it.
        self._unkept[place] = said
        theirs, revision = self._others.get(place, (None, 0))
        expected = revision if theirs is not None and theirs == over else self._revisions.get(place, 0)
        since = self._visitor.edition or None
        try:
            with _in_a_learners_words():
                self._revisions[place] = self._kept.write(self.me, unit, item, said, self._now(), expected, since=since)
        except StaleText as stale:
            there = (stale.there.said, stale.there.revision) if stale.there else ("", 0)
            self._others[place] = there
            del self._unkept[place]
            raise Clash(there[0]) from None
        self._texts[place] = said
        self._others.pop(place, None)
        self._unkept.pop(place, None)

    def keep_last(self, unit: str, item: str, said: str) -> None:
        """Keep what is only chosen, and not written: the last device counts. Raises FaultsFound as `keep` does."""
        try:
            self.keep(unit, item, said)
        except Clash as other:
            self.keep(unit, item, said, over=other.said)


@contextmanager
def _in_a_learners_words() -> Iterator[None]:
    """What is wrong with the store, and where, is for whoever looks after it; to a learner, it is tried again."""
    try:
        yield
    except Renewed:
        # Whoever was erased meanwhile does not come back by a page that is still open.
        raise FaultsFound([tell("app.renewed")]) from None
    except FaultsFound as found:
        if "place" not in found.faults[0].message.values:
            raise
        raise FaultsFound([tell("unit.writing_not_kept")]) from None

"""This week: a few people to see to, each with why, and what relexp knows happened, for a person to confirm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import anywidget
import ipywidgets
import traitlets

from relexp.apps.html import in_words, join, sentence, tag
from relexp.apps.widgets import Fragment, script
from relexp.leadership.board import Board
from relexp.leadership.evidence import Evidence, Suggestion
from relexp.leadership.week import this_week
from relexp.messages import say
from relexp.privacy.roles import Identity
from relexp.store import Store


class Names(anywidget.AnyWidget):
    """People to open, each with what is said of them; `presses` are the buttons of each beside the name."""

    _esm = script("people.js")
    people: traitlets.List[dict[str, object]] = traitlets.List().tag(sync=True)
    presses: traitlets.List[dict[str, str]] = traitlets.List().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)

    def __init__(self, heard: Callable[[str, str], None], **traits: object) -> None:
        super().__init__(**traits)
        self.on_msg(lambda _, said, __: heard(str(said.get("press", "")), str(said.get("id", ""))))


class WeekPanel(ipywidgets.VBox):
    """Whom to see to; `opened` is called with the id of whoever is opened."""

    opened: Callable[[str], None]

    def __init__(
        self,
        guard: Callable[[Callable[[], None]], None],
        speak: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        self._speak, self._now = speak, now
        self._store: Store | None = None
        self._me: Identity | None = None
        self._suggested: dict[str, Suggestion] = {}
        self.heading, self.after = Fragment(), Fragment()
        self.people = Names(lambda press, id: guard(lambda: self._open(id)), label=str(say("leader.week")))
        self.suggestions = Names(
            lambda press, key: guard(lambda: self._suggest(press, key)),
            label=str(say("leader.suggested")),
            presses=[{"key": key, "text": str(say(f"leader.suggest_{key}"))} for key in ("yes", "no")],
        )
        super().__init__((self.heading, self.people, self.after, self.suggestions))

    def offer(
        self, store: Store, me: Identity, board: Board, suggestions: tuple[Suggestion, ...], names: Mapping[str, str]
    ) -> None:
        """Show whom to see to this week."""
        self._store, self._me, self._board, self._names = store, me, board, names
        lines, rows = store.leaders.lines, store.leaders.all()
        week = this_week(
            rows,
            lines.challenges(),
            lines.trainings(),
            suggestions,
            self._now().astimezone().date(),
            board=board,
            steps=lines.steps_made(),
        )
        lead = say("leader.week_lead" if week.people else "leader.week_nobody")
        self.heading.show(join((tag("h2", str(say("leader.week"))), tag("p", sentence(lead), class_="hint"))))
        self.people.people = [
            {
                "id": each.leader,
                "name": names.get(each.leader, ""),
                "says": [str(reason.says) for reason in each.reasons],
            }
            for each in week.people
        ]
        more = tag("p", sentence(say("leader.week_more", count=week.more)), class_="hint") if week.more else None
        head = None
        if suggestions:
            hint = tag("p", sentence(say("leader.suggested_hint")), class_="hint")
            head = join((tag("h3", str(say("leader.suggested"))), hint))
        self.after.show(join(each for each in (more, head) if each is not None) or None)
        self._show_suggestions(suggestions)

    def _show_suggestions(self, suggestions: tuple[Suggestion, ...]) -> None:
        self._suggested = {f"{each.leader} {each.source}": each for each in suggestions}
        self.suggestions.people = [
            {"id": key, "name": self._names.get(each.leader, ""), "says": [f"{each.what}, {in_words(each.day)}"]}
            for key, each in self._suggested.items()
        ]

    def focus(self, id: str) -> None:
        """Go on at the name of somebody."""
        self.people.send({"focus": id})

    def _open(self, id: str) -> None:
        if id in self._names:
            self.opened(id)

    def _suggest(self, press: str, key: str) -> None:
        each = self._suggested.get(key)
        if each is None or self._store is None or self._me is None:
            return
        if press == "yes":
            line = Evidence("", each.leader, each.kind, each.day, each.what, self._me.name, source=each.source)
            self._store.leaders.lines.note(line, self._me)
        elif press == "no":
            self._store.leaders.lines.decline(each, self._me)
        else:
            self.opened(each.leader)
            return
        self._show_suggestions(tuple(other for other in self._suggested.values() if other is not each))
        self._speak(str(say("leader.suggest_kept" if press == "yes" else "leader.suggest_left")))

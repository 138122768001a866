"""This week: a few people to see to, each with why, and what relexp knows happened, for a person to confirm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import anywidget
import ipywidgets
import traitlets

from relexp.apps.html import in_words, join, sentence, tag
from relexp.apps.widgets import Fragment, script
from relexp.leadership.board import Board
from relexp.leadership.evidence import Evidence, Suggestion
from relexp.messages import listed, say
from relexp.privacy.roles import Identity
from relexp.store import Store

# So many of one gathering are asked about together.
_MANY = 4


class Names(anywidget.AnyWidget):
    """People to open, each with what is said of them; `presses` are the buttons of each, where it brings none."""

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
        self._together: dict[str, list[Suggestion]] = {}
        self._apart = set[str]()
        self.heading, self.after = Fragment(), Fragment()
        self.after.add_class("after-week")
        self.people = Names(lambda press, id: guard(lambda: self._open(id)), label=str(say("leader.week")))
        self.suggestions = Names(
            lambda press, key: guard(lambda: self._suggest(press, key)),
            label=str(say("leader.suggested")),
            presses=[{"key": key, "text": str(say(f"leader.suggest_{key}"))} for key in ("yes", "no")],
        )
        super().__init__((self.heading, self.people, self.after, self.suggestions))

    def offer(self, store: Store, me: Identity, board: Board, suggestions: tuple[Suggestion, ...]) -> None:
        """Show whom to see to this week."""
        week = store.leaders.week(board, suggestions, self._now().astimezone().date())
        names = store.leaders.names({each.leader for each in week.people} | {each.leader for each in suggestions})
        self._store, self._me, self._board, self._names = store, me, board, names
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
        """One by one; many of one gathering are asked about together, until somebody wants them one by one."""
        self._suggested = {f"{each.leader} {each.source}": each for each in suggestions}
        self._together, alone = {}, list[tuple[str, Suggestion]]()
        for each in self._suggested.values():
            self._together.setdefault(f"{each.kind} {each.source}", []).append(each)
        for whole, those in [*self._together.items()]:
            if len(those) < _MANY or whole in self._apart:
                del self._together[whole]
                alone += [(f"{each.leader} {each.source}", each) for each in those]
        many = [self._of_many(whole, those) for whole, those in self._together.items()]
        alone.sort(key=lambda pair: pair[1].day)
        self.suggestions.people = [*many, *(self._of_one(key, each) for key, each in alone)]

    def _of_one(self, key: str, each: Suggestion) -> dict[str, object]:
        return {"id": key, "name": self._names.get(each.leader, ""), "says": [_told(each)]}

    def _of_many(self, whole: str, those: Sequence[Suggestion]) -> dict[str, object]:
        texts = {"yes": str(say("leader.suggest_all", count=len(those))), "apart": str(say("leader.suggest_apart"))}
        return {
            "id": whole,
            "name": _told(those[0]),
            "says": [listed([self._names.get(each.leader, "") for each in those], len(those))],
            "presses": [{"key": key, "text": text} for key, text in texts.items()],
        }

    def focus(self, id: str) -> None:
        """Go on at the name of somebody."""
        self.people.send({"focus": id})

    def _open(self, id: str) -> None:
        if id in self._names:
            self.opened(id)

    def _suggest(self, press: str, key: str) -> None:
        if key in self._together:
            self._suggest_many(press, key)
            return
        each = self._suggested.get(key)
        if each is None or self._store is None or self._me is None:
            return
        if press == "yes":
            self._note(each)
        elif press == "no":
            self._store.leaders.lines.decline(each, self._me)
        else:
            self.opened(each.leader)
            return
        self._show_suggestions(tuple(other for other in self._suggested.values() if other is not each))
        self._speak(str(say("leader.suggest_kept" if press == "yes" else "leader.suggest_left")))

    def _suggest_many(self, press: str, whole: str) -> None:
        those = self._together[whole]
        if press != "yes":
            self._apart.add(whole)
            self._show_suggestions(tuple(self._suggested.values()))
            return
        for each in those:
            self._note(each)
        self._show_suggestions(tuple(each for each in self._suggested.values() if each not in those))
        self._speak(str(say("leader.suggest_kept")))

    def _note(self, each: Suggestion) -> None:
        assert self._store is not None
        assert self._me is not None
        line = Evidence("", each.leader, each.kind, each.day, each.what, self._me.name, source=each.source)
        self._store.leaders.lines.note(line, self._me)


def _told(each: Suggestion) -> str:
    return f"{each.what}, {in_words(each.day)}" if each.what else in_words(each.day)

"""The menu for a lop-sided room: the ways to share out talks with one's own, each with its price, and one to take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import ipywidgets

from relexp.apps.html import join, sentence, tag
from relexp.apps.planning import Work
from relexp.apps.widgets import Fragment, button, row, show
from relexp.messages import say
from relexp.pairing.menu import Choice, crowded, menu
from relexp.roster.person import Roster
from relexp.roster.rules import NeverSame, Rules


class MenuPanel(ipywidgets.VBox):
    """Hidden where the room is not lop-sided; `taken` gets the choice that somebody takes, `broke` what went wrong."""

    taken: Callable[[Choice], None]
    broke: Callable[[Exception], None]

    def __init__(self, speak: Callable[[str], None]) -> None:
        self._speak = speak
        self._room: tuple[Roster, Rules] | None = None
        self._work: Work[tuple[Choice, ...]] | None = None
        self._takes: list[ipywidgets.Button] = []
        heading, says = Fragment(), Fragment()
        heading.show(tag("h3", str(say("menu.heading"))))
        says.show(tag("p", str(say("menu.says"))))
        self.see = button(str(say("menu.see")), self._see)
        self.stop = button(str(say("app.stop")), self._stop)
        self.progress = Fragment()
        self.choices = ipywidgets.VBox(())
        super().__init__((heading, says, row((self.see, self.stop)), self.progress, self.choices))
        self.add_class("menu")
        show(self.stop, False)
        self.progress.show(None)
        show(self, False)

    def offer(self, room: tuple[Roster, Rules] | None) -> None:
        """Offer the menu of this room, where it needs one; what was shown of another goes."""
        plain = room and (room[0], _as_before_a_choice(room[1]))
        if plain == self._room:
            return
        self._stop()
        self._work = None
        lopsided = plain is not None and crowded(*plain) is not None
        self._room = plain if lopsided else None
        self.progress.show(None)
        self.choices.children = ()
        show(self.stop, False)
        show(self.see, True)
        show(self, lopsided)

    def _see(self) -> None:
        if self._room is None or self._work is not None:
            return
        roster, rules = self._room
        show(self.see, False)
        show(self.stop, True)
        self._told(0.0)
        self._work = Work(lambda watch: menu(roster, rules, watch), told=self._told, ended=self._ended)
        self._work.start()

    def _stop(self) -> None:
        if self._work is not None:
            self._work.stop()

    def _told(self, share: float) -> None:
        label = tag("label", str(say("menu.working")), for_="menu-progress")
        self.progress.show(join((label, tag("progress", max=100, value=round(100 * share), id="menu-progress"))))

    def _ended(self, work: Work[tuple[Choice, ...]], found: tuple[Choice, ...] | Exception) -> None:
        if work is not self._work:
            return
        self._work = None
        self.progress.show(None)
        show(self.stop, False)
        if isinstance(found, Exception):
            show(self.see, True)
            self.broke(found)
            return
        # A choice that comes to the same is none.
        found = tuple({(each.most, each.meetings): each for each in reversed(found)}.values())[::-1]
        self._takes = []
        kinds = ("even", *["more"] * (len(found) - 2), "free")[: len(found)]
        self.choices.children = tuple(map(self._choice, kinds, found))
        self._speak(str(say("menu.ready", count=len(found))))

    def _take(self, pressed: ipywidgets.Button, choice: Choice) -> None:
        for take in self._takes:
            take.description = str(say("menu.taken" if take is pressed else "menu.take"))
        self.taken(choice)

    def _choice(self, kind: str, choice: Choice) -> ipywidgets.Widget:
        name = str(say(f"menu.choice_{kind}"))
        words = Fragment()
        words.show(join((tag("h4", name), tag("p", sentence(choice.price)))))
        take = button(str(say("menu.take")), lambda: self._take(take, choice))
        take.tooltip = f"{say('menu.take')}: {name}"
        self._takes.append(take)
        made = ipywidgets.VBox((words, row((take,))))
        made.add_class("choice-card")
        return made


def _as_before_a_choice(rules: Rules) -> Rules:
    """The rules without what a choice of the menu settles: it is the same menu afterwards."""
    # That a column is private stands in the roster too: the page's wishes never say otherwise.
    plain = (replace(each, cap=None, private=None) for each in rules.across)
    across = (replace(each, never_same=NeverSame.FEWEST) if each.never_same else each for each in plain)
    return replace(rules, across=tuple(across))

"""The evening changed by hand: press a name, see what a change costs before it is made, take it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import ipywidgets
from markupsafe import Markup

from relexp.apps.evening_view import PLAIN, Marks, found_by_name, place_of
from relexp.apps.hand_bar import HandBar
from relexp.apps.hand_steps import kept_text
from relexp.apps.hand_view import (
    asked_page,
    change_words,
    movable,
    person_page,
    price_line,
    swap_words,
    talk_of,
    why_page,
)
from relexp.apps.html import join, sentence, tag
from relexp.apps.kept_panel import KeptPanel
from relexp.apps.names import Names
from relexp.apps.widgets import Fragment, Voice, button, make_main, row, show
from relexp.messages import Message, say
from relexp.pairing.by_hand import Change, Join, Judged, Keep, LetGo, Refused, Seat, Swap
from relexp.pairing.evening import Conversation, Evening, Round
from relexp.pairing.steps import Steps
from relexp.roster.person import Roster
from relexp.roster.rules import Pin, Rules

# So many names are offered while one is typed.
MOST_FOUND = 5


class HandPanel(ipywidgets.VBox):
    """What can be done with one person in one round; hidden until a name is pressed.

    `draw` shows the evening anew; `bar` is the row that stands above the evening, `kept` what planning again keeps.
    """

    def __init__(self, draw: Callable[[Evening], None]) -> None:
        self._draw = draw
        self.steps: Steps | None = None
        self.on = False
        self.person, self.number = "", 0
        self.asked: Judged | None = None
        self._pins: tuple[Pin, ...] = ()
        self.roster = Roster(())
        self._say: Callable[..., None] = Voice().say
        self._guard: Callable[[Callable[[], None]], None] = lambda act: act()
        self._saved: Callable[[Evening | None, str], None] = lambda evening, text: None
        self.kept = KeptPanel(lambda pin: self._guard(lambda: self._let_go(pin)))
        self.bar = HandBar(
            lambda: self._guard(self._turn),
            lambda: self._guard(lambda: self._step(back=True)),
            lambda: self._guard(lambda: self._step(back=False)),
        )
        super().__init__(self._laid_out())
        self.add_class("hand")
        self.leave_person(quietly=True)

    def attach(
        self,
        voice: Voice,
        guard: Callable[[Callable[[], None]], None],
        saved: Callable[[Evening | None, str], None],
    ) -> None:
        """Let the page speak, mind faults, and keep what is done (the evening and the steps, as text)."""
        self._say, self._guard, self._saved = voice.say, guard, saved

    # What the page tells it

    @property
    def pins(self) -> tuple[Pin, ...]:
        """The conversations that are kept, however often the evening is planned."""
        return self._pins if self.steps is None else self.steps.now.rules.pins

    @property
    def marks(self) -> Marks:
        """How the evening is to be shown: whether names can be pressed, and which conversations are kept."""
        if self.steps is None:
            return PLAIN
        return Marks(self.on, frozenset((pin.round, frozenset(pin.people)) for pin in self.pins))

    @property
    def touched(self) -> bool:
        """Whether the evening is no longer as it was planned."""
        return self.steps is not None and bool(self.steps.done)

    def begin(self, evening: Evening, roster: Roster, rules: Rules, steps: Steps | None = None) -> None:
        """Take an evening in hand, with the steps that led to it, if any did."""
        self.steps, self.roster = steps or Steps(evening, roster, rules), roster
        self.leave_person(quietly=True)
        self._show_bar()

    def clear(self) -> None:
        """There is no evening any more; the kept conversations stay."""
        self.remember(self.pins, self.roster)

    def remember(self, pins: Sequence[Pin], roster: Roster) -> None:
        """There is no evening, and these conversations, of people on this sheet, are kept from now on."""
        self._pins, self.roster = tuple(pins), roster
        self.steps, self.on = None, False
        self.leave_person(quietly=True)
        self._show_bar()

    def text(self) -> str:
        """All that there is to keep."""
        return kept_text(self.pins, self.steps)

    # The row above the evening

    def _show_bar(self, last: Markup | None = None) -> None:
        self.bar.tell(self.steps, self.on, last)
        self.kept.offer(self.pins, self.roster)

    def _turn(self) -> None:
        if self.steps is None:
            return
        self.on = not self.on
        self.leave_person(quietly=True)
        self._show_bar()
        self._draw(self.steps.now.evening)
        self._say(str(say("hand.hint" if self.on else "hand.ended")))

    def _step(self, back: bool) -> None:
        if self.steps is None:
            return
        change = (self.steps.done if back else self.steps.undone)[-1:]
        self.steps = self.steps.undo() if back else self.steps.redo()
        if change:
            self._after(say("hand.undone" if back else "hand.redone"), change[0])

    def _after(self, what: Message, change: Change) -> None:
        """Something was done, or taken back: show it, keep it, and lead there."""
        assert self.steps is not None
        words = change_words(change, self.steps.start.names)
        self.leave_person(quietly=True)
        self._draw(self.steps.now.evening)
        self._show_bar(join((sentence(what), sentence(words)), " "))
        self._saved(self.steps.now.evening, self.text())
        self._say(f"{what} {words}", go="hand-done")

    def _let_go(self, pin: Pin) -> None:
        if self.steps is not None and pin.round <= len(self.steps.start.rounds):
            self._do(LetGo(pin.round, pin.people))
            return
        self._pins = tuple(other for other in self.pins if other != pin)
        self._show_bar()
        self._saved(None, self.text())
        self._say(str(say("hand.lets_go")))

    # One person in one round

    def _laid_out(self) -> tuple[ipywidgets.Widget, ...]:
        self.names = Names(
            lambda person, round: self._guard(lambda: self.choose(person, round)),
            lambda: self._guard(self.leave_person),
        )
        self.about, self.reason, self.asks = Fragment(), Fragment(), Fragment()
        self.why = button(str(say("hand.why")), lambda: self._guard(self._tell_why))
        self.keep = button(str(say("hand.keep")), lambda: self._guard(self._keep_together))
        self.shut = button(str(say("hand.close")), lambda: self._guard(self.leave_person))
        self.suggested, self.found = ipywidgets.VBox(), ipywidgets.VBox()
        self.other = ipywidgets.Text(description=str(say("hand.other")), continuous_update=True)
        self.other.observe(lambda _: self._guard(self._look_for), "value")
        self.table = ipywidgets.IntText(description=str(say("hand.table")))
        self.alone = button(str(say("hand.move_alone")), lambda: self._guard(self._move_alone))
        self.all = button(str(say("hand.move_all")), lambda: self._guard(self._move_all))
        swap, move = Fragment(), Fragment()
        swap.show(tag("h4", str(say("hand.swap"))))
        move.show(tag("h4", str(say("hand.move"))))
        self._moving = ipywidgets.VBox((move, self.table, row((self.alone, self.all))))
        first = row((self.why, self.keep))
        self.shut.add_class("shut")
        swapping = (swap, self.suggested, self.other, self.found)
        self.options = ipywidgets.VBox((first, self.reason, *swapping, self._moving))
        self.do = button(str(say("hand.do")), lambda: self._guard(self._do_asked), main=True)
        self.leave = button(str(say("hand.leave")), lambda: self._guard(self._back_to_options))
        self.question = ipywidgets.VBox((self.asks, row((self.do, self.leave))))
        return (self.names, self.about, self.shut, self.question, self.options)

    def choose(self, person: str, number: int) -> None:
        """A name was pressed: say where they are, and what can be done."""
        if self.steps is None or not self.on or not 1 <= number <= len(self.steps.start.rounds):
            return
        if person not in movable(self._round_of(number)):
            return
        self.person, self.number = person, number
        words = self._show_person()
        show(self, True)
        self.names.chosen = place_of(number, person)
        self._say(str(words), go="hand")

    def leave_person(self, quietly: bool = False) -> None:
        """Let whoever is chosen be."""
        person, number = self.person, self.number
        self.person, self.number, self.asked = "", 0, None
        show(self, False)
        self.names.chosen = ""
        if person and not quietly:
            self._say("", go=place_of(number, person))

    def _show_person(self) -> Message:
        steps, talk = self.steps, self._talk()
        assert steps is not None
        words, page = person_page(steps.now.evening, steps.roster, self.person, self.number, self._is_kept())
        self.about.show(page)
        self.reason.show(None)
        self.other.value = ""
        self.keep.description = str(say("hand.let_go" if self._is_kept() else "hand.keep"))
        three = talk is not None and len(talk.people) > 2
        self.why.description = str(say("hand.why_three" if three else "hand.why"))
        for widget in (self.why, self.keep, self._moving):
            show(widget, talk is not None)
        self.table.value = talk.table if talk else 0
        self._suggest()
        self.found.children = ()
        show(self.question, False)
        show(self.options, True)
        return words

    def _suggest(self) -> None:
        assert self.steps is not None
        hand = self.steps.now
        offers: list[ipywidgets.Widget] = []
        for judged in hand.suggest(self.person, self.number):
            assert isinstance(judged.change, Swap)
            offers.append(self._offer(judged, judged.change.other))
        others = self._others()
        show(self.other, bool(others))
        if not offers:
            nothing = Fragment()
            nothing.show(tag("p", str(say("hand.no_suggestion" if others else "hand.nobody_else"))))
            offers.append(nothing)
        self.suggested.children = tuple(offers)

    def _offer(self, judged: Judged, other: str) -> ipywidgets.Widget:
        words = Fragment()
        words.show(price_line(judged.price))
        press = button(self._swap_words(other), lambda: self._guard(lambda: self._do(judged.change)))
        offer = ipywidgets.VBox((press, words))
        offer.add_class("offer")
        return offer

    def _swap_words(self, other: str) -> str:
        assert self.steps is not None
        return swap_words(self.steps.now.evening, self.number, other)

    def _look_for(self) -> None:
        """Those in this round whose name holds what is typed."""
        if self.steps is None or not self.person:
            return
        typed = self.other.value.strip()
        ids = found_by_name(self.steps.start, typed, self._others()) if typed else []
        self.found.children = tuple(map(self._found, ids[:MOST_FOUND]))

    def _others(self) -> list[str]:
        """Whom the chosen person could change places with, whatever comes of it."""
        talk, roster = self._talk(), self.roster
        near = {self.person, *(talk.people if talk else ())}
        there = (id for id in movable(self._round_of(self.number)) if id not in near)
        return [id for id in there if roster[id].interpreter_for is None]

    def _found(self, id: str) -> ipywidgets.Widget:
        change = Swap(self.number, self.person, id)
        return button(self._swap_words(id), lambda: self._guard(lambda: self._ask(change)))

    def _tell_why(self) -> None:
        talk = self._talk()
        if self.steps is None or talk is None:
            return
        words, page = why_page(self.steps.roster, self.steps.now.rules, talk)
        self.reason.show(page)
        self._say(words)

    def _keep_together(self) -> None:
        talk = self._talk()
        if talk is not None:
            self._do((LetGo if self._is_kept() else Keep)(self.number, talk.people))

    def _move_alone(self) -> None:
        there = next((t for t in self._round_of(self.number).conversations if t.table == self.table.value), None)
        if there is None:
            self._refuse((say("hand.empty_table", table=self.table.value, round=self.number),))
        else:
            self._ask(Join(self.number, self.person, there.people[0]))

    def _move_all(self) -> None:
        self._ask(Seat(self.number, self.person, self.table.value))

    # What a change would bring, before it is made

    def _ask(self, change: Change) -> None:
        assert self.steps is not None
        try:
            self.asked = self.steps.now.judge(change)
        except Refused as refused:
            self._refuse(refused.reasons)
            return
        names = self.steps.start.names
        self.asks.show(asked_page(change_words(change, names), self.asked, names))
        self.do.description = str(say("hand.do_all_the_same" if self.asked.broken else "hand.do"))
        make_main(self.do, not self.asked.broken)
        self._question(str(change_words(change, names)), can=True)

    def _refuse(self, reasons: Sequence[Message]) -> None:
        self.asked = None
        heading = tag("h3", str(say("hand.cannot")), id="hand-asks", tabindex="-1")
        lines = (tag("p", sentence(reason)) for reason in reasons)
        self.asks.show(tag("div", heading, *lines, class_="note"))
        self._question(" ".join(map(str, reasons)), can=False)

    def _question(self, words: str, can: bool) -> None:
        show(self.do, can)
        # The question names them itself.
        show(self.about, False)
        show(self.options, False)
        show(self.question, True)
        self._say(words, go="hand-asks")

    def _back_to_options(self) -> None:
        self._say(str(self._show_person()), go="hand")

    def _do_asked(self) -> None:
        if self.asked is not None:
            self._do(self.asked.change)

    def _do(self, change: Change) -> None:
        assert self.steps is not None
        self.steps = self.steps.do(change)
        self._after(say("hand.done"), change)

    def _round_of(self, number: int) -> Round:
        assert self.steps is not None
        return self.steps.now.evening.rounds[number - 1]

    def _talk(self) -> Conversation | None:
        return talk_of(self._round_of(self.number), self.person) if self.person else None

    def _is_kept(self) -> bool:
        talk = self._talk()
        return talk is not None and (self.number, frozenset(talk.people)) in self.marks.kept

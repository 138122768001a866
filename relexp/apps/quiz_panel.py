"""A question of the module on the page: answered, marked where the key is, and helped on until it is right or shown."""

from __future__ import annotations

from collections.abc import Callable

import anywidget
import ipywidgets
import traitlets

from relexp.apps.html import sentence, tag
from relexp.apps.widgets import Fragment, button, listen, row, script, show
from relexp.learning.marking import Answer, Help, Marked, helps, mark, revealed
from relexp.learning.quiz import Item, Key, Kind
from relexp.messages import Message, say


class QuizWidget(anywidget.AnyWidget):
    """A question as the browser draws it; `item` is what a page may know of it."""

    _esm = script("quiz.js")
    item = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    draft = traitlets.Any([]).tag(sync=True)
    revision = traitlets.Int(0).tag(sync=True)


class QuizPanel(ipywidgets.VBox):
    """One item; `answered` is told each answer and whether it was right, `shown` that it was given away.

    None is right where nothing is, and of a scenario, of which only the end is told. `draft` is what was answered
    before; `why` is a place for the reasons in one's own words.
    """

    answered: Callable[[Answer, bool | None], None]
    shown: Callable[[], None]

    def __init__(
        self,
        item: Item,
        key: Key,
        speak: Callable[..., None],
        wrong: int = 0,
        settled: bool = False,
        *,
        why: ipywidgets.Widget | None = None,
        draft: object = None,
    ) -> None:
        self._item, self._key, self._speak = item, key, speak
        # How much help was given: with each wrong answer, and whenever it is asked for.
        self._helped, self._settled = wrong, settled
        words = {word: str(say(f"learn.quiz_{word}")) for word in ("press", "answer", "choose", "up", "down")}
        self.widget = QuizWidget(item=item.public(), words=words, draft=draft or [])
        listen(self.widget, self._heard)
        self.said, self.help = Fragment(), Fragment()
        self.on = button(str(say("learn.quiz_more")), self._help_on)
        self.reveal = button(str(say("learn.quiz_reveal")), self._reveal)
        self.again = button(str(say("learn.quiz_again")), self._begin_again)
        show(self.again, False)
        presses = row((self.on, self.reveal, self.again))
        super().__init__((self.widget, self.said, self.help, presses, *((why,) if why else ())))
        self.add_class("quiz-panel")
        self._place = f"answer-{self.model_id}"
        self._offer_help()
        if settled and draft:
            self._recall(draft)

    def _heard(self, said: dict[str, object]) -> None:
        # Whatever the browser sends: what is no answer is told so by `mark`.
        answer: Answer = said.get("answer")  # type: ignore[assignment]
        try:
            found = mark(self._item, self._key, answer)
        except (TypeError, ValueError):
            number = self._item.kind is Kind.NUMBER and isinstance(answer, str) and answer.strip()
            self._tell(say("learn.quiz_figures" if number else "learn.quiz_nothing"), ())
            return
        if self._item.kind is Kind.SCENARIO or found.right is not False:
            self._settled = self._settled or not found.next
        else:
            self._helped += not self._settled
        self._tell(_head(self._item, found), found.says)
        if found.next:
            # What came of it is read before what follows.
            so = {"head": str(say("learn.quiz_way")), "says": list(found.says)}
            self.said.show(None)
            self.widget.item = self.widget.item | {"scene": self._item.scene(found.next), "so": so}
            self.widget.revision += 1
        show(self.again, self._item.kind is Kind.SCENARIO and not found.next)
        self._offer_help()
        if self._item.kind is not Kind.SCENARIO:
            self.answered(answer, found.right)
        elif not found.next:
            # A way through has an end, and no end is the wrong one.
            self.answered(answer, None)

    def _recall(self, draft: object) -> None:
        """Say once more what came of an answer that was given before."""
        try:
            # What was kept may be no answer to the question as it is now: `mark` says so.
            found = mark(self._item, self._key, draft)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return
        if self._item.kind is not Kind.SCENARIO:
            wrong = found.right is False
            self._show(*(self._shown() if wrong else (_head(self._item, found), found.says)))

    def _shown(self) -> tuple[Message, tuple[str, ...]]:
        return say("learn.quiz_shown"), revealed(self._item, self._key)

    def _show(self, head: Message, says: tuple[str, ...]) -> None:
        lines = [tag("p", str(head), class_="read"), *(tag("p", each) for each in says)]
        self.said.show(tag("div", *lines, class_="note", id=self._place, tabindex="-1"))

    def _tell(self, head: Message, says: tuple[str, ...], go: str = "") -> None:
        self._show(head, says)
        self._speak(" ".join((str(head), *says)), go)

    def _offer_help(self) -> str:
        """Show the help that it is time for, and the way to what comes after it: at last, the answer. What it says."""
        found = None if self._settled else helps(self._item, self._helped)
        after = helps(self._item, self._helped + 1)
        given_away = after is None or after[0] is Help.REVEAL
        show(self.on, found is not None and not given_away)
        show(self.reveal, found is not None and given_away)
        if found is None:
            self.help.show(None)
            return ""
        kind, place = found
        texts = {Help.SHARPER: self._item.sharper, Help.WORKED: self._item.worked}
        text = self._item.hints[place] if kind is Help.HINT else texts.get(kind, "")
        head = tag("p", sentence(say(f"learn.quiz_{kind}")), class_="read")
        self.help.show(tag("div", head, tag("p", text), id=f"help-{self.model_id}", tabindex="-1") if text else None)
        return text

    def _help_on(self) -> None:
        """The next help without one more wrong answer."""
        self._helped += 1
        # The button may give way to another: whoever pressed it is led to what it says.
        self._speak(self._offer_help(), f"help-{self.model_id}")

    def _begin_again(self) -> None:
        """A scenario from its first scene: another way may be taken."""
        self.said.show(None)
        show(self.again, False)
        self.widget.item = self._item.public() | {"again": True}
        self.widget.revision += 1
        self._speak(self._item.scenes[0].text)

    def _reveal(self) -> None:
        self._settled = True
        # The button goes: whoever pressed it is led to the answer.
        self._tell(*self._shown(), self._place)
        self._offer_help()
        self.shown()


def _head(item: Item, found: Marked) -> Message:
    """What is said of an answer as a whole; in a scenario what comes of it says enough."""
    if item.kind is Kind.SCENARIO:
        return say("learn.quiz_way")
    if found.right is None:
        return say("learn.quiz_thanks")
    if found.right:
        return say("learn.quiz_right")
    return say("learn.quiz_partly" if found.share else "learn.quiz_wrong")

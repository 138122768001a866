"""The page of one leader: what is known, what comes next, and what is noted, in words that both agree on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

import ipywidgets

from relexp.apps.asked_again import AskedAgain
from relexp.apps.html import join, sentence, tag
from relexp.apps.leader_clash import ClashPanel
from relexp.apps.leader_habits import HabitsPanel
from relexp.apps.leader_lines import LinesPanel
from relexp.apps.leader_stage import EvidenceFields, StagePanel
from relexp.apps.leader_step import StepFields
from relexp.apps.leader_view import About, standing, step_page, timeline, words_page
from relexp.apps.widgets import Fragment, button, row, show
from relexp.leadership.board import Board
from relexp.leadership.columns import Change, agreed, cell, read
from relexp.leadership.evidence import LINE, Challenge
from relexp.leadership.finding import Query
from relexp.leadership.leader import WORDS, Row
from relexp.messages import FaultsFound, Message, say
from relexp.privacy.roles import Identity
from relexp.reflection.careful import Topic, careful
from relexp.store import Store
from relexp.store.leader_deeds import Done


class PersonPanel(ipywidgets.VBox):
    """Hidden until somebody is opened; `closed` is called when whoever looks goes back to the table."""

    closed: Callable[[], None]

    def __init__(
        self,
        guard: Callable[[Callable[[], None]], None],
        speak: Callable[..., None],
        now: Callable[[], datetime],
    ) -> None:
        self._speak, self._now = speak, now
        self._store: Store | None = None
        self._me: Identity | None = None
        self._board: Board | None = None
        self._row: Row | None = None
        self._thought_about = set[str]()
        self.back = button(str(say("leader.back_table")), lambda: guard(self._close))
        self.standing, self.words, self.step, self.told = (Fragment() for _ in range(4))
        self.clash, self.stage = ClashPanel(guard, speak), StagePanel(guard, speak, now)
        self.clash.write, self.stage.done = self._write, self._staged
        self.step_fields, self.evidence = StepFields(self._today), EvidenceFields(self._today)
        self.agree_step = button(str(say("leader.step_agree")), lambda: guard(self._agree_step), main=True)
        self.step_done = button(str(say("leader.step_done")), lambda: guard(self._done))
        self.note = button(str(say("leader.evidence_note")), lambda: guard(self._note))
        think = (str(say("reading.one_as_it_is")), str(say("reading.one_change_first")))
        self.think = AskedAgain(speak, *think, lambda: guard(self._note))
        self.stage_to = ipywidgets.Dropdown(description=str(say("leader.stage_to")), options=[("–", "")])
        self.stage_to.observe(lambda _: guard(self._move), "value")
        self.wording = {
            part: ipywidgets.Textarea(description=str(say(f"lead.column_{part}")), rows=2) for part in WORDS
        }
        self.reword = button(str(say("leader.words_keep")), lambda: guard(self._reword))
        self.both = button(str(say("leader.words_both")), lambda: guard(self._agree))
        self.dare = ipywidgets.Text(description=str(say("leader.challenge_what")), continuous_update=False)
        self.offer_it = button(str(say("leader.challenge_offer")), lambda: guard(self._dare))
        self.lines = LinesPanel(guard, speak)
        self.lines.changed = self._show
        self.habits = HabitsPanel(guard, speak, self._today)
        self.said = AskedAgain(speak, "", "", lambda: None)
        self.out = button(str(say("leader.out")), lambda: self.sure.ask([say("leader.out_sure")]))
        self.sure = AskedAgain(speak, str(say("leader.out")), str(say("leader.out_not")), lambda: guard(self._take_out))
        self.link = Fragment()
        self._openers: list[ipywidgets.ToggleButton] = []
        super().__init__(self._laid_out())
        self.add_class("person")
        show(self, False)

    def _laid_out(self) -> tuple[ipywidgets.Widget, ...]:
        self._agree_form = ipywidgets.VBox((self.step_fields, row((self.agree_step,))))
        self._agree_form.add_class("folded")
        self._another = _opener("leader.step_another", self._agree_form)
        done = row((self.step_done,))
        another = ipywidgets.VBox((self._another, self._agree_form))
        next_one = self._part("leader.next_step", self.step, done)
        happened = self._part("leader.happened", self.told)
        note = self._folded("leader.note_down", self.evidence, self.think, row((self.note,)), self.lines)
        stage = self._folded("leader.change_stage", row((self.stage_to,)), self.stage)
        words = self._folded("leader.change_words", *self.wording.values(), row((self.reword, self.both)))
        dare = self._folded("leader.challenge_them", self.dare, row((self.offer_it,)))
        habits = self._folded("leader.habits", self.habits)
        own = self._folded("leader.their_page", self.link, row((self.out,)), self.sure)
        whose = ipywidgets.VBox((self._heading("leader.in_words"), self.words))
        folds = ipywidgets.VBox((another, note, stage, dare, words, habits, own))
        folds.add_class("folds")
        left = ipywidgets.VBox((next_one, folds))
        columns = ipywidgets.Box((left, ipywidgets.VBox((whose, happened))))
        columns.add_class("two")
        return (row((self.back,)), self.standing, self.said, self.clash, columns)

    def look_at(self, store: Store, me: Identity, board: Board, id: str) -> None:
        """Show a leader."""
        self._store, self._me, self._board = store, me, board
        self._thought_about = set()
        for opener in self._openers:
            opener.value = False
        self.said.close_note()
        self.sure.close_note()
        self._row = store.leaders.get(id)
        if self._row is None:
            self.said.wrong([say("leader.gone")])
            show(self, True)
            return
        self.evidence.empty(me)
        self._show()
        show(self, True)
        self._speak(self._row.leader.name, go="person")

    def _show(self) -> None:
        """Show them as they are now."""
        if self._store is None or self._board is None or self._row is None:
            return
        leaders, id = self._store.leaders, self._row.leader.id
        found = leaders.get(id)
        if found is None:
            self._close()
            return
        self._row, lines, leader = found, leaders.lines, found.leader
        develops = [row.leader.name for row in leaders.page(Query(developed_by=id), self._today(), many=100).rows]
        names = {by: name for by in [leader.developed_by] if by for name in [leaders.names().get(by, "")]}
        about = About(
            found, lines.evidence(id), lines.moves(id), lines.steps(id), lines.challenges(id), names, develops
        )
        self.standing.show(standing(about, self._board))
        self.words.show(words_page(leader))
        self.step.show(step_page(about, self._today()))
        self.told.show(timeline(about, self._board))
        self.lines.offer(lines, about)
        self.step_fields.fill(leader.step, self._me)
        for widget in (self.step_done, self._another):
            show(widget, leader.step is not None)
        self._another.value = False
        show(self._agree_form, leader.step is None)
        for part, field in self.wording.items():
            field.value = getattr(leader, part)
        show(self.both, bool(leader.to_agree))
        others = [(stage.name, stage.key) for stage in self._board.ladder if stage.key != leader.stage]
        self.stage_to.options = [("–", ""), *others]
        self.stage_to.value = ""
        self.dare.value = ""
        self.habits.offer(lines, self._board, id, self._me)
        invite = tag("a", str(say("leader.invite")), href=f"row/invite/{id}", class_="button")
        self.link.show(join((tag("p", sentence(say("leader.invite_hint")), class_="hint"), tag("p", invite))))

    def _agree_step(self) -> None:
        if self._row is None or self._board is None:
            return
        step, wrong = self.step_fields.read()
        if wrong:
            self._told_wrong(wrong)
            return
        leader = self._row.leader
        self._write([Change(leader.id, field, cell(leader, field), text) for field, text in step.items()])

    def _done(self) -> None:
        if self._store is None or self._row is None or self._me is None or self._row.leader.step is None:
            return
        line = self.step_fields.done_line(self._row.leader.id, self._row.leader.step, self._me, self._today())
        step = self._row.leader.step
        done = self._store.leaders.done(self._row.leader.id, line, self._me, self._now(), step=step)
        self._after(replace(done, clashes=()), say("leader.step_is_done"))
        if not done.deed:
            self._told_wrong([say("leader.step_meanwhile")])

    def _note(self) -> None:
        if self._store is None or self._row is None or self._me is None:
            return
        line, wrong = self.evidence.read(self._row.leader.id)
        if line is None:
            self.think.wrong(wrong)
            return
        found = {each.word: each.topic for each in careful(line.what) if each.topic is not Topic.NAMED}
        new = {word: topic for word, topic in found.items() if word not in self._thought_about}
        if new:
            self._thought_about.update(new)
            topics = {word: str(say(f"reading.topic_{topic}")) for word, topic in new.items()}
            asks = (say("reading.one_think", word=word, topic=topic) for word, topic in topics.items())
            self.think.ask([say("leader.they_read"), *asks])
            return
        self._store.leaders.lines.note(line, self._me)
        self.evidence.empty(self._me)
        self._show()
        self.think.kept([say("leader.evidence_kept")])

    def _move(self) -> None:
        if self._store is not None and self._board is not None and self._row is not None and self.stage_to.value:
            self.stage.ask(self._store, self._board, self._row.leader, self.stage_to.value, self._me)

    def _staged(self, done: Done | None) -> None:
        self.stage_to.value = ""
        if done is not None:
            self._after(done, say("leader.kept"))

    def _reword(self) -> None:
        if self._row is None or self._board is None:
            return
        leader, changes, wrong = self._row.leader, [], list[Message]()
        for part, field in self.wording.items():
            try:
                text = read(self._board, part, field.value, lambda _: ())
            except FaultsFound as found:
                wrong.append(found.faults[0].message)
                continue
            changes.append(Change(leader.id, part, cell(leader, part), text))
        if wrong:
            self._told_wrong(wrong)
        else:
            self._write([each for each in changes if each.before != each.after])

    def _agree(self) -> None:
        """Both sit here and agree: what one of them wrote stands as the words of both."""
        if self._row is not None:
            leader = self._row.leader
            self._write([Change(leader.id, field, cell(leader, field), text) for field, text in agreed(leader).items()])

    def _dare(self) -> None:
        what = self.dare.value.strip()[:LINE]
        if self._store is None or self._row is None or self._me is None or not what:
            return
        self._store.leaders.lines.challenge(Challenge("", self._row.leader.id, self._today(), what, self._me.name))
        self._show()
        self.said.kept([say("leader.challenge_kept")])

    def _take_out(self) -> None:
        if self._store is not None and self._row is not None and self._me is not None:
            self._store.leaders.take_out([self._row.leader.id], self._me, self._now())
            name = self._row.leader.name
            self._close()
            self._speak(str(say("leader.is_out", name=name)))

    def _write(self, changes: Sequence[Change]) -> None:
        if self._store is not None and self._me is not None:
            self._after(self._store.leaders.change(changes, self._me, self._now()), say("leader.kept"))

    def _after(self, done: Done, said: Message) -> None:
        if self._store is None or self._board is None:
            return
        self._show()
        self.clash.tell(done.clashes, self._board, self._store.leaders.names() if done.clashes else {})
        if done.deed and not done.clashes:
            self.said.kept([said])

    def _told_wrong(self, wrong: Sequence[Message]) -> None:
        self.said.wrong(wrong)

    def _close(self) -> None:
        self._row = None
        show(self, False)
        self.closed()

    def _today(self) -> date:
        return self._now().astimezone().date()

    def _heading(self, code: str) -> Fragment:
        heading = Fragment()
        heading.show(tag("h3", str(say(code))))
        return heading

    def _part(self, code: str, *inside: ipywidgets.Widget) -> ipywidgets.VBox:
        return ipywidgets.VBox((self._heading(code), *inside))

    def _folded(self, code: str, *inside: ipywidgets.Widget) -> ipywidgets.VBox:
        body = ipywidgets.VBox(inside)
        body.add_class("folded")
        show(body, False)
        opener = _opener(code, body)
        self._openers.append(opener)
        return ipywidgets.VBox((opener, body))


def _opener(code: str, body: ipywidgets.VBox) -> ipywidgets.ToggleButton:
    opener = ipywidgets.ToggleButton(value=False, description=str(say(code)), tooltip="")
    opener.add_class("opener")
    opener.observe(lambda change: show(body, change["new"]), "value")
    return opener

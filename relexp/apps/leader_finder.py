"""Whom the table shows: looked for in words, by what is asked, in which order, with which columns; kept as a view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import ipywidgets

from relexp.apps.html import tag
from relexp.apps.widgets import Fragment, button, row, show
from relexp.leadership.board import Board, View
from relexp.leadership.columns import AT_FIRST, DERIVED, fields, heading
from relexp.leadership.finding import GROUPS, OVERDUE, SORTS, UNMET, Query
from relexp.messages import say

# The questions that a trainer asks most, each with what it asks for.
QUESTIONS: dict[str, dict[str, Any]] = {
    "all": {},
    "no_step": {"no_step": True},
    "late": {"late": 0},
    "overdue": {"late": OVERDUE},
    "soon": {"due": 7},
    "unmet": {"unmet": UNMET},
    "never_met": {"never_met": True},
    "to_review": {"to_review": True},
    "to_agree": {"to_agree": True},
    "unseen": {"unseen": True},
}
NAME_LENGTH = 40


class Finder(ipywidgets.VBox):
    """`changed` is called when something else is asked for; `kept` with the views as they are to be kept."""

    changed: Callable[[], None]
    kept: Callable[[tuple[View, ...]], None]

    def __init__(self, guard: Callable[[Callable[[], None]], None]) -> None:
        self._guard = guard
        self._board: Board | None = None
        self._setting = False
        self.words = ipywidgets.Text(description=str(say("leader.find_words")), continuous_update=False)
        self.asks = _choice("find_who", [(str(say(f"leader.find_{key}")), key) for key in QUESTIONS])
        self.stage, self.institution, self.training = (
            _choice(f"find_{part}", []) for part in ("stage", "institution", "training")
        )
        self.sort = _choice("find_sort", [(heading_of(key), key) for key in SORTS])
        self.down = ipywidgets.Checkbox(description=str(say("leader.find_down")), indent=False)
        self.group = _choice("find_group", [(str(say(f"leader.group_{key or 'no'}")), key) for key in GROUPS])
        self.day = ipywidgets.DatePicker(description=str(say("leader.find_as_of")))
        self.more = ipywidgets.ToggleButton(value=False, description=str(say("leader.find_more")), tooltip="")
        self.view = _choice("find_view", [])
        self.name = ipywidgets.Text(description=str(say("leader.find_name")), continuous_update=False)
        self.keep = button(str(say("leader.find_keep")), lambda: guard(self._keep))
        self.forget = button(str(say("leader.find_forget")), lambda: guard(self._forget))
        self.boxes: dict[str, ipywidgets.Checkbox] = {}
        self._columns = row(())
        self._columns.add_class("interests")
        super().__init__(self._laid_out())
        self.add_class("finder")
        asked = (self.words, self.asks, self.stage, self.institution, self.training)
        for each in (*asked, self.sort, self.down, self.group, self.day):
            each.observe(lambda _: guard(self._asked), "value")
        self.view.observe(lambda _: guard(self._chosen), "value")

    def _laid_out(self) -> tuple[ipywidgets.Widget, ...]:
        first = row((self.words, self.asks, self.stage))
        second = row((self.institution, self.training, self.sort, self.group, self.day, self.down))
        third = row((self.name, self.keep, self.forget))
        for each in (first, second, third):
            each.add_class("controls")
        whom, which, views = (_heading(part) for part in ("whom", "columns", "views"))
        folded = ipywidgets.VBox((whom, second, which, self._columns, views, third))
        folded.add_class("folded")
        show(folded, False)
        self.more.observe(lambda change: show(folded, change["new"]), "value")
        return (first, row((self.view, self.more)), folded)

    def offer(self, board: Board, institutions: Mapping[str, int]) -> None:
        """Let somebody choose among these; what was chosen stays where it is there still."""
        self._board, self._setting = board, True
        everybody = [(str(say("leader.find_any")), "")]
        _options(self.stage, everybody + [(stage.name, stage.key) for stage in board.ladder])
        _options(self.institution, everybody + [(f"{name} ({count})", name) for name, count in institutions.items()])
        trained = [(f"{say('leader.find_trained', name=each.name)}", each.key) for each in board.trainings]
        untrained = [(f"{say('leader.find_untrained', name=each.name)}", f"-{each.key}") for each in board.trainings]
        _options(self.training, [*everybody, *trained, *untrained])
        _options(self.view, [(str(say("leader.find_no_view")), ""), *((view.name, view.name) for view in board.views)])
        show(self.view, bool(board.views))
        show(self.forget, bool(board.views))
        known = [key for key in (*fields(board), *DERIVED) if key != "name"]
        if [*self.boxes] != known or any(box.description != heading(board, key) for key, box in self.boxes.items()):
            ticked = self.columns if self.boxes else AT_FIRST
            self.boxes = {
                key: ipywidgets.Checkbox(value=key in ticked, description=heading(board, key), indent=False)
                for key in known
            }
            for box in self.boxes.values():
                box.observe(lambda _: self._guard(self._asked), "value")
            self._columns.children = tuple(self.boxes.values())
        self._setting = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns to show."""
        return ("name", *(key for key, box in self.boxes.items() if box.value))

    @property
    def query(self) -> Query:
        """What is asked."""
        training = self.training.value or ""
        return Query(
            words=self.words.value.strip(),
            stages=(self.stage.value,) if self.stage.value else (),
            institution=self.institution.value or "",
            trained="" if training.startswith("-") else training,
            untrained=training[1:] if training.startswith("-") else "",
            sort=self.sort.value,
            down=self.down.value,
            group=self.group.value,
            **QUESTIONS[self.asks.value],
        )

    def show_query(self, query: Query, columns: tuple[str, ...] = ()) -> None:
        """Ask something, as if it had been chosen."""
        self._name_view("")
        self._fill(query, columns)

    def _fill(self, query: Query, columns: tuple[str, ...]) -> None:
        self._setting = True
        self.words.value = query.words
        self.stage.value = query.stages[0] if query.stages and query.stages[0] in _values(self.stage) else ""
        self.institution.value = query.institution if query.institution in _values(self.institution) else ""
        training = query.trained or (f"-{query.untrained}" if query.untrained else "")
        self.training.value = training if training in _values(self.training) else ""
        self.asks.value = next((key for key, asks in QUESTIONS.items() if asks and _holds(query, asks)), "all")
        self.sort.value, self.down.value, self.group.value = query.sort, query.down, query.group
        for key, box in self.boxes.items() if columns else ():
            box.value = key in columns
        self._setting = False
        self.changed()

    def sort_by(self, key: str) -> None:
        """Sort by a column; by the same again turns it round."""
        down = not self.down.value if self.sort.value == key else False
        self._name_view("")
        self._setting = True
        self.sort.value, self.down.value = key, down
        self._setting = False
        self.changed()

    def _asked(self) -> None:
        if not self._setting:
            self._name_view("")
            self.changed()

    def _name_view(self, name: str) -> None:
        """Say which view is shown; none once something else is asked for."""
        before, self._setting = self._setting, True
        self.view.value = name if name in _values(self.view) else ""
        self._setting = before

    def _chosen(self) -> None:
        view = next((each for each in self._board.views if each.name == self.view.value), None) if self._board else None
        if view is not None and not self._setting:
            self.name.value = view.name
            self._fill(view.query, view.columns)

    def _keep(self) -> None:
        name = self.name.value.strip()[:NAME_LENGTH]
        if self._board is not None and name:
            others = tuple(view for view in self._board.views if view.name != name)
            self.kept((*others, View(name, self.query, self.columns)))
            self._name_view(name)

    def _forget(self) -> None:
        name = self.name.value.strip() or self.view.value
        if self._board is not None:
            self.kept(tuple(view for view in self._board.views if view.name != name))
            self.name.value = ""


def heading_of(sort: str) -> str:
    """What is sorted by, as the list says it."""
    return str(say("leader.sort_made") if sort == "made" else say(f"lead.column_{sort}"))


def _heading(part: str) -> Fragment:
    heading = Fragment()
    heading.show(tag("h2", str(say(f"leader.find_{part}"))))
    return heading


def _choice(code: str, options: list[tuple[str, str]]) -> ipywidgets.Dropdown:
    return ipywidgets.Dropdown(description=str(say(f"leader.{code}")), options=options)


def _values(choice: ipywidgets.Dropdown) -> list[str]:
    return [value for _, value in choice.options]


def _options(choice: ipywidgets.Dropdown, options: list[tuple[str, str]]) -> None:
    before = choice.value
    choice.options = options
    choice.value = before if before in [value for _, value in options] else ""


def _holds(query: Query, asks: Mapping[str, Any]) -> bool:
    return replace(query, **asks) == query and all(getattr(query, part) == value for part, value in asks.items())

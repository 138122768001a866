"""Opening the doors: the evening that was planned becomes the one that runs, for everybody to look at."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import ipywidgets
from markupsafe import Markup

from relexp.apps.asking import Asking
from relexp.apps.care_panel import LONGEST, CarePanel
from relexp.apps.drafts import Draft
from relexp.apps.evening_panel import EveningPanel
from relexp.apps.format_panel import FormatPanel
from relexp.apps.html import join, sentence, tag
from relexp.apps.visitor import Visitor
from relexp.apps.widgets import Fragment, button, make_main, row, show
from relexp.gathering.asked import Asked
from relexp.gathering.needed import needed
from relexp.messages import FaultsFound, Message, say
from relexp.messages.fault_log import log_fault
from relexp.pairing.evening import Evening
from relexp.pairing.verify import verify
from relexp.privacy.roles import Identity, Role
from relexp.roster.person import Person
from relexp.roster.rule_check import default_rules
from relexp.roster.wishes import as_raw, fitted
from relexp.store import Store
from relexp.store.gathering_rows import Kept

_FIELDS = ("called", "purpose")
# What no evening may do, whatever was changed since it was planned.
PROTECTS = frozenset({"verify.apart", "verify.under_18", "verify.under_18_rest", "verify.women_only"})
MOST_UNSAFE = 3


@dataclass(frozen=True)
class Planned:
    """An evening that can begin: what was asked of it, who is expected, who sits where, and whom to keep apart.

    `apart` is under lock; `earlier` are pairs who met before. `unsafe` says where it protects people no longer.
    """

    name: str
    asked: Asked
    people: tuple[Person, ...]
    evening: Evening
    apart: str
    earlier: tuple[tuple[str, str], ...]
    unsafe: tuple[Message, ...] = ()


def planned(draft: Draft | None, shown: EveningPanel, times: FormatPanel, asking: Asking) -> Planned | None:
    """The evening on the planning page as it stands; None where there is none."""
    evening, roster = shown.evening, shown.roster
    if draft is None or evening is None:
        return None
    rounds = len(evening.rounds)
    wishes = fitted(asking.wishes if draft.planned is None else draft.planned, roster)
    pins = [{"round": pin.round, "people": list(pin.people)} for pin in asking.pins() if pin.round <= rounds]
    asked = Asked(
        format=times.format,
        questions=times.asked(rounds),
        start=times.begins,
        seed=evening.seed,
        rules=as_raw(wishes, roster, rounds) | ({"pin": pins} if pins else {}),
        columns=roster.columns,
        private=roster.private,
    )
    rules = asking.rules_for(draft.planned, rounds) or default_rules(roster, rounds)
    unsafe = tuple(wrong for wrong in verify(roster, rules, evening) if wrong.code in PROTECTS)
    met = ((one, other) for one, other in asking.earlier.met_before() if one in roster and other in roster)
    return Planned(
        str(say("open.called_usual")),
        asked,
        needed(roster, wishes),
        evening,
        asking.kept(draft).apart,
        tuple(met),
        unsafe,
    )


def open_doors(
    store: Store, who: Identity, planned: Planned, now: datetime, *, instead: str = "", since: str | None = None
) -> str:
    """Keep the evening as the one that runs from now on, with its doors open, all in one; its id.

    `instead` is the gathering that it takes the place of; `since` the edition of what was kept when it was planned.
    """
    return store.gatherings.open(
        who,
        planned.name,
        planned.asked.to_plain(),
        planned.people,
        now,
        evening=planned.evening,
        apart=planned.apart,
        earlier=planned.earlier,
        instead=instead,
        since=since,
    )


class OpeningPanel(ipywidgets.VBox):
    """Hidden until there is an evening, and where nothing can be kept.

    `planned` gives the evening as it stands; `changed` is called when there is something to keep, which `kept` holds:
    what is written here, and whom people turn to, which `care` has asked.
    """

    planned: Callable[[], Planned | None]
    changed: Callable[[], None]

    def __init__(self, visitor: Visitor, speak: Callable[..., None], care: CarePanel) -> None:
        self._visitor, self._speak, self._care = visitor, speak, care
        self._setting = False
        # The gathering that the page says is open.
        self._current: Kept | None = None
        own = {part: ipywidgets.Text(description=str(say(f"open.{part}")), continuous_update=False) for part in _FIELDS}
        for part, field in own.items():
            field.placeholder = str(say(f"open.{part}_example"))
            field.observe(lambda _: self._typed(), "value")
        self.fields = own | care.fields
        care.changed = self._typed
        self.press = button(str(say("open.press")), lambda: self._safely(self._open), main=True)
        self.instead = button(str(say("open.instead")), lambda: self._safely(self._instead))
        self.lead, self.note, self.ways = Fragment(), Fragment(), Fragment()
        super().__init__(self._laid_out())
        self.add_class("step")
        self.add_class("opening")
        show(self, False)

    @property
    def kept(self) -> str:
        """What was written on the panel, as text for `restore`; empty where nothing was."""
        written = {part: field.value for part, field in self.fields.items() if field.value}
        return json.dumps(written) if written else ""

    def restore(self, kept: str) -> None:
        """Show what `kept` gave; nothing for text that it did not give."""
        try:
            shape = json.loads(kept or "{}")
        except ValueError:
            shape = {}
        self._setting = True
        for part, field in self.fields.items():
            text = shape.get(part) if isinstance(shape, dict) else None
            field.value = text[:LONGEST] if isinstance(text, str) else ""
        self._setting = False

    def present(self) -> None:
        """There is an evening on the page: offer to open the doors, or say which gathering is open already."""
        if self._visitor.store is not None and self._visitor.identity is not None:
            self._safely(self._look)
            show(self, True)

    def _look(self) -> None:
        if self._visitor.store is not None:
            self._draw(self._visitor.store.gatherings.current())

    def clear(self) -> None:
        """There is no evening on the page."""
        show(self, False)

    def _laid_out(self) -> tuple[ipywidgets.Widget, ...]:
        heading = Fragment()
        lead = tag("p", str(say("open.lead")), class_="lead")
        heading.show(join((tag("h2", str(say("open.heading")), id="doors", tabindex="-1"), lead)))
        about = row(self.fields[part] for part in _FIELDS)
        about.add_class("controls")
        self._form = ipywidgets.VBox((about, self.lead))
        self._tell_lead()
        return (heading, self._form, self.note, row((self.press, self.instead)), self.ways)

    def _draw(self, current: Kept | None, said: Message | None = None) -> None:
        """The form with its one button; beside a gathering that is open, the ways to it."""
        self._current = current
        notes = [said] if said else []
        if current is not None and said is None:
            notes = [self._of(current), say("open.go_on")]
        lines = [tag("p", sentence(each)) for each in notes]
        self.note.show(tag("div", *lines, class_="note") if lines else None)
        self.ways.show(self._ways() if current is not None else None)
        show(self._form, said is None)
        show(self.press, current is None)
        show(self.instead, current is not None and said is None)
        make_main(self.press, current is None)

    def _of(self, current: Kept) -> Message:
        assert self._visitor.store is not None
        expected = _people(len(self._visitor.store.gatherings.guests(current.id)))
        at = current.made.astimezone().strftime("%H:%M")
        return say("open.is_open", name=current.name, at=at, people=expected)

    def _ways(self) -> Markup:
        leads = self._visitor.identity is not None and self._visitor.identity.role is Role.FACILITATOR
        found = ("run", "projector", *(("links",) if leads else ()))
        ways = (
            tag(
                "li",
                tag("a", tag("strong", str(say(f"open.{at}"))), " ", tag("span", str(say(f"open.to_{at}"))), href=at),
            )
            for at in found
        )
        return tag("ul", *ways, class_="doors", role="list")

    def _tell_lead(self) -> None:
        lead = self._care.lead
        code = "open.lead_none" if not lead.name else "open.lead_found" if lead.where else "open.lead_is"
        self.lead.show(tag("p", sentence(say(code, name=lead.name, where=lead.where)), class_="hint"))

    def _typed(self) -> None:
        self._tell_lead()
        if not self._setting:
            self.changed()

    def _open(self) -> None:
        """Open the doors, unless a gathering is open already: pressed twice, it is one gathering."""
        self._begin("")

    def _instead(self) -> None:
        """Close the gathering that the page says is open, and open this one."""
        self._begin(self._current.id if self._current is not None else "")

    def _begin(self, instead: str) -> None:
        store, who, what = self._visitor.store, self._visitor.identity, self.planned()
        if store is None or who is None or what is None:
            return
        if not self._care.lead.name:
            self._tell(say("open.no_lead"), go="care")
            return
        if what.unsafe:
            self._tell(say("open.unsafe", why=" ".join(map(str, what.unsafe[:MOST_UNSAFE]))))
            return
        called, purpose = (self.fields[part].value.strip()[:LONGEST] for part in _FIELDS)
        asked = replace(what.asked, lead=self._care.lead, purpose=purpose)
        # What a sheet is called on a laptop is nothing to show to a hall.
        named = replace(what, asked=asked, name=called or str(say("open.called_usual")))
        from relexp.store import Open, Renewed

        try:
            open_doors(store, who, named, datetime.now(UTC), instead=instead, since=self._visitor.edition)
        except Open as found:
            self._draw(found.kept)
            self._speak(f"{self._of(found.kept)} {say('open.go_on')}")
            return
        except Renewed:
            self._tell(say("app.renewed"))
            return
        done = say("open.done", people=_people(len(what.people)))
        self._draw(store.gatherings.current(), done)
        self._speak(str(done), go="doors")

    def _safely(self, act: Callable[[], None]) -> None:
        try:
            act()
        except FaultsFound as found:
            self._tell(found.faults[0].message)
        except Exception as error:
            log_fault(error)
            self._tell(say("app.broke"))

    def _tell(self, message: Message, go: str = "") -> None:
        self.note.show(tag("p", sentence(message), class_="note"))
        self._speak(str(message), go=go)


def _people(count: int) -> Message:
    return say("open.people_one") if count == 1 else say("open.people", count=count)

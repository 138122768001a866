"""An evening on paper, for when the laptop dies: all that lies on the tables, hangs by the door and is in your hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from relexp.exchange import print_values
from relexp.exchange.invitation import invitation
from relexp.exchange.print_signs import sheets
from relexp.exchange.routes import stops, with_new_cards
from relexp.gathering.asked import Lead
from relexp.gathering.formats import STANDARD, Timetable, clock, questions
from relexp.gathering.latecomers import spare_cards
from relexp.messages import say
from relexp.pairing.evening import Evening
from relexp.privacy.consent import PURPOSES, WORDING
from relexp.roster.person import Roster

if TYPE_CHECKING:
    from jinja2 import Environment

WHOLE = "evening-on-paper"
INVITATION = "invitation"
# What the one file holds, in the order in which it is laid out; and what of it is new when the rest is planned again.
TOGETHER = ("run-sheet", "sign-in", "consent", "table-signs", "cards", "badges", "questions", "spare-cards")
AGAIN = ("run-sheet", "table-signs", "cards", "badges", "spare-cards")
PAGES = (WHOLE, *TOGETHER, INVITATION)
# Of these there may be none to print again.
_COUNTED = {"table-signs": "signs", "cards": "cards", "badges": "badges"}
# So many lines are left on the sign-in sheet for whoever is not on the list: half as many as are on it, within this.
FEWEST_WALK_INS, MOST_WALK_INS = 6, 12
# Then there is a line to write a name on.
NOBODY_NAMED = Lead()
_FOLDER = Path(__file__).with_name("print")


@dataclass(frozen=True)
class Pack:
    """Everything about one evening that can be printed: names, tables, rounds, times and questions, and nothing else.

    `quiet` tables are marked on their signs and named on the run sheet. Without `times` the run sheet has lines to
    write them on; without `asked`, a question a round, it has ours. Badges say the organisation only with
    `organisations`. `lead` is whom people turn to. Where the evening has been planned again after round `after`,
    `before` is the evening that lies on the tables: the pack then holds the rounds to come, and only the cards, badges
    and signs that take the place of one that no longer holds.
    """

    evening: Evening
    roster: Roster | None = None
    quiet: Collection[int] = ()
    before: Evening | None = None
    after: int = 0
    times: Timetable | None = None
    asked: Sequence[str] = ()
    organisations: bool = False
    lead: Lead = NOBODY_NAMED

    @property
    def pages(self) -> tuple[str, ...]:
        """The names of what there is to print, the one file with all of it first."""
        return PAGES if self.before is None else (WHOLE, *AGAIN)

    def page(self, name: str, large: bool = False) -> bytes:
        """One of the `pages` as HTML for the browser's printer, on A4, or in large print."""
        parts = self._parts() if name == WHOLE else [name]
        title = say(f"paper.name_{name.replace('-', '_')}") if name != WHOLE else say("paper.pack")
        page = paper().get_template("page.html.j2")
        text: str = page.render(self._values, title=title, parts=parts, whole=name == WHOLE, large=large)
        return text.encode()

    def _parts(self) -> list[str]:
        """What the one file holds; where the evening was planned again, only what is new."""
        none = {part for part, key in _COUNTED.items() if not self._values[key]} if self.before is not None else set()
        return [part for part in self.pages if part in TOGETHER and part not in none]

    @cached_property
    def _values(self) -> dict[str, object]:
        evening, after = self.evening, self.after
        rounds = [round for round in evening.rounds if round.number > after]
        people = {stop.id for stop in stops(evening) if stop.round > after}
        asked = self.asked or [str(question) for question in questions(STANDARD, len(evening.rounds))]
        cards, signs = print_values.cards(evening, self.roster, rounds), print_values.signs(evening, rounds)
        badges = print_values.badges(evening, self.roster, self.organisations)
        if self.before is not None:
            new, still = {*with_new_cards(self.before, evening, after)}, print_values.signs(self.before, rounds)
            cards = [card for card in cards if card["id"] in new]
            signs = {table: seats for table, seats in signs.items() if still.get(table) != seats}
            badges = [badge for badge in badges if badge["id"] not in self.before.names]
        return {
            "again": self.before is not None,
            "asked": {round.number: asked[round.number - 1] for round in rounds},
            "badges": badges,
            "care": self.lead,
            "cards": cards,
            "first": after + 1,
            "interpreters": len(people & print_values.interpreters(evening)),
            "invitation": invitation(len(evening.rounds), self.times),
            "listed": print_values.listed(evening),
            "people": len(people),
            "purposes": PURPOSES,
            "quiet": sorted(self.quiet),
            "rounds": [print_values.seating(evening, round) for round in rounds],
            "signs": signs,
            "spare": print_values.spare(
                evening, spare_cards(evening, self.roster, quiet=self.quiet, after=after), rounds
            ),
            "times": self.times,
            "walk_ins": min(max(len(evening.names) // 2, FEWEST_WALK_INS), MOST_WALK_INS),
            "wording": WORDING,
        }


def print_files(
    evening: Evening,
    roster: Roster | None = None,
    *,
    quiet: Collection[int] = (),
    before: Evening | None = None,
    after: int = 0,
) -> dict[str, bytes]:
    """The whole pack by file name, each page in large print too (`cards.html`, `cards-large.html`, ...)."""
    pack = Pack(evening, roster, quiet, before, after)
    return {
        f"{name}{'-large' if large else ''}.html": pack.page(name, large)
        for name in pack.pages
        for large in (False, True)
    }


@cache
def paper() -> Environment:
    """What prints: the templates of this folder, with their style, and our sentences."""
    import jinja2
    from markupsafe import Markup

    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, weave = (Markup((_FOLDER / name).read_text(encoding="utf-8")) for name in ("pack.css", "weave.css"))
    made.globals |= {"clock": clock, "say": say, "sheets": sheets, "style": style, "weave_style": weave}
    return made

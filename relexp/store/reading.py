"""The book of themes, what each reader finds in the lines that were shared, and what they settle on."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select, update

from relexp.privacy.roles import Identity
from relexp.reflection.codebook import Coded, Theme
from relexp.store.after_tables import codings, harvests, themes
from relexp.store.database import Database


class Reading:
    """Themes of lines. A reader is whoever leads or helps to; none of them is shown another's before both are done."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def book(self) -> tuple[Theme, ...]:
        """The themes of this house, in their order."""
        with self._database.reads() as connection:
            rows = connection.execute(select(themes).order_by(themes.c.place, themes.c.key)).all()
        return tuple(Theme(row.key, row.name, row.belongs) for row in rows)

    def write_book(self, book: Sequence[Theme]) -> None:
        """Put a book of themes in place of the one there was; a theme that is gone is taken off every line."""
        rows = [
            {"key": each.key, "place": place, "name": each.name, "when": each.when} for place, each in enumerate(book)
        ]
        keys = [each.key for each in book]
        with self._database.writes() as connection:
            connection.execute(delete(themes))
            if rows:
                connection.execute(themes.insert(), rows)
            connection.execute(delete(codings).where(codings.c.theme != "", codings.c.theme.not_in(keys)))
            gone = (harvests.c.theme != "", harvests.c.theme.not_in(keys))
            connection.execute(update(harvests).where(*gone).values(theme=None))

    def code(self, line_id: str, theme: str, reader: Identity) -> None:
        """Note a reader's theme for a line, in place of what they noted before; "" where none of the book fits."""
        row = {"line_id": line_id, "identity_id": reader.id, "theme": theme}
        noted = self._database.insert(codings).values(row)
        again = noted.on_conflict_do_update(index_elements=["line_id", "identity_id"], set_={"theme": theme})
        with self._database.writes() as connection:
            connection.execute(again)

    def coded(self, gathering_ids: Sequence[str], reader: Identity | None = None) -> tuple[Coded, ...]:
        """What readers found in the lines of these gatherings, or one of them alone; a reader is told by their id."""
        looked_for = select(codings).join(harvests).where(harvests.c.gathering_id.in_(gathering_ids))
        if reader is not None:
            looked_for = looked_for.where(codings.c.identity_id == reader.id)
        ordered = looked_for.order_by(harvests.c.round, harvests.c.at, harvests.c.id, codings.c.identity_id)
        with self._database.reads() as connection:
            return tuple(Coded(row.line_id, row.identity_id, row.theme) for row in connection.execute(ordered))

    def settle(self, line_id: str, theme: str | None) -> None:
        """What the readers decided of a line that they read differently; None takes the decision back."""
        with self._database.writes() as connection:
            connection.execute(update(harvests).where(harvests.c.id == line_id).values(theme=theme))

    def decided(self, gathering_ids: Sequence[str]) -> dict[str, str]:
        """What was decided so far, by line."""
        looked_for = select(harvests.c.id, harvests.c.theme).where(
            harvests.c.gathering_id.in_(gathering_ids), harvests.c.theme.is_not(None)
        )
        with self._database.reads() as connection:
            return {row.id: row.theme for row in connection.execute(looked_for)}

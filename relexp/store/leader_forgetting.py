"""Somebody who is forgotten is named in no row of the table of leaders, whoever’s row it is."""

from __future__ import annotations

import json
from collections.abc import Callable

from sqlalchemy import Connection, select, update

from relexp.messages import say
from relexp.roster.words import fold, words
from relexp.store.leader_rows import locked, opened, to_agree
from relexp.store.leader_tables import LOCKED, NAMED, boards, leader_changes, leader_readings, leaders
from relexp.store.seal import Seal

# In the open, with the same text as it is compared.
_OPEN = ((leaders.c.role, leaders.c.does), (leaders.c.institution, leaders.c.comes_from))


def forget_in_lines(connection: Connection, name: str, seal: Seal) -> bool:
    """Take a name out of what is noted of others: who saw it, who agreed on it, and words that name them."""
    found = False
    for column in NAMED:
        here = select(column).distinct().where(column != "")
        those = [each for each in connection.execute(here).scalars() if fold(each) == fold(name)]
        if those:
            # Whoever reads the habits of a leader and has no name is the leader.
            left = str(say("leader.whoever_trains")) if column is leader_readings.c.mentor else ""
            connection.execute(update(column.table).where(column.in_(those)).values({column: left}))
            found = True
    for column, compared in _OPEN:
        here = select(column).distinct().where(column != "")
        those = [each for each in connection.execute(here).scalars() if names_in(each, name)]
        if those:
            connection.execute(update(leaders).where(column.in_(those)).values({column: "", compared: ""}))
            found = True
    for table, column in LOCKED:
        (key,) = table.primary_key.columns
        without = _without_cells if table is leader_changes else _without_words
        rows = connection.execute(select(key, column).where(column != "")).all()
        for id, said in rows:
            before = opened(said, seal)
            if (after := without(before, name)) != before:
                values: dict[str, object] = {column.name: locked(after, seal)}
                if table is leaders:
                    values["to_agree"] = to_agree(json.loads(after))
                connection.execute(update(table).where(key == id).values(values))
                found = True
    for id, said in connection.execute(select(boards.c.id, boards.c.said)).all():
        # A view that was saved may look for somebody, or be called after them: then it goes.
        if (left := _without_words(said, name)) != said:
            shape = json.loads(left)
            views = {"views": [view for view in shape["views"] if view[0]]}
            left = json.dumps(shape | views, ensure_ascii=False)
            # Whoever has it open puts nothing of it back.
            again = {"said": left, "revision": boards.c.revision + 1}
            connection.execute(update(boards).where(boards.c.id == id).values(again))
    return found


def names_in(text: str, name: str) -> bool:
    """Whether a text names somebody in full; of one word alone nobody can say whether it is a name."""
    own = words(name)
    return len(own) > 1 and f" {' '.join(own)} " in f" {' '.join(words(text))} "


def _without_words(text: str, name: str) -> str:
    """Words without those that name somebody: of json the texts that do, of a line all of it."""
    try:
        shape = json.loads(text)
    except ValueError:
        shape = None
    if isinstance(shape, dict):
        left = _blanked(shape, lambda each: names_in(each, name))
        return text if left == shape else json.dumps(left, ensure_ascii=False)
    return "" if names_in(text, name) else text


def _without_cells(text: str, name: str) -> str:
    """What changed, without cells that name somebody or are their name."""
    shape = json.loads(text or "[]")

    def named(each: str) -> bool:
        return fold(each) == fold(name) or names_in(each, name)

    # Somebody may be called as a column is.
    left = [[field, *(_blanked(each, named) for each in texts)] for field, *texts in shape]
    return text if left == shape else json.dumps(left)


def _blanked(shape: object, names: Callable[[str], bool]) -> object:
    if isinstance(shape, dict):
        return {key: _blanked(value, names) for key, value in shape.items()}
    if isinstance(shape, list):
        return [_blanked(value, names) for value in shape]
    return "" if isinstance(shape, str) and names(shape) else shape

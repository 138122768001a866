"""Somebody who is forgotten is named in nothing that learners wrote, and confirmed nothing by name."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from itertools import groupby

from sqlalchemy import Connection, delete, select, tuple_, update

from relexp.roster.words import fold, words
from relexp.store.leader_forgetting import names_in
from relexp.store.leader_rows import locked, opened
from relexp.store.learning_tables import OF_LEARNERS, learner_confirmations, learner_texts
from relexp.store.seal import Seal

# Where a name stood.
GAP = "[…]"


def forget_learners(connection: Connection, ids: Collection[str]) -> None:
    """All that these did and wrote as learners goes, whatever else they are here for."""
    for table in OF_LEARNERS:
        connection.execute(delete(table).where(table.c.identity_id.in_(ids)))


def forget_in_learning(connection: Connection, name: str, seal: Seal) -> bool:
    """Take a name out of what others wrote and of who confirmed it; their other words stay. Whether it was there."""
    by = learner_confirmations.c.confirmed_by
    here = select(by).distinct().where(by != "")
    those = [each for each in connection.execute(here).scalars() if fold(each) == fold(name)]
    connection.execute(update(learner_confirmations).where(by.in_(those)).values(confirmed_by=""))
    found = bool(those)
    for table in (learner_texts, learner_confirmations):
        keys = [*table.primary_key]
        for *key, said in connection.execute(select(*keys, table.c.said).where(table.c.said != "")).all():
            before = opened(said, seal)
            if (after := without_name(before, name)) == before:
                continue
            changed: dict[str, object] = {"said": locked(after, seal)}
            if table is learner_texts:
                # Whoever has it open puts nothing of it back.
                changed["revision"] = learner_texts.c.revision + 1
            connection.execute(update(table).where(tuple_(*keys) == tuple_(*key)).values(changed))
            found = True
    return found


def without_name(text: str, name: str) -> str:
    """A text with a gap wherever it names somebody in full; of one word alone nobody can say whether it is a name."""
    if not names_in(text, name):
        return text
    own = list(words(name))
    there = [(start, end, word) for start, end in _spans(text) for word in words(text[start:end])]
    left, kept, at = [], 0, 0
    while at + len(own) <= len(there):
        if [word for _, _, word in there[at : at + len(own)]] != own:
            at += 1
            continue
        left += [text[kept : there[at][0]], GAP]
        at += len(own)
        kept = there[at - 1][1]
    after = "".join([*left, text[kept:]])
    # Where it is written as no rule of ours foresaw, all of it goes.
    return "" if names_in(after, name) else after


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each word begins and ends, invisible marks within it included."""
    for is_word, run in groupby(enumerate(text), lambda each: _in_word(each[1])):
        if is_word:
            at = [place for place, _ in run]
            yield at[0], at[-1] + 1


def _in_word(char: str) -> bool:
    kind = unicodedata.category(char)
    return kind[0] in "LNM" or kind == "Cf"

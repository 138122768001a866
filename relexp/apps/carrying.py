"""What was done on a page, carried over to the ids that a corrected spelling gave to people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from relexp.apps.drafts import Decision, Draft
from relexp.apps.hand_steps import under_new_ids
from relexp.apps.keep_apart import sealed, unsealed
from relexp.exchange.evening_json import json_bytes, read_json
from relexp.messages import FaultsFound
from relexp.roster.identity import carried, of_before
from relexp.roster.person import Roster
from relexp.store.seal import Seal


def carried_over(draft: Draft, before: Roster, after: Roster, seal: Seal) -> Draft:
    """The draft with everybody under the id that a correction of the sheet gave them: decisions, evening, pins, pairs.

    Who was taken off, and is put back by hand in any row, is kept apart as before. Who met at an
    earlier gathering under the name of before has met, whatever the name is now.
    """
    ids = carried(before, after)
    if not ids:
        return draft
    fresh = {person.id for person in after if person.id not in before}
    apart = unsealed(draft.apart, seal)
    return replace(
        draft,
        decisions=tuple(Decision(_new(each.first, ids), _new(each.second, ids), each.same) for each in draft.decisions),
        evening=_evening(draft.evening, ids),
        by_hand=under_new_ids(draft.by_hand, ids) if draft.by_hand else "",
        # What cannot be opened now may be when the key is back.
        apart=sealed([_put_back(_pair(pair, ids), fresh) for pair in apart], seal) if apart else draft.apart,
        met=tuple((name, _both(pairs, ids)) for name, pairs in draft.met),
    )


def for_another_sheet(apart: str, seal: Seal) -> str:
    """Who is kept apart, under the ids by which another sheet may know those who were taken off this one."""
    pairs = unsealed(apart, seal)
    return sealed([(of_before(one), of_before(other)) for one, other in pairs], seal) if pairs else apart


def _new(id: str, ids: Mapping[str, str]) -> str:
    return ids.get(id, id)


def _pair(pair: tuple[str, str], ids: Mapping[str, str]) -> tuple[str, str]:
    one, other = sorted(_new(id, ids) for id in pair)
    return one, other


def _put_back(pair: tuple[str, str], fresh: Collection[str]) -> tuple[str, str]:
    one, other = sorted(of_before(id) if of_before(id) in fresh else id for id in pair)
    return one, other


def _both(pairs: tuple[tuple[str, str], ...], ids: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({*pairs, *(_pair(pair, ids) for pair in pairs)}))


def _evening(text: str, ids: Mapping[str, str]) -> str:
    """One that cannot be read is left as it is: it is not shown either."""
    try:
        return json_bytes(read_json(text.encode(), "").renamed(ids)).decode() if text else text
    except FaultsFound:
        return text

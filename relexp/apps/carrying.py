"""What was done on a page, carried over to the ids that a corrected spelling gave to people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from relexp.apps.drafts import Decision, Draft
from relexp.apps.hand_steps import under_new_ids
from relexp.apps.keep_apart import sealed, unsealed
from relexp.exchange.evening_json import json_bytes, read_json
from relexp.messages import FaultsFound
from relexp.roster.identity import of_before
from relexp.store.seal import Seal


def carried_over(draft: Draft, ids: Mapping[str, str], seal: Seal) -> Draft:
    """The draft with everybody under their new id, `ids` being old to new: decisions, evening, pins, who is kept apart.

    Who met at an earlier gathering under the name of before has met, whatever the name is now.
    """
    if not ids:
        return draft
    apart = unsealed(draft.apart, seal)
    return replace(
        draft,
        decisions=tuple(Decision(_new(each.first, ids), _new(each.second, ids), each.same) for each in draft.decisions),
        evening=_evening(draft.evening, ids),
        by_hand=under_new_ids(draft.by_hand, ids) if draft.by_hand else "",
        # What cannot be opened now may be when the key is back.
        apart=sealed([_pair(pair, ids) for pair in apart], seal) if apart else draft.apart,
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


def _both(pairs: tuple[tuple[str, str], ...], ids: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({*pairs, *(_pair(pair, ids) for pair in pairs)}))


def _evening(text: str, ids: Mapping[str, str]) -> str:
    """One that cannot be read is left as it is: it is not shown either."""
    try:
        return json_bytes(read_json(text.encode(), "").renamed(ids)).decode() if text else text
    except FaultsFound:
        return text

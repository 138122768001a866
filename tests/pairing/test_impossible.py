"""Impossible says why, in people's words, and carries the report of that finding."""

from __future__ import annotations

import pytest

from relexp.messages import say
from relexp.pairing import Impossible
from relexp.pairing.plan import plan
from relexp.roster.rules import Rules
from tests.pairing.verify_evenings import crowd


def test_it_reads_as_its_reasons() -> None:
    reasons = [say("bent.rest", person="Amina", round=2), say("bent.more", count=3)]
    found = Impossible(reasons, {"feasible": False})
    assert found.reasons == tuple(reasons)
    assert str(found) == "Amina rests in round 2. 3 more such meetings are in the evening."
    assert found.report == {"feasible": False}


def test_it_is_raised_where_the_rules_cannot_all_hold_and_the_least_bad_was_not_asked_for() -> None:
    with pytest.raises(Impossible, match="4 people can each meet only 3 others") as caught:
        plan(crowd(4), Rules(rounds=4))
    assert caught.value.report["feasible"] is False
    assert caught.value.report["reasons"] == [str(reason) for reason in caught.value.reasons]

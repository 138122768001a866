"""Impossible says why, in people's words, and carries the report of that finding."""

from __future__ import annotations

import pytest

from relexp.messages import say
from relexp.pairing import Impossible
from relexp.pairing.plan import plan
from relexp.roster.rules import Rules
from tests.pairing.verify_evenings import crowd


def test_it_reads_as_its_reasons() -> None:
    cause, bent = say("impossible.nobody", person="Amina", round=2), say("bent.rest", person="Amina", round=2)
    found = Impossible([cause, bent], {"feasible": False})
    assert found.reasons == (cause, bent)
    assert str(found) == f"{cause} Amina rests in round 2."
    assert found.report == {"feasible": False}


def test_why_it_cannot_be_stands_apart_from_what_the_nearest_evening_bends() -> None:
    cause, bent = say("impossible.nobody", person="Amina", round=2), say("bent.rest", person="Amina", round=2)
    found = Impossible([cause, bent], {})
    assert (found.causes, found.bent) == ((cause,), (bent,))


def test_it_is_raised_where_the_rules_cannot_all_hold_and_the_least_bad_was_not_asked_for() -> None:
    with pytest.raises(Impossible, match="4 people can have at most this many rounds") as caught:
        plan(crowd(4), Rules(rounds=4))
    assert caught.value.report["feasible"] is False
    assert caught.value.report["reasons"] == [str(reason) for reason in caught.value.reasons]

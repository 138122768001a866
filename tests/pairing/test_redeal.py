"""A few tables dealt anew: the same people, nothing worse, and as good as trying every way to seat them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest

import relexp.pairing.redeal
from relexp.pairing.breaches import PROTECTED, breaches
from relexp.pairing.draft import FREE, HELD, NOBODY, THIRD, Draft
from relexp.pairing.integer import Unproven
from relexp.pairing.redeal import GAIN, _options, redeal
from relexp.roster.rules import Across, NeverSame, Odd, Pin, Repeats, Rules, Sides
from tests.pairing.desk import desk, groups, opened
from tests.pairing.verify_evenings import crowd
from tests.property.rooms import room

Way = tuple[tuple[int, ...], ...]


def every_way(people: tuple[int, ...]) -> Iterator[Way]:
    """Every way to part people into ones, twos and threes."""
    if not people:
        yield ()
        return
    first, *others = people
    for size in (0, 1, 2):
        for partners in combinations(others, size):
            rest = tuple(person for person in others if person not in partners)
            for way in every_way(rest):
                yield ((first, *partners), *way)


@pytest.mark.parametrize("seed", range(40))
def test_tables_are_dealt_as_well_as_by_trying_every_way(seed: int) -> None:
    roster, rules = room(seed, 3, 8, frozenset({"minors", "met", "apart", "never_same"} if seed % 2 else {"minors"}))
    draft = Draft(opened(roster, rules), 1)
    people = draft.room.talking(0)
    draft.lay(0, np.array([[person, NOBODY, NOBODY] for person in people], dtype=np.int64).reshape(-1, 3))
    before, states = draft.take(0, np.arange(len(people)))
    options = _options(draft, 0, people.tolist(), before)
    ways = [way for way in every_way(tuple(people.tolist())) if sum(len(talk) == 3 for talk in way) <= options.threes]
    best = min(options.price(way) for way in ways)
    draft.lay(0, before, states.tolist())
    redeal(draft, 0, range(len(people)))
    now = [tuple(sorted(row[row != NOBODY].tolist())) for row in draft.tables[0]]
    assert options.price(now) <= best + max(GAIN, abs(best) * 1e-5)
    assert not {breach.kind for breach in breaches(draft)} & PROTECTED


def dealt(
    rules: Rules, *talks: str, states: list[int] | None = None, rounds: list[list[str]] | None = None, **parts: object
) -> Draft:
    """A round dealt anew as a whole, after other rounds."""
    columns = parts.pop("columns", None)
    size = len("".join(talks))
    draft = desk(crowd(size, columns, **parts), rules, talks, *(rounds or []), states=[states or [FREE] * len(talks)])  # type: ignore[arg-type]
    redeal(draft, 0, range(len(talks)))
    return draft


def test_two_threes_become_three_pairs_where_those_six_may_talk_in_pairs() -> None:
    young = (True, True, False, False, True, True)
    assert [len(talk) for talk in groups(dealt(Rules(rounds=1), "abc", "def", under_18=young))] == [2, 2, 2]
    kept = Rules(rounds=1, keep_apart=frozenset({("c", "d")}))
    assert groups(dealt(kept, "abc", "def", under_18=young)) == ["abc", "def"]


def test_an_under_18_without_a_partner_joins_their_adult_and_one_more_else_they_rest_together() -> None:
    family = {"under_18": (True,), "responsible_adult": ("b",)}
    (three,) = (talk for talk in groups(dealt(Rules(rounds=1), "a", "b", "cd", "e", **family)) if "a" in talk)
    assert len(three) == 3
    assert "b" in three
    apart = Rules(rounds=1, keep_apart=frozenset({("a", "c"), ("a", "d"), ("b", "d"), ("b", "e")}))
    assert groups(dealt(apart, "ab", "cd", **family)) == ["a", "b", "cd"]


def test_whoever_waits_with_an_under_18_stays_put_and_others_who_rest_do_not() -> None:
    rules = Rules(rounds=1, keep_apart=frozenset({("c", "d"), ("b", "c"), ("b", "d")}))
    draft = dealt(rules, "ab", "cd", under_18=(True,), responsible_adult=("b",))
    assert groups(draft) == ["a", "b", "c", "d"]
    held = {draft.room.ids[row[0]]: int(state) for row, state in zip(draft.tables[0], draft.states[0], strict=True)}
    assert held == {"a": HELD, "b": HELD, "c": FREE, "d": FREE}


def test_an_under_18_whose_adult_talks_elsewhere_rests_only_where_nothing_else_is_left() -> None:
    rules = Rules(rounds=1)
    draft = desk(crowd(6, under_18=(True, True), responsible_adult=("c",)), rules, ["a", "b", "cd", "ef"])
    assert redeal(draft, 0, [0, 1])
    assert groups(draft) == ["ab", "cd", "ef"]
    apart = Rules(rounds=1, keep_apart=frozenset({("a", "b")}))
    draft = desk(crowd(6, under_18=(True, True), responsible_adult=("c",)), apart, ["a", "b", "cd", "ef"])
    assert not redeal(draft, 0, [0, 1])


def test_a_wish_is_kept_and_a_third_may_join_it() -> None:
    rules = Rules(rounds=1, pins=(Pin(1, ("a", "b")),))
    draft = dealt(rules, "ab", "c", states=[HELD, FREE])
    assert groups(draft) == ["abc"]
    assert draft.states[0].tolist() == [THIRD]
    assert draft.room.ids[draft.tables[0][0][2]] == "c"


def test_a_wish_gives_way_to_the_protection_of_an_under_18() -> None:
    rules = Rules(rounds=1, pins=(Pin(1, ("b", "c")),), keep_apart=frozenset({("a", "c")}))
    draft = dealt(rules, "a", "bc", states=[FREE, HELD], under_18=(True,), responsible_adult=("b",))
    assert groups(draft) == ["a", "b", "c"]
    assert {breach.kind.value for breach in breaches(draft)} == {"pin"}


def test_a_wish_for_three_stands_where_others_rest_in_turn() -> None:
    rules = Rules(rounds=1, odd=Odd.REST, pins=(Pin(1, ("a", "b", "c")),))
    assert groups(dealt(rules, "abc", "d", "e", states=[HELD, FREE, FREE])) == ["abc", "de"]


def test_without_threes_only_under_18s_among_themselves_make_one() -> None:
    rules = Rules(rounds=1, odd=Odd.REST)
    assert [len(talk) for talk in groups(dealt(rules, "a", "b", "c"))] == [1, 2]
    assert groups(dealt(rules, "a", "b", "c", under_18=(True, True, True))) == ["abc"]


def test_every_odd_circle_of_adults_makes_one_three_and_no_more() -> None:
    far = frozenset((one, other) for one in "abc" for other in "defg")
    assert groups(dealt(Rules(rounds=1, keep_apart=far), "ab", "c", "de", "fg"))[0] == "abc"
    assert [len(talk) for talk in groups(dealt(Rules(rounds=1, keep_apart=far), "ab", "c", "de", "f"))] == [3, 3]
    alone = frozenset(("a", other) for other in "bcd")
    assert groups(dealt(Rules(rounds=1, keep_apart=alone), "a", "bc", "d")) == ["a", "bcd"]


def test_who_sat_together_before_sits_together_again_where_nothing_speaks_against_it() -> None:
    draft = desk(crowd(6), Rules(rounds=1), ["abcdef"[:1], "b", "c", "d", "e", "f"])
    draft.keep = [np.full(6, -2)]
    draft.bonus = 0.5
    for one, other in ((0, 3), (1, 4), (2, 5)):
        draft.keep[0][[one, other]] = other, one
    assert redeal(draft, 0, range(6))
    assert groups(draft) == ["ad", "be", "cf"]


def test_to_talk_with_ones_own_group_is_less_bad_than_to_be_left_out() -> None:
    rules = Rules(rounds=1, across=(Across("town", never_same=NeverSame.HARD),))
    assert groups(dealt(rules, "a", "b", columns={"town": ("x", "x")})) == ["ab"]


def test_hosts_and_guests_cross_in_pairs_and_threes() -> None:
    sides = {"side": ("host", "host", "guest", "guest", "guest")}
    draft = dealt(Rules(rounds=1, sides=Sides()), "a", "b", "c", "d", "e", columns=sides)
    assert sorted(len(talk) for talk in groups(draft)) == [2, 3]
    assert all({*talk} & {*"ab"} and {*talk} & {*"cde"} for talk in groups(draft))


def test_nothing_changes_where_no_answer_was_found_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object, **__: object) -> None:
        raise Unproven

    monkeypatch.setattr(relexp.pairing.redeal.Program, "solve", late)
    assert groups(dealt(Rules(rounds=1, repeats=Repeats.FEWEST), "a", "b")) == ["a", "b"]

"""An answer is marked, told what is to be said of it, and helped on; there is no dead end."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.learning.marking import Answer, Help, helps, mark, revealed
from relexp.learning.quiz import Item, Key, Kind, Option
from relexp.learning.reading import read_unit
from tests.learning.made_up import FILES

UNIT = read_unit(FILES)


def marked(id: str, answer: Answer) -> tuple[bool | None, tuple[str, ...], float]:
    """What comes of an answer to an item of the made-up unit."""
    found = mark(UNIT.items[id], UNIT.keys[id], answer)
    return found.right, found.says, found.share


def test_one_of_several() -> None:
    assert marked("one", ["better"]) == (True, ("Yes.",), 1.0)
    assert marked("one", ["worse"]) == (False, ("That is what people fear.",), 0.0)


def test_several_of_several() -> None:
    assert marked("many", ["stories", "turns"]) == (True, ("They open a door.", "Both are heard."), 1.0)
    assert marked("many", ["debate", "turns"]) == (False, ("Arguments alone change little.",), pytest.approx(1 / 3))
    # That something is missing is told by nothing that would tell what.
    assert marked("many", ["turns"]) == (False, (), pytest.approx(2 / 3))
    assert marked("many", []) == (False, (), pytest.approx(1 / 3))


def test_an_order_tells_the_first_that_stands_wrong() -> None:
    assert marked("order", ["arrive", "talk", "commit"])[0] is True
    assert marked("order", ["arrive", "commit", "talk"]) == (
        False,
        ("“Commit” Then you say what you will do.",),
        pytest.approx(1 / 3),
    )


def test_pairs_tell_which_do_not_belong_together() -> None:
    right = {"equality": "sameness", "equity": "difference"}
    assert marked("match", right)[0] is True
    wrong = {"equality": "difference", "equity": "difference"}
    assert marked("match", wrong) == (False, ("Equality is about what is the same.",), 0.5)


@pytest.mark.parametrize(
    ("typed", "right"),
    [("6", True), (" 6.0 ", True), ("6,0", True), ("6 pairs.", True), ("٦", True), ("5", False), ("7 000", False)],
)
def test_a_number_is_too_low_too_high_or_right(typed: str, right: bool) -> None:
    assert marked("number", typed)[0] is right
    assert marked("number", "1,200")[1] == ("Fewer than that.",)
    assert marked("number", "-3%")[1] == ("More than that.",)
    assert marked("number", "1,200.5")[1] == ("Fewer than that.",)


def test_a_number_may_be_near() -> None:
    item, key = Item("n", Kind.NUMBER, "How many in 100?"), Key(value=54, within=2, well="yes")
    assert [mark(item, key, typed).right for typed in ("51.9", "52", "56", "56,1")] == [False, True, True, False]


def test_a_few_words_are_looked_for_however_they_are_typed() -> None:
    assert marked("short", "First I LISTEN, then I ask.") == (True, ("Yes: listen.",), 1.0)
    assert marked("short", "I listened once")[0] is False
    assert marked("short", "")[1] == ("Say it with one word: what do your ears do?",)


def test_a_scenario_goes_on_where_the_choice_leads() -> None:
    found = mark(UNIT.items["scenario"], UNIT.keys["scenario"], ["wave"])
    assert (found.right, found.says, found.next) == (True, ("They come over.",), "table")
    found = mark(UNIT.items["scenario"], UNIT.keys["scenario"], ["phone"])
    assert (found.right, found.next) == (False, "")


def test_of_how_sure_somebody_is_nothing_is_right_or_wrong() -> None:
    assert marked("sure", ["not-yet"]) == (None, ("Nobody is at first.",), 0.0)


@pytest.mark.parametrize(
    ("id", "answer"),
    [
        ("one", ["nobody"]),
        ("one", ["better", "worse"]),
        ("one", "better"),
        ("many", ["turns", "turns"]),
        ("order", ["arrive", "talk"]),
        ("match", ["equality"]),
        ("match", {"equality": "sameness"}),
        ("match", {"equality": "sameness", "equity": "nobody"}),
        ("number", "six"),
        ("number", "inf"),
        ("number", "1e999"),
        ("number", ["6"]),
        ("short", ["listen"]),
        ("scenario", ["nod"]),
        ("scenario", []),
        ("scenario", "wave"),
    ],
)
def test_what_cannot_be_an_answer_is_none(id: str, answer: Answer) -> None:
    with pytest.raises(ValueError, match=r"."):
        marked(id, answer)


@given(st.integers(2, 5), st.data())
def test_only_the_key_is_right_and_each_share_counts_what_is(count: int, data: st.DataObject) -> None:
    ids = [f"o{place}" for place in range(count)]
    options = tuple(Option(id, id, f"says {id}") for id in ids)
    right = tuple(data.draw(st.permutations(ids)))
    order = Item("x", Kind.ORDER, "?", options)
    for answer in permutations(ids):
        found = mark(order, Key(right=right), answer)
        assert found.right is (answer == right)
        assert found.right or 0 <= found.share < 1
    chosen = frozenset(data.draw(st.sets(st.sampled_from(ids), min_size=1)))
    many = Item("y", Kind.MANY, "?", options)
    for size in range(count + 1):
        for answer in combinations(ids, size):
            found = mark(many, Key(right=tuple(chosen)), answer)
            assert found.right is ({*answer} == chosen)
            assert found.share == pytest.approx(1 - len({*answer} ^ chosen) / count)


def test_after_each_wrong_answer_comes_more_help_and_at_last_the_answer() -> None:
    item = UNIT.items["one"]
    assert helps(item, 0) is None
    assert [helps(item, wrong) for wrong in range(1, 7)] == [
        (Help.SHARPER, 0),
        (Help.HINT, 0),
        (Help.HINT, 1),
        (Help.WORKED, 0),
        (Help.REVEAL, 0),
        (Help.REVEAL, 0),
    ]
    assert [helps(UNIT.items["many"], wrong) for wrong in (1, 2)] == [(Help.HINT, 0), (Help.REVEAL, 0)]


def test_the_answer_can_be_told_of_every_kind() -> None:
    told = {id: "; ".join(revealed(item, UNIT.keys[id])) for id, item in UNIT.items.items()}
    assert told == {
        "one": "Better than expected",
        "many": "Taking turns; Stories",
        "order": "Arrive; Talk; Commit",
        "match": "Equality: Sameness; Equity: Difference",
        "short": "listen",
        "number": "6 pairs",
        "scenario": "Wave; Ask what brought them",
        "sure": "",
    }

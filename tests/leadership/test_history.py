"""What somebody did is undone without writing over what others did since, and the table stands as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from relexp.leadership.columns import Change, cell, changes, fields, reworded, thing, with_cell
from relexp.leadership.history import before, taken_back
from relexp.leadership.leader import WORDS, Leader, Step, Wording
from tests.leadership.tables import BOARD, leader, leaders

FIELDS = (*fields(BOARD), "wording.self_interest", "wording.talents", "wording.stretch")


def done(one: Leader, other: Leader, those: tuple[str, ...]) -> tuple[tuple[Change, ...], Leader]:
    """What makes these cells of one like those of another, and the row it makes."""
    # Who agreed to words that are written anew follows from that.
    wanted = [each for each in those if each.removeprefix("wording.") == each or each[8:] not in those]
    made, now = reworded(changes(one, other, wanted), one, Wording.OURS), one
    for change in made:
        now = with_cell(now, change.field, change.after)
    return made, now


def cells(one: Leader) -> dict[str, str]:
    """A row as it is kept."""
    return {field: cell(one, field) for field in FIELDS}


some = st.lists(st.sampled_from(FIELDS), unique=True).map(tuple)


@given(leaders(3).filter(bool), st.data())
def test_a_row_is_as_it_was_before_however_much_was_changed(table: list[Leader], data: st.DataObject):
    now, log = table[0], []
    for other in table[1:]:
        made, now = done(now, Leader(**{p: getattr(other, p) for p in other.__dataclass_fields__ if p != "id"}, id=now.id),
                         data.draw(some))  # fmt: skip
        log += made
    assert cells(before(now, reversed(log))) == cells(table[0])


@given(leaders(2).filter(lambda table: len(table) == 2), some)
def test_what_was_done_and_is_undone_at_once_was_never_done(table: list[Leader], those: tuple[str, ...]):
    one, other = table
    made, now = done(one, other, those)
    made = tuple(Change(one.id, each.field, each.before, each.after) for each in made)
    back, stays = taken_back({one.id: now}, made)
    assert stays == ()
    for change in back:
        assert cell(now, change.field) == change.before
        now = with_cell(now, change.field, change.after)
    assert cells(now) == cells(one)
    again, _ = taken_back({one.id: one}, back)
    assert {*again} == {*made}


@given(leaders(3).filter(lambda table: len(table) == 3), some, some)
def test_what_somebody_changed_since_is_not_written_over(
    table: list[Leader], first: tuple[str, ...], then: tuple[str, ...]
):
    one, other, third = table
    made, now = done(one, other, first)
    made = tuple(Change(one.id, each.field, each.before, each.after) for each in made)
    _, now = done(now, third, then)
    back, stays = taken_back({one.id: now}, made)
    touched = {thing(each.field) for each in made if cell(now, each.field) != each.after}
    worded = {each.field for each in made if each.field.startswith("wording.")}
    touched |= {part for part in WORDS if now.wording.get(part) is Wording.AGREED and f"wording.{part}" not in worded}
    assert {*stays} == {change for change in made if thing(change.field) in touched}
    assert {change.back for change in back} == {*made} - {*stays}


def test_what_was_done_to_somebody_who_is_gone_stays():
    change = Change("gone", "role", "", "chair")
    assert taken_back({}, [change]) == ((), (change,))


def test_the_last_change_of_a_cell_is_undone_first():
    table = {"a": leader("a", step=Step("Ring them"), role="chair")}
    made = [Change("a", "role", "", "chair"), Change("a", "step", "", "Ring them")]
    back, _ = taken_back(table, made)
    assert back == (Change("a", "step", "Ring them", ""), Change("a", "role", "chair", ""))

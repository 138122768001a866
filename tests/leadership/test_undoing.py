"""What somebody would undo next, and do again, goes step by step as in any editor; and days in a cell are read."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from relexp.leadership.columns import in_cell
from relexp.leadership.evidence import Deed
from relexp.leadership.history import next_back

NOW = datetime(2026, 11, 26, tzinfo=UTC)


def deed(id: str, rows: int = 1, undoes: str = "") -> Deed:
    return Deed(id, NOW, "Bo", rows, undoes)


def test_nothing_was_done_yet() -> None:
    assert next_back([]) == (None, None)


def test_what_is_undone_is_done_again_by_undoing_what_undid_it() -> None:
    done = [deed("a", 3), deed("b", 200)]
    back, again = next_back(done[::-1])
    assert (back, again) == (done[1], None)
    done.append(deed("c", 200, "b"))
    back, again = next_back(done[::-1])
    assert (back, again) == (done[0], done[2])
    done.append(deed("d", 200, "c"))
    back, again = next_back(done[::-1])
    assert (back, again) == (done[3], None)
    # Whoever goes on does not go back to what was undone before.
    done += [deed("e", 200, "d"), deed("f")]
    assert next_back(done[::-1]) == (done[-1], None)


def test_what_undoes_a_deed_that_is_not_on_the_list_any_more_counts_for_nothing() -> None:
    assert next_back([deed("b", 1, "long ago")]) == (None, None)


@given(st.lists(st.sampled_from(["do", "undo", "redo"]), max_size=30))
def test_it_goes_as_in_an_editor(presses: list[str]) -> None:
    deeds: list[Deed] = []
    stands, undone = 0, 0
    for place, press in enumerate(presses):
        back, again = next_back(deeds[::-1])
        assert (back is not None, again is not None) == (stands > 0, undone > 0)
        if press == "do":
            deeds.append(deed(f"{place}"))
            stands, undone = stands + 1, 0
        elif press == "undo" and back is not None:
            deeds.append(deed(f"{place}", undoes=back.id))
            stands, undone = stands - 1, undone + 1
        elif press == "redo" and again is not None:
            deeds.append(deed(f"{place}", undoes=again.id))
            stands, undone = stands + 1, undone - 1


def test_a_day_in_a_cell_is_read_as_a_day_and_nothing_else_is() -> None:
    assert in_cell("2026-03-06") == "6 Mar 2026"
    assert [in_cell(text) for text in ("", "ten_letter", "2026-13-99", "6 March")] == [
        "",
        "ten_letter",
        "2026-13-99",
        "6 March",
    ]

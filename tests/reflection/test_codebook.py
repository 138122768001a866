"""Two readers of the same lines: how far they agree, beyond what chance gives, and what is left to settle."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.privacy.suppression import FEWEST
from relexp.reflection.codebook import NONE, Coded, agreement, alpha, counted, read_all, settled

READERS = ("ada", "ben", "cy")
CODED = st.lists(
    st.builds(Coded, st.sampled_from([*"123456"]), st.sampled_from(READERS), st.sampled_from(["home", "work", NONE])),
    max_size=40,
    unique_by=lambda each: (each.line, each.coder),
)


def coded(rows):
    """One line a row, with what each reader found; None for a line they left out."""
    return [
        Coded(str(line), reader, theme)
        for line, row in enumerate(rows)
        for reader, theme in zip("ABCD", row, strict=False)
        if theme is not None
    ]


def test_kappa_is_cohen_s_own():
    # Cohen 1960, table 1, in hundreds: three categories, kappa 0.492
    table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    rows = [
        (str(one), str(other)) for one, row in enumerate(table) for other, count in enumerate(row) for _ in range(count)
    ]
    found = agreement(coded(rows), "A", "B")
    assert found.share == pytest.approx(0.70)
    assert found.kappa == pytest.approx(0.492, abs=0.0005)
    assert (found.lines, len(found.settle)) == (200, 60)


def test_alpha_is_krippendorff_s_own():
    # Krippendorff, Computing Krippendorff's alpha-reliability (2011), example C: four readers, twelve units, 0.743
    by_reader = (
        (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
        (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
        (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
        (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
    )
    rows = [tuple(None if theme is None else str(theme) for theme in row) for row in zip(*by_reader, strict=True)]
    assert alpha(coded(rows)) == pytest.approx(0.743, abs=0.0005)


@given(CODED)
def test_kappa_is_what_counting_by_hand_gives(rows):
    found = agreement(rows, "ada", "ben")
    by = {reader: {each.line: each.theme for each in rows if each.coder == reader} for reader in READERS}
    lines = [line for line in by["ada"] if line in by["ben"]]
    assert found.lines == len(lines)
    if not lines:
        assert (found.share, found.kappa, found.alpha) == (None, None, None)
        return
    same = np.mean([by["ada"][line] == by["ben"][line] for line in lines])
    assert found.share == pytest.approx(same)
    names = {by[reader][line] for reader in ("ada", "ben") for line in lines}
    chance = sum(
        np.mean([by["ada"][line] == name for line in lines]) * np.mean([by["ben"][line] == name for line in lines])
        for name in names
    )
    if len(names) > 1:
        assert found.kappa == pytest.approx((same - chance) / (1 - chance))
        assert (found.alpha == pytest.approx(1)) == (same == 1)
    else:
        assert found.kappa is None


@given(CODED)
def test_what_is_settled_is_what_all_gave_or_what_was_decided(rows):
    found = settled(rows, {"1": "work"})
    assert found["1"] == "work"
    for line, theme in found.items():
        assert line == "1" or {each.theme for each in rows if each.line == line} == {theme}
    left = {each.line for each in rows} - {*found}
    assert all(len({each.theme for each in rows if each.line == line}) > 1 for line in left)


def test_a_theme_that_few_have_is_told_as_few():
    themes = {str(line): "home" if line < FEWEST else "work" for line in range(FEWEST + 4)} | {"x": NONE}
    found = counted(themes, dict.fromkeys(themes, "round 1"))
    assert found == {("round 1", "home"): FEWEST, ("round 1", "work"): None}


def test_whoever_left_a_line_out_has_not_read_all():
    coded = [Coded("1", "bo", "home"), Coded("2", "bo", NONE), Coded("1", "al", "home"), Coded("9", "al", "home")]
    assert read_all(coded, ["1", "2"]) == ("bo",)
    assert read_all(coded, ["1"]) == ("al", "bo")
    assert read_all(coded, []) == ()

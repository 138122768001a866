"""The map of one's own life: it is kept as it is, whatever else comes is refused, and what it shows is asked about."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.learning.life_map import (
    ENOUGH,
    FAR,
    Corner,
    Deed,
    Dot,
    LifeMap,
    mirror,
    place,
    read_map,
    still,
    write_map,
    year,
)
from relexp.learning.written import NotOurs
from relexp.messages import TEMPLATES

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
AXIS = st.integers(0, 100).map(lambda tenths: tenths / 10)
DOTS = st.builds(
    Dot,
    id=st.text("abcdef0123456789", min_size=1, max_size=20),
    label=WORDS,
    when=st.one_of(WORDS, st.integers(1890, 2110).map(str)),
    same=AXIS,
    different=AXIS,
    deed=st.none() | st.sampled_from(Deed),
    words=WORDS,
)


@st.composite
def maps(draw: st.DrawFn) -> LifeMap:
    dots = draw(st.lists(DOTS, max_size=14, unique_by=lambda dot: dot.id))
    return LifeMap(tuple(dots), draw(st.sampled_from(["", *(dot.id for dot in dots)])))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["dots", "tell", "id", "label", "same", "different", "deed", "x"]), inner)
    ),
    max_leaves=20,
)


def six(**every: object) -> tuple[Dot, ...]:
    """Six dots that are alike."""
    return tuple(replace(Dot(f"d{n}", f"moment {n}"), **every) for n in range(ENOUGH))


@given(maps())
def test_a_map_is_read_as_it_was_kept(map: LifeMap) -> None:
    assert read_map(write_map(map)) == map


@given(JSON.map(json.dumps) | st.text())
def test_whatever_else_was_kept_is_a_map_or_refused_and_nothing_worse(said: str) -> None:
    try:
        found = read_map(said)
    except NotOurs:
        return
    assert read_map(write_map(found)) == found
    assert all(0 <= dot.same <= FAR and 0 <= dot.different <= FAR for dot in found.dots)


def dot(**changed: object) -> dict[str, object]:
    return {"id": "a", "label": "x", "when": "", "same": 1, "different": 2, "deed": "", "words": "", **changed}


@pytest.mark.parametrize(
    "raw",
    [
        [],
        3,
        {"dots": {}},
        {"dots": [3]},
        {"dots": [dot(), dot()]},
        {"dots": [dot(id="")]},
        {"dots": [dot(id=7)]},
        {"dots": [dot(same=True)]},
        {"dots": [dot(same="5")]},
        {"dots": [dot(same=float("nan"))]},
        {"dots": [dot(same=10**400)]},
        {"dots": [dot(same=10.1)]},
        {"dots": [dot(different=-1)]},
        {"dots": [dot(deed="sang")]},
        {"dots": [dot(deed=["hid"])]},
        {"dots": [dot(id=str(n)) for n in range(61)]},
    ],
)
def test_a_dot_that_lies_nowhere_or_is_no_dot_makes_it_no_map(raw: object) -> None:
    with pytest.raises(NotOurs):
        read_map(json.dumps(raw))


def test_what_is_nested_without_end_is_no_map() -> None:
    with pytest.raises(NotOurs):
        read_map("[" * 100_000)


@pytest.mark.parametrize("said", ["", "  \n"])
def test_nothing_is_an_empty_map(said: str) -> None:
    assert read_map(said) == LifeMap()


def test_a_dot_to_tell_that_is_gone_is_no_dot_to_tell() -> None:
    assert read_map(json.dumps({"dots": [dot()], "tell": "b"})).tell == ""


def test_what_no_file_can_hold_is_left_out_and_a_text_is_cut_to_its_length() -> None:
    (found,) = read_map(json.dumps({"dots": [dot(label="a\x00\ud83d\ude00\ud800", words="w" * 900)]})).dots
    assert found.label == "a\U0001f600\ufffd"
    assert len(found.words) == 600


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("night shift, 2009", 2009),
        ("1994 to 1996", 1994),
        ("٢٠٠١", 2001),
        ("১৯৮৭ সালে", 1987),
        ("at school", None),
        ("room 12345", None),
        ("1066, or was it 1966", 1966),
        ("2100", None),
    ],
)
def test_the_year_is_found_in_ones_own_words(when: str, found: int | None) -> None:
    assert year(when) == found


@pytest.mark.parametrize(
    ("same", "different", "said"),
    [
        (6.5, 3.9, "much the same, a little different"),
        (0, 10, "hardly the same, very much different"),
        (4, 2, "partly the same, a little different"),
    ],
)
def test_a_place_is_said_in_words(same: float, different: float, said: str) -> None:
    assert str(place(same, different)) == said


def test_it_is_told_how_many_dots_are_still_to_come_and_what_else() -> None:
    dots = six()
    told = [still(LifeMap(dots[:count])).code for count in range(7)]
    assert told == ["map.none", *["map.missing"] * 4, "map.missing_one", "map.mark"]
    assert still(LifeMap(dots[:2])).values == {"count": 4}
    assert still(LifeMap(dots, "d3")).code == "map.done"


def test_a_dot_without_a_name_does_not_count_yet() -> None:
    dots = (*six()[:5], Dot("last", " "))
    assert LifeMap(dots).missing == 1
    assert not LifeMap(dots, "last").done
    assert not LifeMap((*six(), Dot("last", "")), "last").done
    assert LifeMap(six(), "d0").done


def test_nothing_is_asked_before_six_dots_are_there() -> None:
    assert mirror(LifeMap(six(same=9.0, different=9.0)[:5])) == ()


def test_all_in_one_corner_is_asked_about_with_the_emptiest_two() -> None:
    asked = mirror(LifeMap(six(same=1.0, different=9.0, deed=Deed.HID)))
    assert [each.code for each in asked] == ["map.full_different", "map.empty_both", "map.empty_same", "map.deed_hid"]
    assert asked[-1].values == {"count": 6, "all": 6}


def test_years_are_asked_about_when_later_dots_lie_elsewhere() -> None:
    def dated(*years: str) -> list[str]:
        dots = (
            replace(dot, when=when, same=2.0 + n, different=8.0 - n)
            for n, (dot, when) in enumerate(zip(six(), years, strict=True))
        )
        return [each.code for each in mirror(LifeMap(tuple(dots))) if "more" in each.code or "less" in each.code]

    assert dated("1990", "1991", "1992", "2001", "2002", "2003") == ["map.less_different", "map.more_same"]
    assert dated("2003", "2002", "2001", "1992", "1991", "1990") == ["map.more_different", "map.less_same"]
    assert dated("1990", "1991", "2001", "2001", "2001", "2003") == []
    assert dated("1990", "", "", "", "", "2003") == []
    assert dated("1990", "2003", "1991", "2002", "1990", "2003") == []


def asked_of(map: LifeMap) -> set[str]:
    """What the corners and the deeds of a map are asked about, reckoned by counting alone."""
    dots = [each for each in map.dots if each.label.strip()]
    if len(dots) < 6:
        return set()
    corners = {
        "both": [each for each in dots if each.same >= 5 and each.different >= 5],
        "same": [each for each in dots if each.same >= 5 > each.different],
        "different": [each for each in dots if each.different >= 5 > each.same],
        "neither": [each for each in dots if each.same < 5 and each.different < 5],
    }
    asked = {f"map.full_{name}" for name, those in corners.items() if len(those) > len(dots) / 2}
    asked |= {f"map.empty_{name}" for name in [name for name, those in corners.items() if not those][:2]}
    counts = Counter(each.deed.value for each in corners["both"] + corners["different"] if each.deed)
    most = max(counts.values(), default=0)
    tops = [name for name, count in counts.items() if count == most]
    return asked | ({f"map.deed_{tops[0]}"} if most >= 2 and len(tops) == 1 else set())


@given(maps())
def test_what_a_map_shows_is_what_anybody_would_count(map: LifeMap) -> None:
    found = {each.code for each in mirror(map)}
    assert {code for code in found if code.startswith(("map.full", "map.empty", "map.deed"))} == asked_of(map)


@pytest.mark.parametrize(
    "code",
    [code for code in TEMPLATES if code.startswith(("map.full", "map.empty", "map.deed_", "map.more", "map.less"))],
)
def test_what_a_map_shows_is_said_as_a_question(code: str) -> None:
    assert TEMPLATES[code].endswith("?")


def test_each_corner_has_a_dot_of_its_own() -> None:
    places = [(9.0, 9.0), (9.0, 1.0), (1.0, 9.0), (1.0, 1.0)]
    assert [Dot("a", "b", same=same, different=different).corner for same, different in places] == [*Corner]

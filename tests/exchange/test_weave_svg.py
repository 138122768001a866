"""The picture of the weave: one thread for everybody, nobody's name, and words for who cannot see it."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace

from relexp.exchange.weave_svg import FINE, FLAT, standing_svg, weave_svg
from relexp.weave.cloth import cloth
from relexp.weave.web import Kind, Tie, Web
from tests.weave.test_cloth import ROSTER, WEB
from tests.weave.webs import DAY

SVG = "{http://www.w3.org/2000/svg}"
CLOTH = cloth(WEB)


def drawn(picture):
    return ElementTree.fromstring(picture)


def test_every_thread_is_drawn_in_every_row_and_at_both_ends():
    found = drawn(weave_svg(CLOTH, "Four rounds"))
    threads = [path for path in found.iter(f"{SVG}path") if path.get("class").startswith("thread")]
    assert len(threads) == len(ROSTER) * (len(CLOTH.rows) + 2)
    assert len([*found.iter(f"{SVG}g")]) == 4
    assert found.get("aria-label") == "Four rounds"
    assert drawn(weave_svg(CLOTH)).get("aria-hidden") == "true", "its words stand beside it"


def test_the_cloth_grows_row_by_row():
    grown = [replace(CLOTH, rows=CLOTH.rows[:rows]) for rows in range(5)]
    heights = [int(drawn(weave_svg(cloth)).get("viewBox").split()[3]) for cloth in grown]
    assert heights[1:] == sorted({*heights[1:]})
    assert int(drawn(weave_svg(CLOTH, row=FLAT)).get("viewBox").split()[3]) < heights[4]
    assert heights[0] == heights[1], "the loom is there before the first round"


def test_nobody_is_named_and_what_is_told_is_escaped():
    picture = weave_svg(CLOTH, 'Row 1 <script>"&')
    assert drawn(picture).get("aria-label") == 'Row 1 <script>"&'
    assert not any(person.name in picture or person.id in picture for person in ROSTER)
    assert not any(person.organisation in picture for person in ROSTER if person.organisation)


def test_the_threads_of_two_groups_are_told_apart_without_their_colours():
    found = drawn(weave_svg(CLOTH, "x"))
    strands: dict[str, set[str]] = {}
    paths = [*found.iter(f"{SVG}path")]
    for path, after in zip(paths, [*paths[1:], paths[0]], strict=True):
        kind = path.get("class").split()
        if kind[0] == "thread" and "loose" not in kind:
            strand = after.get("stroke-dasharray", "whole") if after.get("class") == "strand" else "none"
            strands.setdefault(kind[1], set()).add(strand)
    assert all(len(found) == 1 for found in strands.values())
    assert len({*map(frozenset, strands.values())}) == len(strands) == 7


def test_a_cloth_of_three_hundred_stays_light():
    people = {f"p{place}": {"organisation": "ABCDE"[place % 5]} for place in range(300)}
    ties = tuple(
        Tie(DAY, "x", round, f"p{place}", f"p{(place + 2 * round - 1) % 300}", Kind.TALK)
        for round in range(1, 6)
        for place in range(0, 300, 2)
    )
    woven = cloth(Web(people, ties))
    assert len(woven.threads) > FINE
    assert len(weave_svg(woven, "x")) < 300_000


def test_a_picture_that_stands_alone_has_its_colours_and_is_well_formed():
    found = ElementTree.fromstring(standing_svg(CLOTH))
    assert found.tag.endswith("svg")
    assert "#0b5f94" in "".join(found.itertext())

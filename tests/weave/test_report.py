"""The report: what one gathering changed or all of them, and how it is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relexp.messages import TEMPLATES
from relexp.reflection.again import FollowUp
from relexp.weave.held import Held, RoundHeld
from relexp.weave.measures import crossing
from relexp.weave.report import Followed, report
from relexp.weave.survey import Answers, Moment, Says
from relexp.weave.web import Kind, Tie, Web
from relexp.weave.words import changes, pairs, sections
from tests.weave.webs import webs

DAY = date(2026, 3, 6)
CAME_UP = "What came up in the lines that were shared"
PEOPLE = {f"p{at}": {"organisation": "ABC"[at // 5] if at < 12 else "D"} for at in range(14)}


def tie(one, other, days, gathering, kind=Kind.TALK):
    return Tie(DAY + timedelta(days=days), gathering, 0 if kind is Kind.AGAIN else 1, f"p{one}", f"p{other}", kind)


TIES = (
    *(tie(0, 1, 0, "g1"), tie(0, 5, 0, "g1"), tie(1, 6, 0, "g1")),
    tie(0, 5, 9, "g1", Kind.AGAIN),
    *(tie(0, 5, 30, "g2"), tie(2, 7, 30, "g2"), tie(3, 10, 30, "g2"), tie(0, 10, 30, "g2"), tie(4, 12, 30, "g2")),
)
WEB = Web(PEOPLE, TIES)


def held(id, days):
    found = crossing(WEB, "organisation")
    rounds = (RoundHeld(1, 7, 5),)
    header = {"organisation": "Who did you come with?"}
    return Held(
        id, f"Held {id}", DAY + timedelta(days=days), 14, 7, rounds, (found,), header, {"organisation": (4, 7)}, 3, 6
    )


HELD = (held("g1", 0), held("g2", 30))


def follow(gathering, done=None, dropped=False):
    return gathering, FollowUp("p0", "p5", "tea", "p0", DAY, done, dropped)


FOLLOWED = (follow("g1", DAY), follow("g1"), follow("g2", dropped=True), follow("g2"))


def answers(count, first, then, moment=Moment.AFTER, gathering="g1", key="ease"):
    for at in range(count):
        yield Answers(f"p{at}", gathering, DAY, Moment.BEFORE, {key: first(at)})
        yield Answers(f"p{at}", gathering, DAY, moment, {key: then(at)})


def said(found):
    return {str(each.heading): [str(line) for line in each.lines] for each in sections(found)}


def test_one_gathering_is_told_from_what_stood_before_it_to_the_day_before_the_next():
    first = report(HELD, WEB, (), FOLLOWED, "g1")
    assert [each.id for each in first.gatherings] == ["g1"]
    assert {*first.after.people} == {"p0", "p1", "p5", "p6"}
    assert (first.before.ties, len(first.after.ties), first.new) == ((), 4, 3)
    assert first.followed == Followed(2, 1, 0, 1)
    second = report(HELD, WEB, (), FOLLOWED, "g2")
    assert (second.was.pairs, second.now.pairs, second.new) == (3, 7, 4)
    assert {*second.was.alone} == {"p2", "p7", "p3", "p10", "p4", "p12"}
    assert second.followed == Followed(2, 0, 1, 1)


def test_all_gatherings_are_told_from_the_first_to_now():
    found = report(HELD, WEB, (), FOLLOWED)
    assert (found.before.ties, found.new, found.now.pairs) == ((), 7, 7)
    assert found.followed == Followed(4, 1, 1, 2)
    # A and B have five people or more in it; of the others only how many pairs there are is told
    assert (found.links, found.small_links) == (
        (("A", "B"),) if len(_of(found, "B")) >= 5 else (),
        3 - bool(found.links),
    )


def _of(found, name):
    return [id for id, about in found.after.people.items() if about["organisation"] == name]


def test_nothing_held_is_told_as_nothing():
    found = report((), Web({}), (), ())
    assert (found.gatherings, found.new, found.now.people) == ((), 0, 0)
    lines = said(found)
    assert "Nobody agreed to be remembered" in lines["What grew"][0]
    assert "Nobody has answered" in lines["What people answered"][0]
    assert "Of no two people" in lines["Meeting again"][0]


def test_what_differs_stands_beside_chance_and_the_best():
    found = report(HELD, WEB, (), (), "g1")
    assert said(found)["Who met"] == [
        "14 people talked with somebody. Pairs who met: 7. Rounds: 1.",
        "3 of 6 possible pairs of organisations have people who met.",
    ]
    ((column, here, lot, rows, most),) = sections(found)[0].table.rows
    chance = HELD[0].crossings[0].chance
    low, mean, high = (pairs(each, 7) for each in (chance.low, chance.mean, chance.high))
    assert (column, str(here), str(rows), most) == ("Who did you come with?", "6 of 7", "4 of 7", "6")
    assert str(lot) == f"{mean} ({low} to {high})"


def test_of_whom_it_is_not_known_is_told_apart():
    unknown = replace(
        HELD[0], crossings=(replace(HELD[0].crossings[0], unknown=9, chance=None, best=None),), possible=0
    )
    lines = said(report((unknown,), WEB, (), (), "g1"))["Who met"]
    assert sections(report((unknown,), WEB, (), (), "g1"))[0].table is None
    assert len(lines) == 2
    assert "of 9 pairs it is not known" in lines[1]


def test_several_gatherings_are_one_line_each():
    nothing = replace(HELD[1], crossings=())
    lines = said(report((HELD[0], nothing), WEB, (), ()))["Who met"]
    assert lines[0] == "2 gatherings, 14 conversations."
    assert "86 in 100 of them" in lines[1]
    assert "– in 100" in lines[2]


@pytest.mark.parametrize(("index", "known", "count"), [(1, 10, 10), (-1, 10, 0), (0, 10, 5), (0.5, 4, 3)])
def test_an_index_is_told_as_a_count_of_pairs(index, known, count):
    assert pairs(index, known) == count


def test_few_are_never_counted():
    lines = said(report(HELD, WEB, (), FOLLOWED, "g1"))
    (grew,) = lines["What grew"]
    assert "That is too few to tell what grew" in grew
    assert not any(letter.isdigit() for letter in grew)
    five = Web(PEOPLE, (*(tie(0, at, 0, "g1") for at in (1, 2, 3)), tie(3, 4, 0, "g1", Kind.AGAIN)))
    lines = said(report(HELD, five, (), FOLLOWED, "g1"))
    assert lines["What grew"][1] == "Pairs of them who met for the first time: fewer than five."
    assert "wish to meet again: fewer than five." in lines["Meeting again"][0]


def test_when_who_meets_again_is_kept_no_more_nobody_is_said_to_have_wished_nothing():
    (line,) = said(report(HELD, WEB, (), (), "g1"))["Meeting again"]
    assert "kept for 90 days" in line
    assert "Nobody" not in line


def test_few_are_not_told_by_taking_others_from_all():
    some = [*[follow("g1", DAY)] * 8, *[follow("g1", dropped=True)] * 3]
    assert said(report(HELD, WEB, (), some, "g1"))["Meeting again"] == [
        "Pairs who both wish to meet again. Have met: 8. Gave it up: fewer than five. Yet to meet: 0."
    ]
    many = said(report(HELD, WEB, (), [*some, *some], "g1"))["Meeting again"]
    assert many == ["Pairs who both wish to meet again: 22. Have met: 16. Gave it up: 6. Yet to meet: 0."]


def test_what_too_few_answered_at_one_gathering_is_not_told_by_all_of_them_less_the_others():
    others = [*answers(6, lambda at: 2, lambda at: 3)]
    few = [replace(each, code=f"{each.code} too", gathering="g2") for each in answers(4, lambda at: 1, lambda at: 5)]
    more = [replace(each, code=f"{each.code} again", gathering="g3") for each in few]
    for answered, count in (([*others, *few], 6), ([*others, *few, *more], 14), (few, "fewer than five")):
        (found,) = changes(report((*HELD, held("g3", 60)), WEB, answered, ()))
        assert found.count == str(count)


def test_how_few_said_yes_at_one_gathering_is_not_told_by_all_of_them_less_the_others():
    def heard(gathering, yes, no):
        return [
            Answers(f"{gathering} {at}", gathering, DAY, Moment.AFTER, {"heard": int(at < yes)})
            for at in range(yes + no)
        ]

    given = [*heard("g1", 10, 6), *heard("g2", 2, 6)]
    (share,) = [each for each in report(HELD, WEB, given, ()).shares if each.count]
    assert (share.yes, share.count) == (10, 16)
    given += heard("g3", 7, 7)
    (share,) = [each for each in report((*HELD, held("g3", 60)), WEB, given, ()).shares if each.count]
    assert (share.yes, share.count) == (17, 30)


def test_a_web_in_parts_says_how_many_and_how_large():
    ring = [tie(at, (at + 1) % 6, 0, "g1") for at in range(6)] + [tie(7, 8, 0, "g1"), tie(8, 9, 0, "g1")]
    lines = said(report(HELD[:1], Web(PEOPLE, tuple(ring)), (), (), "g1"))["What grew"]
    assert "in 2 webs that hang together; the largest holds 6" in lines[2]
    assert "would fall in two" in lines[-1]
    whole = said(report(HELD[:1], Web(PEOPLE, tuple(ring[:6])), (), (), "g1"))["What grew"]
    assert "in one web" in whole[2]


def test_organisations_of_five_or_more_are_named_when_they_are_linked():
    ties = tuple(tie(at, at + 5, 0, "g1") for at in range(5))
    found = report(HELD[:1], Web(PEOPLE, (*ties, tie(0, 12, 0, "g1"))), (), (), "g1")
    assert (found.links, found.small_links) == ((("A", "B"),), 1)
    lines = said(found)["What grew"]
    assert any("A and B" in line for line in lines)
    assert any("are not named" in line and line.endswith("here: 1.") for line in lines)


def test_answers_are_of_the_gatherings_that_are_told():
    given = [*answers(6, lambda at: 2, lambda at: 3 + at % 2), *answers(6, lambda at: 4, lambda at: 1, gathering="g2")]
    first = {each.question.code: each.says for each in changes(report(HELD, WEB, given, (), "g1"))}
    assert first["woven.short_ease"].code == "woven.says_rose"
    second = {each.question.code: each.says for each in changes(report(HELD, WEB, given, (), "g2"))}
    assert second["woven.short_ease"].code == "woven.says_fell"


def test_too_few_answers_are_only_counted():
    (line,) = changes(report(HELD, WEB, [*answers(3, lambda at: 2, lambda at: 3)], (), "g1"))
    assert (line.count, line.middles, line.change, line.says.code) == ("fewer than five", "", "", "woven.says_too_few")


def test_what_may_be_chance_says_what_would_show():
    (line,) = changes(report(HELD, WEB, [*answers(8, lambda at: 3, lambda at: 2 + 2 * (at % 2))], (), "g1"))
    assert line.says.code == "woven.says_unclear"
    assert line.middles == "3 → 3"
    assert line.change.startswith("0.00 (−")
    assert str(line.when) == "before, after"


def test_what_is_asked_once_is_told_as_a_share_or_a_middle():
    once = [Answers(f"p{at}", "g1", DAY, Moment.AFTER, {"heard": int(at > 5), "close": 1 + at % 3}) for at in range(12)]
    lines = said(report(HELD, WEB, once, (), "g1"))["What people answered"]
    assert "6 of 12 said yes" in lines[0]
    assert "2 of 7 in the middle, of 12 answers" in lines[1]
    few = said(report(HELD, WEB, once[:3], (), "g1"))["What people answered"]
    assert all("too few to say more" in line for line in few)


def test_every_limit_is_said():
    assert len(said(report(HELD, WEB, (), ()))["How this is counted, and what it cannot tell"]) == 7
    assert {f"woven.says_{says}" for says in Says} <= {*TEMPLATES}


@given(webs(), st.sampled_from(["g0", "g1", "g2", None]))
@settings(max_examples=60)
def test_any_web_can_be_told(web, gathering):
    gatherings = tuple(replace(held(f"g{at}", at), id=f"g{at}") for at in range(4))
    found = report(gatherings, web, (), (), gathering)
    assert {*found.before.people} == {*found.after.people}
    assert {*found.before.ties} <= {*found.after.ties} <= {*web.ties}
    assert found.was.pairs <= found.now.pairs
    assert all(str(line) for each in sections(found) for line in each.lines)


def test_what_came_up_is_told_most_often_first_and_a_handful_only_as_few():
    found = report(HELD, WEB, (), (), None, {"Faith": 4, "Family": 6, "Rent": 12})
    often, few = (line.replace("\u2068", "").replace("\u2069", "") for line in said(found)[CAME_UP])
    assert often == "Most often: Rent (12), Family (6)."
    assert few == "In fewer than five lines each: Faith."
    assert CAME_UP not in said(report(HELD, WEB, (), ()))
    assert len(said(report(HELD, WEB, (), (), None, {"Faith": 4}))[CAME_UP]) == 1


def test_of_a_gathering_of_fewer_than_five_only_how_many_met_is_told():
    few = report((replace(HELD[0], people=4),), WEB, (), (), "g1")
    assert said(few)["Who met"] == ["4 people talked with somebody. Pairs who met: 7. Rounds: 1."]
    assert sections(few)[0].table is None

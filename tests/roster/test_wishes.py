"""What is wished on the page becomes rules: untouched, the usual ones; changed, exactly what was asked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.exchange.rosters import read_roster
from relexp.roster.mix import mix
from relexp.roster.person import Roster
from relexp.roster.rule_check import check_rules, default_rules
from relexp.roster.rules import Kind, NeverSame, Odd, Repeats
from relexp.roster.wishes import (
    Aim,
    Hosts,
    Own,
    Wishes,
    as_raw,
    fitted,
    host_answers,
    in_words,
    named_hosts,
    needs_in_words,
    own_column,
    usual,
)


def roster_of(text: str) -> Roster:
    return read_roster(text.encode(), "signup.csv").roster


HEADER = "name,organisation,age band,faith,side,languages,notes"
ROWS = [
    f"Person {place},{'ABC'[place % 3]},{['16-24', '25-34', '65+'][place % 3]},{'xy'[place % 2]},"
    f"{'host' if place < 4 else 'guest'},{'Welsh; English' if place % 2 else 'English'},note {place}"
    for place in range(9)
]


@pytest.fixture
def room() -> Roster:
    return roster_of("\n".join((HEADER, *ROWS)))


def as_rules(wishes: Wishes, roster: Roster, rounds: int = 4):
    return check_rules(as_raw(wishes, roster, rounds), roster)


def codes(messages) -> list[str]:
    return [message.code for message in messages]


def test_what_nobody_touched_is_what_is_usual(room):
    assert as_rules(usual(room), room) == default_rules(room, rounds=4)
    assert usual(room).across() == ("organisation", "age_band", "faith", "side")
    assert dict(usual(room).columns)["languages"] is Aim.SHARE


def test_a_sheet_of_names_alone_asks_for_nothing():
    room = roster_of("name\nAmina\nBo\nCass")
    assert usual(room).across() == ()
    assert as_rules(usual(room), room) == default_rules(room, rounds=4)
    assert codes(in_words(usual(room), room)) == ["wish.no_difference", "wish.repeats_never", "wish.odd_trio"]
    assert own_column(usual(room), room) is None


def test_the_order_counts_once_somebody_has_moved_a_column(room):
    rules = as_rules(usual(room).moved(1, 0), room)
    weights = {attribute.column: attribute.weight for attribute in rules.across}
    assert weights == {"age_band": 4, "organisation": 3, "faith": 2, "side": 1}
    assert [attribute.kind for attribute in rules.across if attribute.column == "age_band"] == [Kind.ORDERED]
    # Who moves a column has said nothing of whom one came with.
    assert {each.column for each in rules.across if each.never_same is NeverSame.FEWEST} == {"organisation"}


@given(place=st.integers(0, 5), to=st.integers(-3, 9))
def test_a_column_that_is_moved_is_there_once_and_the_others_keep_their_order(place, to):
    wishes = Wishes(tuple((letter, Aim.ACROSS) for letter in "abcdef"))
    moved = wishes.moved(place, to).across()
    letter = "abcdef"[place]
    assert moved.index(letter) == max(0, min(to, 5))
    assert [each for each in moved if each != letter] == [each for each in "abcdef" if each != letter]


def test_an_aim_makes_a_column_count_otherwise_or_not_at_all(room):
    place = [column for column, _ in usual(room).columns].index("age_band")
    shared = as_rules(usual(room).aimed(place, Aim.SHARE), room)
    assert set(shared.share) == {"age_band", "languages"}
    ignored = as_rules(usual(room).aimed(place, Aim.IGNORE), room)
    assert "age_band" not in {attribute.column for attribute in ignored.across}
    assert ignored.share == ("languages",)


@pytest.mark.parametrize(
    ("own", "most", "never_same", "cap"),
    [
        (Own.NEVER, None, NeverSame.HARD, None),
        (Own.SELDOM, 2, NeverSame.FEWEST, 2),
        (Own.ANY, None, None, None),
        # A number is only asked for where talks with one's own are counted.
        (Own.ANY, 2, None, None),
        (Own.NEVER, 2, NeverSame.HARD, None),
    ],
)
def test_how_firmly_people_keep_from_their_own(room, own, most, never_same, cap):
    first = as_rules(replace(usual(room), own=own, most=most), room).across[0]
    assert (first.column, first.never_same, first.cap) == ("organisation", never_same, cap)


def test_where_whom_one_came_with_does_not_matter_the_first_that_does_takes_its_place(room):
    wishes = usual(room).aimed(0, Aim.IGNORE)
    assert own_column(wishes, room) == "age_band"
    assert as_rules(wishes, room).across[0].never_same is NeverSame.FEWEST


def test_hosts_and_guests_sit_across_and_their_column_is_no_other_difference(room):
    wishes = replace(usual(room), hosts=Hosts("side", "host", 2))
    rules = as_rules(wishes, room)
    assert (rules.sides.column, rules.sides.hosts, rules.sides.guests) == ("side", "host", "guest")
    assert rules.sides.guests_per_host == 2
    assert "side" not in {attribute.column for attribute in rules.across}
    moved = as_rules(wishes.moved(0, 1), room)
    assert "side" not in {attribute.column for attribute in moved.across}
    assert codes(in_words(wishes, room))[-3:] == ["wish.hosts_two", "wish.repeats_never", "wish.odd_trio_sides"]
    assert "wish.hosts" in codes(in_words(replace(wishes, hosts=Hosts("side", "guest")), room))


def test_the_sheet_names_the_hosts_where_its_own_words_say_host_and_guest(room):
    assert named_hosts(room) == Hosts("side", "host")
    others = [replace(person, values=person.values | {"side": "us"}) for person in room.people[:3]]
    assert named_hosts(replace(room, people=(*others, *room.people[3:]))) is None


def test_only_a_column_of_two_answers_that_all_gave_can_tell_hosts(room):
    assert host_answers(room, "side") == ("host", "guest")
    assert host_answers(room, "organisation") == ()
    # faith has two answers, and is nobody's to see
    assert host_answers(room, "faith") == ()
    gap = roster_of("name,side\nAmina,host\nBo,guest\nCass,")
    assert host_answers(gap, "side") == ()


def test_tables_repeats_and_the_odd_one_are_as_asked(room):
    wishes = replace(usual(room), tables=9, quiet=(2, 3), odd=Odd.REST, repeats=Repeats.FEWEST, breadth=1.0)
    rules = as_rules(wishes, room)
    assert (rules.tables.count, rules.tables.quiet) == (9, frozenset({2, 3}))
    assert (rules.odd, rules.repeats, rules.breadth) == (Odd.REST, Repeats.FEWEST, 1.0)
    assert codes(in_words(wishes, room))[-2:] == ["wish.repeats_fewest", "wish.odd_rest"]
    assert as_rules(replace(usual(room), quiet=(1,)), room).tables.count is None


def test_wishes_follow_the_sheet(room):
    wishes = replace(usual(room).moved(2, 0), hosts=Hosts("side", "host"), quiet=(1,))
    other = roster_of("name,organisation,ward\nAmina,A,North\nBo,B,South\nCass,C,North")
    there = fitted(wishes, other)
    assert [column for column, _ in there.columns] == ["organisation", "ward"]
    assert there.hosts is None
    assert (there.ordered, there.quiet) == (True, (1,))
    assert fitted(wishes, room) == wishes
    as_rules(there, other)


def test_no_sentence_names_what_is_private(room):
    words = " ".join(map(str, in_words(usual(room), room)))
    assert "faith" not in words
    assert "wish.private" in codes(in_words(usual(room), room))
    only = roster_of("name,faith\nAmina,x\nBo,y\nCass,x\nDee,y")
    assert codes(in_words(usual(only), only))[0] == "wish.private"


def test_words_say_what_was_ordered_and_how_often(room):
    assert "wish.across_ordered" in codes(in_words(usual(room).moved(0, 1), room))
    assert "wish.own_most" in codes(in_words(replace(usual(room), most=2), room))
    assert "wish.own_never" in codes(in_words(replace(usual(room), own=Own.NEVER), room))
    assert not {"wish.own_any"} & set(codes(in_words(replace(usual(room), own=Own.ANY), room)))


def test_needs_are_numbers_and_never_say_who_or_what_is_private():
    room = roster_of(
        "name,organisation,under_18,responsible_adult,fixed_seat,quiet,rest,women_only,gender\n"
        "Amina,A,no,,yes,yes,2,yes,woman\nBo,B,yes,Cass,,,,,\nCass,C,no,,,,,,\nDee,D,no,,,yes,,,woman"
    )
    said = {message.code: message.values["count"] for message in needs_in_words(room)}
    assert said == {"need.young": 1, "need.seat": 1, "need.quiet": 2, "need.rest": 1}


def test_the_mix_says_what_five_more_would_bring():
    lopsided = roster_of("name,organisation\n" + "\n".join(f"P{n},{'A' if n < 14 else f'B{n}'}" for n in range(20)))
    [said] = [message for message in mix(lopsided).warnings if message.code == "mix.invite_five"]
    # 14 of 20 from one group: 6 others, 12 people across; with five more 11 others, 22 of 25
    assert (said.values["ceiling"], said.values["people"], said.values["share"]) == (22, 25, 88)

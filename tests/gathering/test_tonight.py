"""What everybody looks at tonight: the room sees what goes on and who sits where, and each person their own place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.gathering.asked import Asked
from relexp.gathering.formats import FORMATS, STANDARD, Part
from relexp.gathering.running import BY_THE_CLOCK, Act, Press, Stage
from relexp.gathering.tonight import Guest, Place, Tonight
from relexp.pairing.evening import Conversation, Round
from relexp.roster.person import Person
from tests.gathering.test_formats import ANY_FORMAT

EIGHT = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)
PEOPLE = tuple(Guest(Person(id, id.title())) for id in ("amina", "bo", "cass", "dee", "eve"))
ROUNDS = (
    Round(1, (Conversation(("amina", "bo"), 7, ("dee",)),), ("cass",)),
    Round(2, (Conversation(("amina", "cass"), 3), Conversation(("bo", "dee"), 4))),
    Round(3, (Conversation(("bo", "cass", "dee"), 1),), ("amina",)),
)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def at(after: float) -> datetime:
    return EIGHT + minutes(after)


def evening(*presses: tuple[Press, float], **other) -> Tonight:
    acts = tuple(Act(press, at(after)) for press, after in presses)
    return Tonight(
        "g", 1, "Spring evening", **{"asked": Asked(), "people": PEOPLE, "rounds": ROUNDS, "acts": acts} | other
    )


DOORS, WELCOME, FIRST, SECOND = (
    (Press.OPEN_DOORS, 0),
    (Press.WELCOME, 15),
    (Press.START_ROUND, 25),
    (Press.START_ROUND, 40),
)


def test_who_came_and_has_not_gone_is_here():
    one = PEOPLE[0]
    assert not one.here
    assert replace(one, came=EIGHT).here
    assert not replace(one, came=EIGHT, went=at(9)).here


def test_who_took_back_to_be_on_the_plan_is_here_and_takes_no_part():
    one = replace(PEOPLE[0], came=EIGHT)
    assert (one.here, one.takes_part) == (True, True)
    assert (replace(one, refused=at(9)).here, replace(one, refused=at(9)).takes_part) == (True, False)


def test_before_the_talks_the_room_is_told_where_it_will_sit_once_it_is_welcomed():
    scene = evening(DOORS).scene(at(1))
    assert (scene.stage, scene.part, scene.round, scene.of, scene.question) == (Stage.DOORS, Part.ARRIVAL, 0, 3, "")
    assert scene.seats is None
    scene = evening(DOORS, WELCOME).scene(at(16))
    assert (scene.part, scene.seats, scene.to_come) == (Part.OPENING, ROUNDS[0], True)


def came(**when) -> tuple[Guest, ...]:
    """Those with a place are here since the doors opened, but for some: a minute, None, or when they came and went."""
    times = dict.fromkeys(("amina", "bo", "cass", "dee"), 1) | when
    found = []
    for guest in PEOPLE:
        came, went = (*each, None)[:2] if isinstance(each := times.get(guest.person.id), tuple) else (each, None)
        found.append(replace(guest, came=came and at(came), went=went and at(went)))
    return tuple(found)


@pytest.mark.parametrize(
    ("people", "told"),
    [
        (PEOPLE, True),
        (came(), True),
        (came(bo=None), False),
        (came(eve=2), False),
        (came(bo=(1, 9)), False),
        (came(eve=(1, 9)), True),
        # What fitted when the welcome began goes on to, and what was mended since fits.
        (came(eve=16), True),
        (came(bo=(1, 16)), True),
        (came(bo=16), True),
    ],
)
def test_nobody_is_sent_to_a_table_before_the_plan_is_for_those_who_came(people, told):
    welcomed = evening(DOORS, WELCOME, people=people)
    assert welcomed.fits is told
    assert (welcomed.scene(at(17)).seats == ROUNDS[0]) is told
    assert (welcomed.place("amina", at(17)).table == 7) is told
    # Once round 1 has begun it is too late to wait.
    assert evening(DOORS, WELCOME, FIRST, people=people).scene(at(26)).seats == ROUNDS[0]


def test_who_takes_back_to_be_on_the_plan_during_the_welcome_takes_no_table_from_the_others():
    here = came()
    for after, fits in ((14, False), (16, True)):
        people = (replace(here[0], refused=at(after)), *here[1:])
        assert evening(DOORS, WELCOME, people=people).fits is fits
        waiting = replace(PEOPLE[4], came=at(2), refused=at(after))
        assert evening(DOORS, WELCOME, people=(*here[:4], waiting)).fits


def test_nobody_is_sent_to_a_first_table_that_does_not_protect_them():
    here = came()
    young = replace(here[0], person=replace(here[0].person, under_18=True))
    alone = evening(DOORS, WELCOME, people=(young, *here[1:]))
    assert not alone.fits
    assert alone.place("amina", at(17)).table is None
    later = evening(DOORS, WELCOME, people=(replace(young, came=at(16)), *here[1:]))
    assert later.place("amina", at(17)).table is None
    both = replace(here[1], person=replace(here[1].person, under_18=True))
    assert evening(DOORS, WELCOME, people=(young, both, *here[2:])).fits
    for_women = replace(here[1], person=replace(here[1].person, women_only=True, gender="woman"))
    assert not evening(DOORS, WELCOME, people=(here[0], for_women, *here[2:])).fits


def test_until_people_are_welcomed_the_plan_has_to_be_for_who_is_here_now():
    assert not evening(DOORS, people=came(eve=2)).fits
    assert evening(DOORS, people=came(eve=(2, 3))).fits
    taken_back = (DOORS, WELCOME, (Press.UNDO, 16))
    assert not evening(*taken_back, people=came(eve=17)).fits


def test_whoever_interprets_for_nobody_who_talks_is_waited_for_by_no_plan():
    helper = Guest(Person("eve", "Eve", interpreter_for="zed"), came=at(1))
    assert evening(DOORS, WELCOME, people=(*came()[:4], helper)).fits


def test_a_round_shows_its_question_its_tables_and_its_clock():
    tonight = evening(DOORS, WELCOME, FIRST)
    scene = tonight.scene(at(27))
    assert (scene.part, scene.round, scene.seats, scene.to_come) == (Part.TALK, 1, ROUNDS[0], False)
    assert scene.question == tonight.questions[0] != ""
    assert (scene.began, scene.ends, scene.half_time, scene.left) == (at(26), at(34), at(30), minutes(7))
    assert not scene.paused


def test_between_two_rounds_the_next_tables_are_shown_and_no_question():
    scene = evening(DOORS, WELCOME, FIRST).scene(at(37))
    assert (scene.part, scene.round, scene.seats, scene.to_come, scene.question) == (Part.MOVE, 1, ROUNDS[1], True, "")


def test_what_stands_still_has_no_end_but_says_how_much_is_left():
    scene = evening(DOORS, WELCOME, FIRST, (Press.PAUSE, 28)).scene(at(99))
    assert (scene.paused, scene.ends, scene.left, scene.half_time) == (True, None, minutes(6), None)
    school = evening(DOORS, (Press.START_ROUND, 3), asked=Asked(FORMATS[3]))
    assert (school.scene(at(30)).part, school.scene(at(30)).left) == (Part.MOVE, None)


def test_after_the_last_round_there_is_no_table_to_go_to():
    third = (Press.START_ROUND, 60)
    # tea comes after the third round, which is the last
    scene = evening(DOORS, WELCOME, FIRST, SECOND, third).scene(at(80))
    assert (scene.part, scene.seats, scene.to_come) == (Part.TEA, None, False)
    closing = evening(DOORS, WELCOME, FIRST, SECOND, third, (Press.SKIP, 81))
    assert closing.place("bo", at(82)) == Place()
    closed = evening(DOORS, WELCOME, FIRST, (Press.CLOSE, 30)).scene(at(31))
    assert (closed.stage, closed.part, closed.seats, closed.question) == (Stage.CLOSED, None, None, "")


def test_a_screen_that_lost_its_server_knows_what_follows_by_the_clock():
    tonight = evening(DOORS, WELCOME, FIRST)
    coming = list(tonight.scenes(at(25.5)))
    assert [scene.part for scene in coming] == [Part.PROMPT, Part.TALK, Part.HARVEST, Part.MOVE]
    assert coming[1] == replace(tonight.scene(at(26)), left=minutes(8))
    assert [scene.part for scene in evening(DOORS).scenes(at(99))] == [Part.ARRIVAL]
    assert [
        scene.part for scene in replace(tonight, acts=(*tonight.acts, Act(Press.PAUSE, at(27)))).scenes(at(28))
    ] == [Part.TALK]


def test_each_person_sees_their_table_and_whom_they_are_with():
    tonight = evening(DOORS, WELCOME, FIRST)
    assert tonight.place("amina", at(27)) == Place(1, table=7, partners=("Bo",), interpreters=("Dee",))
    assert tonight.place("dee", at(27)) == Place(1, table=7, partners=("Amina", "Bo"), interprets=True)
    assert tonight.place("cass", at(27)) == Place(1, resting=True)
    assert tonight.place("cass", at(37)) == Place(2, True, 3, ("Amina",))
    # Nobody has planned them in yet.
    assert tonight.place("eve", at(27)) == Place(1)
    assert evening(DOORS).place("amina", at(5)) == Place()


def test_questions_are_in_the_words_they_were_given_and_the_format_fills_in():
    asked = evening(asked=Asked(questions=("Who taught you to cook?",)))
    assert asked.questions[0] == "Who taught you to cook?"
    assert asked.questions[1:] == evening().questions[1:]
    assert len(asked.questions) == 3


def test_before_there_is_a_plan_there_are_no_rounds_and_nothing_breaks():
    unplanned = evening(DOORS, WELCOME, FIRST, rounds=())
    assert (unplanned.of, unplanned.questions) == (0, ())
    assert unplanned.scene(at(30)).part is Part.OPENING
    assert unplanned.place("amina", at(30)) == Place()


def test_a_gap_in_the_seats_leaves_a_round_without_tables():
    assert evening(DOORS, FIRST, rounds=(ROUNDS[2],)).scene(at(27)).seats is None


@given(
    ANY_FORMAT,
    st.lists(st.tuples(st.sampled_from(Press), st.integers(0, 3000), st.integers(-9, 9)), max_size=12),
    st.integers(0, 9000),
)
def test_whatever_was_pressed_everybody_sees_the_same(format, presses, seconds):
    moment, acts = EIGHT, []
    for press, gap, more in presses:
        moment += timedelta(seconds=gap)
        acts.append(Act(press, moment, more))
    tonight = evening(asked=Asked(format), acts=tuple(acts))
    now = EIGHT + timedelta(seconds=seconds)
    first, *later = tonight.scenes(now)
    assert first == tonight.scene(now)
    assert all(scene.part is not None for scene in later)
    assert (first.question != "") == (first.part in BY_THE_CLOCK)
    for guest in PEOPLE:
        place = tonight.place(guest.person.id, now)
        assert (place.round > 0) == (first.seats is not None)
        if place.table is not None:
            (talk,) = [talk for talk in first.seats.conversations if guest.person.id in talk.people + talk.interpreters]
            assert (talk.table, place.to_come) == (place.table, first.to_come)
            assert len(place.partners) + len(place.interpreters) + 1 == len(talk.people) + len(talk.interpreters)


def test_the_standard_evening_is_what_is_asked_when_nothing_is():
    assert evening().asked.format == STANDARD


@pytest.mark.parametrize(
    ("presses", "round"),
    [
        ((), 0),
        ((WELCOME,), 0),
        ((WELCOME, FIRST), 0),
        ((WELCOME, FIRST, (Press.SKIP, 25.5)), 0),
        ((WELCOME, FIRST, (Press.SKIP, 25.5), (Press.SKIP, 30)), 1),
        ((WELCOME, FIRST, (Press.SKIP, 25.5), (Press.SKIP, 30), (Press.SKIP, 31), SECOND), 1),
        ((WELCOME, FIRST, (Press.CLOSE, 30)), 0),
    ],
)
def test_a_line_is_shared_from_the_harvest_of_a_round_until_the_next_talk(presses, round):
    scene = evening(DOORS, *presses).scene(at(presses[-1][1] if presses else 1))
    assert scene.to_share == round


def test_at_the_end_all_rounds_are_over():
    assert not evening(DOORS, WELCOME, FIRST).scene(at(26)).at_the_end
    assert evening(DOORS, WELCOME, FIRST, (Press.CLOSE, 30)).scene(at(31)).at_the_end

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relexp.exchange.print_signs import Rounds, Sign, sheets

LONG = "Maria del Carmen Fernández de la Vega y Rodríguez-Santibáñez"


def rounds(number: int, *people: str, helping: tuple[str, ...] = ()) -> Rounds:
    return [(each, {"people": people, "interpreters": helping}) for each in range(1, number + 1)]


def laid_out(at_table: Rounds, large: bool) -> list[Sign]:
    return list(chain(*sheets({1: at_table}, large)))


@pytest.mark.parametrize("large", [False, True])
def test_the_more_there_is_to_say_the_smaller_the_print_down_to_one_that_can_still_be_read(large: bool) -> None:
    made = [laid_out(rounds(number, "Amina Rahman", LONG), large) for number in range(1, 13)]
    sizes = [signs[0].fit.points for signs in made if len(signs) == 1 and not signs[0].half]
    assert sizes == sorted(sizes, reverse=True)
    assert min(sign.fit.points for sign in chain(*made)) >= (16 if large else 10)


def test_two_signs_share_a_page_where_both_leave_room_for_it() -> None:
    short, long = rounds(5, "Amina", "Ben"), rounds(10, LONG, LONG, LONG)
    pages = sheets({1: short, 2: short, 3: short, 4: long, 5: short}, large=False)
    assert [[sign.table for sign in page] for page in pages] == [[1, 2], [3], [4], [5]]
    assert [len(page) for page in sheets({1: short, 2: short}, large=True)] == [1, 1]


def test_marks_upon_letters_take_no_room_and_chinese_characters_take_two() -> None:
    def size(name: str) -> int:
        return laid_out(rounds(8, *[name] * 3), large=True)[0].fit.points

    assert size("e\u0301" * 10) == size("e" * 10)
    assert size("王" * 10) < size("e" * 10)


SEATS = st.lists(st.text("a \u0985王", min_size=1, max_size=120), min_size=2, max_size=3).map(tuple)
TABLE = st.lists(st.none() | st.fixed_dictionaries({"people": SEATS, "interpreters": SEATS | st.just(())}), min_size=1)


@given(table=TABLE, large=st.booleans())
def test_however_a_sign_is_laid_out_each_round_is_on_it_once_and_in_its_order(table, large) -> None:
    at_table = list(enumerate(table, start=1))
    signs = laid_out(at_table, large)
    assert list(chain(*(sign.rounds for sign in signs))) == at_table
    assert {sign.split for sign in signs} == {len(signs) > 1}


def test_the_words_below_the_number_take_their_room_from_the_rounds() -> None:
    short = rounds(5, "Amina", "Ben")
    care = "Worried about something? Speak to: Siân Rees, by the tea table"
    assert [len(page) for page in sheets({1: short, 2: short}, False, care)] == [2]
    assert [len(page) for page in sheets({1: short, 2: short}, False, care + LONG * 5)] == [1, 1]
    for large in (False, True):
        many = [chain(*sheets({1: rounds(each, LONG, LONG)}, large, care * 6)) for each in (2, 5, 8)]
        assert [sum(len(sign.rounds) for sign in signs) for signs in many] == [2, 5, 8]

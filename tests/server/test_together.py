"""Those who ask in the same moment are answered in one go."""

import asyncio

import pytest

from relexp.server.together import MOST, Together


def run(asking):
    return asyncio.run(asking)


def test_all_who_ask_in_one_moment_go_together_and_each_gets_their_own_answer():
    goes = []

    async def double(those):
        goes.append(list(those))
        return [2 * one for one in those]

    async def asking():
        together = Together(double)
        return await asyncio.gather(*map(together.ask, range(MOST)))

    assert run(asking()) == [2 * one for one in range(MOST)]
    assert goes == [list(range(MOST))]


def test_whoever_comes_while_a_go_is_on_is_answered_by_the_next_one_and_not_by_that():
    goes, on, enough = [], asyncio.Event(), asyncio.Event()

    async def answer(those):
        goes.append(list(those))
        on.set()
        await enough.wait()
        return list(those)

    async def asking():
        together = Together(answer)
        first = asyncio.create_task(together.ask("first"))
        await on.wait()
        late = [asyncio.create_task(together.ask(name)) for name in ("late", "later")]
        await asyncio.sleep(0)
        enough.set()
        return await asyncio.gather(first, *late)

    assert run(asking()) == ["first", "late", "later"]
    assert goes == [["first"], ["late", "later"]]


def test_what_is_wrong_with_one_is_raised_for_that_one_alone():
    async def halve(those):
        return [ValueError(f"{one} is odd") if one % 2 else one // 2 for one in those]

    async def asking():
        together = Together(halve)
        return await asyncio.gather(*map(together.ask, (2, 3, 4)), return_exceptions=True)

    one, wrong, two = run(asking())
    assert (one, two) == (1, 2)
    assert str(wrong) == "3 is odd"


def test_where_nothing_can_be_answered_all_of_the_go_hear_it_and_the_next_one_goes():
    works = iter([False, True])

    async def answer(those):
        if not next(works):
            raise OSError("the disk is full")
        return list(those)

    async def asking():
        together = Together(answer)
        failed = await asyncio.gather(together.ask(1), together.ask(2), return_exceptions=True)
        return failed, await together.ask(3)

    failed, after = run(asking())
    assert [str(each) for each in failed] == ["the disk is full"] * 2
    assert after == 3


def test_who_has_left_keeps_nobody_from_their_answer():
    async def answer(those):
        await asyncio.sleep(0)
        return list(those)

    async def asking():
        together = Together(answer)
        gone, stays = (asyncio.create_task(together.ask(name)) for name in ("gone", "stays"))
        await asyncio.sleep(0)
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        return await stays

    assert run(asking()) == "stays"

"""Who may have a Python, how many are started at one time, and when each ends."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from tempfile import TemporaryDirectory

import pytest
from traitlets.config import Config

from relexp.server.forkserver.template import end_templates, template
from relexp.server.kernels import FEWEST, MOST, Full, Kernels
from tests.server.by_hand import WARMTH, Specs, handles, lives, run, stop, until


@pytest.fixture(scope="module", autouse=True)
def no_template_left():
    yield
    end_templates()


@asynccontextmanager
async def kernels(tmp_path, **settings):
    """The server's kernels; every one that is left ends with the body."""
    config = Config()
    config.Kernels.update(settings)
    them = Kernels(config=config, kernel_spec_manager=Specs(), connection_dir=str(tmp_path))
    try:
        yield them
    finally:
        await them.shutdown_all(now=True)
        them.context.destroy(linger=0)


async def started(them: Kernels, owner: str = "somebody") -> str:
    async with them.admit(owner):
        return await them.start_kernel(kernel_name="python3")


def pid(them: Kernels, kernel_id: str) -> int:
    return them.get_kernel(kernel_id).provisioner.pid


class Line:
    """What stands for a page's line here: it notes that it was hung up on."""

    ended = False

    def hang_up(self):
        self.ended = True


def test_first_come_first_served_and_only_so_many_at_one_time(tmp_path):
    async def work():
        async with kernels(tmp_path, at_once=2) as them:
            begun, let_go = [], [asyncio.Event() for _ in range(5)]

            async def visit(number):
                async with them.admit(str(number)):
                    begun.append(number)
                    await let_go[number].wait()

            visits = [asyncio.create_task(visit(number)) for number in range(5)]
            await asyncio.sleep(0.01)
            assert begun == [0, 1]
            let_go[1].set()
            await asyncio.sleep(0.01)
            assert begun == [0, 1, 2]
            for event in let_go:
                event.set()
            await asyncio.gather(*visits)
            assert begun == [0, 1, 2, 3, 4]

    run(work())


def test_whoever_comes_when_the_room_is_full_is_told_at_once(tmp_path):
    async def work():
        async with kernels(tmp_path, most=2, at_once=1) as them:
            kernel_id = await started(them)
            async with them.admit("second"):
                # One has a kernel, one is on the way to one.
                with pytest.raises(Full):
                    async with them.admit("third"):
                        pass
            # The second left without a kernel.
            assert them.taken() == 1
            await started(them)
            with pytest.raises(Full):
                await started(them)
            ending = asyncio.create_task(them.end(kernel_id))
            await asyncio.sleep(0)
            # A page that is loaded again comes back before its old kernel has quite ended.
            await started(them)
            await ending
            assert them.taken() == 2

    run(work())


def test_who_waits_takes_a_place(tmp_path):
    async def work():
        async with kernels(tmp_path, most=2, at_once=1) as them:
            async with them.admit("first"):
                waiting = asyncio.create_task(started(them))
                await asyncio.sleep(0)
                with pytest.raises(Full):
                    await started(them)
            assert await waiting in them

    run(work())


@pytest.mark.parametrize("seconds", [0.0, 0.005, 0.02, 0.04, 0.2])
def test_a_visitor_who_goes_while_starting_leaves_no_kernel_and_no_process(tmp_path, seconds):
    async def work():
        async with kernels(tmp_path, most=1) as them:
            pids = []

            async def visit():
                async with them.admit("somebody"):
                    kernel_id = await them.start_kernel(kernel_name="python3")
                    pids.append(pid(them, kernel_id))
                    await asyncio.sleep(60)

            warm = template(WARMTH)
            await them.end(await started(them))
            await until(lambda: warm.living() == 0)
            task = asyncio.create_task(visit())
            await asyncio.sleep(seconds)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert them.taken() == 0
            assert len(them) == 0
            await until(lambda: warm.living() == 0)
            assert not any(map(lives, pids))
            assert await started(them) in them

    run(work())


def test_a_visitor_who_goes_while_waiting_gives_the_place_back(tmp_path):
    async def work():
        async with kernels(tmp_path, most=2, at_once=1) as them:
            async with them.admit("first"):
                waiting = asyncio.create_task(started(them))
                await asyncio.sleep(0)
                waiting.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await waiting
                assert them.taken() == 1
            assert them.taken() == 0

    run(work())


def test_a_page_that_cannot_be_made_leaves_no_kernel(tmp_path):
    async def work():
        async with kernels(tmp_path) as them:

            async def broken(**how):
                async with them.admit("somebody"):
                    await them.start_kernel(kernel_name="python3", **how)
                    raise ZeroDivisionError

            with pytest.raises(ZeroDivisionError):
                await broken()
            with pytest.raises(AttributeError):
                await broken(env=7)
            assert len(them) == 0
            assert them.taken() == 0

    run(work())


def test_a_kernel_belongs_to_whoever_was_admitted(tmp_path):
    async def work():
        async with kernels(tmp_path) as them:
            one, other = await asyncio.gather(started(them, "amina"), started(them, "bo"))
            assert (them.owner(one), them.owner(other)) == ("amina", "bo")
            assert them.owner("unknown") is None
            nobodys = await them.start_kernel(kernel_name="python3")
            assert them.owner(nobodys) is None
            await them.end(one)
            assert them.owner(one) is None

    run(work())


def test_ending_twice_is_no_fault(tmp_path):
    async def work():
        async with kernels(tmp_path) as them:
            kernel_id = await started(them)
            process = pid(them, kernel_id)
            await asyncio.gather(them.end(kernel_id), them.end(kernel_id))
            await them.end(kernel_id)
            await them.end("unknown")
            assert not lives(process)
            assert list(tmp_path.iterdir()) == []

    run(work())


def test_a_kernel_that_no_page_joins_ends(tmp_path):
    async def work():
        async with kernels(tmp_path, seconds_unjoined=0.3) as them:
            unjoined, joined = await started(them), await started(them)
            them.join(joined, Line())
            await until(lambda: unjoined not in them)
            await asyncio.sleep(0.3)
            assert joined in them

    run(work())


def test_a_kernel_outlives_its_page_for_a_while_so_that_it_can_come_back(tmp_path):
    async def work():
        async with kernels(tmp_path, seconds_alone=0.5) as them:
            kernel_id, line, again = await started(them), Line(), Line()
            them.join(kernel_id, line)
            them.part(kernel_id, line)
            await asyncio.sleep(0.3)
            them.join(kernel_id, again)
            await asyncio.sleep(0.5)
            assert kernel_id in them
            them.part(kernel_id, again)
            # A line may be told to close twice.
            them.part(kernel_id, again)
            await until(lambda: kernel_id not in them)
            assert them.taken() == 0

    run(work())


def test_a_kernel_that_is_idle_for_long_ends_though_joined_and_its_page_is_hung_up_on(tmp_path):
    async def work():
        async with kernels(tmp_path, cull_idle_timeout=1, cull_interval=1) as them:
            kernel_id, line = await started(them), Line()
            them.join(kernel_id, line)
            await until(lambda: kernel_id not in them)
            assert line.ended

    run(work())
    assert Kernels().cull_idle_timeout == 8 * 60 * 60


def test_a_kernel_that_dies_is_forgotten_and_its_page_hung_up_on(tmp_path):
    async def work():
        async with kernels(tmp_path) as them:
            kernel_id, line = await started(them), Line()
            them.join(kernel_id, line)
            stop(pid(them, kernel_id))
            took = await until(lambda: kernel_id not in them, seconds=5)
            assert took < 3
            assert line.ended
            assert them.taken() == 0
            assert list(tmp_path.iterdir()) == []

    run(work())


def test_kernels_that_have_ended_leave_no_file_open(tmp_path):
    async def work():
        async with kernels(tmp_path) as them:
            await them.end(await started(them))
            before = handles()
            for _ in range(10):
                await them.end(await started(them))
            # What was still to be said to a kernel that has ended is given up after a moment.
            await until(lambda: handles() <= before + 2, seconds=3)

    run(work())


def test_how_many_may_come_follows_from_the_memory_there_is_and_can_be_set():
    assert FEWEST <= Kernels().most <= MOST
    config = Config()
    config.Kernels.most = 5
    assert Kernels(config=config).most == 5


@pytest.mark.parametrize("transport", ["ipc", "tcp"])
def test_a_client_is_ready_when_its_kernel_is(tmp_path, transport):
    async def work(folder):
        async with kernels(folder) as them:
            took = []
            for _ in range(5):
                manager = them.get_kernel(await started(them))
                assert manager.transport == transport
                start = time.perf_counter()
                client = manager.client()
                client.start_channels()
                await client.wait_for_ready(timeout=30)
                took.append(time.perf_counter() - start)
                reply = await client.execute("print(1)", reply=True, timeout=10)
                assert reply["content"]["status"] == "ok"
                client.stop_channels()
            # Jupyter's own never takes less than 0.2 s.
            assert min(took) < 0.2

    # A path too long for a socket leaves ports.
    long = tmp_path / ("x" * 80)
    long.mkdir()
    with TemporaryDirectory() as short:
        run(work(short if transport == "ipc" else long))


def test_a_client_of_a_kernel_that_has_died_is_told_so(tmp_path):
    async def work():
        async with kernels(tmp_path) as them:
            manager = them.get_kernel(await started(them))
            stop(manager.provisioner.pid)
            client = manager.client()
            client.start_channels()
            with pytest.raises(RuntimeError):
                await client.wait_for_ready(timeout=30)
            client.stop_channels()

    run(work())

"""Kernels forked from a warm template: as good as kernels of their own, and nothing is left behind, whoever dies."""

from __future__ import annotations

import asyncio
import gc
import os
import resource
import signal
from pathlib import Path

import pytest

from relexp.server.forkserver import provisioner, template
from relexp.server.forkserver.template import Template, TemplateGone, Warmth, end_templates, possible
from relexp.server.kernel import NEEDLESS
from tests.server.by_hand import (
    WARMTH,
    Kernel,
    children,
    handles,
    kernel,
    lives,
    memory,
    run,
    server,
    stop,
    threads,
    until,
)

pytestmark = pytest.mark.skipif(not possible(), reason="this system has no handles for processes")
STARTS = int(os.environ.get("RELEXP_STARTS", "40"))


@pytest.fixture(scope="module", autouse=True)
def no_template_left():
    yield
    end_templates()


def forked(one: Kernel) -> bool:
    return isinstance(one.manager.provisioner.process, template.Copy)


def test_a_forked_kernel_runs_code_threads_coroutines_and_programs(tmp_path):
    async def work():
        async with kernel(tmp_path) as one:
            assert forked(one)
            assert await one.does("print(6 * 7)") == "42"
            assert await one.does("1 / 0") == "ZeroDivisionError"
            assert await one.does("import asyncio; await asyncio.sleep(0.01); print('slept')") == "slept"
            thread = "import threading\nt = threading.Thread(target=print, args=['in a thread'])\nt.start(); t.join()"
            assert await one.does(thread) == "in a thread"
            program = "import subprocess, sys\nprint(subprocess.run([sys.executable, '-c', 'print(7)'], capture_output=True).stdout)"
            assert await one.does(program) == r"b'7\n'"

    run(work())


def test_widgets_of_a_forked_kernel_speak_to_the_page(tmp_path):
    async def work():
        async with kernel(tmp_path) as one:
            said = []
            await one.client.execute_interactive(
                "import ipywidgets; ipywidgets.IntSlider()", output_hook=said.append, timeout=30
            )
            assert "comm_open" in [message["msg_type"] for message in said]
            targets = "from comm import get_comm_manager; print('jupyter.widget.control' in get_comm_manager().targets)"
            assert await one.does(targets) == "True"

    run(work())


def test_a_busy_kernel_can_be_interrupted(tmp_path):
    async def work():
        async with kernel(tmp_path) as one:
            busy = asyncio.create_task(one.does("import time\nwhile True: time.sleep(0.05)"))
            await asyncio.sleep(0.5)
            await one.manager.interrupt_kernel()
            assert await busy == "KeyboardInterrupt"
            assert await one.does("print('well')") == "well"

    run(work())


@pytest.mark.parametrize("now", [False, True])
def test_a_kernel_that_is_restarted_begins_anew(tmp_path, now):
    async def work():
        async with kernel(tmp_path) as one:
            await one.does("kept = 1")
            before = one.pid
            await one.manager.restart_kernel(now=now)
            await one.client.wait_for_ready(timeout=30)
            assert one.pid != before
            assert forked(one)
            assert await one.does("print('kept' in globals())") == "False"
            assert not lives(before)

    run(work())


def test_what_one_visitor_does_no_other_sees(tmp_path):
    async def work():
        async with kernel(tmp_path / "a") as one, kernel(tmp_path / "b") as other:
            await one.does("kept = 1; import ipywidgets, sys; ipywidgets.IntSlider.mine = 1; sys.path.append('/mine')")
            asked = "print('kept' in globals(), hasattr(ipywidgets.IntSlider, 'mine'), '/mine' in sys.path)"
            assert await other.does("import ipywidgets, sys\n" + asked) == "False False False"
            async with kernel(tmp_path / "c") as later:
                assert await later.does("import ipywidgets, sys\n" + asked) == "False False False"

    run(work())


def test_no_two_visitors_draw_the_same_numbers(tmp_path):
    async def work():
        drawn = "import random, uuid, numpy as np, tempfile\n"
        drawn += "for value in (random.random(), np.random.rand(), np.random.default_rng().random(), uuid.uuid4(),"
        drawn += " get_ipython().kernel.ident, get_ipython().kernel.session.session): print(value)"
        async with kernel(tmp_path / "a") as one, kernel(tmp_path / "b") as other:
            here, there = (await one.does(drawn)).split(), (await other.does(drawn)).split()
            assert len(here) == 6
            assert not set(here) & set(there)

    run(work())


def test_environment_and_place_are_the_visitor_s_own(tmp_path):
    async def work():
        env = {**os.environ, "RELEXP_IDENTITY": "somebody"}
        (tmp_path / "here").mkdir()
        async with (
            kernel(tmp_path / "a", env=env, cwd=str(tmp_path / "here")) as one,
            kernel(tmp_path / "b", env=dict(os.environ)) as other,
        ):
            asked = (
                "import os; print(os.environ.get('RELEXP_IDENTITY'), os.getcwd(), 'OPENBLAS_NUM_THREADS' in os.environ)"
            )
            own = str("OPENBLAS_NUM_THREADS" in os.environ)
            assert await one.does(asked) == f"somebody {tmp_path / 'here'} {own}"
            assert (await other.does(asked)).startswith("None ")
            # What every kernel sets for the programs it starts is set in the new environment too.
            assert await other.does("print(os.environ['PAGER'])") == "cat"

    run(work())


def test_no_module_is_taken_from_where_the_server_was_started(tmp_path, monkeypatch):
    (tmp_path / "intruder.py").write_text("print('in')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "away").mkdir()

    async def work():
        async with kernel(tmp_path / "k", Warmth((), ("debugpy",)), cwd=str(tmp_path / "away")) as one:
            assert await one.does("import intruder") == "ModuleNotFoundError"

    run(work())


def test_a_kernel_reads_nothing_of_this_computer_s_user_and_writes_nothing_there(tmp_path):
    startup = tmp_path / "home" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "mine.py").write_text("mine = 1", encoding="utf-8")
    before = sorted((tmp_path / "home").rglob("*"))

    async def work(warmth):
        async with kernel(tmp_path / "k", warmth, env={**os.environ, "IPYTHONDIR": str(tmp_path / "home")}) as one:
            assert await one.does("print('mine' in globals())") == "False"

    run(work(WARMTH))
    run(work(None))
    assert sorted((tmp_path / "home").rglob("*")) == before


def test_the_template_keeps_to_one_thread(tmp_path):
    from relexp.server.application import WARMTH as ALL

    async def work():
        async with kernel(tmp_path, ALL) as one:
            assert threads(one.template.process.pid) == 1

    run(work())


def test_where_memory_runs_out_a_visitor_goes_before_the_server(tmp_path):
    async def work():
        async with kernel(tmp_path) as one:
            assert await one.does("print(open('/proc/self/oom_score_adj').read())") == "500"

    run(work())


def test_the_death_of_a_kernel_is_seen_at_once(tmp_path):
    async def work():
        async with kernel(tmp_path / "a") as one, kernel(tmp_path / "b") as other:
            stop(one.pid)
            await until(lambda: one.manager.provisioner.process.poll() is not None, seconds=1)
            assert not await one.manager.is_alive()
            assert await other.does("print('well')") == "well"

    run(work())


def test_the_death_of_the_template_ends_its_kernels_and_the_next_start_makes_another(tmp_path):
    async def work():
        async with kernel(tmp_path / "a") as one:
            first = one.template.process.pid
            stop(first)
            await until(lambda: not lives(one.pid), seconds=2)
            async with kernel(tmp_path / "b") as other:
                assert forked(other)
                assert other.template.process.pid != first
                assert await other.does("print('well')") == "well"

    run(work())


SERVER = """
import asyncio, sys, time
from pathlib import Path
from tests.server.by_hand import Kernel
async def main():
    kernels = [Kernel(Path(folder)) for folder in sys.argv[1:]]
    for one in kernels:
        await one.start()
    print(kernels[0].template.process.pid, *(one.pid for one in kernels), flush=True)
    await asyncio.sleep(600)
asyncio.run(main())
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_the_death_of_the_server_leaves_nothing_behind(tmp_path, number):
    for name in "ab":
        (tmp_path / name).mkdir()
    with server(SERVER, str(tmp_path / "a"), str(tmp_path / "b")) as process:
        pids = [int(word) for word in process.stdout.readline().split()]
        assert len(pids) == 3
        assert all(map(lives, pids))
        stop(process.pid, number)
        run(until(lambda: not any(map(lives, pids)), seconds=8))


def test_many_starts_and_stops_leave_no_process_no_file_and_no_memory_behind(tmp_path):
    async def work():
        async with kernel(tmp_path / "first") as first:
            source = first.template
            for _ in range(5):
                async with kernel(tmp_path / "warm", cwd=str(tmp_path)):
                    pass
            gc.collect()
            before = handles(), handles(source.process.pid), memory(source.process.pid)
            pids = []
            for number in range(STARTS):
                async with kernel(tmp_path / "k") as one:
                    pids.append(one.pid)
                    if number % 10 == 0:
                        assert await one.does("print(1)") == "1"
                await until(lambda: not lives(pids[-1]), seconds=5)
            gc.collect()
            after = handles(), handles(source.process.pid), memory(source.process.pid)
            assert source.living() == 1
            assert len(set(pids)) == STARTS
            assert after[0] <= before[0] + 2
            assert after[1] == before[1]
            assert after[2]["rss"] < before[2]["rss"] + 1

    run(work(), seconds=1200)


def test_where_the_system_refuses_one_more_process_the_kernel_starts_the_ordinary_way(tmp_path):
    async def work():
        async with kernel(tmp_path / "a", Warmth((), NEEDLESS)) as one:
            pid = one.template.process.pid
            # A handle on one more process is one file too many for it.
            used = {int(path.name) for path in Path(f"/proc/{pid}/fd").iterdir()}
            free = min(set(range(len(used) + 1)) - used)
            resource.prlimit(pid, resource.RLIMIT_NOFILE, (free, free))
            async with kernel(tmp_path / "b", Warmth((), NEEDLESS)) as other:
                assert not forked(other)
                assert await other.does("print('well')") == "well"
            await until(lambda: children(pid) == [one.pid])

    run(work())


def test_a_template_that_is_stuck_is_replaced_and_its_kernels_go_on(tmp_path):
    async def work():
        async with kernel(tmp_path / "a") as one:
            stuck = one.template
            stuck.seconds = 0.2
            stop(stuck.process.pid, signal.SIGSTOP)
            async with kernel(tmp_path / "b") as other:
                assert not forked(other)
            async with kernel(tmp_path / "c") as third:
                assert forked(third)
                assert third.template is not stuck
            assert await one.does("print('well')") == "well"
            stop(stuck.process.pid, signal.SIGCONT)
            # What it was asked meanwhile it does no more: nobody would know of it.
            await asyncio.sleep(0.3)
            assert children(stuck.process.pid) == [one.pid]

    run(work())


def test_a_template_that_cannot_warm_up_is_told_of_and_kernels_start_the_ordinary_way(tmp_path, capfd):
    async def work():
        async with kernel(tmp_path, Warmth(("relexp.no_such_module",), ())) as one:
            assert not forked(one)

    run(work())
    assert "no_such_module" in capfd.readouterr().err


def test_a_request_that_does_not_fit_is_refused_without_harm(tmp_path):
    async def work():
        async with kernel(tmp_path) as one:
            with pytest.raises(TemplateGone):
                one.template.fork("nowhere", {"LONG": "x" * 2_000_000}, None)
            assert one.template.living() == 1

    run(work())


def test_on_other_systems_kernels_start_the_ordinary_way(tmp_path, monkeypatch):
    monkeypatch.setattr(provisioner, "possible", lambda: False)
    started = []
    monkeypatch.setattr(Template, "__init__", lambda *given, **how: started.append(given))
    assert provisioner.warm_kernel(WARMTH) == {}
    provisioner.warm_up(WARMTH)

    async def work():
        async with kernel(tmp_path) as one:
            assert not forked(one)
            assert (
                await one.does("import sys; print('debugpy' in sys.modules, sys.modules.get('debugpy'))") == "True None"
            )

    run(work())
    assert started == []

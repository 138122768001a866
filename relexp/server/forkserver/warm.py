"""The template process: imports everything once, keeps to one thread, and forks a kernel whenever it is asked.

Started by `relexp.server.forkserver.template` as `python -m relexp.server.forkserver.warm SOCKET WARMTH`.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import logging
import os
import selectors
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from relexp.server.kernel import leave_out

# Tells the kernel of the system to end a process with its parent (prctl, Linux).
PARENT_DEATH = 1
# Where memory runs out, one visitor's Python goes, rather than the server or the template, which would take all along.
FIRST_TO_GO = "500"
LARGEST = 1 << 20
SECONDS_TO_END = 2.0
ENDING = (signal.SIGTERM, signal.SIGHUP)


class Warm:
    """The loop of the template: requests on one side, the ends of its copies on the other."""

    def __init__(self, line: socket.socket, kernel: Callable[[str], None]) -> None:
        self.line = line
        self.kernel = kernel
        self.pid = os.getpid()
        self.living: set[int] = set()
        self.going = True
        # The end of a copy arrives as a byte in a pipe, so that one wait serves both sides.
        self.bell, self.rope = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self.waits = selectors.DefaultSelector()
        self.waits.register(line, selectors.EVENT_READ, self.answer)
        self.waits.register(self.bell, selectors.EVENT_READ, self.reap)

    def run(self) -> None:
        """Answer until the server has gone; then end every copy."""
        signal.set_wakeup_fd(self.rope, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in ENDING:
            signal.signal(number, lambda *_: self.stop())
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        while self.going:
            for ready, _ in self.waits.select():
                ready.data()
        for number in (signal.SIGTERM, signal.SIGKILL):
            for pid in self.living:
                with suppress(OSError):
                    os.killpg(pid, number)
            end = time.monotonic() + SECONDS_TO_END
            while self.living and time.monotonic() < end:
                self.reap()
                time.sleep(0.02)

    def stop(self) -> None:
        """Go when the request at hand is answered."""
        self.going = False

    def reap(self) -> None:
        """Note which copies have ended."""
        with suppress(BlockingIOError):
            os.read(self.bell, 4096)
        with suppress(ChildProcessError):
            while pid := os.waitpid(-1, os.WNOHANG)[0]:
                self.living.discard(pid)

    def answer(self) -> None:
        """Answer one request of the server, unless it no longer waits for it."""
        data = self.line.recv(LARGEST)
        if not data:
            self.stop()
            return
        request = json.loads(data)
        if time.monotonic() > request["until"]:
            return
        if request["do"] == "fork":
            self.fork(request)
        else:
            self.tell({"living": len(self.living)})

    def tell(self, answer: dict[str, object], *handles: int) -> None:
        """Send an answer; a server that has gone needs none."""
        with suppress(OSError):
            socket.send_fds(self.line, [json.dumps(answer).encode()], handles)

    def fork(self, request: dict[str, Any]) -> None:
        """Fork a kernel and hand the server its number and a handle on it; no number where the system refuses."""
        # Until the copy is itself, a signal meant for it would be taken as one for the template.
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        try:
            pid = os.fork()
        except OSError:
            self.tell({"pid": None})
            return
        finally:
            if os.getpid() == self.pid:
                signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        if pid == 0:
            self.become(request)
        self.living.add(pid)
        try:
            handle = os.pidfd_open(pid)
        except OSError:
            os.kill(pid, signal.SIGKILL)
            self.tell({"pid": None})
            return
        self.tell({"pid": pid}, handle)
        os.close(handle)

    def become(self, request: dict[str, Any]) -> None:
        """Be a kernel from here on, and never come back to the loop."""
        code = 1
        try:
            self.let_go()
            if settle(request, self.pid):
                self.kernel(request["file"])
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        except BaseException:
            logging.getLogger("relexp.server").exception("a kernel could not start")
        finally:
            # Not the way out of Python, which would touch, and so copy, the memory of everything imported.
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def let_go(self) -> None:
        """Leave behind what is the template's alone."""
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, *ENDING):
            signal.signal(number, signal.SIG_DFL)
        # SIGINT stays ignored: there is nothing to interrupt until the kernel, which sees to it itself, runs something.
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        self.waits.close()
        self.line.close()
        os.close(self.bell)
        os.close(self.rope)


def settle(request: dict[str, Any], parent: int) -> bool:
    """Give this process its own environment, place and chance; False where the template has gone meanwhile."""
    ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        return False
    os.setsid()
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO, encoding="ascii")
    os.environ.clear()
    os.environ.update(request["env"])
    if request["cwd"]:
        with suppress(OSError):
            os.chdir(request["cwd"])
    # What lies beside a notebook can be imported, as in any kernel; the template itself took nothing from there.
    sys.path.insert(0, "")
    # Without this every visitor would draw the same numbers; Python's own `random` sees to it itself.
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    return True


def main() -> None:
    """Warm up, then answer on the socket given on the command line."""
    line = socket.socket(fileno=int(sys.argv[1]))
    line.set_inheritable(False)
    warmth = json.loads(sys.argv[2])
    gc.disable()
    leave_out(warmth["block"])
    from relexp.server.lean import prepared, run

    lean = prepared()
    for name in warmth["preload"]:
        importlib.import_module(name)
    # What is there now is shared by all copies, as long as nobody writes to it: not even the collector.
    gc.enable()
    gc.collect()
    gc.freeze()
    Warm(line, lambda file: run(lean, file)).run()


if __name__ == "__main__":
    main()

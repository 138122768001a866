"""The warm template as the server sees it: it is asked for a copy of itself.

The template is one process without a second thread that has imported all that a page needs. Server and template talk
over one socket pair: when the server dies, the template reads the end of it and goes; when the template dies, the
system ends its copies. A copy is watched, and signalled, through a handle of its own (a pidfd), so that nobody else's
process is ever meant by a number that has been used again.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock

# A template that has not answered by then is stuck, and is replaced.
SECONDS = 30.0
SECONDS_TO_END = 6.0
LARGEST = 1 << 20
# One thread, so that a fork copies everything that runs; and memory that goes back to the system when it is freed.
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "MALLOC_TRIM_THRESHOLD_": "131072",
}


def possible() -> bool:
    """Whether this system can do it: Linux, with handles for processes."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open") and hasattr(signal, "pidfd_send_signal")


class TemplateGone(Exception):
    """The template ended, did not answer in time, or could not make a copy."""


@dataclass(frozen=True)
class Warmth:
    """What a template has ready: the modules it imports, and those that nobody is to import."""

    preload: tuple[str, ...] = ()
    block: tuple[str, ...] = ()

    def text(self) -> str:
        """As the template's command line takes it."""
        return json.dumps({"preload": self.preload, "block": self.block})


class Template:
    """One warm template process; `seconds` is how long it may take to answer."""

    def __init__(self, warmth: Warmth, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        for end in (self.socket, theirs):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LARGEST)
        with theirs:
            # -P: what lies in the folder that the server was started from is nobody's module.
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "relexp.server.forkserver.warm", str(theirs.fileno()), warmth.text()],
                pass_fds=[theirs.fileno()],
                env={**os.environ, **ENVIRONMENT},
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._stuck = False
        self._lock = Lock()

    def usable(self) -> bool:
        """Whether it can be asked for copies."""
        return not self._stuck and self.process.poll() is None

    def fork(self, file: str, env: Mapping[str, str], cwd: str | None) -> Copy:
        """A copy that runs the kernel of this connection file. Raises TemplateGone."""
        answer, handles = self._ask({"do": "fork", "file": file, "env": dict(env), "cwd": cwd})
        pid = answer["pid"]
        if not isinstance(pid, int) or not handles:
            # The system had no room for one more process, or for one more handle.
            raise TemplateGone
        return Copy(pid, handles[0])

    def living(self) -> int:
        """How many copies live. Raises TemplateGone."""
        living = self._ask({"do": "count"})[0]["living"]
        assert isinstance(living, int)
        return living

    def end(self) -> None:
        """Let the template end its copies and itself; at once where it does not."""
        self.socket.close()
        try:
            self.process.wait(0 if self._stuck else SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _ask(self, request: dict[str, object]) -> tuple[dict[str, object], list[int]]:
        with self._lock:
            if self._stuck:
                raise TemplateGone
            asked = json.dumps(request | {"until": time.monotonic() + self.seconds}).encode()
            if len(asked) > LARGEST:
                raise TemplateGone
            self.socket.settimeout(self.seconds)
            try:
                self.socket.send(asked)
            except OSError:
                raise TemplateGone from None
            try:
                data, handles, _, _ = socket.recv_fds(self.socket, LARGEST, 1, socket.MSG_CMSG_CLOEXEC)
            except TimeoutError:
                # Its answer may still come, for somebody else to take for theirs: it is not asked again. Its copies,
                # which are well, keep it until the server closes.
                self._stuck = True
                raise TemplateGone from None
            except OSError:
                data = b""
            if not data:
                raise TemplateGone
        return json.loads(data), handles


@dataclass
class Copy:
    """A forked kernel, with the part of `subprocess.Popen` that a provisioner uses."""

    pid: int
    handle: int
    returncode: int | None = None
    stdin: None = field(default=None, init=False)
    stdout: None = field(default=None, init=False)
    stderr: None = field(default=None, init=False)

    def poll(self) -> int | None:
        """None while it lives, 0 when it has ended, however that was: only its parent, the template, could know."""
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait until it has ended. Raises subprocess.TimeoutExpired."""
        if self._ended(timeout) is None:
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it still lives."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.handle, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def _ended(self, timeout: float | None) -> int | None:
        if self.returncode is None:
            watch = select.poll()
            watch.register(self.handle, select.POLLIN)
            if watch.poll(None if timeout is None else 1000 * timeout):
                self.returncode = 0
                os.close(self.handle)
        return self.returncode


_templates: dict[Warmth, list[Template]] = {}
_making = Lock()


def template(warmth: Warmth) -> Template:
    """The template with this warmth that can be asked; a new one where there is none."""
    with _making:
        known = _templates.setdefault(warmth, [])
        for gone in [one for one in known if one.process.poll() is not None]:
            known.remove(gone)
            gone.end()
        if not known or not known[-1].usable():
            known.append(Template(warmth))
        return known[-1]


def end_templates() -> None:
    """End every template, and with it every copy: the server closes."""
    with _making:
        while _templates:
            for one in _templates.popitem()[1]:
                one.end()

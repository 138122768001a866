"""A server of an engine, started for one measurement and ended with everything it has started."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.pages import Engine
from benchmarks.visits.tree import MARK, members

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60.0


class NotStarted(Exception):
    """The engine's server did not answer; the text is the last it said."""


@dataclass(frozen=True)
class Server:
    """A running server: the page's address, the mark of its processes, and the link that lets one in."""

    address: str
    mark: str
    link: str | None = None


@contextmanager
def running(engine: Engine) -> Iterator[Server]:
    """Start an engine's server on a free port, and end it afterwards. Raises NotStarted."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder, port, mark = Path(name), _free_port(), secrets.token_hex(8)
        with (folder / "said.txt").open("wb") as said:
            process = subprocess.Popen(
                engine.command(port, folder),
                cwd=folder,
                env=_environment(folder) | {MARK: mark},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            _await(process, port, folder / "said.txt")
            yield Server(f"http://127.0.0.1:{port}{engine.path}", mark, _link(engine, folder))
        finally:
            _end(process, mark)


def _environment(folder: Path) -> dict[str, str]:
    """The environment of a server: a home of its own, no more of this one's settings than it needs to run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "RELEXP", "XDG_"))}
    # Programs that keep settings and histories in the home of whoever runs them find an empty one.
    return kept | {"HOME": str(folder), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _await(process: subprocess.Popen[bytes], port: int, said: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    lines = said.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    raise NotStarted(lines[-1] if lines else "it said nothing")


def _link(engine: Engine, folder: Path) -> str | None:
    """The link in the file that relexp writes as soon as it answers."""
    if engine.name != "ours":
        return None
    until = time.monotonic() + PATIENCE
    while not (folder / "links.json").exists():
        if time.monotonic() > until:
            raise NotStarted("no link was written")
        time.sleep(0.05)
    link: str = json.loads((folder / "links.json").read_text(encoding="utf-8"))["facilitator"]
    return link


def _end(process: subprocess.Popen[bytes], mark: str) -> None:
    """End a server as Ctrl-C does, then whatever is left of it."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
    while left := members(mark):
        for each in left:
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        # What is killed takes a moment to go.
        time.sleep(0.02)
    process.wait()

"""A PostgreSQL server of the tests' own: started from Debian's programs on a free port, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PASSWORD = "correct-horse"
# The server refuses to run as root.
AS_USER = "postgres" if os.geteuid() == 0 else None


def programs() -> Path | None:
    """The folder of the server's programs, of the newest release that is here."""
    here = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if here:
        return max(here, key=lambda path: int(path.parent.name))
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def server(bin: Path, *, durable: bool = False) -> Iterator[str]:
    """The address of a running server (name, password, host and port, without a database).

    Tests need nothing of it after the power fails; a figure is only one where it is `durable`.
    """
    with tempfile.TemporaryDirectory(prefix="relexp-pg-") as folder:
        cluster, secret = Path(folder) / "cluster", Path(folder) / "secret"
        secret.write_text(PASSWORD, "utf-8")
        if AS_USER:
            for path in (Path(folder), secret):
                shutil.chown(path, AS_USER)
        _run(bin / "initdb", "-D", cluster, "-U", "tester", "--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync")
        port = _free_port()
        settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync={'on' if durable else 'off'}"
        _run(bin / "pg_ctl", "-D", cluster, "-w", "-l", f"{folder}/log", "-o", settings, "start")
        try:
            yield f"postgresql://tester:{PASSWORD}@127.0.0.1:{port}"
        finally:
            _run(bin / "pg_ctl", "-D", cluster, "-m", "immediate", "stop")


def _run(*words: object) -> None:
    subprocess.run([str(word) for word in words], check=True, user=AS_USER, cwd="/", stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])

"""Starts and ends kernels by the hundred, and prints how fast they are there, how big they are and what they leave.

Three ways to a visitor's Python, each asked for the same app (an evening to be planned) by the same client:

  forked   as the server does it on Linux: a fork of a warm template
  slim     as the server does it elsewhere: a process of its own, without what no page needs
  jupyter  a kernel as jupyter_client and ipykernel start it

What is measured, in seconds and MB:

  start_s, start_max_s          from asking for a kernel to its first answer (median, longest)
  app_s                         from there until the app is built
  pss_mb, private_mb            a kernel with the app built, while eight are there: its share, and what is its alone
  template_rss_mb, template_pss_mb, and the same with _after  the template before the first and after the last start
  files, files_after            files and sockets that the server has open, before and after
  template_files, template_files_after
  orphans                       processes that are there at the end and should not be

Only Linux tells all of it.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psutil
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

from benchmarks.results import keep, table
from relexp.server.application import WARMTH, OwnPython
from relexp.server.client import VisitorManager, quick_context
from relexp.server.forkserver.template import end_templates, possible, template

APP = "from relexp.apps.gathering import gathering\napp = gathering()\napp"
TOGETHER = 8
FIGURES = ("start_s", "start_max_s", "app_s", "pss_mb", "private_mb", "starts", "orphans", "files", "files_after")
TEMPLATE = ("template_rss_mb", "template_pss_mb", "template_files")


class Slim(OwnPython):
    """The server's kernel where it cannot be forked."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        spec = super().get_kernel_spec(kernel_name)
        spec.metadata = {}
        return spec


class Stock(KernelSpecManager):
    """Jupyter's own kernel, in this Python."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python")


WAYS: dict[str, tuple[type[KernelSpecManager], bool]] = {
    "forked": (OwnPython, True),
    "slim": (Slim, True),
    "jupyter": (Stock, False),
}


@dataclass
class Way:
    """One way to a kernel, and what was measured of it."""

    name: str
    folder: Path
    starts: list[float] = field(default_factory=list)
    apps: list[float] = field(default_factory=list)
    pids: list[int] = field(default_factory=list)
    figures: dict[str, float | None] = field(default_factory=dict)

    async def run(self, starts: int) -> None:
        """Start and end that many kernels; the first eight are there at one time, the others one by one."""
        self.context = quick_context()
        together = [await self._kernel() for _ in range(TOGETHER)]
        sizes = [memory(manager.provisioner.pid) for manager in together]
        for name in ("pss", "private"):
            self.figures[f"{name}_mb"] = median(size[name] for size in sizes) if sizes[0] else None
        for manager in together:
            await manager.shutdown_kernel()
        self._look("")
        for _ in range(starts - TOGETHER):
            await (await self._kernel()).shutdown_kernel()
        self._look("_after")
        self.context.destroy(linger=0)
        self.figures["orphans"] = sum(psutil.pid_exists(pid) for pid in self.pids)
        self.figures |= {"starts": len(self.starts), "app_s": median(self.apps)}
        self.figures |= {"start_s": median(self.starts), "start_max_s": max(self.starts)}

    async def _kernel(self) -> AsyncKernelManager:
        specs, ours = WAYS[self.name]
        kind = VisitorManager if ours else AsyncKernelManager
        more = {"context": self.context, "autorestart": False} if ours else {}
        file = str(self.folder / f"{len(self.starts)}.json")
        manager = kind(kernel_name="python3", kernel_spec_manager=specs(), connection_file=file, **more)
        begun = perf_counter()
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        client.kernel_info()
        await client.get_shell_msg(timeout=60)
        self.starts.append(perf_counter() - begun)
        await client.wait_for_ready(timeout=60)
        begun = perf_counter()
        reply = await client.execute(APP, reply=True, timeout=60)
        assert reply["content"]["status"] == "ok", reply["content"]
        self.apps.append(perf_counter() - begun)
        client.stop_channels()
        self.pids.append(manager.provisioner.pid)
        return manager

    def _look(self, when: str) -> None:
        gc.collect()
        self.figures[f"files{when}"] = files(os.getpid())
        if self.name == "forked" and possible():
            pid = template(WARMTH).process.pid
            size = memory(pid)
            found = (size.get("rss"), size.get("pss"), files(pid))
            self.figures |= dict(zip((name + when for name in TEMPLATE), found, strict=True))


def memory(pid: int) -> dict[str, float]:
    """The memory of a process in MB (`rss`, `pss`, `private`); nothing where the system does not tell."""
    path = Path(f"/proc/{pid}/smaps_rollup")
    if not path.exists():
        return {}
    pairs = (line.split(":") for line in path.read_text(encoding="ascii").splitlines()[1:])
    mb = {name: int(rest.split()[0]) / 1024 for name, rest in pairs}
    return {"rss": mb["Rss"], "pss": mb["Pss"], "private": mb["Private_Clean"] + mb["Private_Dirty"]}


def files(pid: int) -> int | None:
    """How many files and sockets a process has open."""
    path = Path(f"/proc/{pid}/fd")
    return len(list(path.iterdir())) if path.exists() else None


HEAD = ("way", "starts", "start (longest)", "app built", "PSS", "private", "files", "orphans")
TEMPLATE_HEAD = ("the template", "after the first starts", "after the last")


def row(name: str, found: dict[str, Any]) -> tuple[str, ...]:
    """One line of the table."""
    sizes = [f"{found[size]:.1f} MB" if found[size] else "-" for size in ("pss_mb", "private_mb")]
    start = f"{found['start_s']:.3f} s ({found['start_max_s']:.3f} s)"
    counted = f"{found['files']} to {found['files_after']}"
    return (name, str(found["starts"]), start, f"{found['app_s']:.3f} s", *sizes, counted, str(found["orphans"]))


def template_rows(found: dict[str, Any]) -> list[tuple[str, ...]]:
    """What the starts did to the template."""
    words = zip(("memory (RSS)", "its share (PSS)", "files"), TEMPLATE, strict=True)
    return [(word, *(f"{found[name + when]:.1f}" for when in ("", "_after"))) for word, name in words]


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="40 forked starts in place of 500, 8 in place of 20")
    parser.add_argument("--starts", type=int, metavar="N", help="forked starts (at least 8)")
    parser.add_argument("--json", type=Path, metavar="FILE", help='write {"way": {"figure": value}}')
    parser.add_argument("--results", type=Path, metavar="FILE", help="keep the tables in this file (RESULTS.md)")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> None:
    asked = arguments(given)
    forked = max(TOGETHER, asked.starts or (40 if asked.quick else 500))
    others = TOGETHER if asked.quick else 20
    figures: dict[str, dict[str, float | None]] = {}
    for name in WAYS if possible() else ("slim", "jupyter"):
        with tempfile.TemporaryDirectory() as folder:
            way = Way(name, Path(folder))
            asyncio.run(way.run(forked if name == "forked" else others))
        figures[name] = way.figures
    end_templates()
    tables = [table(HEAD, [row(name, found) for name, found in figures.items()])]
    if "forked" in figures:
        tables.append(table(TEMPLATE_HEAD, template_rows(figures["forked"])))
    print("\n\n".join(tables))
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1))
    if asked.results:
        parts = ["--quick"] * asked.quick + ([f"--starts {asked.starts}"] if asked.starts else [])
        command = " ".join(["python", "benchmarks/starts.py", *parts])
        size = round(psutil.virtual_memory().total / 2**30)
        head = f"{datetime.now(UTC).date().isoformat()}, `{command}`, on {os.cpu_count()} cores, {size} GB."
        legend = "Medians; memory of a kernel with the app built, while eight are there. `--help` says more."
        keep(asked.results, "starts", "\n\n".join([f"{head}\n{legend}", *tables]))


if __name__ == "__main__":
    main()

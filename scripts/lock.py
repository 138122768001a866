"""Makes the locks: what running relexp needs, all that developing it needs, and Node for where the machine has none,
with the hash of every file.

`python scripts/lock.py` keeps the versions already locked where they still fit; `--upgrade` takes the newest;
`--check` only says whether the locks were made from today's pyproject.toml, and needs no network.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

HOME = Path(__file__).parent.parent

RUN = HOME / "requirements.lock"
DEV = HOME / "requirements-dev.lock"
NODE = HOME / "requirements-node.lock"
HEADING = "# Made by `make lock` for every supported Python and system; do not edit. Made from: "


def main() -> int:
    """Make the locks, or check them; 1 when they are stale."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only say whether the locks fit pyproject.toml")
    parser.add_argument("--upgrade", action="store_true", help="take the newest version of everything")
    asked = parser.parse_args()
    if asked.check:
        return check()
    # The build backend is locked too: the package itself is installed without fetching anything more.
    build = project()["build-system"]["requires"]
    compile_lock(RUN, "pyproject.toml", needs=build, upgrade=asked.upgrade)
    # The same versions in both, so that what is tested is what runs.
    compile_lock(DEV, "pyproject.toml", "--extra=dev", f"--constraint={RUN.name}", needs=build, upgrade=asked.upgrade)
    compile_lock(NODE, needs=[node()], upgrade=asked.upgrade)
    return 0


def check() -> int:
    """Say which locks were made from another pyproject.toml than today's."""
    stale = [path.name for path in (RUN, DEV, NODE) if not path.exists() or first_line() not in path.read_text("utf-8")]
    for name in stale:
        print(f"{name} does not fit pyproject.toml any more: run `make lock`.", file=sys.stderr)
    return 1 if stale else 0


def compile_lock(path: Path, *more: str, needs: list[str], upgrade: bool) -> None:
    """Resolve once for all Pythons and systems, and write one lock with a neutral first line."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "-", "--generate-hashes", *more]
    # One version of each package wherever it fits: the same evening on every machine starts here.
    command += ["--universal", "--python-version=3.11", "--fork-strategy=fewest"]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--quiet"]
    command += ["--no-emit-package=relexp", f"--output-file={path.name}", *(["--upgrade"] if upgrade else [])]
    subprocess.run(command, cwd=HOME, input="\n".join(needs), text=True, check=True)
    pins = path.read_text("utf-8")
    path.write_text(f"{first_line()}\n{pins}", encoding="utf-8")


def first_line() -> str:
    """The line that ties a lock to the requirements it was made from."""
    settings = project()
    parts = [settings["build-system"]["requires"], node(), *(settings["project"][key] for key in sources())]
    return HEADING + hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def sources() -> tuple[str, ...]:
    """The parts of the project table that a lock follows from."""
    return ("requires-python", "dependencies", "optional-dependencies")


def node() -> str:
    """The package that brings Node to a machine which has none."""
    return project()["tool"]["hatch"]["build"]["hooks"]["custom"]["node"]


def project() -> dict:
    """pyproject.toml as it stands."""
    return tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))


if __name__ == "__main__":
    sys.exit(main())

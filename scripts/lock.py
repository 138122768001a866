"""Makes the two locks: what running relexp needs, and all that developing it needs, with the hash of every file.

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
HEADING = "# Made by `make lock` for every supported Python and system; do not edit. Made from: "


def main() -> int:
    """Make the locks, or check them; 1 when they are stale."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only say whether the locks fit pyproject.toml")
    parser.add_argument("--upgrade", action="store_true", help="take the newest version of everything")
    asked = parser.parse_args()
    if asked.check:
        return check()
    compile_lock(RUN, upgrade=asked.upgrade)
    # The same versions in both, so that what is tested is what runs.
    compile_lock(DEV, "--extra=dev", f"--constraint={RUN.name}", upgrade=asked.upgrade)
    return 0


def check() -> int:
    """Say which locks were made from another pyproject.toml than today's."""
    stale = [path.name for path in (RUN, DEV) if not path.exists() or first_line() not in path.read_text("utf-8")]
    for name in stale:
        print(f"{name} does not fit pyproject.toml any more: run `make lock`.", file=sys.stderr)
    return 1 if stale else 0


def compile_lock(path: Path, *more: str, upgrade: bool) -> None:
    """Resolve once for all Pythons and systems, and write one lock with a neutral first line."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "-", "--generate-hashes"]
    # One version of each package wherever it fits: the same evening on every machine starts here.
    command += ["--universal", "--python-version=3.11", "--fork-strategy=fewest"]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--quiet", *more]
    command += ["--no-emit-package=relexp", f"--output-file={path.name}", *(["--upgrade"] if upgrade else [])]
    # The build backend is locked too: the package itself is installed without fetching anything more.
    needed_to_build = "\n".join(project()["build-system"]["requires"])
    subprocess.run(command, cwd=HOME, input=needed_to_build, text=True, check=True)
    pins = path.read_text("utf-8")
    path.write_text(f"{first_line()}\n{pins}", encoding="utf-8")


def first_line() -> str:
    """The line that ties a lock to the requirements it was made from."""
    settings = project()
    parts = [settings["build-system"]["requires"], *(settings["project"][key] for key in sources())]
    return HEADING + hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def sources() -> tuple[str, ...]:
    """The parts of the project table that a lock follows from."""
    return ("requires-python", "dependencies", "optional-dependencies")


def project() -> dict:
    """pyproject.toml as it stands."""
    return tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))


if __name__ == "__main__":
    sys.exit(main())

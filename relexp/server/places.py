"""Where the pages' files are: in the wheel when relexp is installed, in the checkout when it is being worked on."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

SERVER = Path(str(files("relexp.server")))
TEMPLATES = SERVER / "templates"
STATIC = SERVER / "static"
FRONT = STATIC / "front"


@cache
def asset(name: str) -> str:
    """The address of one of our own files, below the first page; it changes with its content, so it may be kept."""
    version = sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"relexp/{name}?v={version}"


@cache
def needed_first() -> tuple[str, ...]:
    """The addresses of what page.js itself begins by loading. Raises FileNotFoundError where nothing is built."""
    manifest = FRONT / "manifest.json"
    if not manifest.is_file():
        raise FileNotFoundError("the pages' JavaScript is not built: run `make front` in the checkout")
    return tuple(f"relexp/front/{name}" for name in json.loads(manifest.read_text("utf-8"))["first"])

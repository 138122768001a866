"""Where the pages' files are: in the wheel when relexp is installed, in the checkout when it is being worked on."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

SERVER = Path(str(files("relexp.server")))
TEMPLATES = SERVER / "templates"
STATIC = SERVER / "static"


def notebooks() -> Path:
    """The folder of the apps' notebooks. Raises FileNotFoundError when this copy of relexp carries none."""
    package = Path(str(files("relexp")))
    for folder in (package / "_data" / "notebooks", package.parent / "notebooks"):
        if (folder / "gathering.ipynb").is_file():
            return folder
    raise FileNotFoundError("this copy of relexp has no notebooks: install it again")


@cache
def asset(name: str) -> str:
    """The address of one of our own files, which changes with its content so that a browser may keep it."""
    version = sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/relexp/{name}?v={version}"

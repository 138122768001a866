"""What travels with relexp: in the package when it is installed, in the checkout when it is being worked on."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def shipped(folder: str) -> Path:
    """The folder of the notebooks, the modules or the exercises.

    Raises FileNotFoundError when this copy of relexp carries none.
    """
    package = Path(str(files("relexp")))
    for place in (package / "_data" / folder, package.parent / folder):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"this copy of relexp has no {folder}: install it again")

"""What travels with relexp is found in the checkout, and in the package once it is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from relexp.exchange import shipped as place
from relexp.exchange.shipped import shipped


def test_notebooks_modules_and_exercises_are_found_in_the_checkout_and_in_the_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (shipped("notebooks") / "gathering.ipynb").is_file()
    assert (shipped("modules") / "across-difference").is_dir()
    assert (shipped("exercises") / "mend-the-plan").is_dir()
    carried = tmp_path / "relexp" / "_data" / "notebooks"
    carried.mkdir(parents=True)
    monkeypatch.setattr(place, "files", lambda package: tmp_path / "relexp")
    assert shipped("notebooks") == carried
    carried.rmdir()
    with pytest.raises(FileNotFoundError):
        shipped("notebooks")

"""The frames of the line, checked by Node's own test runner."""

from __future__ import annotations

import subprocess
from pathlib import Path

from hatch_build import node

FRONTEND = Path(__file__).parents[2] / "frontend"


def test_frames_hold_against_whatever_comes_over_the_line():
    program, _ = node()
    done = subprocess.run([program, "--test", "test/"], cwd=FRONTEND, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout
    assert "# fail 0" in done.stdout
    assert "# tests 6" in done.stdout

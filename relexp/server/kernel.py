"""The Python behind one visitor's page, started without two slow helpers that no page needs."""

from __future__ import annotations

import sys
from collections.abc import Iterable

# A debugger and a grammar compiled at import: two thirds of a plain kernel's start, used by no page of ours.
NEEDLESS = ("debugpy", "rfc3987_syntax")


def leave_out(names: Iterable[str]) -> None:
    """Let nothing in this process import these modules."""
    for name in names:
        sys.modules[name] = None  # type: ignore[assignment]


def main() -> None:
    """Start the kernel named by the command line (`-f CONNECTION_FILE`)."""
    leave_out(NEEDLESS)
    from relexp.server.lean import Lean

    Lean.launch_instance()


if __name__ == "__main__":
    main()

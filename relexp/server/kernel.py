"""The Python behind one visitor's page, started without two slow helpers that no page needs."""

from __future__ import annotations

import logging
import sys


def main() -> None:
    """Start the kernel named by the command line (`-f CONNECTION_FILE`)."""
    # A debugger and a grammar compiled at import: two thirds of a plain kernel's start, used by no page of ours.
    for name in ("debugpy", "rfc3987_syntax"):
        sys.modules[name] = None  # type: ignore[assignment]
    from ipykernel.kernelapp import IPKernelApp

    from relexp.server.once import TakesOnce

    # Its one warning is for servers that others can reach.
    IPKernelApp.launch_instance(log_level=logging.ERROR, kernel_class=TakesOnce)


if __name__ == "__main__":
    main()

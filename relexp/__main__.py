"""`python -m relexp` is the `relexp` command."""

from __future__ import annotations

import sys

from relexp.cli import main

if __name__ == "__main__":
    sys.exit(main())

"""Starts relexp's own server, as `relexp serve` does, on the benchmark's notebook.

python -m benchmarks.pages.ours PORT LINKS
"""

from __future__ import annotations

import sys
from pathlib import Path

from relexp.privacy.roles import LEADS
from relexp.server.serve import serve

FOLDER = Path(__file__).resolve().parent / "notebooks"

if __name__ == "__main__":
    serve(
        port=int(sys.argv[1]),
        browser=False,
        links=Path(sys.argv[2]),
        folder=FOLDER,
        apps={"people": ("people.ipynb", LEADS)},
        store=f"sqlite:///{Path(sys.argv[2]).with_name('relexp.db')}",
    )

"""The server as it is, with the notebooks of these tests in place of the apps. Usage: notebooks_server.py LINKS"""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path

from relexp.server.application import ADDRESS, AppServer, settings

NOTEBOOKS = Path(__file__).parent / "notebooks"


def main(links: Path) -> None:
    """Serve each notebook under its own name until Ctrl-C."""
    opened = socket.create_server((ADDRESS, 0))
    opened.setblocking(False)
    base = f"http://{ADDRESS}:{opened.getsockname()[1]}"
    apps = {path.stem: path.name for path in NOTEBOOKS.glob("*.ipynb")}
    told = {"base": base, **{name: f"{base}/{name}?token=let-me-in" for name in apps}}
    part = links.with_name("links.part")
    part.write_text(json.dumps(told), "utf-8")
    server = AppServer(
        config=settings(NOTEBOOKS, "let-me-in"), apps=apps, opened=opened, when_open=lambda: part.replace(links)
    )
    server.initialize([])
    server.start()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

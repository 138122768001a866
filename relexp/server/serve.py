"""Start the apps on this computer and open the facilitator's first page."""

from __future__ import annotations

import json
import os
import secrets
import socket
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from threading import Thread

import click

from relexp.messages import FaultsFound, say, tell
from relexp.server.application import ADDRESS, APPS, AppServer, settings
from relexp.server.places import notebooks

PORT = 8866


def serve(
    *,
    port: int | None = None,
    browser: bool = True,
    hall: bool = False,
    store: str | None = None,
    links: Path | None = None,
    folder: Path | None = None,
    apps: Mapping[str, str] = APPS,
) -> None:
    """Serve the apps until Ctrl-C, to this computer only.

    `port` None takes 8866, or any free one when 8866 is taken; 0 takes a free one. `links` is a file that gets the
    addresses as soon as they answer: {"base": ..., "facilitator": ...}; whoever has the facilitator's link has the
    app, so the file is readable by its owner alone. `apps` are the notebooks in `folder` by their addresses; None is
    the folder of our own. Raises FaultsFound when the port is taken, and for `hall` and `store`, which this release
    does not offer.
    """
    if hall or store:
        raise FaultsFound([tell("app.serve_later")])
    opened = _open_port(port)
    base = f"http://{ADDRESS}:{opened.getsockname()[1]}"
    token = secrets.token_urlsafe(24)
    facilitator = f"{base}/{next(iter(apps))}?token={token}"

    def when_open() -> None:
        if links is not None:
            _write_links(links, {"base": base, "facilitator": facilitator})
        click.echo(say("app.serve_open", address=facilitator))
        if browser:
            Thread(target=webbrowser.open, args=(facilitator,), daemon=True).start()

    server = AppServer(
        config=settings(folder or notebooks(), token), opened=opened, when_open=when_open, apps=dict(apps)
    )
    server.initialize([])
    server.start()


def _open_port(port: int | None) -> socket.socket:
    try:
        opened = socket.create_server((ADDRESS, PORT if port is None else port))
    except OSError:
        if port is not None:
            raise FaultsFound([tell("app.serve_port_taken", port=port)]) from None
        opened = socket.create_server((ADDRESS, 0))
    opened.setblocking(False)
    return opened


def _write_links(path: Path, links: dict[str, str]) -> None:
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(links, file, indent=2)
    part.replace(path)

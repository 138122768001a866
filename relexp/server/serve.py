"""Start the apps, for this computer or for a hall, and open the facilitator's first page."""

from __future__ import annotations

import json
import os
import socket
import webbrowser
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from threading import Thread

import click
import segno
from traitlets.config import Config

from relexp.exchange.shipped import shipped
from relexp.messages import FaultsFound, say, tell
from relexp.privacy.roles import Role
from relexp.server.application import APPS, AppServer, settings
from relexp.server.doors import now
from relexp.server.hall import Hall, networks
from relexp.server.hub import hub_around
from relexp.store import Store, open_store

Apps = Mapping[str, tuple[str, frozenset[Role]]]
PORT = 8866
THIS_COMPUTER = "127.0.0.1"
# Asked for with --hall alone: a hotspot that is switched on later is reached too.
ALL_NETWORKS = "0.0.0.0"
LINK_LASTS = timedelta(days=31)
CODE_LASTS = timedelta(hours=24)


def serve(
    *,
    port: int | None = None,
    browser: bool = True,
    hall: bool = False,
    store: str | None = None,
    links: Path | None = None,
    folder: Path | None = None,
    apps: Apps = APPS,
) -> None:
    """Serve the apps until Ctrl-C: to this computer alone, or with `hall` to the networks it is on.

    `port` None takes 8866, or any free one when 8866 is taken; 0 takes a free one. `store` is a database URL; None
    is a file of this computer's own. `links` is a file that gets the addresses as soon as they answer: {"base": ...,
    "facilitator": ..., "trainer": ..., "learner": ..., "participant": ..., "projector": ...}; whoever has a link may
    come in, so the file is readable by its owner alone. `apps` are the notebooks in `folder`, by their addresses, and
    who may open each; None is the folder of our own. Started by a JupyterHub as one of its services, it answers where
    the Hub says, and lets its accounts in; then `port`, `hall`, `links` and `browser` do not count. Raises FaultsFound
    when the port is taken or the store cannot be opened.
    """
    hub = hub_around()
    opened = _open_port(hub.port, hub.address) if hub else _open_port(port, ALL_NETWORKS if hall else THIS_COMPUTER)
    kept = open_store(store)
    kept.purge(now())
    if hub:
        # Its accounts are the way in, and what is printed here is in its log: no link is.
        ready = say("app.hub_open", base=hub.base)
        config = settings(folder or shipped("notebooks"), hub.base)
        _serve(config, kept, opened, hub=hub, apps=apps, when_open=lambda: click.echo(ready))
        return
    at = opened.getsockname()[1]
    base = f"http://{THIS_COMPUTER}:{at}"
    made = {
        "base": base,
        "facilitator": f"{base}/in/{_key(kept, Role.FACILITATOR)}",
        "trainer": f"{base}/in/{_key(kept, Role.TRAINER)}",
        "learner": f"{base}/in/{_key(kept, Role.LEARNER)}",
        "participant": f"{base}/in/{_key(kept, Role.PARTICIPANT)}",
        "projector": f"{base}/in/{_key(kept, Role.PROJECTOR)}",
    }
    lead = kept.identities.house(Role.FACILITATOR, now())
    # The code on last week's sign opens nothing.
    kept.links.close_codes(lead.id)
    way_in = made["participant"].removeprefix(base)
    room = Hall(at, kept.links.make_code(lead, now(), CODE_LASTS), way_in) if hall else None

    def when_open() -> None:
        if links is not None:
            _write_links(links, made)
        click.echo(say("app.serve_open", address=made["facilitator"]))
        if room:
            _tell_hall(room)
        if browser:
            Thread(target=webbrowser.open, args=(made["facilitator"],), daemon=True).start()

    _serve(settings(folder or shipped("notebooks")), kept, opened, hall=room, apps=apps, when_open=when_open)


def _serve(config: Config, store: Store, opened: socket.socket, *, apps: Apps, **more: object) -> None:
    server = AppServer(config=config, store=store, opened=opened, apps=dict(apps), **more)
    server.initialize([])
    try:
        server.start()
    finally:
        store.close()


def _key(store: Store, role: Role) -> str:
    """The secret of a new link for the one who has this role on this computer."""
    return store.links.make(store.identities.house(role, now()), now(), LINK_LASTS)[0]


def _tell_hall(hall: Hall) -> None:
    """Say which networks this computer is on, what can be reached from there, and how phones come in."""
    found = networks()
    if not found:
        click.echo(say("app.hall_no_network", address=f"http://127.0.0.1:{hall.port}/phones"))
        return
    base, link = hall.base(), hall.link()
    assert link is not None
    click.echo(say("app.hall_open", networks=", ".join(f"{each.name} ({each.address})" for each in found)))
    click.echo(say("app.hall_join", address=base, letters=hall.code))
    segno.make(link, error="m").terminal(compact=True)


def _open_port(port: int | None, address: str) -> socket.socket:
    try:
        opened = socket.create_server((address, PORT if port is None else port))
    except OSError:
        if port is not None:
            raise FaultsFound([tell("app.serve_port_taken", port=port)]) from None
        opened = socket.create_server((address, 0))
    opened.setblocking(False)
    return opened


def _write_links(path: Path, links: dict[str, str]) -> None:
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(links, file, indent=2)
    part.replace(path)

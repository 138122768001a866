"""Who looks at this page, and where what they do on it is kept: the server says so to each visitor's Python."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relexp.messages import Fault, FaultsFound
from relexp.privacy.roles import Identity

if TYPE_CHECKING:
    from relexp.store import Drafts, Store

# A page waits no longer than this for somebody else's change; then it says that it could not keep its own.
PATIENCE = 2.0


@dataclass(frozen=True)
class Visitor:
    """Whoever looks at the page; without `drafts` nothing is kept, and `faults` say why where it should have been.

    `edition` is that of all that was kept when the page was opened.
    """

    identity: Identity | None = None
    drafts: Drafts | None = None
    here: bool = True
    faults: tuple[Fault, ...] = ()
    store: Store | None = None
    edition: str = ""


def visitor() -> Visitor:
    """The visitor whom the server has let in (RELEXP_IDENTITY), with their place in the store (RELEXP_STORE).

    Without these, as in a notebook that somebody opened in JupyterLab, a visitor of whom nothing is kept. Raises
    ValueError when the server gave an identity that is none.
    """
    text, url = os.environ.get("RELEXP_IDENTITY"), os.environ.get("RELEXP_STORE")
    if not text or not url:
        return Visitor()
    from relexp.store import open_store

    identity, here = Identity.from_json(text), url.startswith("sqlite")
    try:
        store = open_store(url, patience=PATIENCE)
        return Visitor(identity, store.drafts, here, store=store, edition=store.edition)
    except FaultsFound as found:
        return Visitor(identity, None, here, found.faults)

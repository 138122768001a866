"""What is kept: on this computer in one file, or on a PostgreSQL server, and who may come back to it."""

from relexp.store.drafts import Drafts, Saved, Stale
from relexp.store.gatherings import Open
from relexp.store.house import Renewed
from relexp.store.identities import Identities
from relexp.store.learning import Confirmation, Learning, StaleText, Text
from relexp.store.links import Code, Link, Links
from relexp.store.store import Store, open_store

__all__ = [
    "Code",
    "Confirmation",
    "Drafts",
    "Identities",
    "Learning",
    "Link",
    "Links",
    "Open",
    "Renewed",
    "Saved",
    "Stale",
    "StaleText",
    "Store",
    "Text",
    "open_store",
]

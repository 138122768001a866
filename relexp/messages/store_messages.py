"""What is said when something cannot be kept, or cannot be found again: why, and what to do next."""

from __future__ import annotations

STORE: dict[str, str] = {
    "store.address": "relexp does not know what to do with this address of a database. It keeps everything in a file (sqlite:////home/me/relexp.sqlite3) or on a PostgreSQL server (postgresql://name:password@server/database). Put RELEXP_DATABASE_URL right, or leave it out.",
    "store.no_driver": "to keep everything on a PostgreSQL server, relexp needs one more part. Install it (pip install 'relexp[postgresql]') and start again.",
    "store.newer": "{place} was last used by a later relexp than this one. Nothing was changed. Install the newer relexp, or choose another file.",
    "store.not_ours": "{place} is no file of relexp’s. Nothing was changed. Choose another place for what relexp keeps.",
    "store.damaged": "{place} is damaged, and relexp has stopped rather than make it worse. Put back the last copy of it, or move it away and begin anew.",
    "store.busy": "another program holds {place} just now, and did not let go of it. Close what else has it open, then do the last step again.",
    "store.full": "there is no room left where {place} is kept. What was saved before is safe. Make some room, then do the last step again.",
    "store.disk": "the disk reports a fault when writing {place}; it may be full or failing. What was saved before is safe. Look at the disk, then do the last step again.",
    "store.not_allowed": "relexp may not write {place}. Let your account write there, or choose another place.",
    "store.refused": "the database {place} does not let relexp change anything. Ask whoever looks after it.",
    "store.unreachable": "the database {place} cannot be reached, or does not let relexp in. Look whether its server runs, and whether RELEXP_DATABASE_URL holds the right name and password.",
    "store.backup_there": "{path} is there already, and is not written over. Choose another name for the copy.",
    "store.backup_server": "everything is kept on a PostgreSQL server, which makes copies in its own way (pg_dump, pg_restore). Ask whoever looks after it.",
    "store.archive_read_me": "All that relexp keeps here, as it was at one moment: everything.json, and the same as a sheet for each kind of thing (.csv).\n\nLeft out are answers in private columns, who must not be put together, and fingerprints of links, what people wrote for themselves, and the leadership table. Of learners it holds how many there are in each unit, and nothing else; fewer than five are not told. Names of people are in it: keep it as you would keep a sign-up list, and delete it when it has done its work.\n",
    "store.nobody": "relexp does not know this visitor any more, so nothing can be kept for them. Open your link again.",
    "store.too_big": "this is more than relexp keeps of one page: {most} MB. What was saved before is safe. Use a smaller file.",
}

"""A save that was acknowledged is there, even when the process is killed at any moment after."""

from __future__ import annotations

import random
import subprocess
import sys
import time

import pytest

from relexp.privacy.roles import Role
from relexp.store import open_store
from tests.store.conftest import NOW

SAVES = """
import sys
from relexp.store import open_store
from tests.store.conftest import NOW
store = open_store(sys.argv[1])
number = store.drafts.find("house-facilitator", "gathering").revision
while True:
    number += 1
    store.drafts.save("house-facilitator", "gathering", b"%d " % number * 20_000, NOW)
    print(number, flush=True)
"""
TRIALS = 10


def killed_while_saving(url: str, wait: float) -> int:
    """The last save that was acknowledged by a process that was killed in the midst of the next."""
    with subprocess.Popen([sys.executable, "-c", SAVES, url], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(wait)
        process.kill()
        return int([first, *process.stdout][-1])


def test_every_save_that_was_acknowledged_is_there_after_a_kill(url: str) -> None:
    store = open_store(url)
    me = store.identities.house(Role.FACILITATOR, NOW)
    store.drafts.save(me.id, "gathering", b"", NOW)
    chance = random.Random(20_261_121)
    for _ in range(TRIALS):
        last = killed_while_saving(url, chance.uniform(0, 0.15))
        kept = store.drafts.find(me.id, "gathering")
        assert kept is not None
        assert kept.revision in (last, last + 1), "the last one may be safe though nobody heard of it"
        assert kept.content == b"%d " % kept.revision * 20_000
        if "sqlite" in url:
            with store._database.reads() as connection:
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        store.drafts.save(me.id, "gathering", kept.content, NOW)
    store.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_store_whose_only_process_was_killed_opens_as_it_was(url: str) -> None:
    store = open_store(url)
    me = store.identities.house(Role.FACILITATOR, NOW)
    store.drafts.save(me.id, "gathering", b"", NOW)
    store.close()
    last = killed_while_saving(url, 0.05)
    store = open_store(url)
    kept = store.drafts.find(me.id, "gathering")
    assert kept is not None
    assert kept.revision in (last, last + 1)
    store.close()

"""What the Hub says of an account becomes a role, and its word on where to answer is taken."""

import sys
from datetime import UTC, datetime

import pytest

from relexp.messages import FaultsFound
from relexp.privacy.roles import Role
from relexp.server.hub import Hub, hub_around, role_of
from relexp.store import open_store

AROUND = {
    "JUPYTERHUB_SERVICE_PREFIX": "/services/relexp/",
    "JUPYTERHUB_SERVICE_URL": "http://127.0.0.1:9001",
    "JUPYTERHUB_API_TOKEN": "secret",
}
NOW = datetime(2026, 11, 26, tzinfo=UTC)


def test_the_hub_says_where_to_answer():
    assert hub_around(AROUND) == Hub("127.0.0.1", 9001, "/services/relexp/")


@pytest.mark.parametrize("missing", AROUND)
def test_without_any_of_its_words_there_is_no_hub(missing):
    assert hub_around({name: value for name, value in AROUND.items() if name != missing}) is None


def test_what_speaks_with_the_hub_and_is_not_installed_is_asked_for(monkeypatch):
    monkeypatch.setitem(sys.modules, "jupyterhub", None)
    with pytest.raises(FaultsFound, match="relexp"):
        hub_around(AROUND)


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ((), Role.LEARNER),
        (("choir",), Role.LEARNER),
        (("relexp-trainer",), Role.TRAINER),
        (("relexp-trainer", "relexp-facilitator"), Role.FACILITATOR),
        (("relexp-co-facilitator", "choir"), Role.CO_FACILITATOR),
        (("relexp-participant", "relexp-learner"), Role.LEARNER),
    ],
)
def test_the_first_role_that_a_group_gives_counts(groups, role):
    assert role_of({"name": "amina", "groups": list(groups)}) is role
    assert role_of({"name": "amina"}) is Role.LEARNER


def test_an_account_is_the_same_person_each_time_and_its_role_follows_the_hub(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'relexp.db'}")
    first = store.identities.account("amina", Role.FACILITATOR, NOW)
    secret, _ = store.links.make(first, NOW, NOW - datetime(2026, 11, 25, tzinfo=UTC))
    again = store.identities.account("amina", Role.LEARNER, NOW)
    assert (again.id, again.role) == (first.id, Role.LEARNER)
    assert store.identities.account("bo", Role.LEARNER, NOW).id != first.id
    assert store.links.find(secret, NOW).role is Role.LEARNER
    assert "amina" not in first.id
    store.close()

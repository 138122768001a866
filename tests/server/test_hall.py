"""Open to a hall: by which names this computer answers, and how phones are told to come."""

import socket
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import psutil
import pytest

from relexp.server import hall
from relexp.server.hall import Hall, Network, Reached, is_this_computer, names_this_computer, networks

NOW = datetime(2026, 3, 6, 18, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    "host",
    ["localhost:8866", "127.0.0.1", "127.0.0.1:80", "192.168.1.20:8866", "[::1]:8866", "[::1]", socket.gethostname()],
)
def test_it_answers_to_a_number_and_to_its_own_name(host):
    assert names_this_computer(host)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8866", "127.0.0.1.evil.example", "", "localhost.evil", "[::1].evil.example"]
)
def test_another_site_s_name_that_leads_here_is_no_name_of_ours(host):
    assert not names_this_computer(host)


def test_the_networks_are_those_the_system_knows_without_its_inner_ones():
    known = {entry.address for entries in psutil.net_if_addrs().values() for entry in entries}
    for network in networks():
        assert network.address in known
        assert not ip_address(network.address).is_loopback
        assert not network.name.startswith("docker")


def test_phones_are_sent_to_the_first_network(monkeypatch):
    monkeypatch.setattr(hall, "networks", lambda: (Network("wlan0", "192.168.4.1"), Network("eth0", "10.0.0.2")))
    assert Hall(8866, "BCDFGH", "/in/secret").base() == "http://192.168.4.1:8866"
    assert Hall(8866, "BCDFGH", "/in/secret").link() == "http://192.168.4.1:8866/in/secret"
    assert "secret" not in repr(Hall(8866, "BCDFGH", "/in/secret"))


def test_a_network_without_a_cable_is_the_likeliest_and_the_one_that_a_mac_shares_is_one(monkeypatch):
    addresses = {
        "en0": "192.168.1.7",
        "eth0": "192.168.1.8",
        "bridge100": "192.168.2.1",
        "bridge0": "10.9.9.9",
        "wlan0": "10.42.0.1",
    }
    up = type("Up", (), {"isup": True})

    def entry(address):
        return type("Entry", (), {"family": socket.AF_INET, "address": address})

    monkeypatch.setattr(psutil, "net_if_stats", lambda: dict.fromkeys(addresses, up))
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: {name: [entry(address)] for name, address in addresses.items()})
    assert [network.name for network in networks()] == ["bridge100", "en0", "wlan0", "eth0"]


def test_a_link_is_at_the_address_that_was_chosen(monkeypatch):
    monkeypatch.setattr(hall, "networks", lambda: (Network("wlan0", "192.168.4.1"), Network("eth0", "10.0.0.2")))
    room = Hall(8866, "BCDFGH", "/in/secret")
    assert room.bases() == ("http://192.168.4.1:8866", "http://10.0.0.2:8866")
    assert room.link(room.bases()[1]) == "http://10.0.0.2:8866/in/secret"


def test_without_a_network_there_is_no_address_to_give(monkeypatch):
    monkeypatch.setattr(hall, "networks", lambda: ())
    assert Hall(8866, "BCDFGH", "/in/secret").base() is None
    assert Hall(8866, "BCDFGH", "/in/secret").link() is None


def test_every_address_of_this_computer_is_this_computer():
    for entries in psutil.net_if_addrs().values():
        for entry in entries:
            if entry.family in (socket.AF_INET, socket.AF_INET6):
                assert is_this_computer(entry.address)
    assert is_this_computer("127.9.9.9")
    assert is_this_computer("::ffff:127.0.0.1")
    assert is_this_computer("no address")
    assert not is_this_computer("203.0.113.9")


def test_the_first_phone_that_gets_through_is_noted_and_this_computer_is_none():
    reached = Reached()
    for address in ("127.0.0.1", "127.0.0.1", "::1", ""):
        reached.note(address, NOW)
    assert reached.first is None
    reached.note("203.0.113.9", NOW + timedelta(minutes=1))
    reached.note("203.0.113.10", NOW + timedelta(minutes=2))
    assert reached.first == NOW + timedelta(minutes=1)
    assert "203.0.113" not in str(vars(reached)), "nobody's address is kept"

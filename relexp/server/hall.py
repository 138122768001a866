"""Open to a hall: which network this computer is on, and how phones there reach it."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address

import psutil

# What a plain network card, a wireless one and a hotspot of one's own are not: bridges of containers and the like.
_INNER = ("docker", "br-", "veth", "virbr", "lo", "cni", "flannel", "tun", "tap", "utun", "awdl", "llw", "bridge0")
# Phones are seldom at the end of a cable; a Mac calls the network that it shares "bridge100".
_CABLES = ("eth", "enp", "eno", "ens", "Ethernet")


@dataclass(frozen=True)
class Network:
    """One network that this computer is on."""

    name: str
    address: str


@dataclass(frozen=True)
class Hall:
    """The way in from the hall: `port` on whatever networks there are, the code, and the path that a camera reads."""

    port: int
    code: str
    way_in: str = field(repr=False)

    def base(self) -> str | None:
        """The address that phones open; None while this computer is on no network."""
        found = networks()
        return f"http://{found[0].address}:{self.port}" if found else None

    def bases(self) -> tuple[str, ...]:
        """Every address at which phones may find this computer, the likeliest first."""
        return tuple(f"http://{network.address}:{self.port}" for network in networks())

    def link(self, base: str | None = None) -> str | None:
        """The whole address that a camera reads, at one of the bases; None while this computer is on no network."""
        base = base or self.base()
        return base and f"{base}{self.way_in}"


class Reached:
    """Whether anything but this computer itself has reached the pages, and since when; nobody's address is kept."""

    def __init__(self) -> None:
        self.first: datetime | None = None
        self._here: set[str] = set()

    def note(self, address: str, at: datetime) -> None:
        """Somebody asked for a page from this address."""
        if self.first is not None or address in self._here:
            return
        if is_this_computer(address):
            self._here.add(address)
        else:
            self.first = at


def is_this_computer(address: str) -> bool:
    """Whether an address is one of this computer's own."""
    plain = address.partition("%")[0].removeprefix("::ffff:")
    try:
        if ip_address(plain).is_loopback:
            return True
    except ValueError:
        return True
    return any(entry.address.partition("%")[0] == plain for found in psutil.net_if_addrs().values() for entry in found)


def networks() -> tuple[Network, ...]:
    """The networks this computer is on now, the most likely one for phones first."""
    up = psutil.net_if_stats()
    found = [
        Network(name, entry.address)
        for name, entries in psutil.net_if_addrs().items()
        if name in up and up[name].isup and not name.startswith(_INNER)
        for entry in entries
        if entry.family == socket.AF_INET and not ip_address(entry.address).is_loopback
    ]

    def unlikely(network: Network) -> tuple[bool, bool, str]:
        public = not ip_address(network.address).is_private
        return public, network.name.startswith(_CABLES), network.name

    return tuple(sorted(found, key=unlikely))


def names_this_computer(host: str) -> bool:
    """Whether a Host header names this computer by number or as localhost, which no other site's name can do."""
    name = re.sub(r":\d*$", "", host) if host.count(":") == 1 or host.startswith("[") else host
    if name.lower() in {"localhost", socket.gethostname().lower(), f"{socket.gethostname().lower()}.local"}:
        return True
    try:
        ip_address(name[1:-1] if re.fullmatch(r"\[.*\]", name) else name)
    except ValueError:
        return False
    return True

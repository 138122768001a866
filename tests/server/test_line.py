"""The line between a page and its Python: only well-formed talk passes, and no bytes whatever do harm."""

from __future__ import annotations

import json
import time
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1

from relexp.server.line import MOST_PARTS, PARTS, well_formed

HEADER = json.dumps({"msg_type": "comm_msg"}).encode()


def message(parts: list[bytes], channel: str = "shell") -> bytes:
    return serialize_msg_to_ws_v1(parts, channel)


def framed(numbers: list[int], rest: bytes) -> bytes:
    return b"".join(number.to_bytes(8, "little") for number in numbers) + rest


WHOLE = message([HEADER, b"{}", b"{}", b"{}", b"a buffer"])
NUMBERS = st.one_of(st.integers(0, 64), st.integers(0, 2**64 - 1))
FRAMES = st.builds(framed, st.lists(NUMBERS, max_size=12), st.binary(max_size=80))


@given(st.lists(st.binary(max_size=20), max_size=8))
def test_what_a_page_says_passes_whatever_its_buffers_hold(buffers):
    assert well_formed(message([HEADER, b"{}", b"{}", b"{}", *buffers]))
    assert well_formed(message([HEADER, b"{}", b"{}", b"{}", *buffers], "control"))


@given(st.one_of(st.binary(max_size=300), FRAMES))
@example(b"")
@example(b"\xff" * 8)
@example(b"\xff" * 4096)
@example(framed([2**63], b""))
@example(framed([6] * 7, b"shell"))
def test_no_bytes_do_harm(received):
    start = time.perf_counter()
    if well_formed(received):
        channel, parts = deserialize_msg_from_ws_v1(received)
        assert channel in ("shell", "control")
        assert len(parts) >= PARTS - 1
        assert sum(map(len, parts)) <= len(received)
    assert time.perf_counter() - start < 0.5


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_a_message_with_one_byte_changed_still_means_what_it_claims_or_does_not_pass(at, byte):
    received = WHOLE[:at] + bytes([byte]) + WHOLE[at + 1 :]
    if well_formed(received):
        count = int.from_bytes(received[:8], "little")
        places = [int.from_bytes(received[8 * k : 8 * k + 8], "little") for k in range(1, count + 1)]
        assert all(one <= other for one, other in pairwise(places))
        assert 8 * (count + 1) <= places[0]
        assert places[-1] <= len(received)
        assert isinstance(json.loads(received[places[1] : places[2]])["msg_type"], str)


def test_a_message_cut_short_anywhere_does_not_pass():
    assert well_formed(WHOLE)
    assert not any(well_formed(WHOLE[:end]) for end in range(len(WHOLE)))


def test_a_header_that_names_no_kind_does_not_pass():
    for header in (b"", b"[]", b"{}", b"1", b"\xff", b'{"msg_type": 1}', b"[" * 100_000, b'{"msg_type": "x"'):
        assert not well_formed(message([header, b"{}", b"{}", b"{}"]))


def test_a_page_does_not_talk_on_channels_it_only_hears():
    for channel in ("iopub", "stdin", "hb", "", "shell2"):
        assert not well_formed(message([HEADER, b"{}", b"{}", b"{}"], channel))


def test_more_parts_than_a_page_ever_has_do_not_pass():
    room = MOST_PARTS - 2 - 4
    assert well_formed(message([HEADER, b"{}", b"{}", b"{}", *[b""] * room]))
    assert not well_formed(message([HEADER, b"{}", b"{}", b"{}", *[b""] * (room + 1)]))
    assert not well_formed(message([HEADER, b"{}", b"{}"]))

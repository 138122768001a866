"""The pages' own files: packed once, and kept by the browser for as long as their address stays the same."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from pathlib import Path

import tornado.web

from relexp.server.places import STATIC

NEVER = re.compile(r"\s*q=0(\.0*)?\s*")
KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
PACKED = {"br": ".br", "gzip": ".gz"}  # the better one first
NAMED_BY_CONTENT = re.compile(r"-[A-Z0-9]{8}\.js$")


class Assets(tornado.web.RequestHandler):
    """A file of relexp/server/static."""

    def get(self, name: str) -> None:
        path = (STATIC / name).resolve()
        if not path.is_relative_to(STATIC.resolve()) or path.suffix not in KINDS or not path.is_file():
            raise tornado.web.HTTPError(404)
        encoding, body = packed(path, accepted(self.request.headers.get("Accept-Encoding", "")))
        if encoding:
            self.set_header("Content-Encoding", encoding)
        self.set_header("Content-Type", KINDS[path.suffix])
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Vary", "Accept-Encoding")
        # An address that says which content it means never changes its content.
        lasting = "v" in self.request.query_arguments or NAMED_BY_CONTENT.search(name)
        self.set_header("Cache-Control", "public, max-age=31536000, immutable" if lasting else "no-cache")
        self.finish(body)

    head = get


def accepted(header: str) -> frozenset[str]:
    """The packings that a browser takes, from what its Accept-Encoding says."""
    offers = [offer.partition(";") for offer in header.lower().split(",")]
    return frozenset(name.strip() for name, _, quality in offers if not NEVER.fullmatch(quality)) & PACKED.keys()


def packed(path: Path, takes: frozenset[str]) -> tuple[str, bytes]:
    """A file in the best packing there is, and that packing's name ("" for none)."""
    for encoding in PACKED:
        beside = path.with_name(path.name + PACKED[encoding])
        if encoding in takes and beside.is_file():
            return encoding, beside.read_bytes()
    if "gzip" in takes:
        return "gzip", _zipped(path, path.stat().st_mtime_ns)
    return "", path.read_bytes()


@lru_cache(maxsize=16)
def _zipped(path: Path, changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), 9, mtime=0)

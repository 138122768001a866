"""The report of an evening as a file: its figures, their bounds, and the proof that anybody can re-check."""

from __future__ import annotations

from collections.abc import Mapping

from relexp.exchange.evening_json import pretty


def report_bytes(report: Mapping[str, object], seconds: float) -> bytes:
    """The report as json, with the seconds that planning took."""
    return pretty({**report, "seconds": round(seconds, 3)})

"""The report of an evening as a file: its figures, their bounds, and the proof that anybody can re-check."""

from __future__ import annotations

from collections.abc import Mapping

from relexp.exchange.evening_json import pretty


def report_bytes(report: Mapping[str, object]) -> bytes:
    """The report as json: all that `Evening.report` holds, the seconds that planning took among it."""
    return pretty(report)

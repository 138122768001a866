"""What is noted for a developer when something broke: where, and never what somebody typed."""

from __future__ import annotations

import logging
import traceback

log = logging.getLogger("relexp")


def log_fault(error: BaseException) -> None:
    """Note where an error came up, without its words: they may hold what somebody typed."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    log.error("%s at %s", type(error).__name__, places)

"""What is noted of a fault says where it came up, and nothing that somebody typed."""

from __future__ import annotations

import logging

import pytest

from relexp.messages.fault_log import log_fault


def test_a_fault_is_noted_by_its_kind_and_place_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    def broke() -> None:
        raise ValueError("Amina Begum, Zoroastrian")

    with caplog.at_level(logging.ERROR), pytest.raises(ValueError, match="Amina") as caught:
        broke()
    log_fault(caught.value)
    assert "ValueError at " in caplog.text
    assert "test_fault_log.py" in caplog.text
    assert "Amina" not in caplog.text

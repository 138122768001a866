"""Of all that somebody said, the last word on each purpose holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from relexp.privacy.consent import Said, Way, standing

NOW = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)


def test_what_holds_is_the_last_word_on_each_purpose() -> None:
    said = [
        Said(purpose, yes, "2026-1", NOW + timedelta(minutes=at), way)
        for at, (purpose, yes, way) in enumerate(
            [("seating", True, Way.PHONE), ("photo", True, Way.PHONE), ("photo", False, Way.DESK)]
        )
    ]
    assert standing(said) == {"seating": said[0], "photo": said[2]}
    assert standing([]) == {}

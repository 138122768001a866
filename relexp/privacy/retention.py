"""For how long what is kept of people is kept."""

from __future__ import annotations

from datetime import timedelta

# Who sits where at a gathering, with the sheet it was planned from.
SEATING = timedelta(days=7)
# How to reach somebody who asked to be reached.
CONTACTS = timedelta(days=90)

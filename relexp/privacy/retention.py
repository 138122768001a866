"""For how long what is kept of people is kept."""

from __future__ import annotations

from datetime import timedelta

# Who sits where at a gathering, with the sheet it was planned from.
SEATING = timedelta(days=7)
# How to reach somebody who asked to be reached.
CONTACTS = timedelta(days=90)
# Who met whom, by code, of those who said yes to it.
WEAVE = timedelta(days=365)
# What somebody wrote for themselves or for the room, and what they answered; they may delete it before.
WRITTEN = timedelta(days=365)
# When a leader's row is looked at again: it stays while somebody does.
LEADERS = timedelta(days=365)
# What a learner did and wrote, from the last thing that they did: a module of months may lie for a winter.
LEARNING = timedelta(days=730)

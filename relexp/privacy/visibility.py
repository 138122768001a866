"""Who may read what somebody wrote: the writer says so, and may say otherwise later."""

from __future__ import annotations

from enum import StrEnum

from relexp.privacy.roles import LEADS, Role


class Visibility(StrEnum):
    """Who may read it beside the writer: nobody, those who lead the gathering, everybody who was there."""

    ME = "me"
    FACILITATOR = "facilitator"
    EVERYONE = "everyone"


def may_read(visibility: Visibility, role: Role, *, own: bool) -> bool:
    """Whether somebody of this role may read it; `own`: they wrote it. The projector is everybody who looks at it."""
    if own or visibility is Visibility.EVERYONE:
        return True
    return visibility is Visibility.FACILITATOR and role in LEADS

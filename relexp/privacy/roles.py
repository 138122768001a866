"""Who somebody is to relexp: what they are here for, and no more about them than that needs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is here for; it decides which pages open."""

    FACILITATOR = "facilitator"
    CO_FACILITATOR = "co-facilitator"
    TRAINER = "trainer"
    LEADER = "leader"
    LEARNER = "learner"
    PARTICIPANT = "participant"
    PROJECTOR = "projector"


# Those who plan and run a gathering.
LEADS = frozenset({Role.FACILITATOR, Role.CO_FACILITATOR})
# Those who see the leadership development table: who helps to run an evening does not.
TRAINS = frozenset({Role.FACILITATOR, Role.TRAINER})
# Those who may work through the module.
LEARNS = LEADS | TRAINS | {Role.LEARNER}


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody whom relexp knows again: an id that says nothing, a role, and a name as they wish it, or none."""

    id: str
    role: Role
    name: str = ""

    def to_json(self) -> str:
        """The identity as one line of text, for the environment of a visitor's Python."""
        return json.dumps({"id": self.id, "role": str(self.role), "name": self.name})

    @classmethod
    def from_json(cls, text: str) -> Identity:
        """The identity in a text that `to_json` made. Raises ValueError for anything else."""
        try:
            shape = json.loads(text)
        except RecursionError:
            raise ValueError("this is no identity") from None
        if not isinstance(shape, dict) or set(shape) != {"id", "role", "name"}:
            raise ValueError("an identity has an id, a role and a name")
        if not all(isinstance(value, str) for value in shape.values()) or not shape["id"]:
            raise ValueError("an identity is made of texts, and its id is not empty")
        return cls(shape["id"], Role(shape["role"]), shape["name"])

"""The tables of the store: what is kept of somebody, and what becomes of each part when they ask to be forgotten."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Named,
    String,
    Table,
    Text,
    TypedColumns,
    TypeDecorator,
)

# The schema this relexp works with; each file in migrations/versions leads to one.
SCHEMA = "0001"


class Erase(StrEnum):
    """What becomes of a table or a column when somebody is forgotten. Everything that is kept has such a rule."""

    THE_PERSON = "its row is the person, and goes"
    THEIR_ROWS = "the rows that belong to the person go"
    WITH_ROW = "goes with its row"


class Moment(TypeDecorator[datetime]):
    """A point in time, aware of its zone in Python, kept as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone could be any")
        utc = value.astimezone(UTC)
        # SQLite keeps no zones.
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _goes() -> dict[Any, Any]:
    return {"erase": Erase.WITH_ROW}


def _owner() -> Column[str]:
    return Column(ForeignKey("identities.id", ondelete="CASCADE"), nullable=False, index=True, info=_goes())


# Names for every constraint, the same on SQLite and PostgreSQL, so that a later migration can find them.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class _Identities(TypedColumns):
    id: Named[str] = Column(String(40), primary_key=True, info=_goes())
    role: Named[str] = Column(String(20), nullable=False, info=_goes())
    name: Named[str] = Column(Text, nullable=False, comment="as they wish it on a badge; may be empty", info=_goes())
    made: Named[datetime] = Column(Moment, nullable=False, info=_goes())


class _Links(TypedColumns):
    id: Named[str] = Column(String(40), primary_key=True, info=_goes())
    identity_id: Named[str] = _owner()
    digest: Named[str] = Column(
        String(64), nullable=False, unique=True, comment="SHA-256 of the secret, which is nowhere", info=_goes()
    )
    made: Named[datetime] = Column(Moment, nullable=False, info=_goes())
    until: Named[datetime] = Column(Moment, nullable=False, info=_goes())
    revoked: Named[datetime | None] = Column(Moment, nullable=True, info=_goes())


class _Codes(TypedColumns):
    id: Named[str] = Column(String(40), primary_key=True, info=_goes())
    identity_id: Named[str] = _owner()
    digest: Named[str] = Column(
        String(64), nullable=False, unique=True, comment="SHA-256 of the code that a hall reads", info=_goes()
    )
    made: Named[datetime] = Column(Moment, nullable=False, info=_goes())
    until: Named[datetime] = Column(Moment, nullable=False, info=_goes())


_counts = CheckConstraint("revision > 0", name="revision")


class _Drafts(TypedColumns):
    identity_id: Named[str] = Column(
        ForeignKey("identities.id", ondelete="CASCADE"), primary_key=True, nullable=False, info=_goes()
    )
    place: Named[str] = Column(String(100), primary_key=True, comment="the page it belongs to", info=_goes())
    content: Named[bytes] = Column(LargeBinary, nullable=False, info=_goes())
    saved: Named[datetime] = Column(Moment, nullable=False, info=_goes())
    revision: Named[int] = Column(
        Integer, CheckConstraint("revision > 0", name="revision"), nullable=False, info=_goes()
    )


identities = Table(
    "identities", metadata, _Identities, comment="those whom relexp knows again", info={"erase": Erase.THE_PERSON}
)
links = Table("links", metadata, _Links, comment="doors for one person each", info={"erase": Erase.THEIR_ROWS})
codes = Table("codes", metadata, _Codes, comment="doors for a hall of participants", info={"erase": Erase.THEIR_ROWS})
drafts = Table("drafts", metadata, _Drafts, comment="what is being worked on", info={"erase": Erase.THEIR_ROWS})

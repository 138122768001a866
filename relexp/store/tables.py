"""The tables of the store: what is kept of somebody, and what becomes of each part when they ask to be forgotten."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    Named,
    String,
    Table,
    Text,
    TypedColumns,
    TypeDecorator,
    UniqueConstraint,
)

# The schema this relexp works with; each file in migrations/versions leads to one.
SCHEMA = "0006"


class Erase(StrEnum):
    """What becomes of a table or a column when somebody is forgotten. Everything that is kept has such a rule."""

    THE_PERSON = "its row is the person, and goes"
    THEIR_ROWS = "the rows that belong to the person go"
    WITH_ROW = "goes with its row"
    UNNAMED = "stays, and no longer says who it was"
    NOBODY = "stays: nobody is in it"


class Export(StrEnum):
    """What becomes of a table or a column when somebody asks for what is kept of them."""

    GIVEN = "is given to them"
    KEPT_BACK = "a fingerprint or a mark of ours, of which they would learn nothing"


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


def goes(export: Export = Export.GIVEN) -> dict[Any, Any]:
    """The rule of a column that goes with its row."""
    return {"erase": Erase.WITH_ROW, "export": export}


def _nobody_s() -> dict[Any, Any]:
    return {"erase": Erase.NOBODY, "export": Export.KEPT_BACK}


def theirs(erase: Erase = Erase.THEIR_ROWS) -> dict[Any, Any]:
    """The rule of a table whose rows are somebody's."""
    return {"erase": erase, "export": Export.GIVEN}


def owner(*, key: bool = False) -> Column[str]:
    """Whose a row is; with `key`, it is the first part of what tells rows apart."""
    theirs = ForeignKey("identities.id", ondelete="CASCADE")
    return Column(theirs, primary_key=key, nullable=False, index=None if key else True, info=goes())


def _digest(of: str) -> Column[str]:
    """What opens a door, kept so that nobody can read it here."""
    kept_back = goes(Export.KEPT_BACK)
    return Column(String(64), nullable=False, unique=True, comment=f"SHA-256 of {of}", info=kept_back)


def _whoever() -> Column[str | None]:
    """Somebody who may be forgotten while the row stays."""
    unnamed = {"erase": Erase.UNNAMED, "export": Export.GIVEN}
    return Column(ForeignKey("identities.id", ondelete="SET NULL"), nullable=True, index=True, info=unnamed)


def _gathering() -> Column[str]:
    return Column(ForeignKey("gatherings.id", ondelete="CASCADE"), primary_key=True, nullable=False, info=goes())


def _at_theirs() -> Column[str]:
    """The gathering of the people in the row."""
    return Column(String(40), primary_key=True, nullable=False, info=goes())


def somebody(table: str, which: str = "person") -> ForeignKeyConstraint:
    """That a row is of somebody at its gathering, and goes with them."""
    return ForeignKeyConstraint(
        ["gathering_id", f"{which}_id"],
        ["people.gathering_id", "people.person_id"],
        name=f"fk_{table}_{which}",
        ondelete="CASCADE",
    )


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
    id: Named[str] = Column(String(40), primary_key=True, info=goes())
    role: Named[str] = Column(String(20), nullable=False, info=goes())
    name: Named[str] = Column(Text, nullable=False, comment="as they wish it on a badge; may be empty", info=goes())
    made: Named[datetime] = Column(Moment, nullable=False, info=goes())


class _Links(TypedColumns):
    id: Named[str] = Column(String(40), primary_key=True, info=goes())
    identity_id: Named[str] = owner()
    digest: Named[str] = _digest("the secret, which is nowhere")
    made: Named[datetime] = Column(Moment, nullable=False, info=goes())
    until: Named[datetime] = Column(Moment, nullable=False, info=goes())
    revoked: Named[datetime | None] = Column(Moment, nullable=True, info=goes())


class _Codes(TypedColumns):
    id: Named[str] = Column(String(40), primary_key=True, info=goes())
    identity_id: Named[str] = owner()
    digest: Named[str] = _digest("the code that a hall reads")
    made: Named[datetime] = Column(Moment, nullable=False, info=goes())
    until: Named[datetime] = Column(Moment, nullable=False, info=goes())


class _Drafts(TypedColumns):
    identity_id: Named[str] = Column(
        ForeignKey("identities.id", ondelete="CASCADE"), primary_key=True, nullable=False, info=goes()
    )
    place: Named[str] = Column(String(100), primary_key=True, comment="the page it belongs to", info=goes())
    content: Named[bytes] = Column(LargeBinary, nullable=False, info=goes())
    saved: Named[datetime] = Column(Moment, nullable=False, info=goes())
    revision: Named[int] = Column(
        Integer, CheckConstraint("revision > 0", name="revision"), nullable=False, info=goes()
    )


class _Gatherings(TypedColumns):
    id: Named[str] = Column(String(40), primary_key=True, info=goes())
    identity_id: Named[str] = owner()
    name: Named[str] = Column(Text, nullable=False, info=goes())
    made: Named[datetime] = Column(Moment, nullable=False, info=goes())
    closed: Named[datetime | None] = Column(Moment, nullable=True, info=goes())
    changed: Named[int] = Column(
        Integer,
        CheckConstraint("changed > 0", name="changed"),
        nullable=False,
        comment="how many changes there were, for whoever watches",
        info=goes(),
    )
    asked: Named[str] = Column(
        Text, nullable=False, comment="format, rounds and rules as json; no person is in it", info=goes()
    )
    apart: Named[str] = Column(
        Text, nullable=False, comment="who must not be put together, under lock", info=goes(Export.KEPT_BACK)
    )


class _People(TypedColumns):
    gathering_id: Named[str] = _gathering()
    person_id: Named[str] = Column(Text, primary_key=True, nullable=False, info=goes())
    identity_id: Named[str | None] = _whoever()
    place: Named[int] = Column(Integer, nullable=False, comment="their place on the sheet", info=goes())
    name: Named[str] = Column(Text, nullable=False, comment="as they wish it on a badge", info=goes())
    about: Named[str] = Column(Text, nullable=False, comment="what the plan needs of them, as json", info=goes())
    came: Named[datetime | None] = Column(Moment, nullable=True, info=goes())
    went: Named[datetime | None] = Column(Moment, nullable=True, info=goes())


class _Met(TypedColumns):
    gathering_id: Named[str] = _at_theirs()
    one_id: Named[str] = Column(Text, primary_key=True, nullable=False, info=goes())
    other_id: Named[str] = Column(Text, primary_key=True, nullable=False, info=goes())


class _Seats(TypedColumns):
    gathering_id: Named[str] = _at_theirs()
    round: Named[int] = Column(Integer, primary_key=True, nullable=False, autoincrement=False, info=goes())
    person_id: Named[str] = Column(Text, primary_key=True, nullable=False, info=goes())
    table_number: Named[int | None] = Column(Integer, nullable=True, comment="none: they rest", info=goes())
    interprets: Named[bool] = Column(Boolean(name="interprets"), nullable=False, info=goes())


class _Acts(TypedColumns):
    gathering_id: Named[str] = _gathering()
    number: Named[int] = Column(Integer, primary_key=True, nullable=False, autoincrement=False, info=goes())
    key: Named[str] = Column(
        String(40), nullable=False, comment="the same press sent twice is one", info=goes(Export.KEPT_BACK)
    )
    identity_id: Named[str | None] = _whoever()
    press: Named[str] = Column(String(20), nullable=False, info=goes())
    at: Named[datetime] = Column(Moment, nullable=False, info=goes())
    minutes: Named[int] = Column(Integer, nullable=False, info=goes())


class _Consents(TypedColumns):
    gathering_id: Named[str] = _at_theirs()
    number: Named[int] = Column(Integer, primary_key=True, nullable=False, autoincrement=False, info=goes())
    person_id: Named[str] = Column(Text, nullable=False, info=goes())
    purpose: Named[str] = Column(String(40), nullable=False, info=goes())
    yes: Named[bool] = Column(Boolean(name="yes"), nullable=False, info=goes())
    wording: Named[str] = Column(String(40), nullable=False, comment="the version that they read or heard", info=goes())
    at: Named[datetime] = Column(Moment, nullable=False, info=goes())
    way: Named[str] = Column(
        String(20), nullable=False, comment="by their own phone, or aloud at the desk", info=goes()
    )
    identity_id: Named[str | None] = Column(
        ForeignKey("identities.id", ondelete="SET NULL"),
        nullable=True,
        index=True,
        comment="whose phone it was, or who noted it",
        info={"erase": Erase.UNNAMED, "export": Export.KEPT_BACK},
    )


class _House(TypedColumns):
    id: Named[int] = Column(Integer, primary_key=True, nullable=False, autoincrement=False, info=_nobody_s())
    edition: Named[str] = Column(
        String(40), nullable=False, comment="another once somebody was erased, or a copy put back", info=_nobody_s()
    )


identities = Table(
    "identities", metadata, _Identities, comment="those whom relexp knows again", info=theirs(Erase.THE_PERSON)
)
links = Table("links", metadata, _Links, comment="doors for one person each", info=theirs())
codes = Table("codes", metadata, _Codes, comment="doors for a hall of participants", info=theirs())
drafts = Table("drafts", metadata, _Drafts, comment="what is being worked on", info=theirs())
gatherings = Table("gatherings", metadata, _Gatherings, comment="gatherings whose doors were opened", info=theirs())
people = Table("people", metadata, _People, comment="who is expected, and who came", info=theirs())
met = Table(
    "met",
    metadata,
    _Met,
    somebody("met", "one"),
    somebody("met", "other"),
    comment="who met at an earlier gathering",
    info=theirs(),
)
seats = Table("seats", metadata, _Seats, somebody("seats"), comment="who sits where in each round", info=theirs())
acts = Table(
    "acts", metadata, _Acts, UniqueConstraint("gathering_id", "key"), comment="what was pressed", info=theirs()
)
consents = Table(
    "consents",
    metadata,
    _Consents,
    somebody("consents"),
    comment="who said yes or no to what, a line each time",
    info=theirs(),
)
house = Table("house", metadata, _House, comment="of all that is kept, as a whole", info=_nobody_s())

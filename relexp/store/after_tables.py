"""What is kept after an evening: numbers, who met by code, what people wrote and answered, and whom they will meet."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    Named,
    String,
    Table,
    Text,
    TypedColumns,
)

from relexp.store.tables import Erase, Export, Moment, goes, metadata, owner, somebody, theirs

_STAYS = {"erase": Erase.NOBODY, "export": Export.GIVEN}


def _gathering() -> Column[str]:
    """The gathering, whose own row goes after a few days."""
    return Column(String(40), primary_key=True, nullable=False, info=goes())


def _code(name: str | None = None) -> Column[str]:
    return Column(String(16), primary_key=name is None, nullable=False, comment="in place of a person", info=goes())


def _finder(whose: str) -> Column[str]:
    kept_back = goes(Export.KEPT_BACK)
    return Column(String(64), nullable=False, index=True, comment=f"finds {whose} by name, keyed", info=kept_back)


def _thread(end: str) -> ForeignKeyConstraint:
    columns, there = ["held_id", end], ["threads.held_id", "threads.code"]
    return ForeignKeyConstraint(columns, there, name=f"fk_ties_{end}", ondelete="CASCADE")


class _Held(TypedColumns):
    id: Named[str] = Column(String(40), primary_key=True, info=_STAYS)
    name: Named[str] = Column(Text, nullable=False, info=_STAYS)
    day: Named[date] = Column(Date, nullable=False, info=_STAYS)
    closed: Named[datetime] = Column(Moment, nullable=False, comment="its end, when it was counted", info=_STAYS)
    changed: Named[int] = Column(Integer, nullable=False, comment="its changes, when it was counted", info=_STAYS)
    numbers: Named[str] = Column(Text, nullable=False, comment="as json; nobody is in it", info=_STAYS)


class _Threads(TypedColumns):
    held_id: Named[str] = Column(
        ForeignKey("held.id", ondelete="CASCADE"), primary_key=True, nullable=False, info=goes()
    )
    code: Named[str] = _code()
    finder: Named[str] = _finder("them")
    about: Named[str] = Column(Text, nullable=False, comment="what may be told of them, as json", info=goes())


class _Ties(TypedColumns):
    held_id: Named[str] = _gathering()
    round: Named[int] = Column(Integer, primary_key=True, nullable=False, autoincrement=False, info=goes())
    one: Named[str] = _code()
    other: Named[str] = _code()


class _Harvests(TypedColumns):
    id: Named[str] = Column(String(40), primary_key=True, info=goes())
    identity_id: Named[str | None] = Column(
        ForeignKey("identities.id", ondelete="CASCADE"),
        nullable=True,
        index=True,
        comment="whose phone it came by; none: it was typed in from paper",
        info=goes(),
    )
    gathering_id: Named[str] = Column(String(40), nullable=False, index=True, info=goes())
    round: Named[int] = Column(Integer, nullable=False, info=goes())
    line: Named[str] = Column(Text, nullable=False, comment="for everybody to read", info=goes())
    theme: Named[str | None] = Column(String(40), nullable=True, comment="as its readers settled it", info=goes())
    at: Named[datetime] = Column(Moment, nullable=False, info=goes())


class _Reflections(TypedColumns):
    identity_id: Named[str] = owner(key=True)
    gathering_id: Named[str] = _gathering()
    day: Named[date] = Column(Date, nullable=False, info=goes())
    visibility: Named[str] = Column(String(20), nullable=False, info=goes())
    said: Named[str] = Column(Text, nullable=False, comment="under lock", info=goes())


class _Wishes(TypedColumns):
    gathering_id: Named[str] = _gathering()
    person_id: Named[str] = Column(Text, primary_key=True, nullable=False, info=goes())
    other_id: Named[str] = Column(Text, primary_key=True, nullable=False, info=goes(Export.KEPT_BACK))
    reach: Named[str] = Column(Text, nullable=False, comment="how they can be reached, under lock", info=goes())


class _FollowUps(TypedColumns):
    id: Named[str] = Column(String(40), primary_key=True, info=goes())
    held_id: Named[str] = Column(String(40), nullable=False, info=goes())
    one: Named[str] = _code("one")
    other: Named[str] = _code("other")
    one_finder: Named[str] = _finder("one")
    other_finder: Named[str] = _finder("the other")
    both: Named[str] = Column(
        Text, nullable=False, comment="their names and how to reach them, under lock", info=goes(Export.KEPT_BACK)
    )
    what: Named[str] = Column(Text, nullable=False, info=goes())
    owner: Named[str] = _code("owner")
    due: Named[date] = Column(Date, nullable=False, info=goes())
    done: Named[date | None] = Column(Date, nullable=True, info=goes())
    dropped: Named[bool] = Column(Boolean(name="dropped"), nullable=False, info=goes())


class _Answers(TypedColumns):
    gathering_id: Named[str] = _gathering()
    code: Named[str] = _code()
    moment: Named[str] = Column(String(20), primary_key=True, nullable=False, info=goes())
    day: Named[date] = Column(Date, nullable=False, info=goes())
    given: Named[str] = Column(Text, nullable=False, comment="as json", info=goes())


class _OneToOnes(TypedColumns):
    id: Named[str] = Column(String(40), primary_key=True, info=goes())
    identity_id: Named[str] = owner()
    one: Named[str] = _code("one")
    other: Named[str] = _code("other")
    day: Named[date] = Column(Date, nullable=False, info=goes())
    said: Named[str] = Column(Text, nullable=False, comment="under lock", info=goes())


class _Themes(TypedColumns):
    key: Named[str] = Column(String(40), primary_key=True, info=_STAYS)
    place: Named[int] = Column(Integer, nullable=False, info=_STAYS)
    name: Named[str] = Column(Text, nullable=False, info=_STAYS)
    when: Named[str] = Column("belongs", Text, nullable=False, comment="when a line belongs to it", info=_STAYS)


class _Codings(TypedColumns):
    line_id: Named[str] = Column(
        ForeignKey("harvests.id", ondelete="CASCADE"), primary_key=True, nullable=False, info=goes()
    )
    identity_id: Named[str] = owner(key=True)
    theme: Named[str] = Column(String(40), nullable=False, comment="none of the book: empty", info=goes())


held = Table("held", metadata, _Held, comment="gatherings in numbers", info=_STAYS)
threads = Table("threads", metadata, _Threads, comment="who agreed to be remembered, by code", info=theirs())
ties = Table("ties", metadata, _Ties, _thread("one"), _thread("other"), comment="who met, by code", info=theirs())
harvests = Table("harvests", metadata, _Harvests, comment="a line of a round, for everybody", info=theirs())
reflections = Table("reflections", metadata, _Reflections, comment="what somebody makes of an evening", info=theirs())
wishes = Table(
    "wishes",
    metadata,
    _Wishes,
    somebody("wishes"),
    somebody("wishes", "other"),
    comment="who would like to meet whom again",
    info=theirs(),
)
follow_ups = Table("follow_ups", metadata, _FollowUps, comment="two who both wished to meet again", info=theirs())
one_to_ones = Table("one_to_ones", metadata, _OneToOnes, comment="meetings of two, as one notes them", info=theirs())
themes = Table("themes", metadata, _Themes, comment="the book of themes", info=_STAYS)
codings = Table("codings", metadata, _Codings, comment="one reader’s theme for a line", info=theirs())
answers = Table("answers", metadata, _Answers, comment="what was answered, by code", info=theirs())

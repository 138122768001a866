"""The leadership development table as it is kept: a row a leader, what happened, and every change of a cell."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Named, String, Table, Text, TypedColumns

from relexp.store.tables import Erase, Export, Moment, goes, metadata, theirs

_STAYS = {"erase": Erase.NOBODY, "export": Export.GIVEN}
_UNNAMED = {"erase": Erase.UNNAMED, "export": Export.GIVEN}
_KEPT_BACK = goes(Export.KEPT_BACK)


def _leader(*, key: bool = False) -> Column[str]:
    there = ForeignKey("leaders.id", ondelete="CASCADE")
    return Column(there, primary_key=key, nullable=False, index=None if key else True, info=goes())


def _id() -> Column[str]:
    return Column(String(40), primary_key=True, info=goes())


def _locked(what: str) -> Column[str]:
    return Column(Text, nullable=False, comment=f"{what}, under lock", info=goes())


def _name_of(who: str) -> Column[str]:
    """Somebody else, by name: theirs goes when they are forgotten, and the row stays."""
    return Column(Text, nullable=False, comment=who, info=_UNNAMED)


def _whoever(comment: str) -> Column[str | None]:
    there = ForeignKey("identities.id", ondelete="SET NULL")
    unnamed = {"erase": Erase.UNNAMED, "export": Export.KEPT_BACK}
    return Column(there, nullable=True, index=True, comment=comment, info=unnamed)


class _Boards(TypedColumns):
    id: Named[int] = Column(Integer, primary_key=True, nullable=False, autoincrement=False, info=_STAYS)
    said: Named[str] = Column(
        Text, nullable=False, comment="stages, trainings, columns and views, as json", info=_STAYS
    )
    revision: Named[int] = Column(Integer, nullable=False, info=_STAYS)


class _Leaders(TypedColumns):
    id: Named[str] = _id()
    finder: Named[str] = Column(
        String(64), nullable=False, index=True, comment="finds them by name, keyed", info=_KEPT_BACK
    )
    identity_id: Named[str | None] = Column(
        ForeignKey("identities.id", ondelete="SET NULL"),
        nullable=True,
        index=True,
        comment="whoever opens their own page",
        info=_UNNAMED,
    )
    name: Named[str] = Column(Text, nullable=False, info=goes())
    called: Named[str] = Column(Text, nullable=False, index=True, comment="the name as it is compared", info=_KEPT_BACK)
    institution: Named[str] = Column(Text, nullable=False, info=goes())
    comes_from: Named[str] = Column(Text, nullable=False, comment="the institution, compared", info=_KEPT_BACK)
    role: Named[str] = Column(Text, nullable=False, info=goes())
    does: Named[str] = Column(Text, nullable=False, comment="the role, compared", info=_KEPT_BACK)
    stage: Named[str] = Column(String(40), nullable=False, index=True, info=goes())
    following: Named[str] = Column(String(10), nullable=False, info=goes())
    developed_by: Named[str | None] = Column(
        ForeignKey("leaders.id", ondelete="SET NULL"), nullable=True, index=True, info=_UNNAMED
    )
    review: Named[date | None] = Column(Date, nullable=True, info=goes())
    made: Named[date] = Column(Date, nullable=False, info=goes())
    seen: Named[date | None] = Column(Date, nullable=True, comment="when they last saw their row", info=goes())
    gone: Named[datetime | None] = Column(Moment, nullable=True, comment="taken out of the table", info=goes())
    to_agree: Named[int] = Column(Integer, nullable=False, comment="words not agreed to by both", info=goes())
    said: Named[str] = _locked("what moves them, as json")


class _Trainings(TypedColumns):
    leader_id: Named[str] = _leader(key=True)
    training: Named[str] = Column(String(40), primary_key=True, nullable=False, info=goes())
    day: Named[date] = Column(Date, nullable=False, info=goes())


class _Steps(TypedColumns):
    id: Named[str] = _id()
    leader_id: Named[str] = _leader()
    what: Named[str] = _locked("what they do next")
    agreed_by: Named[str] = _name_of("with whom they agreed on it")
    made: Named[date] = Column(Date, nullable=False, info=goes())
    due: Named[date | None] = Column(Date, nullable=True, info=goes())
    done: Named[date | None] = Column(Date, nullable=True, info=goes())
    deed: Named[str] = Column(String(40), nullable=False, comment="by which it was done", info=_KEPT_BACK)


class _Evidence(TypedColumns):
    id: Named[str] = _id()
    leader_id: Named[str] = Column(ForeignKey("leaders.id", ondelete="CASCADE"), nullable=False, info=goes())
    kind: Named[str] = Column(
        String(20), nullable=False, comment="declined: what was suggested was not so", info=goes()
    )
    day: Named[date] = Column(Date, nullable=False, info=goes())
    what: Named[str] = _locked("what happened")
    seen_by: Named[str] = _name_of("who saw it")
    shared: Named[bool] = Column(Boolean(name="shared"), nullable=False, comment="on their own page", info=goes())
    answer: Named[str] = _locked("what they say of it")
    source: Named[str] = Column(Text, nullable=False, comment="what suggested it", info=goes())
    deed: Named[str] = Column(String(40), nullable=False, comment="came with this change", info=_KEPT_BACK)
    identity_id: Named[str | None] = _whoever("who noted it")


class _Moves(TypedColumns):
    id: Named[int] = Column(Integer, primary_key=True, info=goes())
    leader_id: Named[str] = _leader()
    day: Named[date] = Column(Date, nullable=False, index=True, info=goes())
    before: Named[str] = Column(String(40), nullable=False, info=goes())
    after: Named[str] = Column(String(40), nullable=False, info=goes())
    evidence_id: Named[str | None] = Column(
        ForeignKey("leader_evidence.id", ondelete="SET NULL"), nullable=True, index=True, info=goes()
    )
    deed: Named[str] = Column(String(40), nullable=False, index=True, info=_KEPT_BACK)


class _Challenges(TypedColumns):
    id: Named[str] = _id()
    leader_id: Named[str] = _leader()
    day: Named[date] = Column(Date, nullable=False, info=goes())
    what: Named[str] = _locked("what they were asked to dare")
    offered_by: Named[str] = _name_of("by whom")
    taken: Named[bool | None] = Column(Boolean(name="taken"), nullable=True, comment="none: no answer yet", info=goes())
    answer: Named[str] = _locked("their answer")
    answered: Named[date | None] = Column(Date, nullable=True, info=goes())


class _Readings(TypedColumns):
    id: Named[str] = _id()
    leader_id: Named[str] = _leader()
    day: Named[date] = Column(Date, nullable=False, info=goes())
    mentor: Named[str] = _name_of("who read; none: they themselves")
    said: Named[str] = _locked("their habits, as json")


class _Changes(TypedColumns):
    id: Named[int] = Column(Integer, primary_key=True, info=goes())
    leader_id: Named[str] = _leader()
    deed: Named[str] = Column(String(40), nullable=False, index=True, comment="made in one go", info=_KEPT_BACK)
    undoes: Named[str] = Column(String(40), nullable=False, comment="what it takes back", info=_KEPT_BACK)
    at: Named[datetime] = Column(Moment, nullable=False, index=True, info=goes())
    identity_id: Named[str | None] = _whoever("who did it")
    fields: Named[str] = Column(Text, nullable=False, comment="which cells, a space around each", info=goes())
    said: Named[str] = _locked("cells before and after, as json")


boards = Table("boards", metadata, _Boards, comment="how the table of leaders is set up", info=_STAYS)
leaders = Table("leaders", metadata, _Leaders, comment="the leadership development table", info=theirs())
leader_trainings = Table("leader_trainings", metadata, _Trainings, comment="training that was done", info=theirs())
leader_steps = Table("leader_steps", metadata, _Steps, comment="next steps, and those that were done", info=theirs())
leader_evidence = Table("leader_evidence", metadata, _Evidence, comment="what happened", info=theirs())
leader_moves = Table("leader_moves", metadata, _Moves, comment="how stages changed", info=theirs())
leader_challenges = Table("leader_challenges", metadata, _Challenges, comment="what was dared", info=theirs())
leader_readings = Table("leader_readings", metadata, _Readings, comment="habits, as somebody reads them", info=theirs())
leader_changes = Table("leader_changes", metadata, _Changes, comment="what changed in the table", info=theirs())
Index("ix_leader_evidence_of", leader_evidence.c.leader_id, leader_evidence.c.kind, leader_evidence.c.day)

# Those of one leader, by what they are.
OF_LEADERS = (
    leader_trainings,
    leader_steps,
    leader_evidence,
    leader_moves,
    leader_challenges,
    leader_readings,
    leader_changes,
)
# What lies under lock.
LOCKED = (
    (leaders, leaders.c.said),
    (leader_steps, leader_steps.c.what),
    (leader_evidence, leader_evidence.c.what),
    (leader_evidence, leader_evidence.c.answer),
    (leader_challenges, leader_challenges.c.what),
    (leader_challenges, leader_challenges.c.answer),
    (leader_readings, leader_readings.c.said),
    (leader_changes, leader_changes.c.said),
)
# Where somebody is named in the row of another.
NAMED = (leader_steps.c.agreed_by, leader_evidence.c.seen_by, leader_challenges.c.offered_by, leader_readings.c.mentor)

"""What is kept of a learner: what they did, what they wrote, and who confirmed it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, Named, String, Table, Text, TypedColumns

from relexp.store.tables import Erase, Export, Moment, goes, metadata, owner, theirs


def _at() -> Column[datetime]:
    return Column(Moment, nullable=False, info=goes())


def _within(comment: str) -> Column[str]:
    """A place in the module: these ids are the content's own."""
    return Column(Text, nullable=False, comment=comment, info=goes())


def _place(comment: str) -> Column[str]:
    return Column(Text, primary_key=True, nullable=False, comment=comment, info=goes())


def _locked(comment: str) -> Column[str]:
    return Column(Text, nullable=False, comment=f"{comment}, under lock", info=goes())


class _Events(TypedColumns):
    id: Named[str] = Column(Text, primary_key=True, comment="made where it happened", info=goes())
    identity_id: Named[str] = owner()
    at: Named[datetime] = _at()
    verb: Named[str] = Column(String(20), nullable=False, info=goes())
    unit: Named[str] = _within("of the module")
    block: Named[str] = _within("of the unit")
    item: Named[str] = _within("of the block; empty: all of it")
    version: Named[str] = _within("of the content")
    was_right: Named[bool | None] = Column(
        Boolean(name="was_right"), nullable=True, comment="none: neither right nor wrong", info=goes()
    )
    minutes: Named[float] = Column(Float, nullable=False, info=goes())


class _Texts(TypedColumns):
    identity_id: Named[str] = owner(key=True)
    unit: Named[str] = _place("of the module")
    item: Named[str] = _place("or the block")
    at: Named[datetime] = _at()
    revision: Named[int] = Column(Integer, nullable=False, info=goes())
    said: Named[str] = _locked("what they wrote")


class _Confirmations(TypedColumns):
    id: Named[str] = Column(String(40), primary_key=True, info=goes())
    identity_id: Named[str] = owner()
    at: Named[datetime] = _at()
    confirmed_by: Named[str] = Column(
        Text,
        nullable=False,
        comment="which tutor, by name",
        info={"erase": Erase.UNNAMED, "export": Export.GIVEN},
    )
    tutor_id: Named[str | None] = Column(
        ForeignKey("identities.id", ondelete="SET NULL"),
        nullable=True,
        index=True,
        comment="which tutor",
        info={"erase": Erase.UNNAMED, "export": Export.KEPT_BACK},
    )
    organisation: Named[str] = Column(Text, nullable=False, comment="in whose name", info=goes())
    minutes: Named[float] = Column(Float, nullable=False, comment="that were confirmed", info=goes())
    said: Named[str] = _locked("what the tutor says of it")


learner_events = Table("learner_events", metadata, _Events, comment="what a learner did", info=theirs())
learner_texts = Table("learner_texts", metadata, _Texts, comment="what a learner wrote", info=theirs())
learner_confirmations = Table(
    "learner_confirmations", metadata, _Confirmations, comment="records that a tutor confirmed", info=theirs()
)
# All that is kept of a learner as a learner.
OF_LEARNERS = (learner_events, learner_texts, learner_confirmations)

"""Gatherings whose doors were opened: who came, who sits where, what was pressed, who agreed to what."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "gatherings",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("identity_id", sa.String(40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made", MOMENT, nullable=False),
        sa.Column("closed", MOMENT, nullable=True),
        sa.Column("changed", sa.Integer(), nullable=False, comment="how many changes there were, for whoever watches"),
        sa.Column("asked", sa.Text(), nullable=False, comment="format, rounds and rules as json; no person is in it"),
        sa.Column("apart", sa.Text(), nullable=False, comment="who must not be put together, under lock"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gatherings")),
        _identity("gatherings", "CASCADE"),
        sa.CheckConstraint("changed > 0", name=op.f("ck_gatherings_changed")),
        comment="gatherings whose doors were opened",
    )
    op.create_index(op.f("ix_gatherings_identity_id"), "gatherings", ["identity_id"])
    op.create_table(
        "people",
        sa.Column("gathering_id", sa.String(40), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("identity_id", sa.String(40), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False, comment="their place on the sheet"),
        sa.Column("name", sa.Text(), nullable=False, comment="as they wish it on a badge"),
        sa.Column("about", sa.Text(), nullable=False, comment="what the plan needs of them, as json"),
        sa.Column("came", MOMENT, nullable=True),
        sa.Column("went", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("gathering_id", "person_id", name=op.f("pk_people")),
        _gathering("people"),
        _identity("people", "SET NULL"),
        comment="who is expected, and who came",
    )
    op.create_index(op.f("ix_people_identity_id"), "people", ["identity_id"])
    op.create_table(
        "met",
        sa.Column("gathering_id", sa.String(40), nullable=False),
        sa.Column("one_id", sa.Text(), nullable=False),
        sa.Column("other_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("gathering_id", "one_id", "other_id", name=op.f("pk_met")),
        _somebody("met", "one"),
        _somebody("met", "other"),
        comment="who met at an earlier gathering",
    )
    op.create_table(
        "seats",
        sa.Column("gathering_id", sa.String(40), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=True, comment="none: they rest"),
        sa.Column("interprets", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("gathering_id", "round", "person_id", name=op.f("pk_seats")),
        _somebody("seats", "person"),
        comment="who sits where in each round",
    )
    op.create_table(
        "acts",
        sa.Column("gathering_id", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("key", sa.String(40), nullable=False, comment="the same press sent twice is one"),
        sa.Column("identity_id", sa.String(40), nullable=True),
        sa.Column("press", sa.String(20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("gathering_id", "number", name=op.f("pk_acts")),
        sa.UniqueConstraint("gathering_id", "key", name=op.f("uq_acts_gathering_id")),
        _gathering("acts"),
        _identity("acts", "SET NULL"),
        comment="what was pressed",
    )
    op.create_index(op.f("ix_acts_identity_id"), "acts", ["identity_id"])
    op.create_table(
        "consents",
        sa.Column("gathering_id", sa.String(40), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("wording", sa.String(40), nullable=False, comment="the version that they read"),
        sa.Column("given", MOMENT, nullable=False),
        sa.Column("withdrawn", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("gathering_id", "person_id", "purpose", name=op.f("pk_consents")),
        _somebody("consents", "person"),
        comment="who said yes to what",
    )


def _identity(table: str, gone: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_identity_id")
    return sa.ForeignKeyConstraint(["identity_id"], ["identities.id"], name=name, ondelete=gone)


def _gathering(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_gathering_id")
    return sa.ForeignKeyConstraint(["gathering_id"], ["gatherings.id"], name=name, ondelete="CASCADE")


def _somebody(table: str, which: str) -> sa.ForeignKeyConstraint:
    columns = ["gathering_id", f"{which}_id"]
    name = op.f(f"fk_{table}_{which}")
    return sa.ForeignKeyConstraint(columns, ["people.gathering_id", "people.person_id"], name=name, ondelete="CASCADE")

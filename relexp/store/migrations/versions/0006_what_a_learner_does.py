"""A learner's log, what they write, and who confirmed it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "learner_events",
        sa.Column("id", sa.Text(), nullable=False, comment="made where it happened"),
        sa.Column("identity_id", sa.String(40), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("verb", sa.String(20), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False, comment="of the module"),
        sa.Column("block", sa.Text(), nullable=False, comment="of the unit"),
        sa.Column("item", sa.Text(), nullable=False, comment="of the block; empty: all of it"),
        sa.Column("version", sa.Text(), nullable=False, comment="of the content"),
        sa.Column("was_right", sa.Boolean(name="was_right"), nullable=True, comment="none: neither right nor wrong"),
        sa.Column("minutes", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_learner_events_identity_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learner_events")),
        comment="what a learner did",
    )
    op.create_index(op.f("ix_learner_events_identity_id"), "learner_events", ["identity_id"])
    op.create_table(
        "learner_texts",
        sa.Column("identity_id", sa.String(40), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False, comment="of the module"),
        sa.Column("item", sa.Text(), nullable=False, comment="or the block"),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False, comment="what they wrote, under lock"),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_learner_texts_identity_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("identity_id", "unit", "item", name=op.f("pk_learner_texts")),
        comment="what a learner wrote",
    )
    op.create_table(
        "learner_confirmations",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("identity_id", sa.String(40), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=False, comment="which tutor, by name"),
        sa.Column("tutor_id", sa.String(40), nullable=True, comment="which tutor"),
        sa.Column("organisation", sa.Text(), nullable=False, comment="in whose name"),
        sa.Column("minutes", sa.Float(), nullable=False, comment="that were confirmed"),
        sa.Column("said", sa.Text(), nullable=False, comment="what the tutor says of it, under lock"),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_learner_confirmations_identity_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tutor_id"], ["identities.id"], name=op.f("fk_learner_confirmations_tutor_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learner_confirmations")),
        comment="records that a tutor confirmed",
    )
    op.create_index(op.f("ix_learner_confirmations_identity_id"), "learner_confirmations", ["identity_id"])
    op.create_index(op.f("ix_learner_confirmations_tutor_id"), "learner_confirmations", ["tutor_id"])

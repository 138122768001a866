"""The leadership development table: a row a leader, what happened, and every change of a cell."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _who_leads()
    _what_happened()


def _who_leads() -> None:
    op.create_table(
        "boards",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("said", sa.Text(), nullable=False, comment="stages, trainings, columns and views, as json"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boards")),
        comment="how the table of leaders is set up",
    )
    op.create_table(
        "leaders",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("finder", sa.String(64), nullable=False, comment="finds them by name, keyed"),
        sa.Column("identity_id", sa.String(40), nullable=True, comment="whoever opens their own page"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("called", sa.Text(), nullable=False, comment="the name as it is compared"),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("comes_from", sa.Text(), nullable=False, comment="the institution, compared"),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("does", sa.Text(), nullable=False, comment="the role, compared"),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("following", sa.String(10), nullable=False),
        sa.Column("developed_by", sa.String(40), nullable=True),
        sa.Column("review", sa.Date(), nullable=True),
        sa.Column("made", sa.Date(), nullable=False),
        sa.Column("seen", sa.Date(), nullable=True, comment="when they last saw their row"),
        sa.Column("gone", MOMENT, nullable=True, comment="taken out of the table"),
        sa.Column("to_agree", sa.Integer(), nullable=False, comment="words not agreed to by both"),
        sa.Column("said", sa.Text(), nullable=False, comment="what moves them, as json, under lock"),
        sa.ForeignKeyConstraint(
            ["developed_by"], ["leaders.id"], name=op.f("fk_leaders_developed_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_leaders_identity_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaders")),
        comment="the leadership development table",
    )
    op.create_index(op.f("ix_leaders_called"), "leaders", ["called"])
    op.create_index(op.f("ix_leaders_developed_by"), "leaders", ["developed_by"])
    op.create_index(op.f("ix_leaders_finder"), "leaders", ["finder"])
    op.create_index(op.f("ix_leaders_identity_id"), "leaders", ["identity_id"])
    op.create_index(op.f("ix_leaders_stage"), "leaders", ["stage"])
    op.create_table(
        "leader_trainings",
        sa.Column("leader_id", sa.String(40), nullable=False),
        sa.Column("training", sa.String(40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["leaders.id"], name=op.f("fk_leader_trainings_leader_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("leader_id", "training", name=op.f("pk_leader_trainings")),
        comment="training that was done",
    )
    op.create_table(
        "leader_steps",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("leader_id", sa.String(40), nullable=False),
        sa.Column("what", sa.Text(), nullable=False, comment="what they do next, under lock"),
        sa.Column("agreed_by", sa.Text(), nullable=False, comment="with whom they agreed on it"),
        sa.Column("made", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("done", sa.Date(), nullable=True),
        sa.Column("deed", sa.String(40), nullable=False, comment="by which it was done"),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["leaders.id"], name=op.f("fk_leader_steps_leader_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader_steps")),
        comment="next steps, and those that were done",
    )
    op.create_index(op.f("ix_leader_steps_leader_id"), "leader_steps", ["leader_id"])
    op.create_table(
        "leader_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leader_id", sa.String(40), nullable=False),
        sa.Column("deed", sa.String(40), nullable=False, comment="made in one go"),
        sa.Column("undoes", sa.String(40), nullable=False, comment="what it takes back"),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("identity_id", sa.String(40), nullable=True, comment="who did it"),
        sa.Column("fields", sa.Text(), nullable=False, comment="which cells, a space around each"),
        sa.Column("said", sa.Text(), nullable=False, comment="cells before and after, as json, under lock"),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_leader_changes_identity_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["leaders.id"], name=op.f("fk_leader_changes_leader_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader_changes")),
        comment="what changed in the table",
    )
    op.create_index(op.f("ix_leader_changes_at"), "leader_changes", ["at"])
    op.create_index(op.f("ix_leader_changes_deed"), "leader_changes", ["deed"])
    op.create_index(op.f("ix_leader_changes_identity_id"), "leader_changes", ["identity_id"])
    op.create_index(op.f("ix_leader_changes_leader_id"), "leader_changes", ["leader_id"])


def _what_happened() -> None:
    op.create_table(
        "leader_evidence",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("leader_id", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False, comment="declined: what was suggested was not so"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False, comment="what happened, under lock"),
        sa.Column("seen_by", sa.Text(), nullable=False, comment="who saw it"),
        sa.Column("shared", sa.Boolean(name="shared"), nullable=False, comment="on their own page"),
        sa.Column("answer", sa.Text(), nullable=False, comment="what they say of it, under lock"),
        sa.Column("source", sa.Text(), nullable=False, comment="what suggested it"),
        sa.Column("deed", sa.String(40), nullable=False, comment="came with this change"),
        sa.Column("identity_id", sa.String(40), nullable=True, comment="who noted it"),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_leader_evidence_identity_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["leaders.id"], name=op.f("fk_leader_evidence_leader_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader_evidence")),
        comment="what happened",
    )
    op.create_index(op.f("ix_leader_evidence_identity_id"), "leader_evidence", ["identity_id"])
    op.create_index("ix_leader_evidence_of", "leader_evidence", ["leader_id", "kind", "day"])
    op.create_table(
        "leader_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leader_id", sa.String(40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("before", sa.String(40), nullable=False),
        sa.Column("after", sa.String(40), nullable=False),
        sa.Column("evidence_id", sa.String(40), nullable=True),
        sa.Column("deed", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["leader_evidence.id"], name=op.f("fk_leader_moves_evidence_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["leaders.id"], name=op.f("fk_leader_moves_leader_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader_moves")),
        comment="how stages changed",
    )
    op.create_index(op.f("ix_leader_moves_day"), "leader_moves", ["day"])
    op.create_index(op.f("ix_leader_moves_deed"), "leader_moves", ["deed"])
    op.create_index(op.f("ix_leader_moves_evidence_id"), "leader_moves", ["evidence_id"])
    op.create_index(op.f("ix_leader_moves_leader_id"), "leader_moves", ["leader_id"])
    op.create_table(
        "leader_challenges",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("leader_id", sa.String(40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False, comment="what they were asked to dare, under lock"),
        sa.Column("offered_by", sa.Text(), nullable=False, comment="by whom"),
        sa.Column("taken", sa.Boolean(name="taken"), nullable=True, comment="none: no answer yet"),
        sa.Column("answer", sa.Text(), nullable=False, comment="their answer, under lock"),
        sa.Column("answered", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["leaders.id"], name=op.f("fk_leader_challenges_leader_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader_challenges")),
        comment="what was dared",
    )
    op.create_index(op.f("ix_leader_challenges_leader_id"), "leader_challenges", ["leader_id"])
    op.create_table(
        "leader_readings",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("leader_id", sa.String(40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("mentor", sa.Text(), nullable=False, comment="who read; none: they themselves"),
        sa.Column("said", sa.Text(), nullable=False, comment="their habits, as json, under lock"),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["leaders.id"], name=op.f("fk_leader_readings_leader_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader_readings")),
        comment="habits, as somebody reads them",
    )
    op.create_index(op.f("ix_leader_readings_leader_id"), "leader_readings", ["leader_id"])

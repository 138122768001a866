"""What is kept after an evening: numbers, who met by code, what people wrote and answered, and whom they will meet."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _what_was_woven()
    _what_was_written()


def _what_was_woven() -> None:
    op.create_table(
        "held",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("closed", MOMENT, nullable=False, comment="its end, when it was counted"),
        sa.Column("changed", sa.Integer(), nullable=False, comment="its changes, when it was counted"),
        sa.Column("numbers", sa.Text(), nullable=False, comment="as json; nobody is in it"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held")),
        comment="gatherings in numbers",
    )
    op.create_table(
        "threads",
        sa.Column("held_id", sa.String(40), nullable=False),
        sa.Column("code", sa.String(16), nullable=False, comment="in place of a person"),
        sa.Column("finder", sa.String(64), nullable=False, comment="finds them by name, keyed"),
        sa.Column("about", sa.Text(), nullable=False, comment="what may be told of them, as json"),
        sa.ForeignKeyConstraint(["held_id"], ["held.id"], name=op.f("fk_threads_held_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("held_id", "code", name=op.f("pk_threads")),
        comment="who agreed to be remembered, by code",
    )
    op.create_index(op.f("ix_threads_finder"), "threads", ["finder"])
    op.create_table(
        "ties",
        sa.Column("held_id", sa.String(40), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("one", sa.String(16), nullable=False, comment="in place of a person"),
        sa.Column("other", sa.String(16), nullable=False, comment="in place of a person"),
        sa.ForeignKeyConstraint(
            ["held_id", "one"], ["threads.held_id", "threads.code"], name="fk_ties_one", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["held_id", "other"], ["threads.held_id", "threads.code"], name="fk_ties_other", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("held_id", "round", "one", "other", name=op.f("pk_ties")),
        comment="who met, by code",
    )


def _what_was_written() -> None:
    op.create_table(
        "harvests",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column(
            "identity_id",
            sa.String(40),
            nullable=True,
            comment="whose phone it came by; none: it was typed in from paper",
        ),
        sa.Column("gathering_id", sa.String(40), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False, comment="for everybody to read"),
        sa.Column("theme", sa.String(40), nullable=True, comment="as its readers settled it"),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_harvests_identity_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_harvests")),
        comment="a line of a round, for everybody",
    )
    op.create_index(op.f("ix_harvests_gathering_id"), "harvests", ["gathering_id"])
    op.create_index(op.f("ix_harvests_identity_id"), "harvests", ["identity_id"])
    op.create_table(
        "reflections",
        sa.Column("identity_id", sa.String(40), nullable=False),
        sa.Column("gathering_id", sa.String(40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("visibility", sa.String(20), nullable=False),
        sa.Column("said", sa.Text(), nullable=False, comment="under lock"),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_reflections_identity_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("identity_id", "gathering_id", name=op.f("pk_reflections")),
        comment="what somebody makes of an evening",
    )
    op.create_table(
        "wishes",
        sa.Column("gathering_id", sa.String(40), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("other_id", sa.Text(), nullable=False),
        sa.Column("reach", sa.Text(), nullable=False, comment="how they can be reached, under lock"),
        sa.ForeignKeyConstraint(
            ["gathering_id", "other_id"],
            ["people.gathering_id", "people.person_id"],
            name="fk_wishes_other",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["gathering_id", "person_id"],
            ["people.gathering_id", "people.person_id"],
            name="fk_wishes_person",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("gathering_id", "person_id", "other_id", name=op.f("pk_wishes")),
        comment="who would like to meet whom again",
    )
    op.create_table(
        "follow_ups",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("held_id", sa.String(40), nullable=False),
        sa.Column("one", sa.String(16), nullable=False, comment="in place of a person"),
        sa.Column("other", sa.String(16), nullable=False, comment="in place of a person"),
        sa.Column("one_finder", sa.String(64), nullable=False, comment="finds one by name, keyed"),
        sa.Column("other_finder", sa.String(64), nullable=False, comment="finds the other by name, keyed"),
        sa.Column("both", sa.Text(), nullable=False, comment="their names and how to reach them, under lock"),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(16), nullable=False, comment="in place of a person"),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done", sa.Date(), nullable=True),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
        comment="two who both wished to meet again",
    )
    op.create_index(op.f("ix_follow_ups_one_finder"), "follow_ups", ["one_finder"])
    op.create_index(op.f("ix_follow_ups_other_finder"), "follow_ups", ["other_finder"])
    op.create_table(
        "answers",
        sa.Column("gathering_id", sa.String(40), nullable=False),
        sa.Column("code", sa.String(16), nullable=False, comment="in place of a person"),
        sa.Column("moment", sa.String(20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False, comment="as json"),
        sa.PrimaryKeyConstraint("gathering_id", "code", "moment", name=op.f("pk_answers")),
        comment="what was answered, by code",
    )
    op.create_table(
        "one_to_ones",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("identity_id", sa.String(40), nullable=False),
        sa.Column("one", sa.String(16), nullable=False, comment="in place of a person"),
        sa.Column("other", sa.String(16), nullable=False, comment="in place of a person"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False, comment="under lock"),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_one_to_ones_identity_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_to_ones")),
        comment="meetings of two, as one notes them",
    )
    op.create_index(op.f("ix_one_to_ones_identity_id"), "one_to_ones", ["identity_id"])
    op.create_table(
        "themes",
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("belongs", sa.Text(), nullable=False, comment="when a line belongs to it"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_themes")),
        comment="the book of themes",
    )
    op.create_table(
        "codings",
        sa.Column("line_id", sa.String(40), nullable=False),
        sa.Column("identity_id", sa.String(40), nullable=False),
        sa.Column("theme", sa.String(40), nullable=False, comment="none of the book: empty"),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_codings_identity_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["line_id"], ["harvests.id"], name=op.f("fk_codings_line_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("line_id", "identity_id", name=op.f("pk_codings")),
        comment="one reader’s theme for a line",
    )

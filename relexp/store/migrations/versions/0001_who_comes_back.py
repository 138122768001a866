"""Who comes back, by which door, and what they were working on."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identities",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="as they wish it on a badge; may be empty"),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
        comment="those whom relexp knows again",
    )
    op.create_table(
        "links",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("identity_id", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of the secret, which is nowhere"),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("digest", name=op.f("uq_links_digest")),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_links_identity_id"), ondelete="CASCADE"
        ),
        comment="doors for one person each",
    )
    op.create_index(op.f("ix_links_identity_id"), "links", ["identity_id"])
    op.create_table(
        "codes",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("identity_id", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of the code that a hall reads"),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codes")),
        sa.UniqueConstraint("digest", name=op.f("uq_codes_digest")),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_codes_identity_id"), ondelete="CASCADE"
        ),
        comment="doors for a hall of participants",
    )
    op.create_index(op.f("ix_codes_identity_id"), "codes", ["identity_id"])
    op.create_table(
        "drafts",
        sa.Column("identity_id", sa.String(40), nullable=False),
        sa.Column("place", sa.String(100), nullable=False, comment="the page it belongs to"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("saved", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("identity_id", "place", name=op.f("pk_drafts")),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_drafts_identity_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint("revision > 0", name=op.f("ck_drafts_revision")),
        comment="what is being worked on",
    )


def _whose(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_identity_id")
    return sa.ForeignKeyConstraint(["identity_id"], ["identities.id"], name=name, ondelete="CASCADE")

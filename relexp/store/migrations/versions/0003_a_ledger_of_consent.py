"""What people say yes and no to, line by line; and a mark by which a page sees that what is kept is another."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_EDITION = "another once somebody was erased, or a copy put back"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    before = _said_before()
    op.drop_table("consents")
    op.create_table(
        "consents",
        sa.Column("gathering_id", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("yes", sa.Boolean(), nullable=False),
        sa.Column("wording", sa.String(40), nullable=False, comment="the version that they read or heard"),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("way", sa.String(20), nullable=False, comment="by their own phone, or aloud at the desk"),
        sa.Column("identity_id", sa.String(40), nullable=True, comment="whose phone it was, or who noted it"),
        sa.PrimaryKeyConstraint("gathering_id", "number", name=op.f("pk_consents")),
        sa.ForeignKeyConstraint(
            ["gathering_id", "person_id"],
            ["people.gathering_id", "people.person_id"],
            name=op.f("fk_consents_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_consents_identity_id"), ondelete="SET NULL"
        ),
        comment="who said yes or no to what, a line each time",
    )
    op.create_index(op.f("ix_consents_identity_id"), "consents", ["identity_id"])
    op.create_table(
        "house",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("edition", sa.String(40), nullable=False, comment=_EDITION),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house")),
        comment="of all that is kept, as a whole",
    )
    op.bulk_insert(
        sa.table("house", sa.column("id", sa.Integer), sa.column("edition", sa.String)),
        [{"id": 1, "edition": secrets.token_hex(16)}],
    )
    if before:
        op.bulk_insert(_LEDGER, before)


_LEDGER = sa.table(
    "consents",
    sa.column("gathering_id", sa.String),
    sa.column("number", sa.Integer),
    sa.column("person_id", sa.Text),
    sa.column("purpose", sa.String),
    sa.column("yes", sa.Boolean),
    sa.column("wording", sa.String),
    sa.column("at", MOMENT),
    sa.column("way", sa.String),
    sa.column("identity_id", sa.String),
)


def _said_before() -> list[dict[str, object]]:
    """What was said so far, all of it by phone: a line for each yes, and one for each that was taken back."""
    consents = sa.table(
        "consents",
        *(sa.column(name) for name in ("gathering_id", "person_id", "purpose", "wording")),
        sa.column("given", MOMENT),
        sa.column("withdrawn", MOMENT),
    )
    people = sa.table("people", *(sa.column(name) for name in ("gathering_id", "person_id", "identity_id")))
    at_theirs = (people.c.gathering_id == consents.c.gathering_id) & (people.c.person_id == consents.c.person_id)
    found = op.get_bind().execute(sa.select(consents, people.c.identity_id).join_from(consents, people, at_theirs))
    lines = [
        {
            "gathering_id": row.gathering_id,
            "person_id": row.person_id,
            "purpose": row.purpose,
            "yes": yes,
            "wording": row.wording,
            "at": at,
            "way": "phone",
            "identity_id": row.identity_id,
        }
        for row in found
        for yes, at in ((True, row.given), (False, row.withdrawn))
        if at is not None
    ]
    lines.sort(key=lambda line: (line["at"], not line["yes"]))
    return [line | {"number": number} for number, line in enumerate(lines, 1)]

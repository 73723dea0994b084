"""The index of what is held, and what was last asked in a thread.

The index is filled by the code of the day on which this is run, not by that of the day it was written: it is as new as
all else then. Whoever changes tokens, stems or facets later adds a migration that fills it again, for those who have
run this one (`docs/adr/0009-search.md`).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from summaries.store.search_index import TermIndex

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INDEX = {
    "sqlite": (
        "CREATE VIRTUAL TABLE release_terms USING fts5"
        r"""(exact, stems, facets, tokenize="ascii tokenchars '!#$%&()*+,-./:;<=>?@[\]^_`{|}~'")""",
    ),
    "postgresql": (
        "CREATE TABLE release_terms "
        "(place BIGINT NOT NULL, terms TSVECTOR NOT NULL, CONSTRAINT pk_release_terms PRIMARY KEY (place))",
        "CREATE INDEX ix_release_terms ON release_terms USING gin (terms)",
    ),
}


def upgrade() -> None:
    create_conversations()
    for statement in INDEX[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)
    TermIndex(op.get_bind()).fill()


def create_conversations() -> None:
    op.create_table(
        "conversation",
        sa.Column("team_id", sa.String(length=40), nullable=False),
        sa.Column("channel_id", sa.String(length=40), nullable=False),
        sa.Column("thread", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel_id", "thread", name=op.f("pk_conversation")),
    )
    op.create_index("ix_conversation_at", "conversation", ["at"], unique=False)

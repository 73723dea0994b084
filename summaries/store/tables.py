"""The tables, as SQLAlchemy Core knows them. Migrations must end at exactly this (tests/store/test_migrations.py).

Uniqueness that the promises rest on lives here, not in code: one release id, one revision number, one ingest sequence;
one window a (subscription, period), one item a (subscription, release, kind, version), one delivery a (window, kind,
part).
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """Aware UTC in and out, on databases with and without zones."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone was about to be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


SCHEMA = "0004"
"""The last of `migrations/versions`, which ends at these tables. Stated here so that checking it needs no Alembic."""

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# Taken with UPDATE … RETURNING inside the ingesting transaction: the row lock makes the order of commits the order of
# the sequence, so a window that has reached N can never miss an N-1 that commits later, as with a plain SEQUENCE.
ingest_counter = sa.Table(
    "ingest_counter",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("value", sa.BigInteger, nullable=False),
    sa.CheckConstraint("id = 1", name="single_row"),
)

raw_document = sa.Table(
    "raw_document",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sha256", sa.String(64), nullable=False, unique=True),
    sa.Column("location", sa.Text, nullable=False),
    sa.Column("media_type", sa.String(100)),
    sa.Column("problem", sa.Text),
    sa.Column("parser_version", sa.Integer, nullable=False),  # the parser that last read it
    sa.Column("fetched_at", UtcDateTime),
    sa.Column("kept_at", UtcDateTime, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),  # last, so that reading the rest skips it
)

# What each location held when it was last read, and by which parser.
raw_reading = sa.Table(
    "raw_reading",
    metadata,
    sa.Column("location", sa.Text, primary_key=True),
    sa.Column("raw_id", sa.Integer, sa.ForeignKey("raw_document.id"), nullable=False),
    sa.Column("parser_version", sa.Integer, nullable=False),
)

release = sa.Table(
    "release",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("release_id", sa.String(200), nullable=False, unique=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False, unique=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("programme", sa.String(200)),
    sa.Column("year", sa.Integer),
    sa.Column("pillar", sa.String(40)),
    sa.Column(
        "dated", sa.Integer, nullable=False
    ),  # yyyymmdd, yyyy0000 when only a year is known, else 0: sorts by age
    sa.Column("withdrawn_at", UtcDateTime),
    sa.Column("withdrawn_why", sa.Text),
    sa.Index("ix_release_newest", "dated", "seq"),
    sa.Index("ix_release_withdrawn", "withdrawn_at"),
)

release_revision = sa.Table(
    "release_revision",
    metadata,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, sa.ForeignKey("release.number"), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("raw_id", sa.Integer, sa.ForeignKey("raw_document.id"), nullable=False),
    sa.Column("content_hash", sa.String(80), nullable=False),
    sa.Column("parser_version", sa.Integer, nullable=False),
    sa.Column("document", sa.JSON, nullable=False),  # the public JSON without its text
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("ingested_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("number", "revision"),
    sa.Index("ix_release_revision_raw", "raw_id"),
)

release_body = sa.Table(
    "release_body",
    metadata,
    sa.Column("number", sa.Integer, sa.ForeignKey("release.number"), primary_key=True),
    sa.Column("body_id", sa.String(80), primary_key=True),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("series", sa.String(260), nullable=False),  # programme and pillar, as one word to look up by
    sa.Column("year", sa.Integer),
    sa.Column("dated", sa.Integer, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Index("ix_release_body_newest", "body_id", "role", "dated", "seq"),
    sa.Index("ix_release_body_series", "body_id", "role", "series", "dated", "seq"),
)

subscription = sa.Table(
    "subscription",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("team_id", sa.String(40), nullable=False),
    sa.Column("channel_id", sa.String(40), nullable=False),
    sa.Column("target", sa.String(20), nullable=False),
    sa.Column("filter", sa.Text, nullable=False),
    sa.Column("cadence", sa.JSON, nullable=False),
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("empty_policy", sa.String(20), nullable=False),
    sa.Column("layout", sa.String(20), nullable=False),
    sa.Column("detail", sa.String(20), nullable=False),
    sa.Column("hold", sa.Boolean(name="hold_is_boolean"), nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("paused_until", UtcDateTime),
    sa.Column("baseline", sa.BigInteger, nullable=False),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("created_by", sa.String(40), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("changed_by", sa.String(40), nullable=False),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.Column("due_after", UtcDateTime, nullable=False),
    sa.Column("quiet", sa.JSON, nullable=False),
    sa.Column("urgent", sa.Boolean(name="urgent_is_boolean"), nullable=False),
    sa.Column("paused_since", UtcDateTime),
    sa.Column("catch_up", sa.String(20)),
    sa.Column("error_class", sa.String(40)),
    sa.Column("paused_at_seq", sa.BigInteger),
    sa.Column("skipped", sa.JSON, nullable=False),
    # channel, filter and cadence, hashed; null once ended: a channel cannot have the same wish twice
    sa.Column("live_key", sa.String(64), unique=True),
    sa.Index("ix_subscription_channel", "team_id", "channel_id", "state"),
    sa.Index("ix_subscription_state", "state"),
)

digest_window = sa.Table(
    "digest_window",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("subscription_id", sa.Integer, sa.ForeignKey("subscription.id"), nullable=False),
    sa.Column("period", sa.String(60), nullable=False),
    sa.Column("from_seq", sa.BigInteger, nullable=False),
    sa.Column("to_seq", sa.BigInteger, nullable=False),
    sa.Column("due_at", UtcDateTime, nullable=False),
    sa.Column("opened_at", UtcDateTime, nullable=False),
    sa.Column("coalesced", sa.Integer, nullable=False),
    sa.Column("covers_from", UtcDateTime, nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("joins", sa.Integer, sa.ForeignKey("digest_window.id"), index=True),
    sa.Column("closed_at", UtcDateTime),
    sa.UniqueConstraint("subscription_id", "period"),
    sa.Index("ix_digest_window_done", "subscription_id", "kind", "due_at"),
)

digest_item = sa.Table(
    "digest_item",
    metadata,
    sa.Column("window_id", sa.Integer, sa.ForeignKey("digest_window.id"), nullable=False, index=True),
    sa.Column("subscription_id", sa.Integer, sa.ForeignKey("subscription.id"), primary_key=True),
    sa.Column("release_number", sa.Integer, sa.ForeignKey("release.number"), primary_key=True),
    sa.Column("kind", sa.String(20), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
)

delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("window_id", sa.Integer, sa.ForeignKey("digest_window.id"), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("part", sa.Integer, nullable=False),
    sa.Column("parent_id", sa.String(36), sa.ForeignKey("delivery.id"), index=True),
    sa.Column("target_id", sa.String(36), sa.ForeignKey("delivery.id"), index=True),
    sa.Column("shape", sa.JSON),
    sa.Column("team_id", sa.String(40), nullable=False),
    sa.Column("channel_id", sa.String(40), nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("payload_hash", sa.String(64), nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("owner", sa.String(80)),
    sa.Column("lease_until", UtcDateTime),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("attempt_started_at", UtcDateTime),
    sa.Column("next_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime),
    sa.Column("thread_ts", sa.String(40)),
    sa.Column("target_ts", sa.String(40)),
    sa.Column("slack_ts", sa.String(40)),
    sa.Column("searched_to", sa.String(40)),
    sa.Column("error_class", sa.String(40)),
    sa.Column("error_code", sa.String(120)),
    sa.UniqueConstraint("window_id", "kind", "part"),
    sa.Index("ix_delivery_due", "state", "next_at"),
    sa.Index("ix_delivery_team", "team_id", "channel_id"),
)

# What each message shows, so that a correction finds every one of them.
delivery_item = sa.Table(
    "delivery_item",
    metadata,
    sa.Column("delivery_id", sa.String(36), sa.ForeignKey("delivery.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("release_number", sa.Integer, sa.ForeignKey("release.number"), nullable=False, index=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)

delivery_attempt = sa.Table(
    "delivery_attempt",
    metadata,
    sa.Column("delivery_id", sa.String(36), sa.ForeignKey("delivery.id"), primary_key=True),
    sa.Column("attempt", sa.Integer, primary_key=True),
    sa.Column("worker", sa.String(80), nullable=False),
    sa.Column("started_at", UtcDateTime, nullable=False),
    sa.Column("ended_at", UtcDateTime, nullable=False),
    sa.Column("http_status", sa.Integer),
    sa.Column("slack_error", sa.String(120)),
    # what the call came to or, after a lost reply, what settling saw: one attempt may have both
    sa.Column("outcome", sa.String(20), primary_key=True),
)

# When a worker last ran, and the times when none did; up to where it had looked for what cannot wait for a period.
heartbeat = sa.Table(
    "heartbeat",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("planned_to", sa.BigInteger, nullable=False),
    sa.CheckConstraint("id = 1", name="single_beat"),
)

outage = sa.Table(
    "outage",
    metadata,
    sa.Column("started_at", UtcDateTime, primary_key=True),
    sa.Column("ended_at", UtcDateTime, nullable=False, index=True),
)

throttle = sa.Table(
    "throttle",
    metadata,
    sa.Column("key", sa.String(160), primary_key=True),
    sa.Column("not_before", UtcDateTime, nullable=False),
)

inbox_event = sa.Table(
    "inbox_event",
    metadata,
    sa.Column("event_id", sa.String(80), primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("received_at", UtcDateTime, nullable=False),
    sa.Column("not_before", UtcDateTime),  # somebody answers it, or is about to, and is left alone until then
    sa.Column("done_at", UtcDateTime),
    sa.Index("ix_inbox_event_waiting", "done_at", "received_at"),
)

source = sa.Table(
    "source",
    metadata,
    sa.Column("key", sa.String(1100), primary_key=True),  # kind and address; what the setting no longer names stays
    sa.Column("interval_seconds", sa.Integer, nullable=False),
    sa.Column("next_at", UtcDateTime, nullable=False),
    sa.Column("checking_until", UtcDateTime),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("parser_version", sa.Integer),
    sa.Column("last_checked_at", UtcDateTime),
    sa.Column("last_success_at", UtcDateTime),
    sa.Column("last_new_at", UtcDateTime),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("problem", sa.Text),
    sa.Column("checks", sa.Integer, nullable=False),
    sa.Column("failed_checks", sa.Integer, nullable=False),
)

source_check = sa.Table(
    "source_check",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("source_key", sa.String(1100), sa.ForeignKey("source.key"), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("outcome", sa.String(20), nullable=False),
    sa.Column("new", sa.Integer, nullable=False),
    sa.Column("revised", sa.Integer, nullable=False),
    sa.Column("problem", sa.Text),
    sa.Index("ix_source_check_at", "source_key", "at"),
)

# Keyed by address alone: a page that a feed and a list both lead to is looked at once, and read with the feed's date.
source_page = sa.Table(
    "source_page",
    metadata,
    sa.Column("url", sa.String(1000), primary_key=True),
    sa.Column("source_key", sa.String(1100), sa.ForeignKey("source.key"), nullable=False),
    sa.Column("listed_at", UtcDateTime, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("published_on", sa.Date),
    sa.Column("read_at", UtcDateTime),
    sa.Column("next_at", UtcDateTime),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("problem", sa.Text),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("parser_version", sa.Integer),
    sa.Column("sha256", sa.String(64)),
    sa.Index("ix_source_page_due", "source_key", "next_at"),
)

# What was last understood in a thread, so that a follow-up can lean on it.
conversation = sa.Table(
    "conversation",
    metadata,
    sa.Column("team_id", sa.String(40), primary_key=True),
    sa.Column("channel_id", sa.String(40), primary_key=True),
    sa.Column("thread", sa.String(40), primary_key=True),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Index("ix_conversation_at", "at"),
)

RELEASE_TERMS = "release_terms"
"""The index that searches read: an entry a release that is held, by `search_terms.place`. SQLAlchemy has no words for
an FTS5 table, so it is spelled out, and it is in `metadata` only to be created and dropped with the rest."""

# A token is what stands between spaces: the index must not split or fold what summaries.query.tokens has made.
_TOKEN_CHARACTERS = "".join(char for char in map(chr, range(33, 127)) if not char.isalnum() and char not in "'\"")
CREATE_RELEASE_TERMS = {
    "sqlite": (
        f"CREATE VIRTUAL TABLE {RELEASE_TERMS} USING fts5"
        f"(exact, stems, facets, tokenize=\"ascii tokenchars '{_TOKEN_CHARACTERS}'\")",
    ),
    "postgresql": (
        f"CREATE TABLE {RELEASE_TERMS} (place BIGINT NOT NULL, terms TSVECTOR NOT NULL, "
        f"CONSTRAINT pk_{RELEASE_TERMS} PRIMARY KEY (place))",
        f"CREATE INDEX ix_{RELEASE_TERMS} ON {RELEASE_TERMS} USING gin (terms)",
    ),
}


@sa.event.listens_for(metadata, "after_create")
def _create_index(_: sa.MetaData, connection: sa.Connection, **__: object) -> None:
    for statement in CREATE_RELEASE_TERMS[connection.dialect.name]:
        connection.exec_driver_sql(statement)


@sa.event.listens_for(metadata, "before_drop")
def _drop_index(_: sa.MetaData, connection: sa.Connection, **__: object) -> None:
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {RELEASE_TERMS}")

"""Releases, subscriptions, windows and deliveries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_raw_documents_and_the_counter()
    create_releases()
    create_subscriptions()
    create_windows()
    create_deliveries()
    create_inbox_and_throttles()


def create_raw_documents_and_the_counter() -> None:
    counter = op.create_table(
        "ingest_counter",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_ingest_counter_single_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ingest_counter")),
    )

    op.create_table(
        "raw_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("parser_version", sa.Integer(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raw_document")),
        sa.UniqueConstraint("sha256", name=op.f("uq_raw_document_sha256")),
    )
    op.create_table(
        "raw_reading",
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("raw_id", sa.Integer(), nullable=False),
        sa.Column("parser_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["raw_id"], ["raw_document.id"], name=op.f("fk_raw_reading_raw_id")),
        sa.PrimaryKeyConstraint("location", name=op.f("pk_raw_reading")),
    )
    op.bulk_insert(counter, [{"id": 1, "value": 0}])


def create_releases() -> None:
    op.create_table(
        "release",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("programme", sa.String(length=200), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("pillar", sa.String(length=40), nullable=True),
        sa.Column("dated", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_release")),
        sa.UniqueConstraint("release_id", name=op.f("uq_release_release_id")),
        sa.UniqueConstraint("seq", name=op.f("uq_release_seq")),
    )
    op.create_index("ix_release_newest", "release", ["dated", "seq"], unique=False)

    op.create_table(
        "release_revision",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("raw_id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=80), nullable=False),
        sa.Column("parser_version", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ingested_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["release.number"], name=op.f("fk_release_revision_number")),
        sa.ForeignKeyConstraint(["raw_id"], ["raw_document.id"], name=op.f("fk_release_revision_raw_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_release_revision")),
        sa.UniqueConstraint("number", "revision", name=op.f("uq_release_revision_number_revision")),
    )

    op.create_table(
        "release_body",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("series", sa.String(length=260), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("dated", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["release.number"], name=op.f("fk_release_body_number")),
        sa.PrimaryKeyConstraint("number", "body_id", name=op.f("pk_release_body")),
    )
    op.create_index("ix_release_body_newest", "release_body", ["body_id", "role", "dated", "seq"], unique=False)
    op.create_index(
        "ix_release_body_series", "release_body", ["body_id", "role", "series", "dated", "seq"], unique=False
    )


def create_subscriptions() -> None:
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(length=40), nullable=False),
        sa.Column("channel_id", sa.String(length=40), nullable=False),
        sa.Column("target", sa.String(length=20), nullable=False),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.Column("cadence", sa.JSON(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("empty_policy", sa.String(length=20), nullable=False),
        sa.Column("layout", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.String(length=20), nullable=False),
        sa.Column("hold", sa.Boolean(name="hold_is_boolean"), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("baseline", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=40), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error_class", sa.String(length=40), nullable=True),
        sa.Column("live_key", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        sa.UniqueConstraint("live_key", name=op.f("uq_subscription_live_key")),
    )
    op.create_index("ix_subscription_channel", "subscription", ["team_id", "channel_id", "state"], unique=False)
    op.create_index("ix_subscription_state", "subscription", ["state"], unique=False)


def create_windows() -> None:
    op.create_table(
        "digest_window",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=60), nullable=False),
        sa.Column("from_seq", sa.BigInteger(), nullable=False),
        sa.Column("to_seq", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("coalesced", sa.Integer(), nullable=False),
        sa.Column("covers_from", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscription.id"], name=op.f("fk_digest_window_subscription_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_window")),
        sa.UniqueConstraint("subscription_id", "period", name=op.f("uq_digest_window_subscription_id_period")),
    )
    op.create_index("ix_digest_window_done", "digest_window", ["subscription_id", "due_at"], unique=False)

    op.create_table(
        "digest_item",
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("release_number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["release_number"], ["release.number"], name=op.f("fk_digest_item_release_number")),
        sa.ForeignKeyConstraint(["subscription_id"], ["subscription.id"], name=op.f("fk_digest_item_subscription_id")),
        sa.ForeignKeyConstraint(["window_id"], ["digest_window.id"], name=op.f("fk_digest_item_window_id")),
        sa.PrimaryKeyConstraint("subscription_id", "release_number", "kind", "version", name=op.f("pk_digest_item")),
    )
    op.create_index(op.f("ix_digest_item_window_id"), "digest_item", ["window_id"], unique=False)


def create_deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(length=40), nullable=False),
        sa.Column("channel_id", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("payload_hash", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("attempt_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("thread_ts", sa.String(length=40), nullable=True),
        sa.Column("slack_ts", sa.String(length=40), nullable=True),
        sa.Column("error_class", sa.String(length=40), nullable=True),
        sa.Column("error_code", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["window_id"], ["digest_window.id"], name=op.f("fk_delivery_window_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("window_id", "part", name=op.f("uq_delivery_window_id_part")),
    )
    op.create_index("ix_delivery_due", "delivery", ["state", "next_at"], unique=False)

    op.create_table(
        "delivery_attempt",
        sa.Column("delivery_id", sa.String(length=36), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=80), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("slack_error", sa.String(length=120), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_delivery_attempt_delivery_id")),
        sa.PrimaryKeyConstraint("delivery_id", "attempt", "outcome", name=op.f("pk_delivery_attempt")),
    )


def create_inbox_and_throttles() -> None:
    op.create_table(
        "throttle",
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttle")),
    )

    op.create_table(
        "inbox_event",
        sa.Column("event_id", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_inbox_event")),
    )
    op.create_index("ix_inbox_event_waiting", "inbox_event", ["done_at", "received_at"], unique=False)

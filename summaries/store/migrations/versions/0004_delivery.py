"""Edits and notices; what a message shows; kinds of windows; quiet times, pauses, outages, withdrawals.

Deliveries on their way stay so: a message in a thread learns whose thread it is, and an old message, of which it was
not noted what it shows, is not corrected later.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    note_withdrawals()
    widen_subscriptions()
    widen_windows()
    widen_deliveries()
    create_delivery_items()
    create_outages()


def note_withdrawals() -> None:
    with op.batch_alter_table("release") as release:
        release.add_column(sa.Column("withdrawn_at", MOMENT))
        release.add_column(sa.Column("withdrawn_why", sa.Text()))
        release.create_index("ix_release_withdrawn", ["withdrawn_at"], unique=False)


def widen_subscriptions() -> None:
    with op.batch_alter_table("subscription") as subscription:
        subscription.add_column(sa.Column("due_after", MOMENT))
        subscription.add_column(sa.Column("quiet", sa.JSON()))
        subscription.add_column(sa.Column("urgent", sa.Boolean(name="urgent_is_boolean")))
        subscription.add_column(sa.Column("paused_since", MOMENT))
        subscription.add_column(sa.Column("catch_up", sa.String(length=20)))
        subscription.add_column(sa.Column("paused_at_seq", sa.BigInteger()))
        subscription.add_column(sa.Column("skipped", sa.JSON()))
    held = sa.table(
        "subscription",
        sa.column("created_at", MOMENT),
        sa.column("due_after", MOMENT),
        sa.column("quiet", sa.JSON()),
        sa.column("urgent", sa.Boolean()),
        sa.column("skipped", sa.JSON()),
    )
    loud = {"hours": None, "weekends": False, "holidays": False}
    op.execute(sa.update(held).values(due_after=held.c.created_at, quiet=loud, urgent=False, skipped=[]))
    with op.batch_alter_table("subscription") as subscription:
        for name, kind in (
            ("due_after", MOMENT),
            ("quiet", sa.JSON()),
            ("urgent", sa.Boolean()),
            ("skipped", sa.JSON()),
        ):
            subscription.alter_column(name, existing_type=kind, nullable=False)


def widen_windows() -> None:
    with op.batch_alter_table("digest_window") as window:
        window.add_column(sa.Column("kind", sa.String(length=20)))
        window.add_column(sa.Column("joins", sa.Integer()))
        window.add_column(sa.Column("closed_at", MOMENT))
    held = sa.table("digest_window", sa.column("kind", sa.String()), sa.column("period", sa.String()))
    op.execute(sa.update(held).values(kind=sa.case((held.c.period.like("now/%"), "now"), else_="period")))
    with op.batch_alter_table("digest_window") as window:
        window.alter_column("kind", existing_type=sa.String(length=20), nullable=False)
        window.create_foreign_key("fk_digest_window_joins", "digest_window", ["joins"], ["id"])
        window.create_index("ix_digest_window_joins", ["joins"], unique=False)
        window.drop_index("ix_digest_window_done")
        window.create_index("ix_digest_window_done", ["subscription_id", "kind", "due_at"], unique=False)


def widen_deliveries() -> None:
    with op.batch_alter_table("delivery") as delivery:
        delivery.add_column(sa.Column("kind", sa.String(length=20)))
        delivery.add_column(sa.Column("parent_id", sa.String(length=36)))
        delivery.add_column(sa.Column("target_id", sa.String(length=36)))
        delivery.add_column(sa.Column("shape", sa.JSON()))
        delivery.add_column(sa.Column("target_ts", sa.String(length=40)))
        delivery.add_column(sa.Column("searched_to", sa.String(length=40)))
    held = sa.table(
        "delivery",
        *(sa.column(name, sa.String()) for name in ("id", "kind", "parent_id")),
        *(sa.column(name, sa.Integer()) for name in ("window_id", "part")),
    )
    parent = held.alias("parent")
    above = sa.select(parent.c.id).where(parent.c.window_id == held.c.window_id, parent.c.part == 0, held.c.part > 0)
    op.execute(sa.update(held).values(kind="post", parent_id=above.scalar_subquery()))
    with op.batch_alter_table("delivery") as delivery:
        delivery.alter_column("kind", existing_type=sa.String(length=20), nullable=False)
        for name in ("parent_id", "target_id"):
            delivery.create_foreign_key(f"fk_delivery_{name}", "delivery", [name], ["id"])
            delivery.create_index(f"ix_delivery_{name}", [name], unique=False)
        delivery.drop_constraint("uq_delivery_window_id_part", type_="unique")
        delivery.create_unique_constraint("uq_delivery_window_id_kind_part", ["window_id", "kind", "part"])
        delivery.create_index("ix_delivery_team", ["team_id", "channel_id"], unique=False)


def create_delivery_items() -> None:
    op.create_table(
        "delivery_item",
        sa.Column("delivery_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("release_number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_delivery_item_delivery_id")),
        sa.ForeignKeyConstraint(["release_number"], ["release.number"], name=op.f("fk_delivery_item_release_number")),
        sa.PrimaryKeyConstraint("delivery_id", "position", name=op.f("pk_delivery_item")),
    )
    op.create_index("ix_delivery_item_release_number", "delivery_item", ["release_number"], unique=False)


def create_outages() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("planned_to", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_heartbeat_single_beat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "outage",
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("started_at", name=op.f("pk_outage")),
    )
    op.create_index("ix_outage_ended_at", "outage", ["ended_at"], unique=False)

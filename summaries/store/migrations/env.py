"""How Alembic runs our migrations: on the connection it is given, within that connection's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from alembic import context

from summaries.store.tables import metadata

if TYPE_CHECKING:
    from alembic.runtime.environment import OnVersionApplyFn


def run() -> None:
    attributes = context.config.attributes
    progress = attributes.get("progress")

    def report(*, step: Any, **_: Any) -> None:
        if progress is not None:
            progress(f"{step.up_revision_id} {step.up_revision.doc}")

    context.configure(
        connection=attributes["connection"],
        target_metadata=metadata,
        render_as_batch=True,
        transactional_ddl=True,
        on_version_apply=cast("OnVersionApplyFn", report),  # always called by keyword
    )
    with context.begin_transaction():
        context.run_migrations()


run()

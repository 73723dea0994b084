"""What was last understood in a thread (`ports.Conversations`)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from summaries.store.tables import conversation
from summaries.store.upserts import for_each_database

if TYPE_CHECKING:
    from datetime import datetime

KEPT = timedelta(days=30)
"""How long a thread is leant on after it was last spoken in."""

KEY = ("team_id", "channel_id", "thread")


def _remember(insert: Any) -> sa.Executable:
    new = insert(conversation)
    remembered: sa.Executable = new.on_conflict_do_update(
        index_elements=[conversation.c[name] for name in KEY],
        set_={"words": new.excluded.words, "at": new.excluded.at},
    )
    return remembered


REMEMBER = for_each_database(_remember)
FORGET = sa.delete(conversation).where(conversation.c.at < sa.bindparam("before"))
LAST = sa.select(conversation.c.words).where(*(conversation.c[name] == sa.bindparam(name) for name in KEY))


class SqlConversations:
    """Threads, in the transaction of a connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def last(self, team_id: str, channel_id: str, thread: str) -> str | None:
        """The words last understood in this thread; None when nothing was."""
        asked = {"team_id": team_id, "channel_id": channel_id, "thread": thread}
        return self._connection.execute(LAST, asked).scalar_one_or_none()

    def remember(self, team_id: str, channel_id: str, thread: str, words: str, *, at: datetime) -> None:
        """Put these words in the place of what was remembered of the thread; forget what is too old to be leant on."""
        # Before the new words are written: whoever remembers at the same time then waits, and neither for the other.
        self._connection.execute(FORGET, {"before": at - KEPT})
        new = {"team_id": team_id, "channel_id": channel_id, "thread": thread, "words": words, "at": at}
        self._connection.execute(REMEMBER[self._connection.dialect.name], new)

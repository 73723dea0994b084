from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from databases import database, database_url, empty_url
from follow import Follower

if TYPE_CHECKING:
    from summaries.store.database import Database

__all__ = ["database", "database_url", "empty_url"]


@pytest.fixture
def follower(database: Database) -> Follower:
    """A store, a clock and a fake Slack, with what tests do to them."""
    return Follower(database)

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from databases import database_url
from stage import SEEDS, Stage, staged

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["database_url"]


@pytest.fixture
def empty_stage(database_url: str) -> Iterator[Stage]:
    """The bot with an empty store, on SQLite and on PostgreSQL."""
    with staged(database_url) as made:
        yield made
        assert made.workspace.notices == [], "a person was told that something went wrong"


@pytest.fixture
def stage(empty_stage: Stage) -> Stage:
    """The bot with the five seeds."""
    empty_stage.add(SEEDS)
    return empty_stage

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from databases import database_url, seeded_url, shared_url
from stage import Stage, staged

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["database_url", "seeded_url", "shared_url"]


@pytest.fixture
def empty_stage(database_url: str) -> Iterator[Stage]:
    """The bot with an empty store, on SQLite and on PostgreSQL."""
    yield from _stage(database_url)


@pytest.fixture
def stage(seeded_url: str) -> Iterator[Stage]:
    """The bot with the five seeds, on SQLite and on PostgreSQL."""
    yield from _stage(seeded_url)


@pytest.fixture(scope="module")
def asked_only(shared_url: str) -> Iterator[Stage]:
    """The same, shared by the tests of a file: for those that ask and change nothing, so that it is made but once."""
    yield from _stage(shared_url)


def _stage(url: str) -> Iterator[Stage]:
    with staged(url) as made:
        yield made
        assert made.workspace.notices == [], "a person was told that something went wrong"

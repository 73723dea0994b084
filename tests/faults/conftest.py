from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from databases import database_url, seeded_url
from scene import Scene, set_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["database_url", "seeded_url"]


@pytest.fixture
def scene(database_url: str, tmp_path: Path) -> Iterator[Scene]:
    """The workspace and an empty store, on SQLite and on PostgreSQL; nothing is running yet."""
    with set_up(database_url, tmp_path) as made:
        yield made

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sites import Site, Web

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site on this machine."""
    with Site() as site:
        yield site


@pytest.fixture
def web(site: Site) -> Web:
    """The names and public addresses that lead to it."""
    return Web(site)

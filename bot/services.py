"""What every answer may use: made once by `bot.bootstrap`, handed down, never looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.rendering.environment import Renderer
    from summaries.ports import Clock, Store
    from summaries.watched import Source


@dataclass(frozen=True, slots=True)
class Services:
    """`zone` is the time zone that new subscriptions get; `sources` are those that are watched."""

    store: Store
    clock: Clock
    renderer: Renderer
    zone: str
    sources: tuple[Source, ...] = ()

"""A digest's messages: the parent with what fits, and replies with the rest, so that nothing is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.rendering.gate import check_quotations
from bot.rendering.message import Reply
from bot.rendering.views import ReleaseView, view
from summaries.cadence import describe
from summaries.delivery import RenderedPart
from summaries.query import read_filter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.rendering.environment import Renderer
    from summaries.delivery import DigestContent

ITEMS_A_PART = 10


@dataclass(frozen=True, slots=True)
class ItemView:
    kind: str
    version: int
    view: ReleaseView


def render_digest(renderer: Renderer, content: DigestContent) -> Sequence[RenderedPart]:
    """The parts of one digest, in order; part 0 is the parent. The words quoted are checked by the gate."""
    items = [ItemView(item.kind, item.version, view(item.release)) for item in content.items]
    texts = {(item.release.number, item.release.revision): item.release.release.text for item in content.items}
    parts: list[RenderedPart] = []
    for part, start in enumerate(range(0, max(1, len(items)), ITEMS_A_PART)):
        context = {
            "part": part,
            "first": start + 1,
            "total": len(items),
            "corrections": sum(item.kind == "revised" for item in items),
            "items": items[start : start + ITEMS_A_PART],
            "subscription": content.subscription,
            "window": content.window,
            "filter_words": read_filter(content.subscription.filter).words,
            "described": describe(content.subscription.cadence, content.subscription.zone),
        }
        message = renderer.render(Reply("digest.j2", context))
        check_quotations(message, lambda number, revision: texts.get((number, revision)))
        parts.append(RenderedPart(message.payload()))
    return parts

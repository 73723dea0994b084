"""Messages that say which they are: each release that a subscription is owed is one reply, known by its text alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.delivery import RenderedPart, Role, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.delivery import DigestContent, DigestItem, Notice

PARENT = re.compile(r"S(\d+) covers (\S+), (\d+) periods:((?: R\d+)*)")
REPLY = re.compile(r"S(\d+) R(\d+)")


class Marks:
    """A `DigestRenderer`: a parent that names its window and its releases, and a reply for each release."""

    def __call__(self, content: DigestContent) -> Sequence[RenderedPart]:
        subscription, items = content.subscription.id, (*content.earlier, *content.items)
        parent = RenderedPart(
            _payload(_parent(subscription, content.window.period, content.window.coalesced, items)),
            Shape(Role.LIST, 1, len(items)),
            content.items,
        )
        replies = [
            RenderedPart(_payload(_reply(subscription, item)), Shape(Role.CONTINUED), (item,), is_reply=True)
            for item in content.items
        ]
        return [parent, *replies]

    def again(self, content: DigestContent, shape: Shape) -> RenderedPart:
        subscription, items = content.subscription.id, content.items
        text = _reply(subscription, items[0])
        if shape.role is not Role.CONTINUED:
            text = _parent(subscription, content.window.period, content.window.coalesced, items)
        return RenderedPart(_payload(text), shape, items, is_reply=shape.role is Role.CONTINUED)

    def notice(self, notice: Notice) -> RenderedPart:
        return RenderedPart(_payload(f"S{notice.subscription.id} {notice.kind}"), Shape(Role.NOTICE))


def _parent(subscription: int, period: str, coalesced: int, items: Sequence[DigestItem]) -> str:
    releases = "".join(f" R{item.release.number}" for item in items)
    return f"S{subscription} covers {period}, {coalesced} periods:{releases}"


def _reply(subscription: int, item: DigestItem) -> str:
    return f"S{subscription} R{item.release.number}"


def _payload(text: str) -> dict[str, object]:
    return {"text": text, "blocks": [{"type": "section", "text": {"type": "plain_text", "text": text}}]}

"""A digest's messages: a parent that stays short, the rest in its thread, and no release left out of both.

Every message can be rendered once more from its shape and the releases it shows, as they are by then: the same releases
give the same message. Layouts and details are those of the subscription.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.errors import TemplateProblem
from bot.rendering.corrected import correction
from bot.rendering.digest_items import ItemView, Size, form_of_list, form_of_thread, fullest, item_views
from bot.rendering.digest_parts import parts_of
from bot.rendering.gate import check_quotations
from bot.rendering.message import Reply
from bot.rendering.tallied import tally
from summaries.cadence import describe
from summaries.delivery import NoticeKind, RenderedPart, Role, Shape
from summaries.delivery_names import digest_name
from summaries.query import read_filter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.rendering.digest_items import Form
    from bot.rendering.environment import Renderer
    from bot.rendering.message import Message
    from summaries.delivery import DigestContent, Notice, Subscription

_TEMPLATES = {
    Role.CARD: "digest.j2",
    Role.LIST: "digest.j2",
    Role.TALLY: "tally.j2",
    Role.CONTINUED: "continued.j2",
    Role.CORRECTION: "correction.j2",
    Role.WITHDRAWAL: "withdrawal.j2",
}
_FIRST = frozenset((Role.CARD, Role.LIST, Role.TALLY))
_REPLIES = frozenset((Role.CONTINUED, Role.CORRECTION, Role.WITHDRAWAL))
_MOST_REMEMBERED = 2_000


class DigestRenderer:
    """Renders digests, implementing `summaries.delivery_ports.DigestRenderer`. Safe to share between threads.

    Raises QuoteNotInText when a message quotes what no release of it holds, TemplateProblem when Slack would refuse it.
    """

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._sizes: dict[tuple[object, ...], Size] = {}

    def __call__(self, content: DigestContent) -> Sequence[RenderedPart]:
        """The messages of a digest: the first, then those of its thread (or, when the layout is flat, its fellows)."""
        return [self._part(content, shape, items) for shape, items in parts_of(content, self._size)]

    def again(self, content: DigestContent, shape: Shape) -> RenderedPart:
        """One message once more; `content.items` are those it shows. One that holds more than it did when it was posted
        is the tally that others joined."""
        if shape.role in _FIRST and len(content.items) > shape.total:
            shape = Shape(Role.TALLY, total=len(content.items))
        return self._part(content, shape, item_views(content.items))

    def notice(self, notice: Notice) -> RenderedPart:
        """What a subscription's maker is told in person."""
        template = "approval_notice.j2" if notice.kind is NoticeKind.APPROVAL else "parked_notice.j2"
        context = {
            **_about(notice.subscription),
            "window": notice.window,
            "name": digest_name(notice.window.id),
            "blocks": notice.held[0].payload.get("blocks", ()) if notice.held else (),
            "others": len(notice.held) - 1,
        }
        try:
            message = self._renderer.render(Reply(template, context))
        except TemplateProblem:  # what waits is as large as a message may be: tell of it without showing it
            message = self._renderer.render(Reply(template, {**context, "blocks": ()}))
        return RenderedPart(message.payload(), Shape(Role.NOTICE))

    def _part(self, content: DigestContent, shape: Shape, items: Sequence[ItemView]) -> RenderedPart:
        message = self._renderer.render(Reply(_TEMPLATES[shape.role], self._context(content, shape, items)))
        _check(message, items)
        return RenderedPart(message.payload(), shape, tuple(item.item for item in items), shape.role in _REPLIES)

    def _context(self, content: DigestContent, shape: Shape, items: Sequence[ItemView]) -> dict[str, Any]:
        subscription = content.subscription
        context: dict[str, Any] = {
            **_about(subscription),
            "items": items,
            "window": content.window,
            "attestation": content.attestation,
            "reading": content.reading,
            "first": shape.first,
            "total": shape.total,
        }
        match shape.role:
            case Role.CARD:
                context["detail"] = _detail_of_card(subscription)
            case Role.LIST:
                context["form"] = fullest(items, form_of_list(subscription), self._size)
                context["in_thread"] = form_of_thread(subscription)
                context |= _counts(items, shape.total)
            case Role.CONTINUED:
                context["form"] = fullest(items, form_of_thread(subscription), self._size)
            case Role.TALLY:
                context["tally"] = tally(items, subscription.filter)
            case Role.CORRECTION:
                context["corrections"] = [correction(item.item) for item in items]
            case _:
                pass
        return context

    def _size(self, item: ItemView, form: Form) -> Size:
        """What a release takes in this form. It is rendered alone for that, and what it came to is remembered."""
        stored = item.item.release
        was = item.item.was.revision if item.item.was else None
        key = (
            stored.number,
            stored.revision,
            stored.content_hash,
            item.kind,
            item.item.at,
            item.item.why,
            form,
            was,
            item.first_told,
        )
        if known := self._sizes.get(key):
            return known
        alone = self._renderer.render(Reply("continued.j2", {"items": [item], "form": form, "first": 1}))
        if len(self._sizes) >= _MOST_REMEMBERED:
            self._sizes.clear()
        size = self._sizes[key] = Size(len(alone.text), len(alone.blocks))
        return size


def _about(subscription: Subscription) -> dict[str, Any]:
    return {
        "subscription": subscription,
        "filter_words": read_filter(subscription.filter).words,
        "described": describe(subscription.cadence, subscription.zone, subscription.quiet),
    }


def _detail_of_card(subscription: Subscription) -> str:
    """All of a release has its place in the thread, where there is one."""
    return "extract" if subscription.detail == "full" and subscription.layout != "flat" else subscription.detail


def _counts(items: Sequence[ItemView], total: int) -> dict[str, int | None]:
    """How many of all are corrections, as far as these tell: corrections come first, so one that is none tells of all
    the rest. None when they do not tell."""
    corrections = sum(item.is_corrected for item in items)
    withdrawn = sum(item.is_withdrawn for item in items)
    untold = total > len(items) == corrections
    return {"corrections": None if untold else corrections, "withdrawn_number": withdrawn}


def _check(message: Message, items: Sequence[ItemView]) -> None:
    """The provenance gate: the words of either revision must be in its text."""
    held = [one for item in items for one in (item.item.release, item.item.was) if one]
    texts = {(one.number, one.revision): one.release.text for one in held}
    check_quotations(message, lambda number, revision: texts.get((number, revision)))

"""The releases of a digest as its templates paint them, and how many of them one message holds.

What a message holds is decided by its `text`, which must stand alone: one that would be cut holds fewer releases, never
parts of them. The same releases are always parted in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.rendering.views import ReleaseView, view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from summaries.delivery import DigestItem, Subscription

    Measure = Callable[["ItemView", "Form"], "Size"]

FITS = 3_600  # characters of text: below the 4,000 that Slack advises, with room for a title
BLOCKS = 40


class Form(StrEnum):
    """How much is told of a release in a message of several, from all of it to a line."""

    WHOLE = "whole"
    EXTRACT = "extract"
    LINE = "line"
    SHORT = "short"  # title, grade, receipt


MOST = {Form.WHOLE: 1, Form.EXTRACT: 6, Form.LINE: 10, Form.SHORT: 30}
"""How many releases a message holds at most."""


@dataclass(frozen=True, slots=True)
class ItemView:
    """A release of a digest with what to show of it, and what became of it."""

    item: DigestItem
    view: ReleaseView

    @property
    def kind(self) -> str:
        return self.item.kind

    @property
    def is_corrected(self) -> bool:
        return self.item.kind == "revised"

    @property
    def is_withdrawn(self) -> bool:
        return self.item.kind == "withdrawn"


@dataclass(frozen=True, slots=True)
class Size:
    """What a release takes of a message, in characters of its text and in blocks."""

    text: int
    blocks: int


def item_views(items: Sequence[DigestItem]) -> list[ItemView]:
    return [ItemView(item, view(item.release)) for item in items]


def form_of_list(subscription: Subscription) -> Form:
    """How the first message tells of several releases."""
    return Form.SHORT if is_compact(subscription) else Form.LINE


def form_of_thread(subscription: Subscription) -> Form:
    """How the thread tells of them."""
    if is_compact(subscription):
        return Form.SHORT
    return {"titles": Form.LINE, "full": Form.WHOLE}.get(subscription.detail, Form.EXTRACT)


def is_compact(subscription: Subscription) -> bool:
    """Whether a message of few words is asked for: always, or for what came in during a pause."""
    return subscription.layout == "compact" or subscription.catch_up == "summarise"


def packs(items: Sequence[ItemView], form: Form, measure: Measure, *, room: int = FITS) -> Iterator[list[ItemView]]:
    """The items parted into messages, in order. One that is larger than a message stands alone."""
    pack: list[ItemView] = []
    text = blocks = 0
    for item in items:
        size = measure(item, form)
        full = len(pack) == MOST[form] or text + size.text > room or blocks + size.blocks > BLOCKS
        if pack and full:
            yield pack
            pack, text, blocks = [], 0, 0
        pack.append(item)
        text, blocks = text + size.text, blocks + size.blocks
    if pack:
        yield pack


def fullest(items: Sequence[ItemView], most: Form, measure: Measure) -> Form:
    """The form, no fuller than `most`, in which all of these items fit into one message: what was posted in one stays
    in one, though it may have grown since."""
    forms = list(Form)[list(Form).index(most) :]
    return next((form for form in forms if len(list(packs(items, form, measure))) <= 1), Form.SHORT)

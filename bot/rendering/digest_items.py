"""The releases of a digest as its templates paint them, and how many of them one message holds.

What a message holds is decided by its `text`, which must stand alone: one that would be cut holds fewer releases, never
parts of them. The same releases are always parted in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.rendering.corrected import correction
from bot.rendering.views import ReleaseView, view
from summaries.types import Polarity
from summaries.verbatim import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.rendering.corrected import Correction
    from bot.rendering.views import FindingGroup
    from summaries.delivery import DigestItem, Subscription
    from summaries.types import Finding

    Measure = Callable[["ItemView", "Form"], "Size"]

FITS = 3_600  # characters of text: below the 4,000 that Slack advises, with room for a title
BLOCKS = 40
MOST_POINTS = 3
"""Findings in an extract."""


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
    first_told: bool = False  # what changed in it is told here, for no other message does

    @property
    def changed(self) -> Correction | None:
        """What to tell of what changed since the revision before, where that is at hand."""
        return correction(self.item) if self.first_told and self.is_corrected and self.item.was else None

    @property
    def points(self) -> tuple[tuple[FindingGroup, ...], int]:
        """Of its findings, under their lead-ins, those that were corrected and then, up to MOST_POINTS, concerns first;
        and how many are left out."""
        points = [point for group in self.view.findings for point in group.points]
        ranked = sorted(
            points, key=lambda point: (not self._is_corrected(point), point.polarity is not Polarity.CONCERN)
        )
        chosen = ranked[: max(MOST_POINTS, sum(map(self._is_corrected, points)))]
        groups = (
            replace(group, points=tuple(point for point in group.points if point in chosen))
            for group in self.view.findings
        )
        return tuple(group for group in groups if group.points), len(points) - len(chosen)

    def _is_corrected(self, point: Finding) -> bool:
        was = self.item.was if self.is_corrected else None
        return was is not None and fold(point.evidence.quote).text not in fold(was.release.text).text

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


def item_views(items: Sequence[DigestItem], *, first_told: bool = False) -> list[ItemView]:
    return [ItemView(item, view(item.release), first_told) for item in items]


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

"""A message that was given up and is taken up again, or turns out to be there: what it is to show now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from summaries.delivery import DeliveryKind
from summaries.planning.corrections import correct
from summaries.planning.items import items_as_shown, standing_messages
from summaries.planning.rendering import rendered_again

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.delivery import Delivery, RenderedPart, Subscription
    from summaries.planning.run import Run
    from summaries.ports import UnitOfWork


def as_it_is_now(work: UnitOfWork, run: Run, subscription: Subscription, message: Delivery) -> RenderedPart | None:
    """The content of a message with the releases it shows as they are now; None when that is what it says, or when it
    is not known what it shows."""
    shown = work.deliveries.shown_in(message.id)
    now = _now(work, shown)
    if message.kind is not DeliveryKind.POST or message.shape is None or now == list(shown):
        return None
    items = tuple(items_as_shown(work, now))
    return replace(rendered_again(work, run, subscription, message, items), shows=items)


def shown_later(work: UnitOfWork, subscription: Subscription, message: Delivery) -> int | None:
    """The window of a later digest; None unless all that a message shows was shown by such."""
    numbers = {number for number, _, _ in work.deliveries.shown_in(message.id)}
    windows: dict[int, int] = {}
    for number, messages in standing_messages(work, subscription, sorted(numbers)).items():
        for one in messages:
            standing = work.deliveries.get(one.delivery_id)
            if standing and standing.window_id > message.window_id:
                windows[number] = standing.window_id
    return max(windows.values()) if numbers and numbers == windows.keys() else None


def correct_outdated(work: UnitOfWork, run: Run, subscription: Subscription, message: Delivery) -> None:
    """Correct a message that is there after all, where it shows what has changed since."""
    shown = work.deliveries.shown_in(message.id)
    for was, now in zip(shown, _now(work, shown), strict=True):
        if was != now:
            correct(work, run, subscription, was[0])


def _now(work: UnitOfWork, shown: Sequence[tuple[int, str, int]]) -> list[tuple[int, str, int]]:
    """What is shown, each release in its newest revision, and withdrawn when it is."""
    taken_back = {one.number for one in work.releases.withdrawn()}
    found: list[tuple[int, str, int]] = []
    for number, kind, version in shown:
        newest = work.releases.by_number(number)
        found.append((number, "withdrawn" if number in taken_back else kind, newest.revision if newest else version))
    return found

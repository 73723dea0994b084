"""Which messages a digest is made of, and which releases each of them shows: no release is left out of all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.rendering.digest_items import Form, form_of_list, form_of_thread, is_compact, item_views, packs
from bot.rendering.tallied import is_publication_day, tally
from summaries.delivery import Role, Shape, WindowKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.rendering.digest_items import ItemView, Measure
    from summaries.delivery import DigestContent, Subscription

    Part = tuple[Shape, Sequence[ItemView]]

ROOM_OF_LIST = 2_800  # characters, so that what stands below a list has room, too
_OF_ONE_RELEASE = {WindowKind.CORRECTION: Role.CORRECTION, WindowKind.WITHDRAWAL: Role.WITHDRAWAL}


def parts_of(content: DigestContent, measure: Measure) -> Iterator[Part]:
    """The messages in order, each with the releases it shows. The same content always gives the same."""
    items, subscription = item_views(content.items, first_told=True), content.subscription
    if role := _OF_ONE_RELEASE.get(content.window.kind):
        yield from _one_each(role, items)
    elif is_publication_day(content):
        yield from _day(content, items, measure)
    elif is_compact(subscription) or not items:
        yield from _list(subscription, items, measure)
    elif subscription.layout == "flat":
        yield from _one_each(Role.CARD, items)
    elif len(items) > 1:
        yield from _list(subscription, items, measure)
    else:
        yield Shape(Role.CARD), items
        if subscription.detail == "full" and not items[0].view.is_whole_on_card:
            yield Shape(Role.CONTINUED), [replace(one, first_told=False) for one in items]


def _one_each(role: Role, items: Sequence[ItemView]) -> Iterator[Part]:
    for number, item in enumerate(items, 1):
        yield Shape(role, number, len(items)), [item]


def _list(subscription: Subscription, items: Sequence[ItemView], measure: Measure) -> Iterator[Part]:
    """A line each, as many as one message holds, and the rest in the thread; or all, when the thread tells more."""
    items = sorted(items, key=lambda item: not item.is_corrected)  # so that the first message can tell how many are
    form, in_thread = form_of_list(subscription), form_of_thread(subscription)
    first = next(packs(items, form, measure, room=ROOM_OF_LIST), [])
    yield Shape(Role.LIST, 1, len(items)), first
    yield from _thread(items, in_thread, measure, skip=len(first) if in_thread is form else 0)


def _day(content: DigestContent, items: Sequence[ItemView], measure: Measure) -> Iterator[Part]:
    """The tally of all, and the new ones in its thread. A card that becomes a tally has its release told there, too."""
    earlier = item_views(content.earlier)
    everything = [*earlier, *items]
    yield Shape(Role.TALLY, 1, len(everything)), everything
    if is_compact(content.subscription):
        yield from _left_out(content, earlier, items, measure)
        return
    was_card = len(earlier) == 1
    form = form_of_thread(content.subscription)
    yield from _thread(everything, form, measure, skip=0 if was_card else len(earlier))


def _left_out(
    content: DigestContent, earlier: Sequence[ItemView], items: Sequence[ItemView], measure: Measure
) -> Iterator[Part]:
    """In short, only what the tally has no room to name and the thread does not hold yet."""
    everything, wanted = [*earlier, *items], content.subscription.filter
    before, by_now = ({id(one) for one in tally(told, wanted).shown} for told in (earlier, everything))
    rest = [one for one in everything if id(one) not in by_now and (one in items or id(one) in before)]
    others = [one for one in everything if one not in rest]
    yield from _thread([*others, *rest], form_of_thread(content.subscription), measure, skip=len(others))


def _thread(items: Sequence[ItemView], form: Form, measure: Measure, *, skip: int) -> Iterator[Part]:
    place = skip + 1
    for pack in packs(items[skip:], form, measure):
        yield Shape(Role.CONTINUED, place, len(items)), pack
        place += len(pack)

"""Publication days: of what is posted at once, releases of one programme and day are one message.

The first of them is posted as it is; what comes soon after joins it: its message becomes a tally, and its thread holds
each release. When nothing came for a while, the message gets a last line and the day is closed; that of urgent releases
gets none, for it tells of some of the day only. What comes later begins a message of its own: a message that was read
is not marked as unread when it is changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from summaries.delivery import CatchUp, DeliveryKind, DeliveryState, DigestContent, OutcomeKind, Role, WindowKind
from summaries.planning.circumstances import local_day, pages_of, reading
from summaries.planning.items import items_as_shown
from summaries.planning.owing import owe_edit, owe_replies
from summaries.planning.rendering import rendered_again

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from summaries.delivery import Delivery, DigestItem, Subscription, Window
    from summaries.planning.run import Run
    from summaries.ports import UnitOfWork

KINDS = frozenset({WindowKind.NOW, WindowKind.URGENT})
"""Windows that are parted into publication days, each kind by itself."""

FEWEST = 3
"""Releases of one programme and day that are a message of their own as soon as they come together."""

MOST_WINDOWS = 200
"""The newest windows, among which the message to join is looked for."""

STILL_FOR = timedelta(minutes=30)
"""How long nothing has to come before a day is closed, and nothing joins its message any more."""

GIVEN_UP_AFTER = timedelta(hours=12)
"""How long a day is kept open for pages that nobody gets to read."""

LOOKED_BACK = timedelta(hours=36)

Key = tuple[str, date]
"""A programme and a day."""


@dataclass(frozen=True, slots=True)
class Group:
    """Releases of a window that are one message: that of the window `joins`, when there is one."""

    items: tuple[DigestItem, ...]
    joins: Window | None = None


def grouped(
    work: UnitOfWork, run: Run, subscription: Subscription, items: Sequence[DigestItem], kind: WindowKind
) -> list[Group]:
    """What comes in at once, parted into messages: what belongs to no publication day is one, and what came in during a
    pause when it was asked for in a line each. Never empty."""
    caught_up = subscription.catch_up is CatchUp.SUMMARISE
    if subscription.layout == "flat" or subscription.hold or caught_up or not items:
        return [Group(tuple(items))]
    by_key: dict[Key | None, list[DigestItem]] = {}
    for item in items:
        by_key.setdefault(_key(subscription, item), []).append(item)
    days = dict(_days_open(work, run, subscription, kind)) if any(by_key) else {}
    folds = [
        Group(tuple(members), days.get(key))
        for key, members in by_key.items()
        if key and (key in days or len(members) >= FEWEST)
    ]
    apart = {item.release.number for group in folds for item in group.items}
    rest = tuple(item for item in items if item.release.number not in apart)
    return [Group(rest), *folds] if rest else folds


def join(work: UnitOfWork, run: Run, subscription: Subscription, window: Window, items: Sequence[DigestItem]) -> None:
    """Owe what adds the items of a window to the message of the window that it joins: an edit, and replies."""
    began = work.windows.get(window.joins or 0)
    message = _first_message(work, began) if began else None
    if began is None or message is None:
        raise LookupError(f"window {window.id} joins one that has no message")
    earlier = _items_of_day(work, subscription, began, but=window)
    parts = run.render(DigestContent(subscription, window, tuple(items), earlier=earlier))
    owe_edit(work, subscription, window, 0, parts[0], target=message)
    owe_replies(work, subscription, window, parts[1:], thread_of=message)


def closable(work: UnitOfWork, now: datetime) -> list[Window]:
    """The publication days that may be over, by the windows that began them; none while a page waits to be read, but
    those that were waited for long enough."""
    windows = work.windows.unclosed_days(since=now - LOOKED_BACK, still_since=now - STILL_FOR)
    if not windows or not work.sources.pages_of_day(now.date(), start=now - LOOKED_BACK, end=now).waiting:
        return list(windows)
    return [window for window in windows if now - window.opened_at >= GIVEN_UP_AFTER]


def close(work: UnitOfWork, run: Run, subscription: Subscription, began: Window) -> bool:
    """Give a publication day its last line, unless something still comes; False when it was left as it is.

    `began` is read anew: of two workers, one closes.
    """
    window, message = work.windows.get(began.id), _first_message(work, began)
    if window is None or window.closed_at or _last_opened(work, window) > run.now - STILL_FOR:
        return False
    if message is None or not _is_tally(work, message):
        work.windows.close_day(window.id, run.now)
        return False
    items = items_as_shown(work, work.deliveries.shown_in(message.id))
    pages = pages_of(work, subscription, local_day(subscription, items[0])) if items else None
    if pages and pages.waiting and run.now - window.opened_at < GIVEN_UP_AFTER:
        return False
    work.windows.close_day(window.id, run.now)
    line = reading(pages) if pages else None
    if line is None:
        return False
    part = rendered_again(work, run, subscription, message, items, reading=line)
    edits = sum(one.kind is DeliveryKind.EDIT for one in work.deliveries.of_window(window.id))
    owe_edit(work, subscription, window, edits, part, target=message)
    return True


def _key(subscription: Subscription, item: DigestItem) -> Key | None:
    """What a release folds by; None of one that is of no known programme."""
    programme = item.release.release.programme
    return (programme, local_day(subscription, item)) if programme else None


def _days_open(
    work: UnitOfWork, run: Run, subscription: Subscription, kind: WindowKind
) -> Iterator[tuple[Key, Window]]:
    """The messages that may be joined, oldest addition first: each of one programme and publication day."""
    newest = work.windows.of_subscription(subscription.id, kind=kind, limit=MOST_WINDOWS)
    recent = [one.joins or one.id for one in newest if abs(run.now - one.opened_at) <= STILL_FOR]
    for began in dict.fromkeys(reversed(recent)):
        window = work.windows.get(began)
        message = _first_message(work, window) if window else None
        if window is None or window.closed_at or message is None or not _may_grow(work, message):
            continue
        items = items_as_shown(work, work.deliveries.shown_in(message.id))
        [key, *others] = {_key(subscription, item) for item in items} or {None}
        if key and not others and all(item.kind == "new" for item in items):
            yield key, window


def _may_grow(work: UnitOfWork, message: Delivery) -> bool:
    """Whether a message is there or on its way, and can be changed."""
    if message.state not in {DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT}:
        return False
    return not any(
        one.kind is DeliveryKind.EDIT and one.error_class == OutcomeKind.MESSAGE_GONE.value
        for one in work.deliveries.leaning_on(message.id)
    )


def _first_message(work: UnitOfWork, window: Window) -> Delivery | None:
    """What a window's digest is told in; None when it told nothing, when that was given up, or when somebody said that
    it arrived, but not where."""
    posts = (one for one in work.deliveries.of_window(window.id) if one.kind is DeliveryKind.POST and one.part == 0)
    first = next(posts, None)
    if first is None or first.state in {DeliveryState.DEAD, DeliveryState.HELD}:
        return None
    return None if first.state is DeliveryState.SENT and first.slack_ts is None else first


def _items_of_day(
    work: UnitOfWork, subscription: Subscription, began: Window, *, but: Window
) -> tuple[DigestItem, ...]:
    """What a message and those that joined it before told, each release as it is shown by now."""
    windows = (began, *(one for one in work.windows.joined_to(began.id) if one.id != but.id))
    numbers = dict.fromkeys(number for one in windows for number, _, _ in work.windows.items_of(one.id))
    newest: dict[int, tuple[int, bool, str]] = {}
    for number, kind, version in work.windows.shown(subscription.id, numbers):
        newest[number] = max(newest.get(number, (0, False, "")), (version, kind == "withdrawn", kind))
    shown = [(number, newest[number][2], newest[number][0]) for number in numbers]
    return tuple(items_as_shown(work, shown))


def _last_opened(work: UnitOfWork, window: Window) -> datetime:
    return max(one.opened_at for one in (window, *work.windows.joined_to(window.id)))


def _is_tally(work: UnitOfWork, message: Delivery) -> bool:
    is_tally = message.shape is not None and message.shape.role is Role.TALLY
    return is_tally or bool(work.windows.joined_to(message.window_id))

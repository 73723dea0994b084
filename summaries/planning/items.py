"""What is new to a subscription, and what it was shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summaries.delivery import DigestItem
from summaries.subscriptions import wanted_filter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from summaries.delivery import Showing, Subscription
    from summaries.ports import UnitOfWork

Spans = dict[tuple[int, int], "Sequence[DigestItem]"]
"""What came in between two sequences, read once for all subscriptions that stand at the same place."""


@dataclass(frozen=True, slots=True)
class NewItems:
    """`items` are for a digest. `outdated` are revisions of releases that a message still shows as they were before:
    they are corrections, and no digest's.
    """

    items: tuple[DigestItem, ...]
    outdated: tuple[DigestItem, ...] = ()


def new_items(work: UnitOfWork, subscription: Subscription, upto: int, spans: Spans) -> NewItems:
    """What is new to the subscription up to a sequence: one item a release, as it is now, if the filter wants it.

    A release that some message showed is not shown again; one that was only in messages that were given up is.
    """
    span = (subscription.position, upto)
    if span not in spans:
        spans[span] = folded(work.releases.ingested_between(*span))
    wanted = wanted_filter(subscription)
    fresh = spans[span] if not subscription.skipped else _without_skipped(work, subscription, spans[span])
    came_in = [item for item in fresh if item.kind == "revised" or wanted.matches(item.release.release)]
    shown = _versions_shown(work, subscription, came_in)
    older = [item for item in came_in if _came_in_since(work, item, shown.get(item.release.number), spans)]
    standing = standing_messages(work, subscription, [item.release.number for item in older])
    outdated = tuple(item for item in older if item.release.number in standing)
    given_up = {item.release.number for item in older} - standing.keys()
    items: list[DigestItem] = []
    for item in came_in:
        number = item.release.number
        if (number in given_up or number not in shown) and wanted.matches(item.release.release):
            items.append(replace(item, kind="revised") if number in given_up else item)
    return NewItems(tuple(_with_before(work, item, upto=subscription.position) for item in items), outdated)


def _with_before(work: UnitOfWork, item: DigestItem, *, upto: int | None = None) -> DigestItem:
    """A corrected release with the revision held before, up to a sequence, so that it can be told what has changed."""
    if item.kind != "revised":
        return item
    older = (work.releases.by_number(item.release.number, version) for version in range(item.version - 1, 0, -1))
    return replace(item, was=next((one for one in older if one and (upto is None or one.seq <= upto)), None))


def _without_skipped(work: UnitOfWork, subscription: Subscription, items: Sequence[DigestItem]) -> Sequence[DigestItem]:
    """Without what came in only during pauses whose releases were skipped; the rest is as it is now."""
    if not items or max(upto for _, upto in subscription.skipped) <= subscription.position:
        return items
    upto = max(item.release.seq for item in items)
    came_in = work.releases.ingested_between(subscription.position, upto)
    wanted = {
        one.release.number: one.kind for one in folded(i for i in came_in if not subscription.skips(i.release.seq))
    }
    return [replace(item, kind=wanted[item.release.number]) for item in items if item.release.number in wanted]


def _came_in_since(work: UnitOfWork, item: DigestItem, shown: int | None, spans: Spans) -> bool:
    """Whether a release that was shown was published anew since: what only we read otherwise is no change of it."""
    if shown is None or shown >= item.version:
        return False
    as_shown = work.releases.by_number(item.release.number, shown)
    if as_shown is None:
        return True
    span = (as_shown.seq, item.release.seq)
    if span not in spans:
        spans[span] = folded(work.releases.ingested_between(*span))
    return any(one.release.number == item.release.number for one in spans[span])


def folded(items: Iterable[DigestItem]) -> tuple[DigestItem, ...]:
    """One item a release: as it is by the last of them, and new when it was by the first."""
    found: dict[int, DigestItem] = {}
    for item in items:
        first = found.get(item.release.number)
        found[item.release.number] = replace(item, kind=first.kind) if first else item
    return tuple(found.values())


def standing_messages(
    work: UnitOfWork, subscription: Subscription, numbers: Sequence[int]
) -> Mapping[int, Sequence[Showing]]:
    """Release → the messages of the subscription that show it."""
    found: dict[int, list[Showing]] = {}
    for one in work.windows.messages_showing(numbers, subscription_id=subscription.id) if numbers else ():
        found.setdefault(one.number, []).append(one)
    return found


def items_as_shown(work: UnitOfWork, shown: Iterable[tuple[int, str, int]]) -> list[DigestItem]:
    """The items of (number, kind, version), each release in the version that is shown."""
    found: list[DigestItem] = []
    taken_back = {one.number: one for one in work.releases.withdrawn()}
    for number, kind, version in shown:
        stored = work.releases.by_number(number, version)
        if stored is None:
            continue
        note = taken_back.get(number) if kind == "withdrawn" else None
        item = DigestItem(stored, kind, version, at=note.at if note else None, why=note.why if note else "")
        found.append(_with_before(work, item))
    return found


def _versions_shown(work: UnitOfWork, subscription: Subscription, items: Sequence[DigestItem]) -> dict[int, int]:
    """Release → the newest version that the subscription was shown."""
    newest: dict[int, int] = {}
    for number, _, version in work.windows.shown(subscription.id, [item.release.number for item in items]):
        newest[number] = max(version, newest.get(number, 0))
    return newest

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
    came_in = [item for item in spans[span] if item.kind == "revised" or wanted.matches(item.release.release)]
    shown = _versions_shown(work, subscription, came_in)
    older = [item for item in came_in if shown.get(item.release.number, item.version) < item.version]
    standing = standing_messages(work, subscription, [item.release.number for item in older])
    outdated = tuple(item for item in older if item.release.number in standing)
    given_up = {item.release.number for item in older} - standing.keys()
    items: list[DigestItem] = []
    for item in came_in:
        number = item.release.number
        if (number in given_up or number not in shown) and wanted.matches(item.release.release):
            items.append(replace(item, kind="revised") if number in given_up else item)
    return NewItems(tuple(items), outdated)


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
        found.append(DigestItem(stored, kind, version, at=note.at if note else None, why=note.why if note else ""))
    return found


def _versions_shown(work: UnitOfWork, subscription: Subscription, items: Sequence[DigestItem]) -> dict[int, int]:
    """Release → the newest version that the subscription was shown."""
    newest: dict[int, int] = {}
    for number, _, version in work.windows.shown(subscription.id, [item.release.number for item in items]):
        newest[number] = max(version, newest.get(number, 0))
    return newest

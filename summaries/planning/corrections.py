"""Keep true what was shown: a revised release is corrected, a withdrawn one struck, in every message that shows it, and
one reply in the thread says so.

Nothing here looks for work in vain: what was revised or withdrawn is found by the ingest sequence, and a message that
was edited shows the newer version, so that it is not found again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summaries.delivery import DigestContent, DigestItem, SubscriptionState, Window, WindowKind
from summaries.planning.items import items_as_shown, standing_messages
from summaries.planning.owing import owe_edit, owe_replies
from summaries.planning.rendering import rendered_again

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from summaries.delivery import Showing, Subscription
    from summaries.planning.run import Run
    from summaries.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Outdated:
    """A subscription that shows a release as it is no more."""

    subscription_id: int
    number: int


def outdated_messages(work: UnitOfWork, revised: Mapping[int, DigestItem]) -> list[Outdated]:
    """Who shows one of these releases in an older version, or a withdrawn one as if it were not; each once."""
    shown = work.windows.messages_showing(revised) if revised else ()
    older = [one for one in shown if one.version < revised[one.number].version]
    found = (Outdated(one.subscription_id, one.number) for one in (*older, *work.windows.unstruck()))
    return list(dict.fromkeys(found))


def correct(work: UnitOfWork, run: Run, subscription: Subscription, number: int) -> int:
    """Owe what makes the messages of a (locked) subscription true again that show this release; how many windows were
    opened for that.

    An ended subscription's are left as they are: nobody asks us to post there any more.
    """
    if subscription.state is SubscriptionState.ENDED:
        return 0
    taken_back = next((one for one in work.releases.withdrawn() if one.number == number), None)
    stored = work.releases.by_number(number)
    messages = standing_messages(work, subscription, [number]).get(number, ())
    if stored is None:
        return 0
    if taken_back:
        messages = [one for one in messages if one.kind != "withdrawn"]
        item = DigestItem(stored, "withdrawn", stored.revision, at=taken_back.at, why=taken_back.why)
        window = _window(
            subscription, f"withdrawal/{number}/{stored.revision}", WindowKind.WITHDRAWAL, stored.seq, run.now
        )
    else:
        messages = [one for one in messages if one.version < stored.revision]
        item = DigestItem(stored, "revised", stored.revision)
        window = _window(subscription, f"correction/{stored.seq:06}", WindowKind.CORRECTION, stored.seq, run.now)
    return _tell(work, run, subscription, window, item, messages) if messages else 0


def _tell(
    work: UnitOfWork,
    run: Run,
    subscription: Subscription,
    window: Window,
    item: DigestItem,
    messages: Sequence[Showing],
) -> int:
    """One window, an edit of each message, one reply in the thread of the first."""
    item = replace(item, was=work.releases.by_number(item.release.number, messages[0].version))
    shown = work.windows.shown(subscription.id, [item.release.number])
    fresh = (item.release.number, item.kind, item.version) not in shown
    opened = work.windows.open(window, [item] if fresh else [])
    if opened is None:
        return 0
    targets = [found for one in messages if (found := work.deliveries.get(one.delivery_id))]
    for number, target in enumerate(targets):
        items = [
            item if one.release.number == item.release.number else one
            for one in items_as_shown(work, work.deliveries.shown_in(target.id))
        ]
        part = rendered_again(work, run, subscription, target, items)
        # What the message shows is what was asked for, whatever the renderer noted: else it were corrected for ever.
        owe_edit(work, subscription, opened, number, replace(part, shows=tuple(items)), target=target)
    reply = run.render(DigestContent(subscription, opened, (item,)))
    owe_replies(work, subscription, opened, reply, thread_of=targets[0])
    return 1


def _window(subscription: Subscription, period: str, kind: WindowKind, seq: int, now: datetime) -> Window:
    return Window(
        id=0,
        subscription_id=subscription.id,
        period=period,
        from_seq=seq - 1,
        to_seq=seq,
        due_at=now,
        opened_at=now,
        coalesced=1,
        covers_from=now,
        kind=kind,
    )

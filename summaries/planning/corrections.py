"""Keep true what was shown: a revised release is corrected, a withdrawn one struck, in every message that shows it, and
one reply in the thread says so. A message that nobody began to send is written anew instead: it was shown to nobody.

Nothing here looks for work in vain: what was revised or withdrawn is found by the ingest sequence, and a message that
was edited shows the newer version, so that it is not found again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, count
from typing import TYPE_CHECKING

from summaries.delivery import DeliveryState, DigestContent, DigestItem, SubscriptionState, Window, WindowKind
from summaries.planning.items import items_as_shown, standing_messages
from summaries.planning.owing import ask_again, is_edited, is_untouched, owe_edit, owe_replies, rewrite
from summaries.planning.rendering import rendered_again

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from summaries.delivery import Delivery, RenderedPart, Showing, Subscription
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
    """One window, an edit of each message that was begun, and one reply in the thread of the first of these."""
    item = replace(item, was=work.releases.by_number(item.release.number, messages[0].version))
    targets = [found for one in messages if (found := work.deliveries.get(one.delivery_id))]
    shown_to_nobody = all(is_untouched(target) for target in targets)
    still_new = shown_to_nobody and item.kind == "revised" and {one.kind for one in messages} == {"new"}
    unsent = replace(item, kind="new", was=None) if still_new else item
    begun = [one for one in targets if not rewrite(work, one, _again(work, run, subscription, one, unsent))]
    item = item if begun else unsent
    opened = _open(work, window, item)
    for number, target in enumerate(one for one in targets if one in begun or is_edited(work, one)):
        owe_edit(work, subscription, opened, number, _again(work, run, subscription, target, item), target=target)
    for held in {one.window_id for one in targets if one.state is DeliveryState.HELD}:
        if waiting := work.windows.get(held):
            ask_again(work, subscription, waiting, run.render)
    if begun:
        reply = run.render(DigestContent(subscription, opened, (item,)))
        owe_replies(work, subscription, opened, reply, thread_of=begun[0])
    return 1


def _again(work: UnitOfWork, run: Run, subscription: Subscription, message: Delivery, item: DigestItem) -> RenderedPart:
    """A message's new content. What it shows is what was asked for, whatever the renderer noted: else it were corrected
    for ever."""
    items = [
        item if one.release.number == item.release.number else one
        for one in items_as_shown(work, work.deliveries.shown_in(message.id))
    ]
    return replace(rendered_again(work, run, subscription, message, items), shows=tuple(items))


def _open(work: UnitOfWork, window: Window, item: DigestItem) -> Window:
    """Open the window, or one beside it: a message that was given up, and was taken up again since, is corrected
    after the others."""
    shown = work.windows.shown(window.subscription_id, [item.release.number])
    items = [item] if (item.release.number, item.kind, item.version) not in shown else []
    names = chain([window.period], (f"{window.period}/again{number}" for number in count(1)))
    return next(opened for name in names if (opened := work.windows.open(replace(window, period=name), items)))


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

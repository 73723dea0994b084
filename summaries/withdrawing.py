"""Note that a release was taken back: messages that show it are then struck by planning (`planning.corrections`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.errors import NotUnderstood

if TYPE_CHECKING:
    from summaries.ports import Clock, Store, StoredRelease


class NothingToWithdraw(NotUnderstood):
    """There is no such release, or it is withdrawn already."""


def withdraw(store: Store, clock: Clock, number: int, why: str) -> StoredRelease:
    """Withdraw a release by its short number, in words that people are told ("published in error"); give it back.

    Nothing is deleted, and a revision that comes in later is held again. Raises NothingToWithdraw, StoreUnavailable.
    """
    with store.write() as work:
        work.releases.hold_ingest()
        stored = work.releases.by_number(number)
        if stored is None or not work.releases.withdraw(number, at=clock.now(), why=" ".join(why.split())):
            raise NothingToWithdraw(number=number)
        return stored

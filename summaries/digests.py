"""Open the windows that are due: decide what each digest holds, and write it down to be posted.

A window covers the ingest sequence from where the last one ended, so nothing is left out and nothing overlaps. Windows
of other kinds stand beside these and move nothing: what cannot wait, what is corrected or withdrawn, what was held
before. Window, items, rendered messages and the new position are written in one transaction; a window's name is unique
in its subscription, so that after a crash all of it may simply be done again.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from summaries.attesting import Attester
from summaries.errors import StoreUnavailable
from summaries.planning import days
from summaries.planning.backfilling import backfill
from summaries.planning.corrections import correct, outdated_messages
from summaries.planning.due import window_due
from summaries.planning.items import folded
from summaries.planning.opening import CLOCKS_APART, open_due, open_urgent, wanted_now
from summaries.planning.previewing import Preview, next_run, preview
from summaries.planning.run import Run
from summaries.planning.urgency import is_urgent
from summaries.subscriptions import resume_due
from summaries.watched import KEEP_CHECKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from summaries.delivery import DigestItem
    from summaries.delivery_ports import DigestRenderer
    from summaries.ports import Clock, Store
    from summaries.watched import Source

__all__ = ["WINDOW_STEPS", "Preview", "backfill", "next_run", "open_due_windows", "preview"]

WINDOW_STEPS = ("before-open", "opened")
"""What `at` is told: in a transaction that opens windows, before it is committed, and after that."""

LONGEST_GAP = 15 * 60.0
"""Seconds without a run of planning from which on nobody is said to have been running."""


def open_due_windows(
    store: Store,
    clock: Clock,
    render: DigestRenderer,
    *,
    sources: Sequence[Source] = (),
    at: Callable[[str], None] = lambda step: None,
) -> int:
    """Open a window for each active subscription whose period has come, correct what was shown, post at once what
    cannot wait, close publication days; say how many windows were opened and days closed.

    Any number of workers may do so at once: the first to lock a subscription opens its window, the rest find it done.
    A digest that cannot be rendered stops no other one; such errors are raised together at the end (ExceptionGroup).
    `sources` are those that are watched. `at` is told each of WINDOW_STEPS. Raises StoreUnavailable.
    """
    with store.write() as work:
        work.outages.beat(clock.now(), longest_gap=LONGEST_GAP)
    now = clock.now()
    run = Run(render, now, Attester(tuple(source.key for source in sources), kept_from=now - KEEP_CHECKS))
    planner = _Planner(store, run, at)
    with planner.guarded("resuming what was paused"):
        resume_due(store, clock)
    planner.plan()
    if planner.problems:
        raise ExceptionGroup("some digests could not be written", planner.problems)
    return planner.written


@dataclass(slots=True)
class _Planner:
    store: Store
    run: Run
    at: Callable[[str], None]
    written: int = 0
    problems: list[Exception] = field(default_factory=list)

    def plan(self) -> None:
        with self.store.read() as work:
            seen, last = work.windows.planned_to(), work.releases.last_seq()
            came_in = folded(work.releases.ingested_between(seen, last)) if last > seen else ()
        self._open_due()
        if last > seen:
            before = len(self.problems)
            self._open_urgent(came_in)
            self._correct(came_in)  # last, so that what was written meanwhile by another worker is seen
            if len(self.problems) == before:  # else all of it is looked at again: what is done is found to be done
                with self.store.write() as work:
                    work.windows.plan_to(last)
        self._close_days()

    def _correct(self, came_in: Sequence[DigestItem]) -> None:
        with self.store.read() as work:
            outdated = outdated_messages(work, {item.release.number: item for item in came_in})
        for one in outdated:
            self._open(one.subscription_id, correct, one.number)

    def _open_due(self) -> None:
        with self.store.read() as work:
            last_seq, done = work.releases.last_seq(), work.windows.last_due(before=self.run.now + CLOCKS_APART)
            active = work.subscriptions.active()
        for subscription in active:
            if window_due(subscription, done.get(subscription.id), last_seq, self.run.now):
                self._open(subscription.id, open_due)

    def _open_urgent(self, came_in: Sequence[DigestItem]) -> None:
        with self.store.read() as work:
            urgent = [item for item in came_in if is_urgent(work, item.release, self.run.now)]
            waiting = work.subscriptions.active() if urgent else ()
        for subscription in waiting:
            with self.guarded(f"looking what subscription {subscription.id} is to have at once"):
                if wanted_now(subscription, urgent):
                    self._open(subscription.id, open_urgent, urgent)

    def _close_days(self) -> None:
        with self.store.read() as work:
            closable = days.closable(work, self.run.now)
        for window in closable:
            self._open(window.subscription_id, days.close, window)

    def _open(self, subscription_id: int, act: Callable[..., int], *about: object) -> None:
        """Act on a subscription that nobody else can change meanwhile, in one transaction. `act` says how much it
        wrote."""
        with self.guarded(f"opening a window for subscription {subscription_id}"):
            with self.store.write() as work:
                held = work.subscriptions.lock(subscription_id)
                written = act(work, self.run, held, *about) if held else 0
                if written:
                    self.at("before-open")
            self.written += written
            if written:
                self.at("opened")

    @contextmanager
    def guarded(self, doing: str) -> Iterator[None]:
        """What goes wrong with one subscription is told at the end, and stops no other."""
        try:
            yield
        except StoreUnavailable:
            raise
        except Exception as problem:
            problem.add_note(f"while {doing}")
            self.problems.append(problem)

"""Why a subscription got a release, or did not: the stages between a release coming in and a message being posted, in
an order that never changes, each with a verdict and the facts it rests on. The sentences are the templates' work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from summaries.delivered import message_of
from summaries.delivery import CadenceKind, DeliveryKind, DeliveryState, SubscriptionState, WindowKind
from summaries.delivery_names import digest_name
from summaries.digests import next_run
from summaries.query import Filter, read_filter
from summaries.quiet import quiet_until
from summaries.subscriptions import wanted_filter
from summaries.types import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from summaries.delivered import Message
    from summaries.delivery import Delivery, Subscription, Window
    from summaries.ports import Clock, Store, StoredRelease, UnitOfWork, Withdrawn

MOST_WINDOWS = 2_000
"""How many windows are looked through for the one that passed a release over."""


class Stage(StrEnum):
    """In the order they are told."""

    SEEN = "seen"
    NEW = "new"
    CHANGED = "changed"
    BASELINE = "baseline"
    INCLUDED = "included"
    EXCLUDED = "excluded"
    PAUSED = "paused"
    WINDOW = "window"
    RENDERED = "rendered"
    SENT = "sent"


class Verdict(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    WAITING = "waiting"  # nothing is wrong, and its time has not come
    SKIPPED = "skipped"  # does not apply, or was not come to


@dataclass(frozen=True, slots=True)
class Step:
    """One stage. `because` is a word that says which of its sentences is true, `facts` are what that sentence names."""

    stage: Stage
    verdict: Verdict
    because: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Why:
    """All stages of one release in one subscription; `stored` is its newest revision, None when there is none."""

    number: int
    stored: StoredRelease | None
    subscription: Subscription
    steps: tuple[Step, ...]

    @property
    def decisive(self) -> Step:
        """The stage that settled it: the first that failed or that it waits at, else the last that it passed."""
        held_up = (step for step in self.steps if step.verdict in {Verdict.FAILED, Verdict.WAITING})
        passed = [step for step in self.steps if step.verdict is Verdict.PASSED]
        return next(held_up, passed[-1] if passed else self.steps[-1])


def why(store: Store, clock: Clock, *, subscription: Subscription, number: int) -> Why:
    """Every stage of the release of this number in this subscription. Nothing is written. Raises StoreUnavailable."""
    with store.read() as work:
        known = _known(work, subscription, number)
    if known is None:
        never = Step(Stage.SEEN, Verdict.FAILED, "unknown")
        return Why(number, None, subscription, (never, *(_not_come_to(stage) for stage in Stage if stage != "seen")))
    return Why(number, known.newest, subscription, tuple(_steps(known, clock.now())))


@dataclass(frozen=True, slots=True)
class _Known:
    """What the store holds of a release and a subscription. `got` are the windows that held it, oldest first; `passed`
    is the one that covered it and left it out."""

    subscription: Subscription
    first: StoredRelease
    newest: StoredRelease
    retired: bool
    withdrawn: Withdrawn | None
    got: Sequence[Window]
    passed: Window | None
    messages: Sequence[Message]
    edits: Sequence[Message]
    behind: bool  # a message shows an older revision than the newest

    @property
    def moved_by(self) -> Sequence[StoredRelease]:
        """Of its first and newest revision, those that came in after the subscription began."""
        return [one for one in (self.first, self.newest) if one.seq > self.subscription.baseline]


def _known(work: UnitOfWork, subscription: Subscription, number: int) -> _Known | None:
    newest, first = work.releases.by_number(number), work.releases.by_number(number, 1)
    if newest is None:
        return None
    current = work.releases.current(newest.release.id)
    got = [window for window, _, _ in work.windows.window_of(subscription.id, number)]
    showing, messages, edits = _messages(work, got, number)
    shown = [
        version
        for message in showing
        for held_number, _, version in work.deliveries.shown_in(message.id)
        if held_number == number
    ]
    return _Known(
        subscription,
        first or newest,
        newest,
        retired=current is None or current.number != number,
        withdrawn=next((one for one in work.releases.withdrawn() if one.number == number), None),
        got=got,
        passed=None if got else _passed_over_by(work, subscription, newest),
        messages=messages,
        edits=edits,
        behind=any(version < newest.revision for version in shown),
    )


def _messages(
    work: UnitOfWork, got: Sequence[Window], number: int
) -> tuple[list[Delivery], list[Message], list[Message]]:
    """The messages that show it, of the windows that held it or of those they joined; those of them that the windows
    which held it posted; the changes that these windows made of any."""
    own = {window.id for window in got}
    windows = own | {window.joins for window in got if window.joins}
    owed = [delivery for one in sorted(windows) for delivery in work.deliveries.of_window(one)]
    posts = [delivery for delivery in owed if delivery.kind is DeliveryKind.POST]
    # Of digests from before it was noted what each message shows, all messages are told.
    showing = [one for one in posts if number in {shown for shown, _, _ in work.deliveries.shown_in(one.id)}] or posts
    ids = {delivery.id for delivery in showing}
    changes = [one for one in owed if one.kind is DeliveryKind.EDIT and one.target_id in ids and one.window_id in own]
    overtaken = [one for one in changes if one.error_class == "superseded"]
    if overtaken and overtaken == changes:  # a later window's change brought it
        began = {window.joins for window in got if window.joins}
        later = [one for join in began for one in work.windows.joined_to(join) if one.id > max(own)]
        found = [one for window in later for one in work.deliveries.of_window(window.id) if one.target_id in ids]
        changes = [one for one in found if one.error_class != "superseded"][-1:] or changes
    told = [message_of(one) for one in showing if one.window_id in own]
    return showing, told, [message_of(one, work.deliveries.attempts(one.id)) for one in changes]


def _passed_over_by(work: UnitOfWork, subscription: Subscription, newest: StoredRelease) -> Window | None:
    if newest.seq > subscription.position:
        return None
    windows = work.windows.of_subscription(subscription.id, limit=MOST_WINDOWS)
    moving = (one for one in windows if one.kind in {WindowKind.PERIOD, WindowKind.NOW})
    return next((one for one in moving if one.from_seq < newest.seq <= one.to_seq), None)


def _steps(known: _Known, now: datetime) -> list[Step]:
    before = [_seen(known), _new(known), _changed(known), _baseline(known), *_filtered(known), _paused(known)]
    held_up = any(step.verdict in {Verdict.FAILED, Verdict.WAITING} for step in before)
    if held_up and not known.got:
        return [*before, *map(_not_come_to, (Stage.WINDOW, Stage.RENDERED, Stage.SENT))]
    return [*before, _window(known, now), _rendered(known), _sent(known)]


def _seen(known: _Known) -> Step:
    facts = {"at": known.first.ingested_at, "stored": known.first}
    shown_no_more = Verdict.PASSED if known.got else Verdict.FAILED
    if known.withdrawn:
        return Step(Stage.SEEN, shown_no_more, "withdrawn", {**facts, "withdrawn": known.withdrawn})
    if known.retired:
        return Step(Stage.SEEN, shown_no_more, "retired", facts)
    return Step(Stage.SEEN, Verdict.PASSED, "held", facts)


def _new(known: _Known) -> Step:
    is_new = known.first in known.moved_by
    facts = {"at": known.first.ingested_at, "began": known.subscription.created_at}
    return Step(Stage.NEW, Verdict.PASSED if is_new else Verdict.SKIPPED, "new" if is_new else "held_before", facts)


def _changed(known: _Known) -> Step:
    if known.newest.revision == 1:
        return Step(Stage.CHANGED, Verdict.SKIPPED, "never")
    facts = {"revision": known.newest.revision, "at": known.newest.ingested_at, "stored": known.newest}
    if known.newest not in known.moved_by:
        return Step(Stage.CHANGED, Verdict.SKIPPED, "before", facts)
    return Step(Stage.CHANGED, Verdict.PASSED, "since", facts)


def _baseline(known: _Known) -> Step:
    facts = {"began": known.subscription.created_at}
    if known.moved_by:
        return Step(Stage.BASELINE, Verdict.PASSED, "after", facts)
    if known.got:
        return Step(Stage.BASELINE, Verdict.PASSED, "backfilled", facts)
    return Step(Stage.BASELINE, Verdict.FAILED, "before", facts)


def _filtered(known: _Known) -> tuple[Step, Step]:
    wanted, release = read_filter(known.subscription.filter), known.newest.release
    failing = [one for one in (Filter((clause,)) for clause in wanted.clauses) if not one.matches(release)]
    missing = [one for one in failing if not _only_excludes(one)]
    against = [one for one in failing if _only_excludes(one)]
    asks = any(not _only_excludes(Filter((clause,))) for clause in wanted.clauses)
    facts = {"wanted": wanted, "by": tuple(missing)}
    included = Step(Stage.INCLUDED, Verdict.PASSED, "asked" if asks else "all", facts)
    if missing:
        included = _kept_out(known, Stage.INCLUDED, "missing", facts)
    if against:
        return included, _kept_out(known, Stage.EXCLUDED, "against", {"by": tuple(against)})
    if release.kind is Kind.CORPORATE and wanted_filter(known.subscription) != wanted:
        return included, _kept_out(known, Stage.EXCLUDED, "corporate", {})
    if not any(literal.negated for clause in wanted.clauses for literal in clause):
        return included, Step(Stage.EXCLUDED, Verdict.SKIPPED, "nothing")
    return included, Step(Stage.EXCLUDED, Verdict.PASSED, "none")


def _kept_out(known: _Known, stage: Stage, because: str, facts: Mapping[str, Any]) -> Step:
    """What was let through by the filter of another day stays so."""
    if known.got:
        return Step(stage, Verdict.SKIPPED, "then", {**facts, "window": known.got[0]})
    return Step(stage, Verdict.FAILED, because, facts)


def _only_excludes(wanted: Filter) -> bool:
    return all(literal.negated for clause in wanted.clauses for literal in clause)


def _paused(known: _Known) -> Step:
    subscription = known.subscription
    if known.got:
        return Step(Stage.PAUSED, Verdict.PASSED, "not_then")
    if subscription.state is SubscriptionState.ENDED:
        facts = {"at": subscription.changed_at, "by": subscription.changed_by, "reason": subscription.reason}
        return Step(Stage.PAUSED, Verdict.FAILED, "ended", facts)
    if known.moved_by and all(subscription.skips(one.seq) for one in known.moved_by):
        return Step(Stage.PAUSED, Verdict.FAILED, "skipped")
    if known.passed:
        return Step(Stage.PAUSED, Verdict.PASSED, "not_then")
    if subscription.baseline < known.newest.seq <= subscription.position:
        return Step(Stage.PAUSED, Verdict.FAILED, "skipped")
    if subscription.state is SubscriptionState.PAUSED:
        facts = {"since": subscription.paused_since, "until": subscription.paused_until}
        return Step(Stage.PAUSED, Verdict.WAITING, "paused", facts)
    if subscription.state is SubscriptionState.PARKED:
        facts = {"class": subscription.error_class, "reason": subscription.reason}
        return Step(Stage.PAUSED, Verdict.WAITING, "parked", facts)
    return Step(Stage.PAUSED, Verdict.PASSED, "active")


def _window(known: _Known, now: datetime) -> Step:
    if known.got:
        return Step(Stage.WINDOW, Verdict.PASSED, "opened", {"windows": tuple(known.got)})
    if known.passed:
        return Step(Stage.WINDOW, Verdict.FAILED, "left_out", {"window": known.passed})
    if known.subscription.cadence.kind is CadenceKind.NOW:
        free = quiet_until(known.subscription.quiet, known.subscription.zone, now)
        return Step(Stage.WINDOW, Verdict.WAITING, "quiet" if free > now else "soon", {"at": free})
    return Step(Stage.WINDOW, Verdict.WAITING, "due", {"at": next_run(known.subscription, now)})


def _rendered(known: _Known) -> Step:
    if not known.got:
        return _not_come_to(Stage.RENDERED)
    if not known.messages and not known.edits:
        return Step(Stage.RENDERED, Verdict.FAILED, "none")
    return Step(Stage.RENDERED, Verdict.PASSED, "written", {"messages": tuple(known.messages or known.edits)})


def _sent(known: _Known) -> Step:
    if not known.messages and not known.edits:
        return _not_come_to(Stage.SENT)
    joined = {window.id: digest_name(window.joins) for window in known.got if window.joins}
    told = {"messages": tuple(known.messages), "edits": tuple(known.edits)}
    facts = {**told, "joined": joined, "behind": known.behind}
    states = {message.delivery.state for message in known.messages or known.edits}
    if states & {DeliveryState.DEAD, DeliveryState.NEEDS_REVIEW}:
        return Step(Stage.SENT, Verdict.FAILED, "not_sent", facts)
    if states == {DeliveryState.SENT}:
        return Step(Stage.SENT, Verdict.PASSED, "sent", facts)
    return Step(Stage.SENT, Verdict.WAITING, "owed", facts)


def _not_come_to(stage: Stage) -> Step:
    return Step(stage, Verdict.SKIPPED, "not_come_to")

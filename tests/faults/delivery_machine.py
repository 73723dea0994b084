"""Whatever happens, in whatever order: a follower of releases as a state machine over a virtual clock.

Releases come in, are revised and withdrawn; subscriptions are paused, changed and ended; channels are archived, tokens
revoked; workers die at any step, calls come to anything, clocks jump. In between no message may stand twice; at rest
each release is in each channel once, or there is a reason why not.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.append(str(Path(__file__).parents[1]))

from fakes import Crash, CrashAt, FakePoster, Slip
from follow import Follower, nothing
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from summaries.delivery import CatchUp, DeliveryKind, DeliveryState, Outcome, OutcomeKind, SubscriptionState
from summaries.digests import WINDOW_STEPS
from summaries.errors import NotUnderstood
from summaries.outbox import STEPS
from summaries.store.database import open_database
from summaries.subscriptions import change, pause, resume, revive_workspaces, unpark

if TYPE_CHECKING:
    from summaries.delivery import Delivery, Subscription

CADENCES = {
    "C0": "now",
    "C1": "daily 08:30",
    "C2": "weekly Mon 08:30",
    "C3": "now",
}
SKEW = 240.0
"""Seconds by which a clock may go back: less than what the search for a message is widened by."""

GIVEN_UP = {"superseded", "ended", "expired", "parent_dead", "target_dead", "message_gone", "slow_retry", "not_sent"}
TERMINAL = {DeliveryState.SENT, DeliveryState.DEAD}

channels = st.sampled_from(sorted(CADENCES))
slips = st.sampled_from(
    [
        None,
        None,
        None,
        Slip.LOST_REPLY,
        Slip.NEVER_ARRIVED,
        Outcome(OutcomeKind.NOT_SENT, retry_after=7),
        Outcome(OutcomeKind.NOT_SENT),
        Outcome(OutcomeKind.SLOW_RETRY),
    ]
)


@dataclass
class RevocablePoster(FakePoster):
    """A fake Slack whose token may be revoked, and that loses every so many replies."""

    revoked: bool = False
    loses_every: int = 0

    def _call(self, delivery: Delivery, do):  # type: ignore[no-untyped-def]
        if self.revoked:
            return Outcome(OutcomeKind.WORKSPACE_GONE, code="token_revoked")
        if self.loses_every and len(self.calls) % self.loses_every == 0:
            self.script.appendleft(Slip.LOST_REPLY)
        return super()._call(delivery, do)


class _Template:
    """A database that is laid out once and copied for each example."""

    path: Path | None = None

    @classmethod
    def copy_to(cls, file: Path) -> None:
        if cls.path is None:
            cls.path = Path(tempfile.mkdtemp()) / "template.sqlite3"
            with open_database(f"sqlite:///{cls.path}") as database:
                database.upgrade()
        shutil.copy(cls.path, file)


class DeliveryMachine(RuleBasedStateMachine):
    """What may happen to four channels that follow everything."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name) / "machine.sqlite3"
        _Template.copy_to(file)
        self.follower = Follower(open_database(f"sqlite:///{file}"))
        self.follower.poster = self.poster = RevocablePoster(self.follower.clock)
        self.subscriptions: dict[str, Subscription] = {}
        self.expected: dict[str, set[str]] = {channel: set() for channel in CADENCES}
        self.excused: dict[str, set[str]] = {channel: set() for channel in CADENCES}
        self.before_pause: dict[str, set[str]] = {}
        self.names: list[str] = []
        self.latest_time = self.follower.clock.now()

    @initialize()
    def follow(self) -> None:
        for channel, when in CADENCES.items():
            self.subscriptions[channel] = self.follower.subscribe(channel, when=when)

    # What comes in.

    @rule(day=st.booleans())
    def release(self, day: bool) -> None:
        """A release; of a publication day, or of no programme."""
        name = f"r{len(self.names):03}"
        self.names.append(name)
        self.follower.release(name, programme="PEEL" if day else None)
        for channel, subscription in self.subscriptions.items():
            if self.follower.get(subscription).state is not SubscriptionState.ENDED:
                self.expected[channel].add(name)

    @precondition(lambda self: self.names)
    @rule(data=st.data())
    def revise(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.names))
        self.follower.release(name, text=f"Corrected {self.follower.clock.now()} {len(self.names)}.", programme="PEEL")

    @precondition(lambda self: self.names)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.names))
        with self.follower.database.write() as work:
            stored = work.releases.current(name)
            assert stored is not None
            work.releases.withdraw(stored.number, at=self.follower.clock.now(), why="published in error")
        for excused in self.excused.values():
            excused.add(name)  # who was not shown it need not be shown it any more

    # What workers do.

    @rule(step=st.none() | st.sampled_from(WINDOW_STEPS), nth=st.integers(1, 3))
    def tick(self, step: str | None, nth: int) -> None:
        with suppress(Crash):
            self.follower.plan(at=CrashAt(step, nth=nth) if step else nothing)

    @rule(slips=st.lists(slips, max_size=3), step=st.none() | st.sampled_from(STEPS), nth=st.integers(1, 3))
    def send(self, slips: list[Slip | Outcome | None], step: str | None, nth: int) -> None:
        """A round of a worker: what its calls come to, and where it dies."""
        self.poster.script.extend(slip for slip in slips if slip)
        with suppress(Crash):
            self.follower.send(at=CrashAt(step, nth=nth) if step else nothing, limit=4)
        self.poster.script.clear()

    @rule(seconds=st.integers(1, 300))
    def time_passes(self, seconds: int) -> None:
        self._move(seconds)

    @rule(hours=st.integers(1, 40))
    def much_time_passes(self, hours: int) -> None:
        self._move(hours * 3600)

    @rule(seconds=st.integers(1, int(SKEW)))
    def the_clock_goes_back(self, seconds: int) -> None:
        behind = (self.latest_time - self.follower.clock.now()).total_seconds()
        self._move(-min(float(seconds), SKEW - behind))

    @precondition(lambda self: not self.poster.loses_every)
    @rule(seconds=st.integers(0, 119))
    def slack_shows_messages_late(self, seconds: int) -> None:
        self.poster.lag = timedelta(seconds=seconds)

    # What people do.

    @rule(channel=channels)
    def archive(self, channel: str) -> None:
        self.poster.gone.add(channel)

    @rule(channel=channels)
    def unarchive(self, channel: str) -> None:
        self.poster.gone.discard(channel)
        unpark(self.follower.database, self.follower.clock, team_id="T1", channel_id=channel)

    @rule()
    def revoke(self) -> None:
        self.poster.revoked = True

    @rule()
    def restore(self) -> None:
        self.poster.revoked = False
        revive_workspaces(self.follower.database, self.follower.clock)

    @rule(channel=channels, days=st.none() | st.integers(1, 3))
    def pause(self, channel: str, days: int | None) -> None:
        until = self.follower.clock.now() + timedelta(days=days) if days else None
        with suppress(NotUnderstood):
            pause(self.follower.database, self.follower.clock, until=until, **self._of(channel))
            self.before_pause.setdefault(channel, set(self.expected[channel]))

    @rule(channel=channels, choice=st.sampled_from(CatchUp))
    def resume(self, channel: str, choice: CatchUp) -> None:
        with suppress(NotUnderstood):
            resume(self.follower.database, self.follower.clock, choice=choice, **self._of(channel))
            before = self.before_pause.pop(channel, set())
            if choice is CatchUp.SKIP:  # what waited when the pause began is owed all the same
                self.excused[channel] |= self.expected[channel] - before

    @rule(
        channel=channels, words=st.sampled_from(["daily 17:00", "weekly Fri 12:00", "now", "layout:flat", "urgent:no"])
    )
    def edit(self, channel: str, words: str) -> None:
        with suppress(NotUnderstood):
            change(self.follower.database, self.follower.clock, words=words, **self._of(channel))

    @precondition(lambda self: len(self.names) > 8)
    @rule()
    def unsubscribe(self) -> None:
        subscription = self.follower.get(self.subscriptions["C3"])
        if subscription.state is not SubscriptionState.ENDED:
            self.follower.end(subscription)
            self.excused["C3"] |= self.expected["C3"]

    # What must hold.

    @invariant()
    def no_message_stands_twice(self) -> None:
        assert max(self.poster.copies().values(), default=0) <= 1
        told = Counter((message.channel_id, title) for message in self.poster.messages if (title := _title(message)))
        assert max(told.values(), default=0) <= 1, told.most_common(3)

    def teardown(self) -> None:
        try:
            if self.subscriptions:
                self._come_to_rest()
                self._judge()
        finally:
            self.follower.database.close()
            self._folder.cleanup()

    def _come_to_rest(self) -> None:
        self.poster.revoked = False
        self.poster.gone.clear()
        if not self.poster.loses_every:
            self.poster.lag = timedelta(0)
        revive_workspaces(self.follower.database, self.follower.clock)
        for channel in CADENCES:
            self.unarchive(channel)
            self.resume(channel, CatchUp.POST)
        for _ in range(4):  # to the next period of each, then what that brings: corrections, the end of a day
            self.follower.plan()
            self.follower.send_all()
            self._move(8 * 86_400)

    def _judge(self) -> None:
        self.no_message_stands_twice()
        visible = self.poster.copies()
        reasons: dict[str, set[str]] = {channel: set() for channel in CADENCES}
        for channel, subscription in self.subscriptions.items():
            for delivery in self.follower.deliveries(subscription):
                assert delivery.state in TERMINAL, delivery
                if delivery.state is DeliveryState.DEAD:
                    assert delivery.error_class in GIVEN_UP, delivery
                    reasons[channel].add(_named(str(delivery.payload["text"])))
                elif delivery.kind is not DeliveryKind.EDIT:
                    assert visible[delivery.id] == 1, delivery
        for channel, expected in self.expected.items():
            told = {_title(message) for message in self.poster.messages if message.channel_id == channel}
            lost = expected - told - self.excused[channel] - reasons[channel]
            assert not lost, (channel, lost)

    def _move(self, seconds: float) -> None:
        self.follower.clock.advance(seconds=seconds)
        self.latest_time = max(self.latest_time, self.follower.clock.now())

    def _of(self, channel: str) -> dict[str, object]:
        return {
            "team_id": "T1",
            "channel_id": channel,
            "subscription_id": self.subscriptions[channel].id,
            "by": "U1",
        }


def _named(text: str) -> str:
    """The release that a reply is about, whatever became of it: `r001 (revision 2)`, `~r001~`, `r001: 1, now 2`."""
    found = re.match(r"~?(r\d{3})\b", text)
    return found[1] if found else ""


def _title(message: object) -> str:
    """The release that a message tells of; not one that only says what became of it."""
    text = str(message.payload["text"])  # type: ignore[attr-defined]
    return "" if ":" in text else _named(text)


class UnsettledMachine(DeliveryMachine):
    """The negative control: absence is believed before Slack had time to show what it accepted."""

    def __init__(self) -> None:
        super().__init__()
        self.follower.settings = replace(self.follower.settings, settle_seconds=0)
        self.poster.lag, self.poster.loses_every = timedelta(seconds=119), 3


def main(examples: int, steps: int, number: int, machine: type[DeliveryMachine]) -> None:
    """Run so many examples of so many steps from a seed. Raises AssertionError for the first that does not hold."""
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        seed(number)(machine),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]), UnsettledMachine if "--unsettled" in sys.argv else DeliveryMachine)

from __future__ import annotations

from itertools import accumulate, pairwise
from random import Random
from typing import TYPE_CHECKING

from summaries.periods import due_periods

if TYPE_CHECKING:
    from follow import Follower

WISHES = (
    ("daily 01:30", "Europe/London"),
    ("weekdays 02:10", "Australia/Lord_Howe"),
    ("weekly Fri 23:30", "Pacific/Apia"),
    ("monthly last Fri 02:30", "America/New_York"),
)
TICKS = 90


def test_a_late_worker_whose_clock_jumps_opens_each_period_once_and_leaves_none_out(follower: Follower) -> None:
    """Periods that were missed are in the window of the last of them: `coalesced` counts them."""
    followed = [follower.subscribe(f"C{number}", when=when, zone=zone) for number, (when, zone) in enumerate(WISHES)]
    latest = began = follower.clock.now()
    dice = Random("late, early, late")
    for _ in range(TICKS):
        follower.clock.advance(hours=dice.choice((0.02, 1, 9, 26, 24 * 8)), seconds=dice.randrange(3600))
        follower.plan()
        latest = max(latest, follower.clock.now())
        if dice.random() < 0.2:
            follower.clock.advance(hours=-30)
            follower.plan()
    for subscription in followed:
        periods = due_periods(subscription.cadence, subscription.zone, began, latest)
        windows = list(reversed(follower.windows(subscription)))
        ends = list(accumulate(window.coalesced for window in windows))
        assert ends[-1] == len(periods) > 4
        assert [window.period for window in windows] == [periods[end - 1].key for end in ends]
        assert all(one.to_seq <= other.from_seq for one, other in pairwise(windows))

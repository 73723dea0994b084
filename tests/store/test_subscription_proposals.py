from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from fakes import MORNING
from releases import make_release, store_release

from summaries.delivery import Quiet, Subscription
from summaries.errors import BadFilter, BadSubscription
from summaries.subscriptions import (
    Estimate,
    Options,
    Proposal,
    list_subscriptions,
    propose,
    subscribe,
    wanted_filter,
)
from summaries.types import Kind

if TYPE_CHECKING:
    from follow import Follower

    from summaries.ports import StoredRelease


def wish(what: str = "all", when: str = "daily 08:30", **more: Any) -> dict[str, Any]:
    asked = {
        "team_id": "T1",
        "channel_id": "C1",
        "target": "channel",
        "filter_text": what,
        "cadence_text": when,
        "zone": "Europe/London",
        "by": "U1",
    }
    return asked | more


def proposed(follower: Follower, what: str = "all", when: str = "daily 08:30", **more: Any) -> Proposal:
    return propose(follower.database, follower.clock, **wish(what, when, **more))


def hold(
    follower: Follower, name: str, published_on: date | None, *, body: str = "kent", kind: Kind = Kind.FORCE_INSPECTION
) -> StoredRelease:
    made = make_release(name, title=name, bodies=(body,), published_on=published_on, kind=kind)
    with follower.database.write() as work:
        return store_release(work.releases, made, at=follower.clock.now())


def test_a_proposal_is_what_subscribing_would_make_and_writes_nothing(follower: Follower) -> None:
    follower.release("kent-1")
    options = Options(layout="flat", quiet=Quiet(weekends=True), zone="Europe/Paris")
    draft = proposed(follower, "Kent", "weekly Mon", options=options).subscription
    assert list_subscriptions(follower.database, team_id="T1", channel_id="C1") == []
    made = subscribe(follower.database, follower.clock, **wish("Kent", "weekly Mon", options=options)).subscription
    assert (draft.id, draft.baseline, made.baseline) == (0, 0, 1)
    assert _but_for_its_place(draft) == _but_for_its_place(made) == _but_for_its_place(follower.get(made))
    assert (made.layout, made.quiet, made.zone, made.filter) == (
        "flat",
        Quiet(weekends=True),
        "Europe/Paris",
        "force:kent",
    )


def _but_for_its_place(subscription: Subscription) -> dict[str, object]:
    names = ("filter", "cadence", "zone", "empty_policy", "layout", "detail", "hold", "quiet", "urgent", "target")
    return {name: getattr(subscription, name) for name in (*names, "created_by", "created_at", "due_after")}


def test_the_estimate_counts_what_is_held_and_what_bears_a_date_of_the_last_twelve_months(follower: Follower) -> None:
    today = MORNING.date()
    hold(follower, "kent-today", today)
    hold(follower, "kent-a-year-ago", date(today.year - 1, today.month, today.day))
    hold(follower, "kent-a-day-more", date(today.year - 1, today.month, today.day - 1))
    hold(follower, "kent-undated", None)
    hold(follower, "essex", today, body="essex")
    estimate = proposed(follower, "Kent").estimate
    assert (estimate.matching, estimate.held, estimate.last_year) == (4, 5, 2)
    assert estimate.a_month == pytest.approx(2 / 12)
    assert (estimate.first_year, estimate.last_year_held) == (2016, 2026)  # the undated one is of PEEL 2016


def test_the_estimate_says_by_numbers_that_nothing_of_the_last_year_is_held(follower: Follower) -> None:
    assert proposed(follower).estimate == Estimate(0, 0, 0, 0.0, None, None)
    hold(follower, "kent", date(2017, 3, 2))
    assert proposed(follower).estimate == Estimate(1, 1, 0, 0.0, 2017, 2017)


@pytest.mark.parametrize(
    ("what", "last_year"), [("after:2016", 1), ("before:2027", 1), ("Kent or after:2016", 1), ("all", 1)]
)
def test_dates_of_the_filter_itself_do_not_widen_the_last_year(follower: Follower, what: str, last_year: int) -> None:
    hold(follower, "old", date(2016, 3, 2))
    hold(follower, "less-old", date(2020, 3, 2))
    hold(follower, "new", date(2026, 3, 2))
    assert proposed(follower, what).estimate.last_year == last_year


@pytest.mark.parametrize("what", ["before:2017", "Kent until:2025", "-after:2020", "before:2026-11-21"])
def test_what_nothing_new_can_be_is_not_followed(follower: Follower, what: str) -> None:
    with pytest.raises(BadSubscription, match=r"Nothing new can be .* `/hmic search"):
        proposed(follower, what)


def test_the_sample_is_of_the_newest_that_match(follower: Follower) -> None:
    for year in (2013, 2016, 2014, 2017, 2015):
        hold(follower, f"kent-{year}", date(year, 3, 2))
    hold(follower, "essex", date(2018, 3, 2), body="essex")
    sample = proposed(follower, "Kent").sample
    assert [item.release.release.title for item in sample] == ["kent-2017", "kent-2016", "kent-2015"]
    assert {(item.kind, item.version) for item in sample} == {("new", 1)}


def test_corporate_notices_are_left_out_unless_the_filter_names_kinds(follower: Follower) -> None:
    hold(follower, "a consultation", date(2026, 3, 2), kind=Kind.CORPORATE)
    hold(follower, "an inspection", date(2026, 3, 2))
    assert proposed(follower).estimate.matching == 1
    assert [item.release.release.title for item in proposed(follower).sample] == ["an inspection"]
    assert proposed(follower, "kind:corporate").estimate.matching == 1
    assert proposed(follower, "kind:corporate or Kent").estimate.matching == 2
    assert wanted_filter(follower.subscribe(what="Kent")).text == "force:kent -kind:corporate"


def test_a_wish_that_the_channel_has_already_is_told(follower: Follower) -> None:
    assert proposed(follower, "Kent").already is None
    held = subscribe(follower.database, follower.clock, **wish("Kent")).subscription
    assert proposed(follower, "force:kent", options=Options(layout="flat")).already == held
    assert proposed(follower, "Kent", "daily 09:00").already is None
    assert proposed(follower, "Kent", channel_id="C2").already is None
    follower.end(held)
    assert proposed(follower, "Kent").already is None


def test_a_proposal_is_refused_as_subscribing_would_be(follower: Follower) -> None:
    with pytest.raises(BadFilter):
        proposed(follower, "Nowhere-on-Sea")
    with pytest.raises(BadSubscription):
        proposed(follower, when="hourly")
    with pytest.raises(BadSubscription):
        proposed(follower, zone="Mars/Olympus")
    with pytest.raises(BadSubscription, match="quiet hours"):
        subscribe(
            follower.database,
            follower.clock,
            **wish(options=Options(quiet=Quiet((MORNING.time(), MORNING.time().replace(hour=9))))),
        )

"""Change what is followed, when, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summaries.cadence import parse_cadence, time_of_day
from summaries.errors import BadSubscription
from summaries.query import parse_filter
from summaries.subscriptions.following import locked_here, same_wish
from summaries.subscriptions.options import Options, check_times
from summaries.subscriptions.starting_again import begins_after
from summaries.subscriptions.wanted import require_open_end
from summaries.subscriptions.wishes import TARGETS, split_cadence, split_options

if TYPE_CHECKING:
    from datetime import time

    from summaries.delivery import Cadence, Subscription
    from summaries.peers import Groups
    from summaries.ports import Clock, Store


@dataclass(frozen=True, slots=True)
class Changed:
    """A subscription as it was and as it is; the same twice when the words changed nothing."""

    before: Subscription
    after: Subscription


def change(
    store: Store,
    clock: Clock,
    *,
    team_id: str,
    channel_id: str,
    subscription_id: int,
    words: str,
    by: str,
    groups: Groups | None = None,
) -> Changed:
    """Change a subscription of this channel by `daily 09:00`, by `09:00`, by options (`layout:flat quiet:none`), by `to
    Kent, Essex`, or by all of it: `to Kent weekly Mon layout:flat`. What is not said stays as it is.

    Raises NoSuchSubscription; BadSubscription when nothing of it was understood, or when the channel has the changed
    wish already; BadFilter and its children for what is to be followed.
    """
    said = _read(words, subscription_id)
    wanted = parse_filter(said.what, groups=groups) if said.what else None
    if wanted:
        require_open_end(wanted, clock.now())
    filter_text = wanted.text if wanted else None
    with store.write() as work:
        before = locked_here(work, team_id=team_id, channel_id=channel_id, subscription_id=subscription_id)
        after = said.over(before, filter_text)
        if after == before:
            return Changed(before, before)
        check_times(after)
        if clash := same_wish(work, after):
            told = f"`#{clash.id}` follows the same at the same times already."
            raise BadSubscription(told, subscription_id=clash.id)
        now = clock.now()
        after = replace(after, changed_by=by, changed_at=now)
        if _when(after) != _when(before):
            after = replace(after, due_after=begins_after(work, after, now))
        work.subscriptions.save(after)
        return Changed(before, after)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the words of a change say; None, and an empty `what`, where they say nothing."""

    options: Options
    what: str = ""
    cadence: Cadence | None = None
    at: time | None = None
    target: str | None = None

    def over(self, before: Subscription, filter_text: str | None) -> Subscription:
        """The subscription with what is said in place of what it has."""
        if self.target not in (None, before.target):
            raise BadSubscription("A subscription stays where it is posted. Stop it, and subscribe anew over there.")
        cadence = self.cadence or before.cadence
        if self.at:
            if cadence.at is None:
                right = f"change {before.id} daily {self.at:%H:%M}"
                raise BadSubscription(f"It follows at once, at no time of day. Write `{right}`.", nearest=right)
            cadence = replace(cadence, at=self.at)
        return self.options.over(replace(before, cadence=cadence, filter=filter_text or before.filter))


def _read(words: str, subscription_id: int) -> _Said:
    said, options = split_options(words)
    target = TARGETS.get(said[-1].lower()) if said else None
    if target:
        said.pop()
    if at := time_of_day("".join(said).lower().removeprefix("at")):
        return _Said(options, at=at, target=target)
    names_what = bool(said) and said[0].lower() == "to"
    what, cadence = split_cadence(said[1:] if names_what else said)
    if names_what != bool(what):
        right = f"change {subscription_id} to {' '.join(what) or 'Kent, Essex'}"
        raise BadSubscription(f"To follow something else, write `{right}`.", nearest=right)
    return _Said(options, " ".join(what), parse_cadence(cadence) if cadence else None, None, target)


def _when(subscription: Subscription) -> tuple[object, ...]:
    return subscription.cadence, subscription.zone, subscription.quiet

"""Answers that change what is followed: change, pause, resume, and what was held before it began."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from bot.answers.following import followed, meant_here, which
from bot.rendering.digest import DigestRenderer
from bot.rendering.message import Reply
from summaries import digests
from summaries import subscriptions as standing
from summaries.cadence import cadence_words
from summaries.delivery import CatchUp, Subscription, SubscriptionState
from summaries.errors import BadSubscription

if TYPE_CHECKING:
    from bot.answers.ask import Ask
    from bot.intents.wanted import Backfill, Change, Pause, Resume
    from bot.services import Services

_FOR = re.compile(r"^(?:it |them |this )?(?:for )?", re.IGNORECASE)
_AS_IT_WAS = re.compile(r"\s+if-still:([0-9a-f]{8})$", re.IGNORECASE)
_CHOICES = {
    "post": CatchUp.POST,
    "all": CatchUp.POST,
    "summarise": CatchUp.SUMMARISE,
    "summarize": CatchUp.SUMMARISE,
    "titles": CatchUp.SUMMARISE,
    "skip": CatchUp.SKIP,
}


def change(intent: Change, ask: Ask, services: Services) -> Reply:
    """Change a subscription, and tell what it was before."""
    meant = meant_here(intent.words, ask, services)
    if meant.followed is None:
        return which("change", meant, meant.rest)
    found = meant.followed.subscription
    changed = standing.change(
        services.store,
        services.clock,
        team_id=ask.team_id,
        channel_id=found.channel_id,
        subscription_id=found.id,
        words=_unless_changed(meant.rest, found),
        by=ask.user_id,
        groups=services.groups,
    )
    context = {
        "followed": followed(changed.after, services),
        "before": followed(changed.before, services),
        "changed": changed.before != changed.after,
        "undo": f"change {found.id} {words_to_change(changed.before)} if-still:{_mark(changed.after)}",
    }
    return Reply("changed_subscription.j2", context, public=_told_to_all(found) and changed.before != changed.after)


def pause(intent: Pause, ask: Ask, services: Services) -> Reply:
    """Pause a subscription, for a time or until somebody resumes it."""
    meant = meant_here(intent.words, ask, services, states=[SubscriptionState.ACTIVE])
    until = _FOR.sub("", meant.rest)
    if meant.followed is None:
        return which("pause", meant, until)
    found = meant.followed.subscription
    paused = standing.pause(
        services.store,
        services.clock,
        team_id=ask.team_id,
        channel_id=found.channel_id,
        subscription_id=found.id,
        by=ask.user_id,
        until=standing.parse_until(until, found.zone, services.clock.now()),
    )
    return Reply("paused.j2", {"followed": followed(paused, services)}, public=_told_to_all(found))


def resume(intent: Resume, ask: Ask, services: Services) -> Reply:
    """Take up a paused subscription; when something came in meanwhile and nothing is said of it, ask."""
    meant = meant_here(intent.words, ask, services, states=[SubscriptionState.PAUSED])
    if meant.followed is None:
        return which("resume", meant, meant.rest)
    found, choice = meant.followed.subscription, _CHOICES.get(meant.rest.lower())
    if meant.rest and choice is None:
        nearest = f"resume {found.id} post"
        raise BadSubscription(
            f"What came in meanwhile can be posted, summarised or skipped: `{nearest}`, `summarise` or `skip`.",
            nearest=nearest,
        )
    resumed = standing.resume(
        services.store,
        services.clock,
        team_id=ask.team_id,
        channel_id=found.channel_id,
        subscription_id=found.id,
        by=ask.user_id,
        choice=choice,
    )
    if isinstance(resumed, standing.Waiting):
        waiting = {"waiting": resumed.count, "before": resumed.before}
        return Reply("which_catch_up.j2", {"followed": meant.followed, **waiting})
    context = {"followed": followed(resumed, services), "choice": choice}
    return Reply("resumed.j2", context, public=_told_to_all(found))


def backfill(intent: Backfill, ask: Ask, services: Services) -> Reply:
    """Post the newest of what was held before a subscription began; once."""
    meant = meant_here(intent.words, ask, services)
    if meant.followed is None:
        return which("backfill", meant)
    found = meant.followed.subscription
    posted = digests.backfill(
        services.store,
        services.clock,
        DigestRenderer(services.renderer),
        team_id=ask.team_id,
        channel_id=found.channel_id,
        subscription_id=found.id,
    )
    return Reply("backfilled.j2", {"followed": meant.followed, "posted": posted})


def words_to_change(subscription: Subscription) -> str:
    """All of a subscription as `change` is told it: what, when, and every option."""
    options = " ".join(standing.options_of(subscription).words)
    return f"to {subscription.filter} {cadence_words(subscription.cadence)} {options}"


def _unless_changed(words: str, subscription: Subscription) -> str:
    """The words of a change without those that a button ends with, which ask that nobody changed it since.

    Raises BadSubscription when somebody did.
    """
    asked = _AS_IT_WAS.search(words)
    if asked and asked[1] != _mark(subscription):
        raise BadSubscription(
            f"Number {subscription.id} was changed again since, so it was not changed back. "
            f"`/hmic change {subscription.id}` and what you want changes it."
        )
    return words[: asked.start()] if asked else words


def _mark(subscription: Subscription) -> str:
    """A short word that is another when the subscription is: what, when, or how."""
    return hashlib.sha256(words_to_change(subscription).encode()).hexdigest()[:8]


def _told_to_all(subscription: Subscription) -> bool:
    return subscription.target == "channel"

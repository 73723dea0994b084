"""Answers about digests that wait for somebody's approval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.following import followed, followed_here, require_conversation
from bot.rendering.message import Reply
from summaries import subscriptions as standing
from summaries.delivery_names import digest_name, read_name
from summaries.errors import NothingHeld

if TYPE_CHECKING:
    from bot.answers.ask import Ask
    from bot.intents.wanted import Approve, Reject
    from bot.services import Services


def approve(intent: Approve, ask: Ask, services: Services) -> Reply:
    """Post a held digest; without its name, say which there are."""
    return _decide(intent.words, ask, services, approved=True)


def reject(intent: Reject, ask: Ask, services: Services) -> Reply:
    """Leave a held digest unposted for good; without its name, say which there are."""
    return _decide(intent.words, ask, services, approved=False)


def _decide(words: str, ask: Ask, services: Services, *, approved: bool) -> Reply:
    require_conversation(ask)
    if not words:
        held = [(name, one) for one in followed_here(ask, services) for name in one.held]
        return Reply("which_digest.j2", {"held": held})
    name = read_name(words)
    if name is None:
        raise NothingHeld("A digest is named by the number it came with: `/hmic approve D-12`.")
    decide = standing.approve if approved else standing.reject
    decided = decide(
        services.store,
        services.clock,
        team_id=ask.team_id,
        channel_id=ask.user_id if ask.personal else ask.channel_id,
        window_id=name.window_id,
        by=ask.user_id,
    )
    context = {
        "name": digest_name(decided.window.id),
        "followed": followed(decided.subscription, services),
        "messages": decided.messages,
        "approved": approved,
    }
    return Reply("decided.j2", context, public=_is_here(decided, ask))


def _is_here(decided: standing.Decided, ask: Ask) -> bool:
    """Whether what was decided concerns all who see the answer: not when its maker decided elsewhere."""
    return decided.subscription.target == "channel" and decided.subscription.channel_id == ask.channel_id

"""Answers about digests that wait for somebody's approval."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from bot.answers.following import followed, followed_here, require_conversation
from bot.rendering.message import Reply
from summaries import subscriptions as standing
from summaries.delivery_names import digest_name, read_name
from summaries.errors import NothingHeld

if TYPE_CHECKING:
    from bot.answers.ask import Ask
    from bot.answers.following import Followed
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
        return Reply("which_digest.j2", {"held": _held(ask, services)})
    name = read_name(words)
    if name is None:
        raise NothingHeld("A digest is named by the number it came with: `/hmic approve D-12`.")
    decide = standing.approve if approved else standing.reject
    asked: _Asked = {
        "team_id": ask.team_id,
        "channel_id": ask.user_id if ask.personal else ask.channel_id,
        "window_id": name.window_id,
        "by": ask.user_id,
    }
    try:
        decided = decide(services.store, services.clock, **asked)
    except NothingHeld:  # a button is pressed again, or somebody else was quicker
        if (known := standing.became_of(services.store, **asked)) is None:
            raise
        decided = known
    context = {
        "name": digest_name(decided.window.id),
        "followed": followed(decided.subscription, services),
        "messages": decided.messages,
        "fate": decided.fate,
        "approved": approved,
    }
    return Reply("decided.j2", context, public=decided.messages > 0 and _is_here(decided, ask))


class _Asked(TypedDict):
    team_id: str
    channel_id: str
    window_id: int
    by: str


def _held(ask: Ask, services: Services) -> list[tuple[str, Followed]]:
    """The names of what waits here; in person, of all that the asker may decide about."""
    if not ask.personal:
        return [(name, one) for one in followed_here(ask, services) for name in one.held]
    waiting = standing.waiting_for_approval(services.store, team_id=ask.team_id, by=ask.user_id)
    return [(digest_name(window.id), followed(one, services)) for one, window in waiting]


def _is_here(decided: standing.Decided, ask: Ask) -> bool:
    """Whether what was decided concerns all who see the answer: not when its maker decided elsewhere."""
    return decided.subscription.target == "channel" and decided.subscription.channel_id == ask.channel_id

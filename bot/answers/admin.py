"""Answers for admins of a workspace: how its deliveries do, what they decide about them, and all it follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.seeing import require_conversation, told
from bot.errors import NotAnAdmin
from bot.rendering.digest import DigestRenderer
from bot.rendering.message import Reply
from summaries import reviewing
from summaries.delivery_names import read_name
from summaries.errors import CannotDecide, NoSuchDelivery
from summaries.reviewing import Decision

if TYPE_CHECKING:
    from bot.answers.ask import Ask
    from bot.intents.wanted import Admin
    from bot.services import Services

_DECISIONS = {"retry": Decision.RETRY, "skip": Decision.SKIP, "arrived": Decision.ARRIVED}
MOST_NEEDING = 8
MOST_SUBSCRIPTIONS = 30


def admin(intent: Admin, ask: Ask, services: Services) -> Reply:
    """What an admin asks for or decides. Asked anew each time, buttons too: who was an admin may be none by now."""
    _require_admin(ask, services)
    verb, _, rest = intent.words.partition(" ")
    match verb.lower():
        case "" | "deliveries":
            return _deliveries(ask, services)
        case "subscriptions":
            return _subscriptions(ask, services)
        case decision if decision in _DECISIONS:
            return _decide(_DECISIONS[decision], rest, ask, services)
        case _:
            raise CannotDecide("Admins can ask for `admin deliveries` and `admin subscriptions`.")


def _require_admin(ask: Ask, services: Services) -> None:
    require_conversation(ask)
    if ask.door == "mention":
        raise NotAnAdmin("What admins see is not for a whole channel: say `/hmic admin deliveries`, or write to me.")
    if services.people is None or not services.people.is_admin(ask.team_id, ask.user_id):
        raise NotAnAdmin


def _deliveries(ask: Ask, services: Services) -> Reply:
    found = reviewing.overview(services.store, services.clock, team_id=ask.team_id)
    shown = [(told(one.subscription), one) for one in found.needing[:MOST_NEEDING]]
    more = len(found.needing) - len(shown) + found.more
    return Reply("admin_deliveries.j2", {"overview": found, "needing": shown, "more": more})


def _subscriptions(ask: Ask, services: Services) -> Reply:
    found = reviewing.all_subscriptions(services.store, team_id=ask.team_id)
    shown = [told(one) for one in found[:MOST_SUBSCRIPTIONS]]
    return Reply("admin_subscriptions.j2", {"subscriptions": shown, "total": len(found)})


def _decide(decision: Decision, words: str, ask: Ask, services: Services) -> Reply:
    typed, _, link = words.partition(" ")
    name = read_name(typed)
    if name is None:
        raise NoSuchDelivery("Name a message: `/hmic admin retry D-12.3`. `/hmic admin deliveries` lists them.")
    decided = reviewing.decide(
        services.store,
        services.clock,
        DigestRenderer(services.renderer),
        team_id=ask.team_id,
        name=name,
        decision=decision,
        by=ask.user_id,
        link=link.strip(),
    )
    return Reply("admin_decided.j2", {"decided": decided, "name": str(name), "told": told(decided.subscription)})

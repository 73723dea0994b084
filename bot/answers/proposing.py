"""What following would be like, before anything is saved; starting it; and what digests would look like."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.answers.following import followed, followed_here, meant_here, require_conversation
from bot.rendering.digest import DigestRenderer
from bot.rendering.message import Reply
from summaries import digests, lookup
from summaries import subscriptions as standing
from summaries.delivery import DigestContent, Window

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.answers.ask import Ask
    from bot.answers.following import Followed
    from bot.intents.wanted import Preview, Subscribe
    from bot.services import Services
    from summaries.delivery import RenderedPart, Subscription

MOST_PREVIEWS = 3
ROOM_BLOCKS, ROOM_CHARS = 34, 7_000
"""What of a message samples may fill; the rest is for our words."""


def subscribe(intent: Subscribe, ask: Ask, services: Services) -> Reply:
    """Propose what would be followed; with `confirm`, start it. Starting is public: a channel should know what it will
    be told."""
    require_conversation(ask)
    wish = standing.parse_subscribe(intent.words)
    if not wish.confirmed:
        return propose(wish, ask, services)
    made = standing.subscribe(services.store, services.clock, **_asked_for(wish, ask, services))
    personal = made.subscription.target == "person"
    context = {
        "followed": followed(made.subscription, services),
        "is_new": made.is_new,
        "resumed": made.resumed,
        "undone": made.undone,
        "ended": made.ended,
        "held": lookup.how_many(services.store),
        "otherwise": "" if made.is_new else _otherwise(made.subscription, wish.options),
    }
    return Reply("subscribed.j2", context, public=(made.is_new or made.resumed or made.undone) and not personal)


def propose(wish: standing.Wish, ask: Ask, services: Services) -> Reply:
    """All that a wish would make, how much it would have posted, and how that would have looked. Nothing is saved."""
    asked_for = _asked_for(wish, ask, services)
    proposal = standing.propose(services.store, services.clock, **asked_for)
    draft, estimate = proposal.subscription, proposal.estimate
    now = services.clock.now()
    window = Window(0, draft.id, "preview", 0, 0, now, now, 1, now)
    parts = _render(services)(DigestContent(draft, window, proposal.sample)) if proposal.sample else ()
    [(sample, cut)] = fitted([parts])
    canonical = replace(wish, target=asked_for["target"], confirmed=False)
    already = proposal.already
    otherwise = _otherwise(already, wish.options) if already else ""
    context = {
        "followed": followed(draft if otherwise or not already else already, services),
        "already": already,
        "otherwise": otherwise,
        "beside": [followed(one, services) for one in proposal.beside],
        "estimate": estimate,
        "years": _years(estimate),
        "a_month": f"{estimate.a_month:.1f}".removesuffix(".0"),
        "sample": sample,
        "sampled": len(proposal.sample),
        "cut": cut,
        "words": f"subscribe {standing.wish_words(canonical)}",
    }
    return Reply("proposal.j2", context)


def preview(intent: Preview, ask: Ask, services: Services) -> Reply:
    """What each digest of this channel would hold if it were made now, or one of them by its number; an example when
    nothing waits. Of a wish, how it would be."""
    require_conversation(ask)
    if intent.words and not intent.words.lstrip("#").isdigit():
        return propose(standing.parse_subscribe(intent.words), ask, services)
    meant = meant_here(intent.words, ask, services) if intent.words else None
    here = [meant.followed] if meant and meant.followed else followed_here(ask, services)
    render = _render(services)
    made = [digests.preview(services.store, services.clock, one.subscription, render) for one in here[:MOST_PREVIEWS]]
    shown = fitted([one.parts for one in made])
    previews: list[tuple[Followed, digests.Preview, Sequence[Mapping[str, Any]], bool]] = [
        (one, waits, blocks, cut) for one, waits, (blocks, cut) in zip(here, made, shown, strict=False)
    ]
    return Reply("preview.j2", {"previews": previews, "more": len(here) - len(previews)})


def fitted(digests_: Sequence[Sequence[RenderedPart]]) -> list[tuple[list[Mapping[str, Any]], bool]]:
    """Of each digest the blocks of its first message for which there is room, fairly shared, and whether any were
    cut."""
    share = max(1, len(digests_))
    return [_cut(parts, ROOM_BLOCKS // share, ROOM_CHARS // share) for parts in digests_]


def _cut(parts: Sequence[RenderedPart], most: int, room: int) -> tuple[list[Mapping[str, Any]], bool]:
    blocks = [block for part in parts[:1] for block in part.payload["blocks"] if block["type"] != "actions"]
    kept: list[Mapping[str, Any]] = []
    for block in blocks:
        room -= _characters(block)
        if room < 0 or len(kept) == most:
            return kept, True
        kept.append(block)
    return kept, False


def _characters(value: object) -> int:
    match value:
        case {"type": "plain_text" | "mrkdwn" | "text", "text": str(text)}:
            return len(text)
        case dict():
            return sum(map(_characters, value.values()))
        case list():
            return sum(map(_characters, value))
        case _:
            return 0


def _asked_for(wish: standing.Wish, ask: Ask, services: Services) -> dict[str, Any]:
    """The arguments that proposing and subscribing share. What is asked for in person is for the asker alone."""
    personal = ask.personal or wish.target == "person"
    return {
        "team_id": ask.team_id,
        "channel_id": ask.user_id if personal else ask.channel_id,
        "target": "person" if personal else "channel",
        "filter_text": wish.filter_text,
        "cadence_text": wish.cadence_text,
        "zone": services.zone,
        "by": ask.user_id,
        "groups": services.groups,
        "options": wish.options,
    }


def _otherwise(subscription: Subscription, options: standing.Options) -> str:
    """The command that gives a subscription the options of a wish; empty when it has them."""
    if options.over(subscription) == subscription:
        return ""
    return " ".join(["change", str(subscription.id), *options.words])


def _years(estimate: standing.Estimate) -> str:
    first, last = estimate.first_year, estimate.last_year_held
    if first is None or last is None:
        return ""
    return str(first) if first == last else f"{first} to {last}"


def _render(services: Services) -> DigestRenderer:
    return DigestRenderer(services.renderer)

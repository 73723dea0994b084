"""Releases of the corpus as they are shown: cards, whole releases, lists, digests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any

from corpus import documents

from bot.answers.ask import Ask
from bot.rendering.digest import DigestRenderer
from bot.rendering.environment import Renderer
from bot.rendering.message import Message, Reply
from bot.rendering.views import names_printed, view
from summaries.delivery import (
    Cadence,
    CadenceKind,
    DigestContent,
    DigestItem,
    Subscription,
    SubscriptionState,
    Window,
)
from summaries.forces import bodies
from summaries.ports import StoredRelease
from summaries.query import Filter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.delivery import RenderedPart
    from summaries.types import Release

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
RENDERER = Renderer()
RENDER_DIGEST = DigestRenderer(RENDERER)
ASKED = {
    "ask": Ask("Kent", "command"),
    "asked_words": "Kent",
    "typed_words": "Kent",
    "carried": (),
    "cut_short": False,
    "seen_by_everyone": False,
    "shared_by": None,
}


@dataclass(frozen=True)
class Case:
    """One release of a document of the corpus, as stored."""

    name: str
    stored: StoredRelease

    @property
    def release(self) -> Release:
        return self.stored.release


@cache
def cases() -> tuple[Case, ...]:
    """Every release of the corpus; several of one document are numbered."""
    found: list[Case] = []
    for document in documents():
        releases = document.parse()
        for number, release in enumerate(releases, 1):
            name = document.name if len(releases) == 1 else f"{document.name}-{number}"
            found.append(Case(name, store(release, len(found) + 1, document.location)))
    return tuple(found)


@cache
def case(name: str) -> Case:
    return next(one for one in cases() if one.name == name)


def store(release: Release, number: int = 1, location: str = "seeds/a.txt") -> StoredRelease:
    return StoredRelease(number, number, 1, f"v1:{release.id}", release, location, NOON)


def card(shown: Sequence[StoredRelease], body_id: str) -> Message:
    """The card of a body on which these releases are held, the newest first."""
    body = bodies()[body_id]
    views = [view(one) for one in shown]
    context = {"body": body, "via": None, "alternatives": (), "views": views, "earlier": 0}
    return _render("card.j2", {**context, "printed": names_printed(views, body.id, body.official), "region": None})


def whole(shown: StoredRelease) -> Message:
    return _render("release.j2", {"view": view(shown)})


def listed(shown: Sequence[StoredRelease]) -> Message:
    views = [view(one) for one in shown]
    return _render("latest.j2", {"views": views, "total": len(views), "wanted": Filter()})


def digest(
    shown: Sequence[StoredRelease], kinds: Sequence[str] = (), *, detail: str = "extract"
) -> Sequence[RenderedPart]:
    """The digest in which these releases are new, or of these kinds; its quotations pass the gate on the way."""
    told = kinds or ["new"] * len(shown)
    items = tuple(DigestItem(one, kind, one.revision) for one, kind in zip(shown, told, strict=True))
    return RENDER_DIGEST(DigestContent(replace(SUBSCRIPTION, detail=detail), WINDOW, items))


def _render(template: str, context: dict[str, Any]) -> Message:
    return RENDERER.render(Reply(template, {**context, **ASKED}))


SUBSCRIPTION = Subscription(
    id=1,
    team_id="T1",
    channel_id="C1",
    target="channel",
    filter="all",
    cadence=Cadence(CadenceKind.DAILY, time(8, 30)),
    zone="Europe/London",
    empty_policy="skip",
    layout="thread",
    detail="extract",
    hold=False,
    state=SubscriptionState.ACTIVE,
    reason=None,
    paused_until=None,
    baseline=0,
    position=0,
    created_by="U1",
    created_at=NOON,
    changed_by="U1",
    changed_at=NOON,
    due_after=NOON,
)
WINDOW = Window(1, 1, "2026-11-21/daily", 0, 99, NOON, NOON, 1, NOON)

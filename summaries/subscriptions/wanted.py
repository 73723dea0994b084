"""Which releases a subscription means, and what none can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.errors import BadSubscription
from summaries.query import Filter, Literal, read_filter
from summaries.types import Kind

if TYPE_CHECKING:
    from datetime import datetime

    from summaries.delivery import Subscription

_NOT_CORPORATE = (Literal("kind", Kind.CORPORATE.value, negated=True),)


def wanted_filter(subscription: Subscription) -> Filter:
    """The filter of a subscription, without corporate notices (consultations, appointments, surveys) unless it says
    itself which kinds it means."""
    wanted = read_filter(subscription.filter)
    if any(literal.key == "kind" for clause in wanted.clauses for literal in clause):
        return wanted
    return Filter((*wanted.clauses, _NOT_CORPORATE))


def require_open_end(wanted: Filter, now: datetime) -> None:
    """Raise BadSubscription for a filter that wants only what was published before today: `before:2010`."""
    today = now.date().isoformat()
    for clause in wanted.clauses:
        if all(_is_over(literal, today) for literal in clause):
            said = Filter((clause,)).text
            held = f"`/hmic search {wanted.text}` finds what is held."
            raise BadSubscription(f"Nothing new can be `{said}`, so there is nothing to follow. {held}")


def _is_over(literal: Literal, today: str) -> bool:
    same = today[: len(literal.value)]
    if literal.key == "before":
        return not literal.negated and literal.value <= same
    return literal.key == "after" and literal.negated and literal.value < same

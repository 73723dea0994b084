"""Which releases a subscription means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.query import Filter, Literal, read_filter
from summaries.types import Kind

if TYPE_CHECKING:
    from summaries.delivery import Subscription

_NOT_CORPORATE = (Literal("kind", Kind.CORPORATE.value, negated=True),)


def wanted_filter(subscription: Subscription) -> Filter:
    """The filter of a subscription, without corporate notices (consultations, appointments, surveys) unless it says
    itself which kinds it means."""
    wanted = read_filter(subscription.filter)
    if any(literal.key == "kind" for clause in wanted.clauses for literal in clause):
        return wanted
    return Filter((*wanted.clauses, _NOT_CORPORATE))

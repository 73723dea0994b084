"""Following releases: read what is wished, propose it, start, change, pause, park and end it.

A change begins by locking the subscription, so that one made while a window opens is neither lost nor undone by it.
"""

from summaries.subscriptions.approving import Decided, approve, became_of, reject, waiting_for_approval
from summaries.subscriptions.changing import Changed, change
from summaries.subscriptions.following import (
    Subscribed,
    end_subscription,
    is_live,
    list_subscriptions,
    subscribe,
)
from summaries.subscriptions.options import DEFAULTS, UNSAID, Options, options_of
from summaries.subscriptions.parking import ITSELF, park, revive_workspaces, unpark
from summaries.subscriptions.pausing import Waiting, pause, resume, resume_due, waiting_for
from summaries.subscriptions.proposing import Estimate, Proposal, propose
from summaries.subscriptions.until import parse_until
from summaries.subscriptions.wanted import wanted_filter
from summaries.subscriptions.wishes import DEFAULT_CADENCE, Wish, parse_subscribe, wish_of, wish_words

__all__ = [
    "DEFAULTS",
    "DEFAULT_CADENCE",
    "ITSELF",
    "UNSAID",
    "Changed",
    "Decided",
    "Estimate",
    "Options",
    "Proposal",
    "Subscribed",
    "Waiting",
    "Wish",
    "approve",
    "became_of",
    "change",
    "end_subscription",
    "is_live",
    "list_subscriptions",
    "options_of",
    "park",
    "parse_subscribe",
    "parse_until",
    "pause",
    "propose",
    "reject",
    "resume",
    "resume_due",
    "revive_workspaces",
    "subscribe",
    "unpark",
    "waiting_for",
    "waiting_for_approval",
    "wanted_filter",
    "wish_of",
    "wish_words",
]

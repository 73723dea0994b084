"""What a person wants, from a command: pure, and the same for every door. What may be wanted is in `wanted`."""

from bot.intents.grammar import VERBS, is_about_addresses, parse_intent
from bot.intents.typed import LONGEST, is_too_long, normalise, without_manners

__all__ = [
    "LONGEST",
    "VERBS",
    "is_about_addresses",
    "is_too_long",
    "normalise",
    "parse_intent",
    "without_manners",
]

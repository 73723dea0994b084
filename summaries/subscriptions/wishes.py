"""Read a wish: `WHAT WHEN OPTIONS here`, as it follows `subscribe`, and write it out again."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from summaries.cadence import cadence_words, nearly_cadence, starts_cadence
from summaries.errors import BadSubscription
from summaries.subscriptions.options import DEFAULTS, UNSAID, Options, option_key, options_of, read_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.delivery import Subscription

DEFAULT_CADENCE = "daily 08:30"
TARGETS = {"here": "channel", "me": "person"}
CONFIRM = "confirm"
_NOT_KEPT = re.compile(
    r"(?:fortnightly|bi-?weekly|hourly|quarterly|yearly|annually|bi-?monthly"
    r"|every (?:other|second|two|three|four|six|\d{1,3}) (?:hours?|days?|weeks?|fortnights?|months?))",
    re.IGNORECASE,
)
"""How often people want to be told, and cannot be."""
_LONGEST_NOT_KEPT = 3  # words
_QUOTE = re.compile(r"[\"“”]")


@dataclass(frozen=True, slots=True)
class Wish:
    """What follows `subscribe`, taken apart but, its options aside, not yet checked. `target` is "channel" or "person";
    `confirmed` that it is to be saved at once.
    """

    filter_text: str
    cadence_text: str
    target: str
    options: Options = UNSAID
    confirmed: bool = False


def parse_subscribe(text: str) -> Wish:
    """Take `Hampshire daily 08:30 layout:flat here confirm` apart: WHAT, WHEN (else daily), options anywhere outside
    quotation marks, `here` or `me` (else here), `confirm`.

    Raises BadSubscription (fact `nearest`) when it does not say what to follow, and for what no option can be.
    """
    words, options = split_options(text)
    confirmed = bool(words) and words[-1].lower() == CONFIRM and not _within_quotes(words, len(words) - 1)
    if confirmed:
        words.pop()
    target = TARGETS.get(words[-1].lower()) if words and not _within_quotes(words, len(words) - 1) else None
    if target:
        words.pop()
    _require_kept(words)
    what, cadence = split_cadence(words)
    _require_order(what, cadence)
    if what and not target and what[-1].lower() in TARGETS and not _within_quotes(what, len(what) - 1):
        target = TARGETS[what.pop().lower()]
    cadence = cadence or DEFAULT_CADENCE
    if not what:
        nearest = f"subscribe all {cadence}"
        raise BadSubscription(f"Say what to follow: `{nearest}`, or a force instead of `all`.", nearest=nearest)
    return Wish(_closed(" ".join(what)), cadence, target or "channel", options, confirmed)


def wish_words(wish: Wish) -> str:
    """The canonical words of a wish, which can be typed after `subscribe`: reading them gives the same wish."""
    target = next(word for word, target in TARGETS.items() if target == wish.target)
    confirm = (CONFIRM,) if wish.confirmed else ()
    return " ".join((wish.filter_text, wish.cadence_text, *wish.options.words, target, *confirm))


def wish_of(subscription: Subscription, *, confirmed: bool = False) -> Wish:
    """The wish that a subscription stands for, with those of its options that are not what stands unsaid; its zone is
    always said. For all options in full see `options_of`."""
    unlike = {
        field.name: said
        for field in fields(Options)
        if (said := getattr(options_of(subscription), field.name)) != getattr(DEFAULTS, field.name)
    }
    words = cadence_words(subscription.cadence)
    return Wish(subscription.filter, words, subscription.target, Options(**unlike), confirmed)


def split_options(text: str) -> tuple[list[str], Options]:
    """The words of a text without its options, and the options. Raises BadSubscription as `read_options` does."""
    words = text.split()
    kept: list[str] = []
    said: list[tuple[str, str]] = []
    place = 0
    while place < len(words):
        key = None if _within_quotes(words, place) else option_key(words[place])
        if key is None:
            kept.append(words[place])
            place += 1
            continue
        value = words[place].partition(":")[2]
        place += 1
        while (not value or value.endswith(",")) and place < len(words):  # `layout: flat`, `quiet:weekends, holidays`
            value += words[place]
            place += 1
        said.append((key, value))
    return kept, read_options(said)


def split_cadence(words: Sequence[str]) -> tuple[list[str], str]:
    """What comes before the words of a cadence, and these; empty when there are none.

    A misspelt cadence is not part of a name: "Kent dayly" is told what is wrong with "dayly".
    """
    unquoted = [place for place in range(len(words)) if not _within_quotes(words, place)]
    start = next((place for place in unquoted if starts_cadence(words[place])), None)
    if start is None:
        start = next((place for place in unquoted if place and nearly_cadence(words[place])), len(words))
    return list(words[:start]), " ".join(words[start:])


def _require_kept(words: Sequence[str]) -> None:
    """Raise BadSubscription for a pace there is none of."""
    for place in range(len(words)):
        for end in range(place + 1, min(place + _LONGEST_NOT_KEPT, len(words)) + 1):
            said = " ".join(words[place:end])
            if _NOT_KEPT.fullmatch(said) and not _within_quotes(words, place):
                nearest = f"subscribe {' '.join(words[:place]) or 'all'} weekly Mon 08:30"
                kept = "`now`, `daily`, `weekdays`, `weekly Mon` or `monthly 1st Tue`"
                told = f"I cannot post {said.lower()}: only {kept}. Write `{nearest}`, for one."
                raise BadSubscription(told, nearest=nearest)


def _require_order(what: Sequence[str], cadence: str) -> None:
    """Raise BadSubscription when words that belong before a cadence come after it: `daily 10:15 to Kent`."""
    words = cadence.split()
    after = next((place for place, word in enumerate(words) if place and word.lower() in {"to", "for", "of"}), None)
    named = " ".join(words[after + 1 :]) if after else ""
    if not after or not named:
        return
    nearest = f"subscribe {' '.join(what) or named} {' '.join(words[:after])}"
    raise BadSubscription(f"Say first what to follow, then when: `{nearest}`.", nearest=nearest)


def _within_quotes(words: Sequence[str], place: int) -> bool:
    """Whether a quotation that began before this word has not ended: "weekly" in it says nothing of when."""
    return len(_QUOTE.findall(" ".join(words[:place]))) % 2 == 1


def _closed(text: str) -> str:
    """A text whose last quotation is ended."""
    return f'{text}"' if len(_QUOTE.findall(text)) % 2 else text

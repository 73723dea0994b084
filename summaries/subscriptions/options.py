"""How a subscription tells what it tells: `key:value` words such as `layout:flat` and `quiet:18:00-08:00`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from summaries.cadence import parse_quiet, quiet_words
from summaries.delivery import Quiet
from summaries.errors import BadSubscription
from summaries.query.vocabulary import keys as filter_keys
from summaries.quiet import within_hours

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from summaries.delivery import Subscription

CHOICES: Mapping[str, tuple[str, ...]] = {
    "empty": ("skip", "note"),
    "layout": ("thread", "flat", "compact"),
    "detail": ("extract", "titles", "full"),
    "hold": ("no", "yes"),
    "urgent": ("yes", "no"),
}
"""The options that have one of a few values, that which stands unless another is said first."""

KEYS = (*CHOICES, "quiet", "zone")

_OPTION = re.compile(r"(?P<key>[a-z][a-z_-]{1,20}):(?P<value>\S*)", re.IGNORECASE)
_NOT_FOUND = "`{}` is not a time zone. Write one such as `zone:{}`."


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a wish; None where nothing is said."""

    empty: str | None = None
    layout: str | None = None
    detail: str | None = None
    quiet: Quiet | None = None
    hold: bool | None = None
    urgent: bool | None = None
    zone: str | None = None

    def over(self, subscription: Subscription) -> Subscription:
        """The subscription with what is said in place of what it has."""
        said: dict[str, Any] = {name: value for name, value in self._by_field() if value is not None}
        return replace(subscription, **said)

    @property
    def words(self) -> tuple[str, ...]:
        """What is said, as it is typed, always in one order."""
        told = {
            "empty": self.empty,
            "layout": self.layout,
            "detail": self.detail,
            "quiet": None if self.quiet is None else quiet_words(self.quiet),
            "hold": _YES_NO.get(self.hold),
            "urgent": _YES_NO.get(self.urgent),
            "zone": self.zone,
        }
        return tuple(f"{key}:{value}" for key, value in told.items() if value is not None)

    def _by_field(self) -> tuple[tuple[str, object], ...]:
        return (
            ("empty_policy", self.empty),
            ("layout", self.layout),
            ("detail", self.detail),
            ("quiet", self.quiet),
            ("hold", self.hold),
            ("urgent", self.urgent),
            ("zone", self.zone),
        )


_YES_NO: dict[bool | None, str] = {True: "yes", False: "no"}

UNSAID = Options()
DEFAULTS = Options("skip", "thread", "extract", Quiet(), hold=False, urgent=True)
"""What stands unless something else is said; the zone is that of the installation."""


def options_of(subscription: Subscription) -> Options:
    """All options of a subscription, said in full."""
    return Options(
        subscription.empty_policy,
        subscription.layout,
        subscription.detail,
        subscription.quiet,
        subscription.hold,
        subscription.urgent,
        subscription.zone,
    )


def option_key(word: str) -> str | None:
    """The option that a word begins to say; None for other words, those of filters among them.

    Raises BadSubscription for a key that is none but much like one: `lay-out:flat` is not a word of a filter.
    """
    found = _OPTION.fullmatch(word)
    if not found:
        return None
    key = found["key"].lower()
    if key in KEYS:
        return key
    if key in filter_keys():
        return None
    near = get_close_matches(key.replace("-", "").replace("_", ""), KEYS, n=1, cutoff=0.66)
    if not near:
        return None
    right = _right_values(near[0])
    nearest = f"{near[0]}:{found['value'] if found['value'] in right else right[0]}"
    raise BadSubscription(f"`{key}:` is not an option. Did you mean `{nearest}`?", nearest=nearest)


def read_options(words: Sequence[tuple[str, str]]) -> Options:
    """The options of (key, value) pairs. What is said twice must be the same; several `quiet` are taken together.

    Raises BadSubscription, which names the right values (fact `nearest`: one of them with its key).
    """
    said: dict[str, str] = {}
    for key, value in words:
        if key == "quiet" and key in said:
            said[key] += f",{value}"
        elif said.setdefault(key, value).lower() != value.lower():
            nearest = f"{key}:{said[key]}"
            raise BadSubscription(
                f"`{key}:` is said twice, and not the same. Write it once: `{nearest}`.", nearest=nearest
            )
    read: dict[str, Any] = {key: _read(key, value) for key, value in said.items()}
    return Options(**read)


def check_times(subscription: Subscription) -> None:
    """Raise BadSubscription when its time of day is in its own quiet hours: it would never be kept."""
    at, quiet = subscription.cadence.at, subscription.quiet
    if at is None or not within_hours(quiet, at):
        return
    raise BadSubscription(
        f"{at:%H:%M} is within the quiet hours `{quiet_words(Quiet(quiet.hours))}`. "
        "Choose another time, other quiet hours, or `quiet:none`.",
        nearest="quiet:none",
    )


def zone_named(name: str) -> str:
    """The time zone of this name, in its own spelling. Raises BadSubscription (facts `zone`, `nearest`)."""
    zones = _zones()
    if found := zones.get(name.lower()):
        return found
    by_city = (zone for key, zone in zones.items() if key.rpartition("/")[2] == name.lower().replace(" ", "_"))
    near = get_close_matches(name.lower()[:64], zones, n=1, cutoff=0.7)
    nearest = next(by_city, zones[near[0]] if near else "Europe/London")
    raise BadSubscription(_NOT_FOUND.format(name, nearest), zone=name, nearest=f"zone:{nearest}")


@cache
def _zones() -> dict[str, str]:
    return {name.lower(): name for name in sorted(available_timezones())}


def _read(key: str, value: str) -> object:
    if key == "zone":
        return zone_named(value)
    if key == "quiet":
        return parse_quiet(value)
    right = CHOICES[key]
    found = value.lower()
    if found not in right:
        near = get_close_matches(found, right, n=1, cutoff=0.5)
        nearest = f"{key}:{near[0] if near else right[0]}"
        named = " or ".join(f"`{key}:{one}`" for one in right)
        raise BadSubscription(f"`{key}:{value}` is not known. Write {named}.", nearest=nearest)
    return found == "yes" if key in ("hold", "urgent") else found


def _right_values(key: str) -> tuple[str, ...]:
    return CHOICES.get(key) or {"quiet": ("18:00-08:00",), "zone": ("Europe/London",)}[key]

"""From what a person types to what Slack sends: entities escaped, names and addresses made into references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.workspace.model import Conversation

_ADDRESS = re.compile(r"https?://[^\s<>|]+")


class Typed:
    """Knows the names in one workspace. Names match whole words, longest first, in any case."""

    def __init__(self, people: Mapping[str, tuple[str, str]], channels: Iterable[Conversation]) -> None:
        """`people` maps a user id to the username and the full name; either may be typed after an @."""
        self._people: dict[str, tuple[str, str]] = {}
        for person, (username, name) in people.items():
            for word in (username, name):
                self._people[word.casefold()] = person, username
        self._channels = {channel.name.casefold(): channel for channel in channels if channel.kind == "channel"}
        self._at = _names("@", self._people)
        self._hash = _names("#", self._channels)

    def in_command(self, text: str) -> str:
        """As a command's `text` when its `should_escape` is on: `<@U…|name>`, `<#C…|name>`; addresses stay bare."""
        return self._refer(_escaped(text), labelled=True)

    def in_message(self, text: str) -> str:
        """As a message's `text`: `<@U…>`, `<#C…|name>`, `<https://…>`."""
        return _ADDRESS.sub(lambda found: f"<{found[0]}>", self._refer(_escaped(text), labelled=False))

    def _refer(self, text: str, *, labelled: bool) -> str:
        def person(found: re.Match[str]) -> str:
            user, username = self._people[found[1].casefold()]
            return f"<@{user}|{username}>" if labelled else f"<@{user}>"

        def channel(found: re.Match[str]) -> str:
            known = self._channels[found[1].casefold()]
            return f"<#{known.id}|{known.name}>"

        return self._hash.sub(channel, self._at.sub(person, text))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _names(mark: str, names: Iterable[str]) -> re.Pattern[str]:
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) or "(?!)"
    return re.compile(rf"(?<![\w{mark}]){mark}({longest_first})(?!\w)", re.IGNORECASE)

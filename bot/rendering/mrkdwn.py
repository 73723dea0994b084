"""Slack's markup: escaping and the few marks the templates use.

Only `& < >` are escaped, as Slack's page on formatting text says; HTML's `&#39;` would be shown as such. A string that
is already markup is an `Mrkdwn`, everything else is data and is escaped on its way out of a template.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SAFE_SCHEMES = {"http", "https", "mailto"}


class Mrkdwn(str):
    """Text that is Slack markup already and must not be escaped again."""

    __slots__ = ()


def escape(value: object) -> Mrkdwn:
    """Data as markup that shows it as it is. `Mrkdwn` passes through."""
    if isinstance(value, Mrkdwn):
        return value
    return Mrkdwn(re.sub("[&<>]", lambda match: _ESCAPES[match.group()], str(value)))


def unescape(text: str) -> str:
    """What a reader sees of escaped text."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def link(url: str, label: str) -> Mrkdwn:
    """A link with a label; the bare label when the address is not http, https or mailto.

    `|`, `>` and line breaks would end the label early, so they are left out of it (Slack has no escape for them).
    """
    words = re.sub(r"[|<>\s]+", " ", label).strip()
    if urlsplit(url).scheme not in _SAFE_SCHEMES:
        return escape(words)
    target = url.replace("|", "%7C").replace("<", "%3C").replace(">", "%3E").replace(" ", "%20").replace("&", "&amp;")
    return Mrkdwn(f"<{target}|{escape(words)}>")


def code(value: object) -> Mrkdwn:
    """Something to type, in code marks; a backtick inside would end them and is shown as a quote mark."""
    return Mrkdwn(f"`{escape(str(value).replace('`', 'ˋ'))}`")


def person(user_id: str) -> Mrkdwn:
    """A person by id; anything that is not an id is shown as text."""
    return Mrkdwn(f"<@{user_id}>") if re.fullmatch(r"[UW][A-Z0-9]+", user_id) else escape(user_id)


def conversation(channel_id: str) -> Mrkdwn:
    """A channel by id, as a link to it that tells nobody; anything that is no channel's id is shown as text."""
    return Mrkdwn(f"<#{channel_id}>") if re.fullmatch(r"[CG][A-Z0-9]+", channel_id) else escape(channel_id)


def moment(when: datetime, form: str = "{date_short_pretty} at {time}") -> Mrkdwn:
    """A time in the reader's own zone, with UTC for readers whose client cannot tell."""
    fallback = when.astimezone(UTC).strftime("%-d %B %Y %H:%M UTC")
    return Mrkdwn(f"<!date^{int(when.timestamp())}^{form}|{fallback}>")


def plain(text: str) -> str:
    """Markup as plain words, for the terminal: links become `label (url)`, dates their fallback, marks go."""
    text = re.sub(r"<!date\^[^|>]*\|([^>]*)>", r"\1", text)
    text = re.sub(r"<(https?://[^|>]+|mailto:[^|>]+)\|([^>]*)>", r"\2 (\1)", text)
    text = re.sub(r"<([@#])([UWCG][A-Z0-9]+)>", r"\1\2", text)
    text = re.sub(r"(?<!\w)\*(?=\S)([^*\n]+)(?<=\S)\*(?!\w)", r"\1", text)
    text = re.sub(r"(?<!\w)_(?=\S)([^_\n]+)(?<=\S)_(?!\w)", r"\1", text)
    return unescape(text.replace("`", ""))

"""A release pasted into a message: whether it may be one, and its words without what Slack made of them. Pure."""

from __future__ import annotations

import re

from bot.rendering.mrkdwn import unescape

SHORTEST = 400  # characters; a shorter message is a question
FEWEST_PARAGRAPHS = 3

# `<kind…|label>`: the escapes of Slack's page on formatting text, as messages carry them.
_ESCAPE = re.compile(r"<(?P<target>[^<>|\n]{1,2000})(?:\|(?P<label>[^<>\n]{0,2000}))?>")
_SCHEME = re.compile(r"^(?:https?://|mailto:|tel:)")


def looks_pasted(text: str) -> bool:
    """Long enough, and of enough paragraphs, to be a release rather than a question. A command is never one."""
    if len(text) < SHORTEST or text.lstrip().startswith("/"):
        return False
    return sum(1 for line in text.splitlines() if line.strip()) >= FEWEST_PARAGRAPHS


def source_text(text: str) -> str:
    """The text as it was before it was pasted. A link keeps its printed words; words that hide an address keep it as a
    Markdown link, so that a report's address is not lost."""
    return unescape(_ESCAPE.sub(_printed, text))


def _printed(found: re.Match[str]) -> str:
    target, label = found["target"], found["label"]
    if target.startswith("!"):  # a date or @here: the label is what was seen
        return label or f"@{target[1:]}"
    if target[0] in "@#":
        return f"{target[0]}{label}" if label else target
    plain = _SCHEME.sub("", target)
    if not label:
        return target if target.startswith("http") else plain
    hides = target.startswith("http") and _SCHEME.sub("", label).rstrip("/") != plain.rstrip("/")
    return f"[{label}]({target})" if hides and not set(label) & set("[]()") and "(" not in target else label

"""A message's blocks as plain markup: the `text` that stands alone on phones, in screen readers and in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.rendering import limits
from bot.rendering.data_words import captions_of, row_lines, rows_of
from bot.rendering.mrkdwn import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def text_of(blocks: Sequence[Mapping[str, Any]]) -> str:
    """Every word of the blocks, in order, cut between lines with a note if Slack would not take it whole."""
    lines = [line for block in blocks for line in _lines(block)]
    kept: list[str] = []
    room = limits.TEXT_ADVISED - 60
    for index, line in enumerate(lines):
        if len(line) + 1 > room:
            return "\n".join([*kept, f"… and {len(lines) - index} more lines in the message."])
        kept.append(line)
        room -= len(line) + 1
    return "\n".join(kept)


def _lines(block: Mapping[str, Any]) -> Iterator[str]:
    match block["type"]:
        case "header" | "section":
            yield from str(block["text"]["text"]).splitlines()
        case "context":
            for element in block["elements"]:
                yield from str(element["text"]).splitlines()
        case "rich_text":
            for element in block["elements"]:
                yield from _rich_lines(element)
        case "table" | "data_table" | "data_visualization":
            yield from map(escape, captions_of(block))
            yield from map(escape, row_lines(rows_of(block)))


def _rich_lines(element: Mapping[str, Any]) -> Iterator[str]:
    match element["type"]:
        case "rich_text_list":
            for item in element["elements"]:
                yield "• " + " ".join(_words(item).splitlines())
        case "rich_text_quote":
            for line in _words(element).splitlines():
                yield "> " + line
        case _:
            yield from _words(element).splitlines()


def _words(element: Mapping[str, Any]) -> str:
    return escape("".join(part["text"] for part in element["elements"]))

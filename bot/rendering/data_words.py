"""Tables and charts in words: for notifications, for screen readers, and for clients that do not know the blocks yet.

A chart is rows too: one a category, with a column for each series.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.rendering import limits
from bot.rendering.data_blocks import chart_rows, figure
from bot.rendering.rich_text import section, text_elements

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.rendering.data_blocks import Block, Rows

# Not every client knows these yet: Slack then refuses the whole message.
NATIVE = frozenset({"table", "data_table", "data_visualization"})
CHARTS = frozenset({"data_visualization"})

_MARGIN = 200  # characters, for captions and the lines that count what was left out


def captions_of(block: Mapping[str, Any]) -> list[str]:
    """What a native block says besides its rows: its caption, or its title and what the numbers are."""
    if block["type"] != "data_visualization":
        return [block["caption"]] if "caption" in block else []
    counted = block["chart"].get("axis_config", {}).get("y_label")
    return [f"{block['title']} ({counted})" if counted else block["title"]]


def rows_of(block: Mapping[str, Any]) -> list[list[str]]:
    """The rows of a native block, the header first."""
    if block["type"] != "data_visualization":
        return [[_words(cell) for cell in row] for row in block["rows"]]
    chart = block["chart"]
    if chart["type"] == "pie":
        return [["", ""], *([one["label"], figure(one["value"])] for one in chart["segments"])]
    series = [(one["name"], [point["value"] for point in one["data"]]) for one in chart["series"]]
    return chart_rows(chart["axis_config"]["categories"], series, "")


def row_lines(rows: Rows) -> list[str]:
    """Each row as a line that needs no header above it: `Kent Police: effectiveness good · R-2 ¶3; efficiency good`."""
    heads = rows[0][1:]
    lines: list[str] = []
    for first, *rest in rows[1:]:
        told = "; ".join(f"{head} {cell}".strip() for head, cell in zip(heads, rest, strict=True))
        lines.append(f"{first}: {told}" if told else first)
    return lines


def in_words(captions: Iterable[str], rows: Rows, room: int) -> Block:
    """A list that every client shows, a row an item, under its captions; rows over `room` characters are counted."""
    items: list[Block] = []
    for (first, *_), line in zip(rows[1:], row_lines(rows), strict=True):
        room -= len(line)
        if room < 0:
            break
        items.append(section([*text_elements(first, bold=True), *text_elements(line[len(first) :])]))
    elements = [section(text_elements(caption, bold=True)) for caption in captions]
    if items:
        elements.append({"type": "rich_text_list", "style": "bullet", "elements": items})
    if left := len(rows) - 1 - len(items):
        elements.append(section(text_elements(f"and {left} more {'row' if left == 1 else 'rows'}")))
    return {"type": "rich_text", "elements": elements}


def plain_blocks(blocks: Sequence[Mapping[str, Any]], kinds: frozenset[str] = NATIVE) -> list[Mapping[str, Any]]:
    """The blocks, with those of the given kinds in words instead, as far as a message has room for them."""
    room = limits.BLOCKS_TEXT - sum(size_of(block) for block in blocks if block["type"] not in kinds)
    plain: list[Mapping[str, Any]] = []
    for block in blocks:
        if block["type"] not in kinds:
            plain.append(block)
            continue
        plain.append(in_words(captions_of(block), rows_of(block), room - _MARGIN))
        room -= size_of(plain[-1])
    return plain


def size_of(part: Any) -> int:
    """How many characters of text there are in a block, or in a part of one."""
    if isinstance(part, str):
        return len(part)
    if isinstance(part, dict):
        return sum(size_of(value) for key, value in part.items() if key == "text" or not isinstance(value, str))
    return sum(map(size_of, part)) if isinstance(part, list) else 0


def _words(cell: Mapping[str, Any]) -> str:
    if "elements" in cell:
        return "".join(_words(part) for part in cell["elements"])
    return str(cell.get("text", cell.get("value", "")))

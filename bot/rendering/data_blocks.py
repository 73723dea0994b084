"""Tables and charts as Slack's own blocks. Larger ones than those may be are for `bot.rendering.data_words`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.errors import TemplateProblem
from bot.rendering import limits
from bot.rendering.mrkdwn import Mrkdwn, unescape
from bot.rendering.rich_text import section, text_elements

if TYPE_CHECKING:
    from collections.abc import Sequence

    Rows = Sequence[Sequence[str]]
    Series = Sequence[tuple[str, Sequence[float]]]

Block = dict[str, Any]

CHART_KINDS = frozenset({"line", "bar", "area"})

# A column with a cell of more characters is wrapped; the names, which stand before every row, sooner.
_WIDE_NAME, _WIDE = 24, 28
_NOTHING = "–"  # Slack refuses an empty cell
_NUMBER = re.compile(r"[-+]?[\d,]{1,20}(?:\.\d{1,10})?%?")


def tidy_rows(rows: Rows) -> list[list[str]]:
    """The rows as they are shown: white space made single, markup made words, nothing in a cell said with a dash.
    Raises TemplateProblem unless there is a header, a row, and a cell for each header in each."""
    tidied = [[_words(cell) for cell in row] for row in rows]
    if len(tidied) == 1 or not tidied or not tidied[0] or len({len(row) for row in tidied}) > 1:
        raise TemplateProblem("A table has a header, at least one row, and as many cells in each row.")
    return tidied


def table_block(rows: Rows) -> Block | None:
    """A table of tidied rows; None when it is larger than one may be."""
    if len(rows) > limits.TABLE_ROWS or len(rows[0]) > limits.TABLE_COLUMNS or characters(rows) > limits.TABLE_TEXT:
        return None
    names, *columns = zip(*rows[1:], strict=True)
    settings = [{"align": "left", "is_wrapped": max(map(len, names)) > _WIDE_NAME}, *map(_column, columns)]
    return {"type": "table", "column_settings": settings, "rows": [[_cell(cell) for cell in row] for row in rows]}


def chart_block(
    title: str, categories: Sequence[str], series: Series, *, kind: str, x_label: str, y_label: str
) -> Block | None:
    """A chart; None when some part of it is longer than may be: a label is never cut, as two might become the same."""
    labels = [*categories, *(name for name, _ in series)]
    titles = [(title, limits.CHART_TITLE), (x_label, limits.CHART_AXIS_LABEL), (y_label, limits.CHART_AXIS_LABEL)]
    too_long = any(len(words) > most for words, most in [*titles, *((label, limits.CHART_LABEL) for label in labels)])
    if too_long or len(categories) > limits.CHART_POINTS or len(series) > limits.CHART_SERIES:
        return None
    drawn = [
        {"name": name, "data": [{"label": at, "value": value} for at, value in zip(categories, values, strict=True)]}
        for name, values in series
    ]
    named = {"x_label": x_label, "y_label": y_label}
    axis = {"categories": list(categories), **{key: label for key, label in named.items() if label}}
    return {
        "type": "data_visualization",
        "title": title,
        "chart": {"type": kind, "series": drawn, "axis_config": axis},
    }


def chart_rows(categories: Sequence[str], series: Series, x_label: str) -> list[list[str]]:
    """A chart's numbers as a table's rows. Raises TemplateProblem unless each series has a number for each category."""
    if not categories or not series or any(len(values) != len(categories) for _, values in series):
        raise TemplateProblem("A chart has categories and series, and a number in each series for each category.")
    head = [x_label, *(name for name, _ in series)]
    return [head, *([at, *(figure(values[i]) for _, values in series)] for i, at in enumerate(categories))]


def characters(rows: Rows) -> int:
    """How many characters are in all the cells."""
    return sum(len(cell) for row in rows for cell in row)


def figure(value: float) -> str:
    """A number as people write it."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,g}"


def _words(cell: str) -> str:
    words = unescape(cell) if isinstance(cell, Mrkdwn) else str(cell)
    return " ".join(words.split()) or _NOTHING


def _cell(words: str) -> Block:
    """Raw text, unless a copy of it into a field that is parsed could become a mention."""
    elements = text_elements(words)
    if len(elements) == 1:
        return {"type": "raw_text", "text": words}
    return {"type": "rich_text", "elements": [section(elements)]}


def _column(cells: Sequence[str]) -> Block:
    numbers = all(_NUMBER.fullmatch(cell) or cell == _NOTHING for cell in cells)
    return {"align": "right" if numbers else "left", "is_wrapped": max(map(len, cells)) > _WIDE}

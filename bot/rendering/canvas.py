"""The block objects templates paint on. One canvas a message; the macros in `templates/_macros.j2` are its brushes.

Each method returns an empty string, so that a macro that calls it prints nothing. Words of a release are only ever put
in `rich_text`, which Slack does not parse, and are noted as quotations for the gate to check.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from bot.errors import TemplateProblem
from bot.rendering import limits
from bot.rendering.data_blocks import CHART_KINDS, characters, chart_block, chart_rows, table_block, tidy_rows
from bot.rendering.data_words import in_words, size_of
from bot.rendering.message import Quotation
from bot.rendering.mrkdwn import escape
from bot.rendering.receipts import receipt as receipt_of
from bot.rendering.rich_text import marks_shown, quoted_elements, section, text_elements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.rendering.data_blocks import Block, Rows, Series
    from summaries.ports import StoredRelease
    from summaries.types import Evidence

# Kept free of quotations, for titles, labels, sources and footers.
ROOM_FOR_OUR_WORDS = 4_000
MOST_BLOCKS_OF_QUOTES = 38


def _joint(stored: StoredRelease, one: Evidence, other: Evidence) -> str:
    """What is shown between two passages: an ellipsis where words between them, such as other items, are left out."""
    return " … " if any(map(str.isalpha, stored.release.text[one.end : other.start])) else " "


def tidy(markup: str) -> str:
    """A template's indentation and blank lines are for its reader, not for Slack's."""
    return "\n".join(line for line in (line.strip() for line in markup.splitlines()) if line)


class Canvas:
    """Collects the blocks and quotations of one message."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.quotations: list[Quotation] = []
        self.left_out = 0  # quoted passages for which there was no room: the template says so
        self._room = limits.BLOCKS_TEXT - ROOM_FOR_OUR_WORDS
        self._elements: list[Block] = []
        self._bullets: list[Block] = []

    def header(self, text: str) -> str:
        """A title. One longer than a header may be becomes a bold section: a title is never cut."""
        words = " ".join(text.split())
        if len(words) > limits.HEADER_TEXT:
            return self.section(f"*{words}*")
        return self._add({"type": "header", "text": {"type": "plain_text", "text": words, "emoji": False}})

    def section(self, markup: str) -> str:
        """A paragraph; one longer than a section may be is continued in another, between lines or else words."""
        for part in _split_lines(tidy(markup), limits.SECTION_TEXT):
            self._add({"type": "section", "text": {"type": "mrkdwn", "text": part}})
        return ""

    def context(self, markup: str) -> str:
        """Small print."""
        for part in _split_lines(tidy(markup), limits.CONTEXT_TEXT):
            self._add({"type": "context", "elements": [{"type": "mrkdwn", "text": part}]})
        return ""

    def divider(self) -> str:
        return self._add({"type": "divider"})

    def quote(self, stored: StoredRelease, evidence: Evidence, by: str) -> str:
        """Words of the release as a block quotation, with who said them on the line below."""
        if not self._fits(evidence):
            return ""
        words = self._note(stored, evidence)
        elements = quoted_elements(words)
        if by := " ".join(by.split()):
            elements += text_elements(f"\n{by}", italic=True)
        return self._add({"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": elements}]})

    def passage(self, stored: StoredRelease, evidence: Evidence) -> str:
        """Words of the release as a plain paragraph."""
        if not self._fits(evidence):
            return ""
        words = self._note(stored, evidence)
        return self._add({"type": "rich_text", "elements": [section(quoted_elements(words))]})

    def found(
        self,
        stored: StoredRelease,
        before: Evidence | None,
        sentence: Evidence,
        after: Evidence | None,
        marks: Sequence[Evidence],
        receipt: str,
    ) -> str:
        """A sentence that was looked for, between its neighbours while there is room for them, the marked words of all
        three in bold, and the receipt of the sentence on the line below."""
        if not self._fits(sentence):
            return ""
        elements: list[Block] = []
        last: Evidence | None = None
        for evidence in (before, sentence, after):
            if evidence and (evidence is sentence or self._takes(evidence)):
                words = self._note(stored, evidence)
                elements += text_elements(_joint(stored, last, evidence)) if last else []
                elements += quoted_elements(words, list(marks_shown(evidence, marks)))
                last = evidence
        elements += text_elements(f"\n{receipt}", italic=True)
        return self._add({"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": elements}]})

    def revision(
        self, stored: StoredRelease, evidence: Evidence, marks: Sequence[Evidence], label: str, *, gone: bool = False
    ) -> str:
        """Words of one revision under a label of ours, with the marked of them, those that another revision has not, in
        bold or, when they are `gone`, struck; and their receipt."""
        if not self._fits(evidence):
            return ""
        words = self._note(stored, evidence)
        shown = quoted_elements(words, list(marks_shown(evidence, marks)), mark="strike" if gone else "bold")
        where = text_elements(f" · {receipt_of(stored, evidence)}", italic=True)
        elements = [*text_elements(f"{label}: ", italic=True), *shown, *where]
        return self._add({"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": elements}]})

    def copyable(self, text: str, stored: StoredRelease, evidence: Evidence | None = None) -> str:
        """Text to copy as it is, line breaks and all; with `evidence` the release's words stand in it."""
        if evidence and evidence.words not in text:
            raise TemplateProblem(f"The words of R-{stored.number} are not in what is to be copied.")
        if len(text) > self._room:
            self.left_out += 1
            return ""
        self._room -= len(text)
        if evidence:
            self._note(stored, evidence)
        return self._add(
            {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": text_elements(text)}]}
        )

    def table(self, rows: Rows, caption: str) -> str:
        """A table of our words, never of a release's: the first row is its header, its first cell names each row.

        A second table of one message, and one too large, is a list of the same rows, cut between rows with a count.
        """
        tidied = tidy_rows(rows)
        self.section(f"*{escape(caption)}*")
        return self._data(table_block(tidied), [], tidied, limits.TABLES_PER_MESSAGE)

    def chart(
        self,
        title: str,
        categories: Sequence[str],
        series: Series,
        *,
        kind: str = "line",
        x_label: str = "",
        y_label: str = "",
    ) -> str:
        """A "line", "bar" or "area" chart of (name, numbers) series, one number a category; what the numbers are is
        `y_label`'s to say. A third of one message, and one too large or with too long a label, is a list."""
        if kind not in CHART_KINDS:
            raise TemplateProblem(f"There is no {kind} chart.")
        rows = chart_rows(categories, series, x_label)
        drawn = chart_block(title, categories, series, kind=kind, x_label=x_label, y_label=y_label)
        caption = f"{title} ({y_label})" if y_label else title
        return self._data(drawn, [caption], rows, limits.CHARTS_PER_MESSAGE)

    def bullet(self, stored: StoredRelease, evidence: Evidence, label: str, receipt: str) -> str:
        """One item of the list that `bullets` closes: a bold label of ours, the release's words, their receipt."""
        if not self._fits(evidence):
            return ""
        words = self._note(stored, evidence)
        elements = [*text_elements(f"{' '.join(label.split())} ", bold=True), *quoted_elements(words)]
        elements += text_elements(f" · {receipt}", italic=True)
        self._bullets.append({"type": "rich_text_section", "elements": elements})
        return ""

    def bullets(self, stored: StoredRelease, lead_in: Evidence | None) -> str:
        """The list of the bullets made so far, under the release's own lead-in when there is one."""
        items, self._bullets = self._bullets, []
        if not items:
            return ""
        elements: list[Block] = []
        if lead_in:
            words = self._note(stored, lead_in)
            elements.append({"type": "rich_text_section", "elements": text_elements(words)})
        elements.append({"type": "rich_text_list", "style": "bullet", "elements": items})
        return self._add({"type": "rich_text", "elements": elements})

    def button(self, label: str, action: str, value: str, style: str = "") -> str:
        """A button for the row that `actions` closes. `action` is what the listeners know it by."""
        element: Block = {
            "type": "button",
            "action_id": f"{action}:{len(self._elements)}",  # unique within the row, whatever the row holds
            "text": _plain_text(label, limits.BUTTON_TEXT),
            "value": escape(value),
        }
        if style:
            element["style"] = style
        self._elements.append(element)
        return ""

    def confirm(self, title: str, text: str, yes: str, no: str) -> str:
        """Ask before the last button does its work."""
        self._elements[-1]["confirm"] = {
            "title": _plain_text(title, limits.CONFIRM_TITLE),
            "text": _plain_text(text, limits.CONFIRM_TEXT),
            "confirm": _plain_text(yes, limits.CONFIRM_BUTTON),
            "deny": _plain_text(no, limits.CONFIRM_BUTTON),
        }
        return ""

    def actions(self) -> str:
        """The row of the buttons made so far; no row when there are none."""
        elements, self._elements = self._elements, []
        return self._add({"type": "actions", "elements": elements}) if elements else ""

    def embed(self, blocks: Sequence[Block]) -> str:
        """Blocks of a message rendered before, to look at: without its buttons. Its quotations were checked then."""
        self.blocks.extend(block for block in blocks if block["type"] != "actions")
        return ""

    def finish(self, template: str) -> None:
        """Raise TemplateProblem if the template left something half made or made nothing."""
        if self._elements or self._bullets:
            raise TemplateProblem(f"{template} made buttons or bullets outside their row or list.")
        if not self.blocks:
            raise TemplateProblem(f"{template} made no block.")

    def _fits(self, evidence: Evidence) -> bool:
        """Take room for a passage, or count it as left out: one that does not fit whole is not shown in part."""
        fits = len(self.blocks) < MOST_BLOCKS_OF_QUOTES and self._takes(evidence)
        self.left_out += not fits
        return fits

    def _takes(self, evidence: Evidence) -> bool:
        fits = len(evidence.quote) <= self._room
        self._room -= len(evidence.quote) if fits else 0
        return fits

    def _data(self, native: Block | None, captions: list[str], rows: Rows, most: int) -> str:
        """The native block, while it may be one and there is room; else its rows in words."""
        size = characters(rows)
        several = native and sum(block["type"] == native["type"] for block in self.blocks) >= most
        if native is None or several or size > self._room:
            native = in_words(captions, rows, self._room)
            size = size_of(native)
        self._room = max(self._room - size, 0)
        return self._add(native)

    def _note(self, stored: StoredRelease, evidence: Evidence) -> str:
        words = evidence.words
        self.quotations.append(Quotation(stored.number, stored.revision, evidence, words))
        return words

    def _add(self, block: Block) -> str:
        self.blocks.append(block)
        return ""


def _plain_text(words: str, most: int) -> Block:
    text = escape(" ".join(words.split()))
    if len(text) > most:
        raise TemplateProblem(f"“{text[:40]}…” has {len(text)} characters; there is room for {most}.")
    return {"type": "plain_text", "text": text, "emoji": False}


def _split_lines(markup: str, limit: int) -> list[str]:
    parts: list[str] = []
    for line in markup.splitlines():
        if len(line) > limit:
            parts += textwrap.wrap(line, limit, break_on_hyphens=False)
        elif parts and len(parts[-1]) + 1 + len(line) <= limit:
            parts[-1] += "\n" + line
        else:
            parts.append(line)
    return parts

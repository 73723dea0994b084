"""What the answers make and what leaves the process: a reply, its rendered message, and the words it quotes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bot.rendering.data_words import CHARTS, NATIVE, plain_blocks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from summaries.types import Evidence


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer before it is rendered: which template, with what.

    `public` answers are seen by the whole channel; `failed` ones say that what was asked was not done. `unstored` holds
    the texts, by number and revision, of releases that it quotes but that are only read and not stored.
    """

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    public: bool = False
    failed: bool = False
    unstored: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words shown as a release's own: which revision, which span, and how they were shown."""

    number: int
    revision: int
    evidence: Evidence
    shown: str


@dataclass(frozen=True, slots=True)
class Message:
    """Ready to leave. `text` stands alone: it is all that notifications and screen readers get."""

    text: str
    blocks: Sequence[Mapping[str, Any]]
    quotations: Sequence[Quotation] = ()
    public: bool = False
    failed: bool = False

    def payload(self) -> dict[str, Any]:
        """The arguments every way of posting shares; links are never unfurled."""
        return {"text": self.text, "blocks": list(self.blocks), "unfurl_links": False, "unfurl_media": False}

    @property
    def has_data(self) -> bool:
        """Whether it holds tables or charts of Slack's own, which Slack may refuse."""
        return any(block["type"] in NATIVE for block in self.blocks)

    def plain(self) -> Message:
        """The same message with its tables and charts in words."""
        return replace(self, blocks=plain_blocks(self.blocks))

    def at_home(self) -> Message:
        """The same message for the Home tab, where no chart may stand."""
        return replace(self, blocks=plain_blocks(self.blocks, CHARTS))

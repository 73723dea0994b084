"""The provenance gate: no quoted words leave unless they are in the stored text of the revision they are said to be
from.

"In the text" means: the span holds exactly the evidence's quote, and what was shown differs from it at most in white
space (a line or page break inside a sentence is shown as one space).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.errors import QuoteNotInText

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.rendering.message import Message


def check_quotations(message: Message, text_of: Callable[[int, int], str | None]) -> None:
    """Raise QuoteNotInText for the first quotation that the stored text does not bear out.

    `text_of` gives the stored text of a release by number and revision, None when there is none.
    """
    texts = {key: text_of(*key) for key in {(quotation.number, quotation.revision) for quotation in message.quotations}}
    for quotation in message.quotations:
        text, span = texts[quotation.number, quotation.revision], quotation.evidence
        if text is None or text[span.start : span.end] != span.quote or " ".join(span.quote.split()) != quotation.shown:
            raise QuoteNotInText(number=quotation.number, revision=quotation.revision, start=span.start, end=span.end)

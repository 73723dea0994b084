"""The gate: no quoted words leave that are not in the stored text they are said to be from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from cards import ASKED
from shelf import seed

from bot.answers.checking import Shown
from bot.errors import TemplateProblem
from bot.rendering.canvas import Canvas
from bot.rendering.environment import Renderer
from bot.rendering.gate import check_quotations
from bot.rendering.message import Message, Quotation, Reply
from bot.rendering.receipts import receipt
from summaries.errors import QuoteNotInText
from summaries.types import Evidence
from summaries.verbatim import sentences
from summaries.verifying import Passage, Verdict, Verified

if TYPE_CHECKING:
    from collections.abc import Callable

    from summaries.ports import StoredRelease

HAMPSHIRE, LEICESTERSHIRE = seed(5), seed(4)
SAID = sentences(HAMPSHIRE.release.text)
VERDICT = next(one for one in SAID if "I have judged" in one.quote)
NEXT = SAID[SAID.index(VERDICT) + 1]
LAST = next(one for one in SAID if "lacks credibility" in one.quote)


def text_of(number: int, revision: int) -> str | None:
    return seed(number).release.text if revision == 1 and 1 <= number <= 5 else None


def leave(*quotations: Quotation) -> None:
    check_quotations(Message("", [], quotations), text_of)


def shown(evidence: Evidence, number: int = 5, revision: int = 1) -> Quotation:
    return Quotation(number, revision, evidence, evidence.words)


def test_words_of_the_release_they_are_said_to_be_of_leave() -> None:
    leave(shown(VERDICT), shown(NEXT))


@pytest.mark.parametrize(
    "quotation",
    [
        pytest.param(shown(replace(VERDICT, quote=VERDICT.quote.replace("good", "inadequate"))), id="fabricated"),
        pytest.param(replace(shown(VERDICT), shown="Hampshire Constabulary is inadequate."), id="shown otherwise"),
        pytest.param(shown(VERDICT, number=4), id="misattributed"),
        pytest.param(shown(VERDICT, number=9), id="of no release"),
        pytest.param(shown(VERDICT, revision=2), id="of no revision"),
        pytest.param(
            shown(Evidence(VERDICT.start, VERDICT.end + 1 + len(LAST.quote), f"{VERDICT.quote} {LAST.quote}")),
            id="stitched of two spans",
        ),
        pytest.param(
            replace(
                shown(Evidence.of(HAMPSHIRE.release.text, VERDICT.start, LAST.end)),
                shown=f"{VERDICT.words} … {LAST.words}",
            ),
            id="stitched over an omission",
        ),
        pytest.param(shown(Evidence(VERDICT.start + 1, VERDICT.end + 1, VERDICT.quote)), id="a span too far"),
    ],
)
def test_fabricated_misattributed_and_stitched_words_never_leave(quotation: Quotation) -> None:
    with pytest.raises(QuoteNotInText):
        leave(shown(VERDICT), quotation)


PAINTINGS: dict[str, Callable[[Canvas, StoredRelease, Evidence], object]] = {
    "quote": lambda canvas, stored, words: canvas.quote(stored, words, "by"),
    "passage": lambda canvas, stored, words: canvas.passage(stored, words),
    "bullet": lambda canvas, stored, words: (canvas.bullet(stored, words, "", ""), canvas.bullets(stored, None)),
    "lead-in": lambda canvas, stored, words: (canvas.bullet(stored, NEXT, "", ""), canvas.bullets(stored, words)),
    "found": lambda canvas, stored, words: canvas.found(stored, None, words, None, (), "R-5"),
    "found, before": lambda canvas, stored, words: canvas.found(stored, words, NEXT, None, (), "R-5"),
    "found, after": lambda canvas, stored, words: canvas.found(stored, None, NEXT, words, (), "R-5"),
    "copyable": lambda canvas, stored, words: canvas.copyable(f"“{words.words}”", stored, words),
}


@pytest.mark.parametrize("painting", PAINTINGS)
def test_whatever_is_painted_with_a_releases_words_goes_through_the_gate(painting: str) -> None:
    true, false = Canvas(), Canvas()
    PAINTINGS[painting](true, HAMPSHIRE, LAST)
    PAINTINGS[painting](false, HAMPSHIRE, replace(LAST, quote=LAST.quote.replace("force", "farce")))

    leave(*true.quotations)
    with pytest.raises(QuoteNotInText):
        leave(*false.quotations)


def test_what_is_to_be_copied_must_hold_the_words_it_quotes() -> None:
    with pytest.raises(TemplateProblem, match="not in what is to be copied"):
        Canvas().copyable("“Hampshire is fine.”", HAMPSHIRE, VERDICT)


def test_marks_never_change_the_words_that_are_shown() -> None:
    canvas = Canvas()
    half = Evidence.of(HAMPSHIRE.release.text, VERDICT.start + 3, VERDICT.end - 3)
    canvas.found(HAMPSHIRE, None, VERDICT, None, (half,), receipt(HAMPSHIRE, VERDICT))

    [block] = canvas.blocks
    text = "".join(element["text"] for element in block["elements"][0]["elements"])
    assert text == f"{VERDICT.words}\n{receipt(HAMPSHIRE, VERDICT)}"


def test_a_message_with_words_of_another_release_is_refused_whole() -> None:
    wrong = Passage(LEICESTERSHIRE, VERDICT)
    found = Verified(Verdict.VERBATIM, None, (wrong,))
    context = {
        "found": found,
        "verdict": found.verdict,
        "verdicts": Verdict,
        "claim": None,
        "asked_receipt": "",
        "shown": [Shown(wrong, "R-4 ¶1", "somebody")],
        "now": None,
        "total": 5,
    }
    template = Reply("verify.j2", {**context, **ASKED, "typed_words": "verify", "carried": (), "claim": "words"})

    with pytest.raises(QuoteNotInText):
        check_quotations(Renderer().render(template), text_of)

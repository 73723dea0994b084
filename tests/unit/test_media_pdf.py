from __future__ import annotations

import pytest
from media_samples import Printed, archive, docx, page_of, pdf

from summaries.errors import UnreadableRelease
from summaries.media import read_document
from summaries.media.child import read
from summaries.media.kinds import Kind
from summaries.types import RawRelease

P = Printed


def lines(y: float, *texts: str, bold: bool = False, size: float = 11, step: float = 14) -> list[Printed]:
    return [P(text, y - step * at, bold=bold, size=size) for at, text in enumerate(texts)]


def release(number: int) -> list[Printed]:
    """A page with a running head, a page number, and a body of its own."""
    return [
        P("Inspectorate press release", 810, size=9),
        *lines(760, "Kent Police must do", "better", bold=True, size=16, step=20),
        *lines(
            700,
            f"Inspection {number} looked at anti-",
            "corruption in the force (all of it), for as long as it",
            "took.",
        ),
        *lines(640, f"In inspection {number} we found that the force:"),
        P("•", 620),
        P("treats people well, in ways that are easy to", 620, x=90),
        P("see; and", 606, x=90),
        P("•", 592),
        P("could plan better.", 592, x=90),
        *lines(560, f"HM Inspector Number {number} said:", bold=True),
        *lines(530, f"“In this year, {number}, the force has done well."),
        P(f"Page {number} of 3", 40, size=9),
    ]


def body(number: int) -> str:
    return f"""## Kent Police must do better

Inspection {number} looked at anti-
corruption in the force (all of it), for as long as it
took.

In inspection {number} we found that the force:

- treats people well, in ways that are easy to
see; and
- could plan better.

## HM Inspector Number {number} said:

“In this year, {number}, the force has done well."""


def text_of(*pages: list[Printed]) -> str:
    """What the child makes of a PDF, read in this process."""
    (page,) = read(Kind.PDF, pdf(*pages), None)
    return page.text


def test_a_page_is_rebuilt_as_headings_paragraphs_and_items() -> None:
    document = read_document(RawRelease("a.txt", pdf(release(1)), "text/plain"))

    assert document.media_type == "application/pdf"
    assert document.pages[0].text == "Inspectorate press release\n\n" + body(1)


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        release(1),
        *(
            [
                P("Inspectorate press release", 810, size=9),
                *lines(600 - at, f"Page text {word}."),
                P(f"Page {at} of 3", 40, size=9),
            ]
            for at, word in ((2, "two"), (3, "three"))
        ),
    ]

    assert text_of(*pages) == body(1) + "\n\nPage text two.\n\nPage text three."


def test_lines_drawn_out_of_order_are_read_from_top_to_bottom() -> None:
    page = [*lines(700, "The first line,", "the second,", "the third."), P("A foot of one page", 40, size=9)]

    assert text_of(page[::-1]) == "The first line,\nthe second,\nthe third.\n\nA foot of one page"


def test_columns_are_read_as_they_were_drawn() -> None:
    left = [P(f"left {word}", 700 - 14 * at) for at, word in enumerate(("one", "two"))]
    right = [P(f"right {word}", 700 - 14 * at, x=320) for at, word in enumerate(("one", "two"))]

    assert text_of(left + right) == "left one\nleft two\n\nright one\nright two"


@pytest.mark.parametrize("bullet", ["•", "·", "–", "-", "o"])
def test_every_sort_of_bullet_is_a_dash(bullet: str) -> None:
    page = lines(700, "We found that the force:", f"{bullet} Works well;", f"{bullet} Plans well.", step=20)

    assert text_of(page) == "We found that the force:\n\n- Works well;\n- Plans well."


def test_bullets_drawn_apart_from_their_words_are_put_before_them() -> None:
    words = [P("Works well;", 700, x=90), P("Plans well.", 680, x=90)]

    assert text_of([*words, P("•", 700), P("•", 680)]) == "- Works well;\n- Plans well."
    assert text_of([P("•", 700), P("•", 680), *words]) == "- Works well;\n- Plans well."


def test_a_paragraph_of_one_line_after_another_is_not_joined() -> None:
    page = lines(700, "The first paragraph of one line.", "The second one, as far down.", "And a third one", step=26)

    assert text_of(page).count("\n\n") == 2


def test_on_two_pages_the_first_and_last_line_that_both_have_are_left_out() -> None:
    pages = [
        [P("Inspectorate", 810), *lines(700, f"The page {word}.", "More of it."), P(f"Release {at}/2012", 40)]
        for at, word in ((1, "one"), (2, "two"))
    ]

    assert text_of(*pages) == "The page one.\nMore of it.\n\nThe page two.\nMore of it."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf([]), "may be a scan"),
        (pdf(), "may be a scan|damaged"),
        (b"%PDF-1.7 words", "damaged"),
        (b"\n" * 1000 + b"%PDF-1.7", "damaged"),
        (pdf([P("Kent Police", 700)])[:200], "damaged"),
        (b"PK\x03\x04", "damaged"),
        (archive({"a.txt": "words"}), "not a Word document"),
        (archive({"word/document.xml": "words"}), "damaged"),
        (archive({"word/document.xml": " " * 61_000_000}), "damaged or larger"),
    ],
)
def test_what_a_pdf_or_archive_does_not_hold_is_said(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableRelease, match=reason):
        page_of(content)


def test_a_word_document_is_read_with_its_headings_and_items() -> None:
    content = docx(("Heading1", "Kent & Essex"), ("", "We found:"), ("ListBullet", "one;"), ("ListBullet", "two."))
    document = read_document(RawRelease("a", content, "application/octet-stream"))

    assert document.media_type.endswith("wordprocessingml.document")
    assert document.pages[0].text == "# Kent & Essex\n\nWe found:\n\n- one;\n- two."

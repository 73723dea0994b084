"""PDF to printed lines, by PDFium. Run in the child only; what the lines mean is `pdf_layout`'s."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from summaries.errors import UnreadableRelease
from summaries.media.document import Page
from summaries.media.hygiene import LONGEST_TEXT, clean
from summaries.media.pdf_layout import Line, in_reading_order, to_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_PAGES = 400
_HYPHENS = (0x02, 0xFFFE)  # what PDFium makes of a hyphen at the end of a line
_BOLD_WEIGHT = 600
_BOLD_NAMES = (b"bold", b"black", b"heavy")
_SPACES = (0x20, 0xA0, 0x0A, 0x0D)  # PDFium adds its own between words and lines, where they stand nowhere
_USUAL_WIDTH = 0.5  # of a character, in sizes of its type
_SAME_LINE = 0.35  # of the size of the type: a smaller step up or down is a raised letter, not a new line


def read_pdf(content: bytes) -> Page:
    """The text of a PDF. Raises UnreadableRelease for one that is damaged, locked or holds pictures only."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        what = "is locked by a password" if locked else "is damaged"
        raise UnreadableRelease(f"The PDF {what}, so it cannot be read..") from None
    pages = []
    length = 0
    for number in range(min(len(document), _MOST_PAGES)):
        lines = in_reading_order(list(_lines(document, number)))
        pages.append(lines)
        length += sum(len(line.text) for line in lines)
        if length > LONGEST_TEXT:
            break
    text = to_markdown(pages)
    if not text.strip():
        raise UnreadableRelease("The PDF holds no text; it may be a scan..")
    return Page(clean(text))


def _lines(document: pypdfium2.PdfDocument, number: int) -> Iterator[Line]:
    """The runs of characters that stand on one base line, in the order in which the file draws them."""
    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return
    run, style, drawn_by = _Run(), (0.0, False), 0
    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, at)
        if code in _SPACES:
            run.words.append(" ")
            continue
        # Looked up once for each piece of text drawn, not for each character: the calls are what takes the time.
        piece = ctypes.cast(pdfium.FPDFText_GetTextObject(text, at), ctypes.c_void_p).value or 0
        if not piece or piece != drawn_by:
            style, drawn_by = _style(text, at), piece
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        if run.size and abs(y.value - run.baseline) > _SAME_LINE * max(style[0], run.size):
            yield run.line()
            run = _Run()
        run.add("-" if code in _HYPHENS else _character(code), x.value, y.value, *style)
    if run.size:
        yield run.line()


class _Run:
    """Characters of one line while they are read."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.size = self.baseline = self._left = self._right = 0.0
        self._bold = self._all = 0

    def add(self, character: str, x: float, baseline: float, size: float, bold: bool) -> None:
        if not self._all:
            self.baseline, self._left, self._right = baseline, x, x
        self.words.append(character)
        self.size = max(self.size, size)
        self._left, self._right = min(self._left, x), max(self._right, x + _USUAL_WIDTH * size)
        self._all += 1
        self._bold += bold

    def line(self) -> Line:
        text = " ".join("".join(self.words).split())
        return Line(text, self._left, self._right, self.baseline, self.size, self._bold > 0.9 * self._all)


def _style(text: pypdfium2.PdfTextPage, at: int) -> tuple[float, bool]:
    """The size of a character's type in points as printed, and whether it is bold."""
    matrix = pdfium.FS_MATRIX()
    scale = abs(matrix.d) if pdfium.FPDFText_GetMatrix(text, at, matrix) and matrix.d else 1.0
    size = max(0.1, pdfium.FPDFText_GetFontSize(text, at) * scale)
    if pdfium.FPDFText_GetFontWeight(text, at) >= _BOLD_WEIGHT:
        return size, True
    name = ctypes.create_string_buffer(64)
    pdfium.FPDFText_GetFontInfo(text, at, name, 64, ctypes.c_int())
    return size, any(bold in name.value.lower() for bold in _BOLD_NAMES)


def _character(code: int) -> str:
    return chr(code) if 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else " "

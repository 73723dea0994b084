"""Word documents, by way of HTML. Run in the child only."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import mammoth

from summaries.errors import UnreadableRelease
from summaries.media.html_page import read_page

if TYPE_CHECKING:
    from summaries.media.document import Page

_LARGEST_UNZIPPED = 60_000_000  # bytes
_MOST_FILES = 2_000
# Paragraphs that are items by their style alone; numbered ones the converter knows.
_LISTS = """
p[style-name^='List Bullet'] => ul > li:fresh
p[style-name^='List Number'] => ol > li:fresh
"""
_NO_IMAGE = mammoth.images.img_element(lambda _: {})
_UNREADABLE = "The Word document is damaged or larger than a release can be.."


def read_docx(content: bytes) -> Page:
    """The text of a Word document. Raises UnreadableRelease for one that is damaged or unzips to too much."""
    stream = io.BytesIO(content)
    try:
        with zipfile.ZipFile(stream) as archive:
            files = archive.infolist()
        if len(files) > _MOST_FILES or sum(file.file_size for file in files) > _LARGEST_UNZIPPED:
            raise UnreadableRelease(_UNREADABLE)
        converted = mammoth.convert_to_html(stream, style_map=_LISTS, convert_image=_NO_IMAGE)
    except UnreadableRelease:
        raise
    except Exception:  # whatever a damaged document makes the converter raise; it names no errors of its own
        raise UnreadableRelease(_UNREADABLE) from None
    return read_page(f"<body>{converted.value}</body>")

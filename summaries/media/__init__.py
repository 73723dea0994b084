"""Bytes to pages of text: `read_document` reads every format the inspectorate has used."""

from summaries.media.document import Document, Page
from summaries.media.reading import read_document

__all__ = ["Document", "Page", "read_document"]

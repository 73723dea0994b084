"""A saved e-mail: its words, as plain text or HTML."""

from __future__ import annotations

import email
from typing import TYPE_CHECKING

from summaries.errors import UnreadableRelease
from summaries.media.decoding import decode

if TYPE_CHECKING:
    from email.message import Message

_UNREADABLE = "The e-mail holds no message that can be read.."


def read_mail(content: bytes) -> tuple[str, bool]:
    """The message, decoded, and whether it is HTML, which is preferred: it keeps lists and links.

    Attachments are not read. Raises UnreadableRelease when there is no message.
    """
    try:
        message = email.message_from_bytes(content.lstrip(b"\r\n"))
        parts = [part for part in message.walk() if not part.is_multipart() and not part.get_filename()]
    except (RecursionError, ValueError, LookupError, TypeError):
        raise UnreadableRelease(_UNREADABLE) from None
    for wanted in ("text/html", "text/plain"):
        for part in parts:
            if part.get_content_type() == wanted and (text := _decoded(part)).strip():
                return text, wanted == "text/html"
    raise UnreadableRelease(_UNREADABLE)


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return decode(payload, f"text; charset={part.get_content_charset() or ''}") if isinstance(payload, bytes) else ""

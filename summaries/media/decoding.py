"""Bytes to characters."""

from __future__ import annotations

import re

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HEAD = 2048  # bytes in which a page must name its encoding, twice what the HTML standard looks at
_META_CHARSET = re.compile(rb"""<meta\b[^>]{0,200}?charset\s{0,8}=\s{0,8}["']?\s{0,8}([\w:.-]{1,40})""", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s{0,8}=\s{0,8}["']?([\w:.-]{1,40})""", re.IGNORECASE)
# Of all that Python can decode, only what old pages of this kind are in: others are slow, or no character sets at all.
_SINGLE_BYTE = re.compile(r"windows-125\d|cp125\d|iso-8859-\d{1,2}|macintosh|mac-roman")


def decode(content: bytes, media_type: str | None = None) -> str:
    """UTF-8 or UTF-16 by byte-order mark or by look, else UTF-8, else the single-byte encoding that the page or the
    media type names, else Windows-1252. What cannot be decoded becomes U+FFFD.

    What decodes as UTF-8 is UTF-8, whatever a page says of itself: no other text does so by chance.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if wide := _unmarked_utf16(content):
        return content.decode(wide, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(_named(content, media_type), errors="replace")


def _unmarked_utf16(content: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in every other byte, and nothing else that can be read has."""
    head = content[:_HEAD]
    half = len(head) // 2
    if half < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.05 * half else None


def _named(content: bytes, media_type: str | None) -> str:
    in_page, given = _META_CHARSET.search(content[:_HEAD]), _CHARSET.search(media_type or "")
    for name in (in_page and in_page.group(1).decode("ascii", "replace"), given and given.group(1)):
        if name and _SINGLE_BYTE.fullmatch(name.lower()) and name.lower() != "iso-8859-1":
            try:
                "".encode(name)
            except LookupError:
                continue
            return name.lower()
    return "cp1252"

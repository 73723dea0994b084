"""Where sentences begin and end, also among quotation marks, abbreviations and initials."""

from __future__ import annotations

import re

#: Characters. What is longer is a table or noise; no fact is read from it.
LONGEST_SENTENCE = 1200

_END = re.compile(r"""[.!?]{1,3}["'”’)\]]{0,3}\s+(?=["'“‘(\[]{0,2}[A-Z0-9])""")
_LAST_WORD = re.compile(r"[\w.]{1,12}$")
_ABBREVIATIONS = frozenset(
    (
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "no",
        "nos",
        "sir",
        "e.g",
        "i.e",
        "etc",
        "cf",
        "vs",
        "p.m",
        "a.m",
        "para",
        "pp",
        "insp",
    )
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each sentence, in order; together they cover all but the white space between them."""
    spans: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for end in _END.finditer(text):
        if _is_abbreviation(text[max(end.start() - 12, start) : end.start()], end.group()):
            continue
        stop = start + len(text[start : end.end()].rstrip())
        spans.append((start, stop))
        start = end.end()
    stop = len(text.rstrip())
    if start < stop:
        spans.append((start, stop))
    return spans


def _is_abbreviation(before: str, mark: str) -> bool:
    word = _LAST_WORD.search(before)
    if word is None or mark.strip() != ".":
        return False
    letters = word.group().casefold()
    return letters in _ABBREVIATIONS or (len(letters) == 1 and word.group().isupper() and letters != "i")

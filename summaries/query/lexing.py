"""What a filter is written with: words, quoted words, keys, commas and bars, each with its minus."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summaries.errors import BadFilter

_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00a0": " "})
_DASHES = "-−–—‐‑"
_LEXEME = re.compile(
    rf"""(?P<space>\s?)(?:
        (?P<part>[,;|])
      | (?P<minus>[{_DASHES}]?)(?:
            (?P<key>[^\W\d_]{{1,30}}):(?!/)
          | "(?P<quoted>[^"]*)(?:"|\Z)
          | (?P<word>[^\s,;|"]+)
        )
    )""",
    re.VERBOSE,
)
_NOT_ALL_OF = re.compile(rf"(?:^|[\s,;|(])[{_DASHES}]\(")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """`sort` is "word", "quoted", "key" or the sign itself (`,` or `|`). `glued`: nothing stands between it and what is
    before it."""

    sort: str
    text: str
    negated: bool = False
    glued: bool = False


def lex(text: str) -> list[Lexeme]:
    """The lexemes of a filter. Brackets only part. Raises BadFilter when one is excluded."""
    plain = text.translate(_PLAIN)
    if _NOT_ALL_OF.search(plain):
        raise BadFilter("A minus before a bracket is not a filter I know. Write `-` before each word to leave out.")
    apart = " ".join(plain.replace("(", " ").replace(")", " ").split())
    found = [_lexeme(match) for match in _LEXEME.finditer(apart)]
    return [one for one in found if one.text]


def _lexeme(match: re.Match[str]) -> Lexeme:
    glued, negated = not match["space"] and match.start() > 0, bool(match["minus"])
    if match["part"]:
        sign = "|" if match["part"] == "|" else ","
        return Lexeme(sign, sign, glued=glued)
    if match["key"]:
        return Lexeme("key", match["key"].lower(), negated, glued)
    if match["quoted"] is not None:
        return Lexeme("quoted", " ".join(match["quoted"].split()), negated, glued)
    return Lexeme("word", match["word"], negated, glued)

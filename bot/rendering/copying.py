"""Forms in which a quotation is copied into print: plain, Markdown, and its source as CSL-JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.rendering.speakers import speakers_line
from bot.rendering.words import day
from summaries.quoting import ATTRIBUTION, csl_item, is_own_page, publisher
from summaries.types import PublishedBasis

if TYPE_CHECKING:
    from summaries.ports import StoredRelease
    from summaries.quoting import Quoted
    from summaries.types import Release

_BASES = {PublishedBasis.CALENDAR: " (date inferred)", PublishedBasis.FEED: " (the feed’s date)"}


@dataclass(frozen=True, slots=True)
class Forms:
    plain: str
    markdown: str
    csl: str


def forms(quoted: Quoted) -> Forms:
    """The three forms. The words in the first two are the evidence's, unchanged; the third is the source only."""
    said = speakers_line(quoted.statements)
    words, stored = quoted.evidence.words, quoted.stored
    intro = f"{said}, said" if said else "In the words of the press release"
    if quoted.lead_in:
        intro += f", under “{quoted.lead_in.words}”"
    title, where = stored.release.title, _where(stored)
    end = [_published(stored.release), where, " ".join(quoted.receipt.split())]
    licence = f"\n{ATTRIBUTION}" if is_own_page(stored) else ""
    plain = f"{intro}: “{words}”\nSource: “{title}”, {', '.join(end)}.{licence}"
    linked = f"[{_in_brackets(title)}]({where})" if _is_web(stored) else f"“{title}”"
    rest = ", ".join(part for part in end if not (_is_web(stored) and part == where))
    markdown = f"{intro}:\n\n> {words}\n\nSource: {linked}, {rest}.{licence}"
    return Forms(plain, markdown, json.dumps([csl_item(quoted)], ensure_ascii=False, indent=2))


def _published(release: Release) -> str:
    by = " ".join(part for part in (publisher(release), "press release") if part)
    if release.published_on is None:
        return f"{by}, undated"
    basis = _BASES.get(release.published_basis, "") if release.published_basis else ""
    return f"{by}, {day(release.published_on)}{basis}"


def _where(stored: StoredRelease) -> str:
    return stored.location if _is_web(stored) else f"file {PurePath(stored.location).name}"


def _is_web(stored: StoredRelease) -> bool:
    return urlsplit(stored.location).scheme in {"http", "https"}


def _in_brackets(title: str) -> str:
    return title.replace("[", "(").replace("]", ")")

"""What a document holds, for the store: the releases in it that are ones, or why there is none."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.errors import ExcerptOnly, NotARelease, ReportPage, UnreadableRelease
from summaries.parsing import EXCERPT, parse
from summaries.release_json import to_json
from summaries.types import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summaries.types import RawRelease, Release


@dataclass(frozen=True, slots=True)
class Contents:
    """The releases of a document, each with its content hash, or the problem that kept any from being found.
    `is_readable` is False when there is no text to look for them in.
    """

    releases: tuple[tuple[Release, str], ...] = ()
    problem: str | None = None
    is_readable: bool = True


def read_contents(raw: RawRelease) -> Contents:
    """Parse a document and keep what is a release. Raises nothing for any bytes."""
    try:
        releases = parse(raw).releases
    except UnreadableRelease as error:
        return Contents(problem=str(error), is_readable=False)
    refusals = [refusal_of(release) for release in releases]
    found = [release for release, refusal in zip(releases, refusals, strict=True) if refusal is None]
    if not found:
        return Contents(problem=_problem(refusals))
    return Contents(tuple((release, content_hash(release)) for release in found))


def refusal_of(release: Release) -> NotARelease | None:
    """Why what was parsed is not stored as a release; None when it is one.

    What names no programme, no body and no kind of release is not one of the inspectorate's, and a feed's excerpt of a
    release must not stand for it.
    """
    if EXCERPT in release.doubts:
        return ExcerptOnly()
    if release.kind is Kind.REPORT_PAGE:
        return ReportPage()
    if not (release.programme or release.bodies or release.kind is not Kind.OTHER):
        return NotARelease()
    return None


def content_hash(release: Release) -> str:
    """A hash of all that was parsed, text included, as `v1:` and a sha256: equal when the public JSON is equal.

    The prefix names the way of hashing, so that it can change without taking every release for revised.
    """
    document = to_json(release)
    document["text"] = release.text.rstrip()  # how a file ends, or its line ends, corrects nothing
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"v1:{hashlib.sha256(canonical.encode()).hexdigest()}"


def _problem(refusals: Iterable[NotARelease | None]) -> str:
    """The most telling of the reasons: one that is more than not being recognised."""
    return str(max((refusal for refusal in refusals if refusal), key=lambda one: type(one) is not NotARelease))

"""What is kept of documents that were read, and the port through which a newer parser reads them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from summaries.types import RawRelease


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """Bytes as they were kept, once for each location where they were last read, those with a given day first.

    `is_last` is False when no location holds them any more, but a release that is held was read from them; `readings`
    then has the location where they were first read.
    """

    raw_id: int
    sha256: str
    readings: tuple[RawRelease, ...]
    is_last: bool
    problem: str | None


@dataclass(frozen=True, slots=True)
class HeldRelease:
    """The newest revision of a release as written down: `document` is its JSON, by whichever parser, with its text."""

    number: int
    release_id: str
    revision: int
    content_hash: str
    document: Mapping[str, Any]


class Rereading(Protocol):
    """Documents that were read by an older parser, and what is held of them."""

    def stale(self, parser_version: int) -> Sequence[int]:
        """The ids of all kept bytes that no parser of this version has read where they are the last read, or a release
        held was read from them; in order of first keeping."""

    def stale_at(self, location: str, sha256: str, parser_version: int) -> Sequence[int]:
        """Of those, what was last read at a location, and these very bytes."""

    def document(self, raw_id: int) -> KeptDocument | None:
        """The kept bytes of an id."""

    def locations(self, raw_id: int) -> tuple[str, ...]:
        """Where these bytes are the last read, in no order that means anything."""

    def held(self, raw_id: int) -> Sequence[HeldRelease]:
        """The releases whose newest revision was read from these bytes, in order of number."""

    def known(self, release_ids: Iterable[str]) -> dict[str, bool]:
        """Of these ids, those that ever were a release's → whether one is held of it, and not retired."""

    def rename(self, number: int, release_id: str, *, raw_id: int) -> None:
        """Give a release another id. What else it was ever read from, but these bytes, is to be read again."""

    def retire(self, number: int, *, raw_id: int) -> None:
        """Show a release no more: its number and revisions stay, for receipts. What else it was ever read from, but
        these bytes, is to be read again."""

    def note_read(self, raw_id: int, *, problem: str | None, parser_version: int) -> None:
        """Note that a parser has read these bytes, everywhere, and what kept it from finding a release."""

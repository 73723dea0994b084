"""Documents that an older parser read, and what is held of them (`kept.Rereading`).

A release is retired by the kind in its row: no look-up by id, body or age finds it then, but its number does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from summaries.kept import HeldRelease, KeptDocument
from summaries.store.release_statements import CLEAR_BODIES, NOT_RETIRED, RETIRED, STANDS_AT
from summaries.store.search_index import TermIndex
from summaries.store.tables import raw_document, raw_reading, release, release_revision, source_page
from summaries.types import RawRelease

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_raw_id = sa.bindparam("of_raw_id", type_=sa.Integer)
_version = sa.bindparam("version", type_=sa.Integer)
_is_last_somewhere = sa.exists().where(raw_reading.c.raw_id == raw_document.c.id)
_CURRENT = sa.join(release, release_revision, release_revision.c.seq == release.c.seq)

STALE = sa.union(
    sa.select(raw_reading.c.raw_id).where(raw_reading.c.parser_version < _version),
    sa.select(release_revision.c.raw_id)
    .select_from(_CURRENT.join(raw_document, raw_document.c.id == release_revision.c.raw_id))
    .where(raw_document.c.parser_version < _version, sa.not_(_is_last_somewhere), NOT_RETIRED),
).order_by("raw_id")
STALE_AT = sa.union(
    sa.select(raw_reading.c.raw_id).where(
        raw_reading.c.location == sa.bindparam("location"), raw_reading.c.parser_version < _version
    ),
    sa.select(raw_document.c.id).where(
        raw_document.c.sha256 == sa.bindparam("sha256"), raw_document.c.parser_version < _version
    ),
)
DOCUMENT = sa.select(raw_document).where(raw_document.c.id == _raw_id)
# The day that a feed or list gave is kept with the page it led to, not with the bytes.
READINGS = (
    sa.select(raw_reading.c.location, source_page.c.published_on)
    .join_from(raw_reading, source_page, source_page.c.url == raw_reading.c.location, isouter=True)
    .where(raw_reading.c.raw_id == _raw_id)
    .order_by(source_page.c.published_on.is_(None), raw_reading.c.location)
)
LOCATIONS = sa.select(raw_reading.c.location).where(raw_reading.c.raw_id == _raw_id)
HELD = (
    sa.select(
        release.c.number,
        release.c.release_id,
        release.c.revision,
        release_revision.c.content_hash,
        release_revision.c.document,
        release_revision.c.text,
    )
    .select_from(_CURRENT)
    .where(release_revision.c.raw_id == _raw_id, NOT_RETIRED)
    .order_by(release.c.number)
)
KNOWN = sa.select(release.c.release_id, NOT_RETIRED.label("is_held")).where(
    release.c.release_id.in_(sa.bindparam("release_ids", expanding=True))
)
RENAME = sa.update(release).where(release.c.number == sa.bindparam("of_number"))
RETIRE = RENAME.values(kind=RETIRED, dated=0, year=None)
READ_AGAIN = (
    sa.update(raw_reading)
    .where(
        raw_reading.c.raw_id.in_(
            sa.select(release_revision.c.raw_id).where(
                release_revision.c.number == sa.bindparam("of_number"), release_revision.c.raw_id != _raw_id
            )
        )
    )
    .values(parser_version=0)
)
NOTE_DOCUMENT = sa.update(raw_document).where(raw_document.c.id == _raw_id)
NOTE_READINGS = sa.update(raw_reading).where(raw_reading.c.raw_id == _raw_id)


class SqlRereading:
    """Documents that an older parser read, in the transaction of a connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def stale(self, parser_version: int) -> Sequence[int]:
        """The ids of the bytes to be read again, in order of first keeping."""
        return list(self._connection.execute(STALE, {"version": parser_version}).scalars())

    def stale_at(self, location: str, sha256: str, parser_version: int) -> Sequence[int]:
        """Of those, what was last read at a location, and these very bytes."""
        asked = {"location": location, "sha256": sha256, "version": parser_version}
        return sorted(self._connection.execute(STALE_AT, asked).scalars())

    def document(self, raw_id: int) -> KeptDocument | None:
        """The kept bytes of an id."""
        row = self._connection.execute(DOCUMENT, {"of_raw_id": raw_id}).one_or_none()
        if row is None:
            return None
        read_at = [tuple(found) for found in self._connection.execute(READINGS, {"of_raw_id": raw_id})]
        readings = tuple(
            RawRelease(location, row.content, row.media_type, row.fetched_at, published_on)
            for location, published_on in read_at or [(row.location, None)]
        )
        return KeptDocument(raw_id, row.sha256, readings, is_last=bool(read_at), problem=row.problem)

    def locations(self, raw_id: int) -> tuple[str, ...]:
        """Where these bytes are the last read."""
        return tuple(self._connection.execute(LOCATIONS, {"of_raw_id": raw_id}).scalars())

    def held(self, raw_id: int) -> Sequence[HeldRelease]:
        """The releases whose newest revision was read from these bytes."""
        return [
            HeldRelease(row.number, row.release_id, row.revision, row.content_hash, {**row.document, "text": row.text})
            for row in self._connection.execute(HELD, {"of_raw_id": raw_id})
        ]

    def known(self, release_ids: Iterable[str]) -> dict[str, bool]:
        """Of these ids, those that ever were a release's → whether one is held of it."""
        rows = self._connection.execute(KNOWN, {"release_ids": list(release_ids)})
        return {row.release_id: bool(row.is_held) for row in rows}

    def rename(self, number: int, release_id: str, *, raw_id: int) -> None:
        """Give a release another id; its other documents are to be read again: they may still mean the old one."""
        self._connection.execute(RENAME, {"of_number": number, "release_id": release_id})
        self._connection.execute(READ_AGAIN, {"of_number": number, "of_raw_id": raw_id})

    def retire(self, number: int, *, raw_id: int) -> None:
        """Show a release no more; its other documents are to be read again: they may still mean it."""
        dated, seq = self._connection.execute(STANDS_AT, {"number": number}).one()
        TermIndex(self._connection).remove(dated, seq)
        self._connection.execute(RETIRE, {"of_number": number})
        self._connection.execute(CLEAR_BODIES, {"number": number})
        self._connection.execute(READ_AGAIN, {"of_number": number, "of_raw_id": raw_id})

    def note_read(self, raw_id: int, *, problem: str | None, parser_version: int) -> None:
        """Note that a parser has read these bytes, and what kept it from finding a release."""
        read = {"of_raw_id": raw_id, "parser_version": parser_version}
        self._connection.execute(NOTE_DOCUMENT, read | {"problem": problem})
        self._connection.execute(NOTE_READINGS, read)

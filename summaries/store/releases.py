"""Releases, their revisions and the ingest sequence (`ports.Releases`).

The text of a release is kept once, in its revision; the JSON beside it is the public one without the text.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from summaries.delivery import DigestItem
from summaries.ports import StoredRelease, Withdrawn
from summaries.release_json import from_json, to_json
from summaries.store import release_statements as sql
from summaries.store.search_index import TermIndex
from summaries.types import BodyRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlalchemy as sa

    from summaries.types import Pillar, RawRelease, Release

MEDIA_TYPE_LENGTH = 100
"""As much of one as its column holds; PostgreSQL refuses more."""


class SqlReleases:
    """Releases, in the transaction of a connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._index = TermIndex(connection)

    # Looking up

    def current(self, release_id: str) -> StoredRelease | None:
        """The newest revision of a release by its stable id."""
        return self._one(sql.CURRENT_BY_ID, release_id=release_id)

    def by_number(self, number: int, revision: int | None = None) -> StoredRelease | None:
        """A release by its short number: its newest revision, or the one asked for."""
        if revision is None:
            return self._one(sql.CURRENT_BY_NUMBER, number=number)
        return self._one(sql.REVISION_BY_NUMBER, number=number, revision=revision)

    def text_of(self, number: int, revision: int) -> str | None:
        """The stored text of a revision; None when there is no such revision."""
        text: str | None = self._connection.execute(
            sql.TEXT_OF_REVISION, {"number": number, "revision": revision}
        ).scalar_one_or_none()
        return text

    def last_text_from(self, number: int, location: str) -> str | None:
        """The text of the newest revision that was read at a location; None when none was."""
        asked = {"number": number, "location": location}
        text: str | None = self._connection.execute(sql.LAST_TEXT_FROM, asked).scalar_one_or_none()
        return text

    def of_body(
        self, body_id: str, *, year: int | None = None, pillar: Pillar | None = None, limit: int = 20
    ) -> Sequence[StoredRelease]:
        """Releases with this body as subject, newest first: by date, then by when they came in."""
        if year is None and pillar is None:
            return self._many(sql.OF_BODY, body_id=body_id, limit=limit)
        if pillar is None:
            return self._many(sql.OF_BODY_IN_YEAR, body_id=body_id, year=year, limit=limit)
        if year is None:
            return self._many(sql.OF_BODY_ON_PILLAR, body_id=body_id, pillar=pillar.value, limit=limit)
        return self._many(sql.OF_BODY_IN_YEAR_ON_PILLAR, body_id=body_id, year=year, pillar=pillar.value, limit=limit)

    def newest_of_series(self, body_id: str) -> Sequence[tuple[StoredRelease, int]]:
        """The newest release of each programme and pillar of this body, newest first, and how many earlier ones there
        are, counted up to 99. A release of no known programme is of the series of its kind.
        """
        rows = self._connection.execute(sql.NEWEST_OF_SERIES, {"body_id": body_id})
        earlier: dict[int, int] = {row.seq: row.earlier for row in rows}
        newest = self._many(sql.BY_SEQ, seqs=list(earlier)) if earlier else []
        newest.sort(key=lambda stored: (stored.release.dated, stored.seq), reverse=True)
        return [(stored, earlier[stored.seq]) for stored in newest]

    def latest(self, *, body_id: str | None = None, limit: int = 5) -> Sequence[StoredRelease]:
        """The newest releases, of all or of one body."""
        return self._many(sql.LATEST, limit=limit) if body_id is None else self.of_body(body_id, limit=limit)

    def ingested_between(self, after: int, upto: int) -> Sequence[DigestItem]:
        """What came in with `after < seq <= upto`, oldest first, each as it was at that sequence.

        A revision of our own is given only after one that came in: it then shows how that one is read by now.
        """
        came_in: set[int] = set()
        items: list[DigestItem] = []
        for row in self._connection.execute(sql.INGESTED_BETWEEN, {"after": after, "upto": upto}):
            if row.is_ours and row.number not in came_in:
                continue
            came_in.add(row.number)
            items.append(DigestItem(stored_release(row), "new" if row.revision == 1 else "revised", row.revision))
        return items

    # What is held

    def bodies_held(self) -> dict[str, int]:
        """Body id → how many releases have it as subject."""
        return {row.body_id: row.held for row in self._connection.execute(sql.BODIES_HELD)}

    def last_seq(self) -> int:
        """The ingest sequence of the newest revision stored; 0 when there is none."""
        return int(self._connection.execute(sql.LAST_SEQ).scalar_one())

    def count(self) -> int:
        """How many releases there are, revisions not counted."""
        return int(self._connection.execute(sql.COUNT).scalar_one())

    def years(self) -> tuple[int, int] | None:
        """The first and the last year of the releases held; None when none is dated."""
        first, last = self._connection.execute(sql.YEARS).one()
        return None if first is None else (int(first), int(last))

    def last_ingested_at(self) -> datetime | None:
        """When a release was last stored or revised."""
        return self._connection.execute(sql.LAST_INGESTED_AT).scalar_one_or_none()

    def unreadable(self) -> Sequence[tuple[str, str]]:
        """(location, problem) of what was last read at a location but could not be parsed, oldest first."""
        return [(row.location, row.problem) for row in self._connection.execute(sql.UNREADABLE)]

    # Ingesting

    def hold_ingest(self) -> None:
        """Wait for other ingests to end. On SQLite `BEGIN IMMEDIATE` has already done so."""
        self._connection.execute(sql.HOLD_INGEST)

    def raw_known(self, raw: RawRelease, *, sha256: str, parser_version: int) -> bool:
        """Are these bytes what was last read at their location, by this parser and without a problem?"""
        asked = {"sha256": sha256, "parser_version": parser_version, "location": raw.location}
        return self._connection.execute(sql.RAW_KNOWN, asked).first() is not None

    def keep_raw(self, raw: RawRelease, *, sha256: str, problem: str | None, at: datetime, parser_version: int) -> int:
        """Keep the bytes once, note that they were read at their location, and give their id.

        Bytes kept before only take the newer verdict of a parser on them.
        """
        new = {
            "sha256": sha256,
            "location": raw.location,
            "media_type": (raw.media_type or "")[:MEDIA_TYPE_LENGTH] or None,
            "problem": problem,
            "parser_version": parser_version,
            "fetched_at": raw.fetched_at,
            "kept_at": at,
            "content": raw.content,
        }
        self._connection.execute(sql.KEEP_RAW[self._connection.dialect.name], new)
        raw_id = int(self._connection.execute(sql.RAW_ID, {"sha256": sha256}).scalar_one())
        reading = {"location": raw.location, "raw_id": raw_id, "parser_version": parser_version}
        self._connection.execute(sql.KEEP_READING[self._connection.dialect.name], reading)
        return raw_id

    def add_revision(
        self, release: Release, *, content_hash: str, raw_id: int, at: datetime, parser_version: int
    ) -> StoredRelease:
        """Store as new or as the next revision. Earlier revisions stay; the bodies looked up by become this one's."""
        seq = int(self._connection.execute(sql.NEXT_SEQ).scalar_one())
        number, revision = self._head(release, seq, raw_id)
        document = to_json(release)
        text = document.pop("text")
        self._connection.execute(
            sql.ADD_REVISION,
            {
                "seq": seq,
                "number": number,
                "revision": revision,
                "raw_id": raw_id,
                "content_hash": content_hash,
                "parser_version": parser_version,
                "document": document,
                "text": text,
                "ingested_at": at,
            },
        )
        self._replace_bodies(release, number, seq)
        self._index.add(release, seq)
        location = self._connection.execute(sql.RAW_LOCATION, {"raw_id": raw_id}).scalar_one()
        return StoredRelease(number, seq, revision, content_hash, release, location, at)

    def replace_current(self, number: int, release: Release, *, content_hash: str, parser_version: int) -> None:
        """Write what a newer parser read from the same text in place of the newest revision.

        A sequence is taken but given to nothing: caches are keyed on it.
        """
        self._connection.execute(sql.NEXT_SEQ)
        dated, seq = self._connection.execute(sql.STANDS_AT, {"number": number}).one()
        self._index.remove(dated, seq)
        document = to_json(release)
        del document["text"]
        written = {"content_hash": content_hash, "parser_version": parser_version, "document": document}
        self._connection.execute(sql.REPLACE_REVISION, written | {"of_seq": seq})
        self._connection.execute(sql.REVISE_RELEASE, _columns(release) | {"of_number": number})
        self._replace_bodies(release, number, seq)
        self._index.add(release, seq)

    def withdraw(self, number: int, *, at: datetime, why: str) -> bool:
        """Note that a release is withdrawn. The sequence that is taken is given to nothing: it tells that something
        changed. False when there is none of this number, or it is withdrawn already."""
        withdrawn = self._connection.execute(sql.WITHDRAW, {"of_number": number, "at": at, "why": why}).rowcount == 1
        if withdrawn:
            self._connection.execute(sql.NEXT_SEQ)
        return withdrawn

    def withdrawn(self, *, since: datetime | None = None) -> Sequence[Withdrawn]:
        """The releases withdrawn (since then), the first first."""
        asked = {"since": since or datetime.min.replace(tzinfo=UTC)}
        return [Withdrawn(*row) for row in self._connection.execute(sql.WITHDRAWN, asked)]

    def _head(self, release: Release, seq: int, raw_id: int) -> tuple[int, int]:
        """Write the row that stands for the release itself; give its number and revision.

        What was withdrawn is held again when it comes in anew; that only we read the same bytes otherwise is no reason.
        """
        columns = _columns(release) | {"seq": seq}
        held = self._connection.execute(sql.HEAD, {"release_id": release.id}).first()
        if held is None:
            new = columns | {"release_id": release.id, "revision": 1}
            return int(self._connection.execute(sql.ADD_RELEASE, new).scalar_one()), 1
        self._index.remove(held.dated, held.seq)
        revision = held.revision + 1
        if held.raw_id != raw_id or not held.is_held:
            columns |= {"withdrawn_at": None, "withdrawn_why": None}
        self._connection.execute(sql.REVISE_RELEASE, columns | {"revision": revision, "of_number": held.number})
        return held.number, revision

    def _replace_bodies(self, release: Release, number: int, seq: int) -> None:
        self._connection.execute(sql.CLEAR_BODIES, {"number": number})
        roles: dict[str, str] = {}
        for body in release.bodies:
            if body.role is BodyRole.SUBJECT or body.id not in roles:
                roles[body.id] = body.role.value
        shared = {
            "number": number,
            "series": _series(release),
            "year": release.year,
            "dated": release.dated,
            "seq": seq,
        }
        if roles:
            rows = [shared | {"body_id": body_id, "role": role} for body_id, role in roles.items()]
            self._connection.execute(sql.ADD_BODY, rows)

    def _one(self, statement: sa.Select[Any], **values: object) -> StoredRelease | None:
        row = self._connection.execute(statement, values).first()
        return None if row is None else stored_release(row)

    def _many(self, statement: sa.Select[Any], **values: object) -> list[StoredRelease]:
        return [stored_release(row) for row in self._connection.execute(statement, values)]


def _columns(release: Release) -> dict[str, Any]:
    """What the row of a release repeats of its newest revision, to look it up by."""
    return {
        "title": release.title,
        "kind": release.kind.value,
        "programme": release.programme,
        "year": release.year,
        "pillar": release.pillar.value if release.pillar else None,
        "dated": release.dated,
    }


def _series(release: Release) -> str:
    """A release whose programme is unknown stands with others of its kind, never with another programme."""
    return f"{release.programme or release.kind.value}/{release.pillar.value if release.pillar else ''}"


def stored_release(row: sa.Row[Any]) -> StoredRelease:
    """A release from a row of the columns that release_statements.py reads."""
    document: dict[str, Any] = row.document
    return StoredRelease(
        number=row.number,
        seq=row.seq,
        revision=row.revision,
        content_hash=row.content_hash,
        release=from_json(document, row.text),
        location=row.location,
        ingested_at=row.ingested_at,
        withdrawn=Withdrawn(row.number, row.withdrawn_at, row.withdrawn_why or "") if row.withdrawn_at else None,
    )

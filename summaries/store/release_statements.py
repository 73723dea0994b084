"""The statements of `releases.py`, built once: building one anew costs four times as much as running it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from summaries.store.tables import ingest_counter, raw_document, raw_reading, release, release_body, release_revision
from summaries.store.upserts import for_each_database
from summaries.types import BodyRole

COUNTED = 100
"""How many releases of a series are counted at most, so that the work is bounded."""

RETIRED = "retired"
"""The kind in the row of a release that is shown no more; see rereading.py."""

NOT_RETIRED = release.c.kind != RETIRED

_number = sa.bindparam("number", type_=sa.Integer)
_year = sa.bindparam("year", type_=sa.Integer)
_pillar = sa.bindparam("pillar", type_=sa.String)
_limit = sa.bindparam("limit", type_=sa.Integer)

_COLUMNS = (
    release_revision.c.number,
    release_revision.c.seq,
    release_revision.c.revision,
    release_revision.c.content_hash,
    release_revision.c.document,
    release_revision.c.text,
    release_revision.c.ingested_at,
    raw_document.c.location,
    release.c.withdrawn_at,
    release.c.withdrawn_why,
)
_REVISION_AND_RAW = release_revision.join(raw_document, raw_document.c.id == release_revision.c.raw_id)
_REVISION = _REVISION_AND_RAW.join(release, release.c.number == release_revision.c.number)
_CURRENT = sa.join(release, _REVISION_AND_RAW, release_revision.c.seq == release.c.seq)
_OF_BODY = sa.join(release_body, _REVISION_AND_RAW, release_revision.c.seq == release_body.c.seq).join(
    release, release.c.number == release_body.c.number
)
_IS_SUBJECT = (release_body.c.body_id == sa.bindparam("body_id"), release_body.c.role == BodyRole.SUBJECT.value)
_NEWEST_OF_BODY = (release_body.c.dated.desc(), release_body.c.seq.desc())

CURRENT_BY_ID = (
    sa.select(*_COLUMNS).select_from(_CURRENT).where(release.c.release_id == sa.bindparam("release_id"), NOT_RETIRED)
)
CURRENT_BY_NUMBER = sa.select(*_COLUMNS).select_from(_CURRENT).where(release.c.number == _number)
REVISION_BY_NUMBER = (
    sa.select(*_COLUMNS)
    .select_from(_REVISION)
    .where(release_revision.c.number == _number, release_revision.c.revision == sa.bindparam("revision"))
)
TEXT_OF_REVISION = sa.select(release_revision.c.text).where(
    release_revision.c.number == _number, release_revision.c.revision == sa.bindparam("revision")
)
LAST_TEXT_FROM = (
    sa.select(release_revision.c.text)
    .select_from(_REVISION_AND_RAW)
    .where(release_revision.c.number == _number, raw_document.c.location == sa.bindparam("location"))
    .order_by(release_revision.c.revision.desc())
    .limit(1)
)
LATEST = (
    sa.select(*_COLUMNS)
    .select_from(_CURRENT)
    .where(NOT_RETIRED)
    .order_by(release.c.dated.desc(), release.c.seq.desc())
    .limit(_limit)
)
# A revision from the bytes that the one before it was read from is our parser's doing, not the inspectorate's.
_before = release_revision.alias("before")
INGESTED_BETWEEN: sa.Select[Any] = (
    sa.select(*_COLUMNS, (_before.c.raw_id == release_revision.c.raw_id).label("is_ours"))
    .select_from(
        _REVISION.join(
            _before,
            sa.and_(
                _before.c.number == release_revision.c.number, _before.c.revision == release_revision.c.revision - 1
            ),
            isouter=True,
        )
    )
    .where(
        release_revision.c.seq > sa.bindparam("after"),
        release_revision.c.seq <= sa.bindparam("upto"),
        NOT_RETIRED,
        release.c.withdrawn_why.is_(None),  # SQLite would go through all that stands by the index on withdrawn_at
    )
    .order_by(release_revision.c.seq)
)


def _of_body(*conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return (
        sa.select(*_COLUMNS)
        .select_from(_OF_BODY)
        .where(*_IS_SUBJECT, *conditions)
        .order_by(*_NEWEST_OF_BODY)
        .limit(_limit)
    )


OF_BODY = _of_body()
OF_BODY_IN_YEAR = _of_body(release_body.c.year == _year)
OF_BODY_ON_PILLAR = _of_body(release.c.pillar == _pillar)
OF_BODY_IN_YEAR_ON_PILLAR = _of_body(release_body.c.year == _year, release.c.pillar == _pillar)


def _newest_of_series() -> sa.Select[Any]:
    """Step from series to series through the index: the work grows with the series and not with the releases.

    Only the sequences: PostgreSQL would guess too many of them and read every revision to join them.
    """
    first = sa.select(sa.func.min(release_body.c.series).label("name")).where(*_IS_SUBJECT)
    series = first.cte("series", recursive=True)
    following = sa.select(sa.func.min(release_body.c.series)).where(*_IS_SUBJECT, release_body.c.series > series.c.name)
    series = series.union_all(
        sa.select(following.correlate(series).scalar_subquery()).where(series.c.name.is_not(None))
    )
    members = sa.select(release_body.c.seq).where(*_IS_SUBJECT, release_body.c.series == series.c.name)
    newest = members.correlate(series).order_by(*_NEWEST_OF_BODY).limit(1).scalar_subquery()
    some = members.correlate(series).limit(COUNTED).subquery("some")
    held = sa.select(sa.func.count()).select_from(some).correlate(series).scalar_subquery()
    return sa.select(newest.label("seq"), (held - 1).label("earlier")).where(series.c.name.is_not(None))


NEWEST_OF_SERIES = _newest_of_series()
BY_SEQ: sa.Select[Any] = (
    sa.select(*_COLUMNS).select_from(_REVISION).where(release_revision.c.seq.in_(sa.bindparam("seqs", expanding=True)))
)
BODIES_HELD = (
    sa.select(release_body.c.body_id, sa.func.count().label("held"))
    .where(release_body.c.role == BodyRole.SUBJECT.value)
    .group_by(release_body.c.body_id)
)
COUNT = sa.select(sa.func.count()).select_from(release).where(NOT_RETIRED)
# Two look-ups in the index on (dated, seq); both ends at once would read the whole table. Without a year of its
# own a release is only sorted by one that its text names.
_DATED = sa.select(release.c.dated).where(release.c.dated > 0, release.c.year.is_not(None)).limit(1)
YEARS = sa.select(
    _DATED.order_by(release.c.dated).scalar_subquery() // 10_000,
    _DATED.order_by(release.c.dated.desc()).scalar_subquery() // 10_000,
)

LAST_SEQ = sa.select(ingest_counter.c.value)
HOLD_INGEST = LAST_SEQ.with_for_update()
NEXT_SEQ = sa.update(ingest_counter).values(value=ingest_counter.c.value + 1).returning(ingest_counter.c.value)
LAST_INGESTED_AT = sa.select(release_revision.c.ingested_at).order_by(release_revision.c.seq.desc()).limit(1)

HEAD = sa.select(
    release.c.number,
    release.c.revision,
    release.c.dated,
    release.c.seq,
    NOT_RETIRED.label("is_held"),
    sa.select(release_revision.c.raw_id)
    .where(release_revision.c.seq == release.c.seq)
    .scalar_subquery()
    .label("raw_id"),
).where(release.c.release_id == sa.bindparam("release_id"))
WITHDRAW = (
    sa.update(release)
    .where(release.c.number == sa.bindparam("of_number"), release.c.withdrawn_at.is_(None))
    .values(withdrawn_at=sa.bindparam("at"), withdrawn_why=sa.bindparam("why"))
)
WITHDRAWN = (
    sa.select(release.c.number, release.c.withdrawn_at, release.c.withdrawn_why)
    .where(release.c.withdrawn_at >= sa.bindparam("since", type_=release.c.withdrawn_at.type))
    .order_by(release.c.withdrawn_at, release.c.number)
)
ADD_RELEASE = sa.insert(release).returning(release.c.number)
REVISE_RELEASE = sa.update(release).where(release.c.number == sa.bindparam("of_number"))
ADD_REVISION = sa.insert(release_revision)
STANDS_AT = sa.select(release.c.dated, release.c.seq).where(release.c.number == _number)
REPLACE_REVISION = sa.update(release_revision).where(release_revision.c.seq == sa.bindparam("of_seq"))
CLEAR_BODIES = sa.delete(release_body).where(release_body.c.number == _number)
ADD_BODY = sa.insert(release_body)


def _keep(insert: Any, table: sa.Table, *, key: str, changing: tuple[str, str]) -> sa.Executable:
    """Insert a row or, when its key is there, take over what changes; a row that stays the same is not written."""
    new = insert(table)
    taken_over = {name: new.excluded[name] for name in changing}
    kept: sa.Executable = new.on_conflict_do_update(
        index_elements=[table.c[key]],
        set_=taken_over,
        where=sa.or_(*(table.c[name].is_distinct_from(value) for name, value in taken_over.items())),
    )
    return kept


KEEP_RAW = for_each_database(
    lambda insert: _keep(insert, raw_document, key="sha256", changing=("problem", "parser_version"))
)
KEEP_READING = for_each_database(
    lambda insert: _keep(insert, raw_reading, key="location", changing=("raw_id", "parser_version"))
)
RAW_ID = sa.select(raw_document.c.id).where(raw_document.c.sha256 == sa.bindparam("sha256"))
RAW_LOCATION = sa.select(raw_document.c.location).where(raw_document.c.id == sa.bindparam("raw_id"))
RAW_KNOWN = (
    sa.select(raw_document.c.id)
    .join_from(raw_reading, raw_document, raw_document.c.id == raw_reading.c.raw_id)
    .where(
        raw_reading.c.location == sa.bindparam("location"),
        raw_reading.c.parser_version == sa.bindparam("parser_version"),
        raw_document.c.sha256 == sa.bindparam("sha256"),
        raw_document.c.problem.is_(None),
    )
)
UNREADABLE = (
    sa.select(raw_reading.c.location, raw_document.c.problem)
    .join_from(raw_reading, raw_document, raw_document.c.id == raw_reading.c.raw_id)
    .where(raw_document.c.problem.is_not(None))
    .order_by(raw_document.c.id, raw_reading.c.location)
)

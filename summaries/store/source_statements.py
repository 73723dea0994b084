"""What `sources.py` says to the database, each statement built once."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from summaries.store.tables import source, source_check, source_page
from summaries.store.upserts import for_each_database

_now = sa.bindparam("now", type_=source.c.next_at.type)
_wanted = sa.bindparam("wanted", type_=sa.String)


def _keep(insert: Any) -> sa.Executable:
    """At another pace than before, a source is due no later than that pace has it; what is due is not put off."""
    new = insert(source)
    paced = sa.bindparam("paced_at", type_=source.c.next_at.type)
    kept: sa.Executable = new.on_conflict_do_update(
        index_elements=[source.c.key],
        set_={
            "interval_seconds": new.excluded.interval_seconds,
            "next_at": sa.case((paced < source.c.next_at, paced), else_=source.c.next_at),
        },
        where=source.c.interval_seconds != new.excluded.interval_seconds,
    )
    return kept


def _left_behind() -> sa.ColumnElement[bool]:
    """Does the source of a page fail, or was it not looked at long after its time, as one no longer configured?"""
    owner = source.alias("owner")
    gone = sa.or_(owner.c.failures > 0, owner.c.next_at < sa.bindparam("abandoned", type_=source.c.next_at.type))
    return sa.exists().where(owner.c.key == source_page.c.source_key, gone).correlate(source_page)


def _waits_elsewhere() -> sa.ColumnElement[bool]:
    """Is there a page, not read yet, that its source has left behind? Another list may lead to it."""
    return sa.exists().where(
        source_page.c.source_key != _wanted,
        source_page.c.read_at.is_(None),
        source_page.c.next_at.is_not(None),
        source_page.c.listed_at >= sa.bindparam("listed_after", type_=source.c.next_at.type),
        _left_behind(),
    )


def _unless_waiting(validator: Any) -> Any:
    return sa.case((_waits_elsewhere(), sa.null()), else_=validator)


def _list_page(insert: Any) -> sa.Executable:
    """A page goes over to another source that lists it only when its own has left it behind."""
    new = insert(source_page)
    takes_it = sa.or_(source_page.c.source_key == new.excluded.source_key, _left_behind())
    taken = {
        name: sa.case((takes_it, new.excluded[name]), else_=source_page.c[name])
        for name in ("source_key", "listed_at", "position")
    }
    listed: sa.Executable = new.on_conflict_do_update(
        index_elements=[source_page.c.url],
        set_=taken
        | {
            "published_on": sa.func.coalesce(new.excluded.published_on, source_page.c.published_on),
        },
    )
    return listed


KEEP = for_each_database(_keep)
KNOWN = sa.select(source).where(source.c.key.in_(sa.bindparam("keys", expanding=True)))
CLAIM_EARLY = (
    sa.update(source)
    .where(source.c.key == _wanted, sa.or_(source.c.checking_until.is_(None), source.c.checking_until <= _now))
    .values(
        checking_until=sa.bindparam("until"),
        etag=_unless_waiting(source.c.etag),
        last_modified=_unless_waiting(source.c.last_modified),
    )
    .returning(source)
)
CLAIM = CLAIM_EARLY.where(source.c.next_at <= _now)
SETTLE = sa.update(source).where(source.c.key == _wanted, source.c.checking_until == sa.bindparam("held"))

RECORD = sa.insert(source_check)
FORGET = sa.delete(source_check).where(source_check.c.source_key == _wanted, source_check.c.at < sa.bindparam("before"))
CHECKS = (
    sa.select(source_check)
    .where(source_check.c.source_key == _wanted, source_check.c.at >= sa.bindparam("since"))
    .order_by(source_check.c.at, source_check.c.id)
)

LIST_PAGE = for_each_database(_list_page)
DUE_PAGES = (
    sa.select(source_page)
    .where(source_page.c.source_key == _wanted, source_page.c.next_at <= _now)
    .order_by(
        source_page.c.failures,
        source_page.c.read_at.is_not(None),
        source_page.c.listed_at.desc(),
        source_page.c.position,
    )
)


def _pages_of_day() -> Any:
    start, end = (sa.bindparam(name, type_=source_page.c.read_at.type) for name in ("start", "end"))
    seen = sa.func.coalesce(source_page.c.read_at, source_page.c.listed_at)
    undated = sa.and_(source_page.c.published_on.is_(None), seen >= start, seen < end)
    is_read = sa.and_(source_page.c.read_at.is_not(None), source_page.c.problem.is_(None))
    is_untried = sa.and_(source_page.c.read_at.is_(None), source_page.c.failures == 0)
    return (
        sa.select(is_read.label("is_read"), is_untried.label("is_untried"), sa.func.count().label("pages"))
        .where(sa.or_(source_page.c.published_on == sa.bindparam("day", type_=sa.Date), undated))
        .group_by(is_read, is_untried)
    )


PAGES_OF_DAY = _pages_of_day()
LOOKED_AT = ("read_at", "next_at", "failures", "problem", "etag", "last_modified", "parser_version", "sha256")
SAVE_PAGE = sa.update(source_page).where(source_page.c.url == _wanted)

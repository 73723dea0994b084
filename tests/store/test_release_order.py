"""Any history of releases and revisions, against a model that keeps them in a list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from releases import make_release, store_release

from summaries.types import Pillar

if TYPE_CHECKING:
    from summaries.store.database import Database
    from summaries.types import Release

HISTORY = st.lists(
    st.builds(
        make_release,
        st.sampled_from(["a", "b", "c", "d"]),
        bodies=st.sampled_from([("kent",), ("essex",), ("kent", "essex"), ()]),
        cycle=st.sampled_from(["2016", "2018/19", "round 3", None]),
        pillar=st.sampled_from([Pillar.LEGITIMACY, Pillar.EFFICIENCY, None]),
        programme=st.sampled_from(["PEEL", None]),
        published_on=st.none() | st.dates(date(2012, 1, 1), date(2026, 12, 31)),
    ),
    max_size=12,
)


def of_this_run(release: Release, run: str) -> Release:
    return make_release(
        f"{run}-{release.id}",
        bodies=[f"{run}-{body.id}" for body in release.bodies],
        cycle=release.cycle,
        pillar=release.pillar,
        programme=release.programme,
        published_on=release.published_on,
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORY)
def test_look_ups_agree_with_a_plain_list_whatever_came_in(database: Database, history: list[Release]) -> None:
    run = uuid4().hex[:8]
    before = database.revision()
    with database.write() as unit:
        stored = [store_release(unit.releases, of_this_run(release, run)) for release in history]
    current = {item.release.id: item for item in stored}
    newest = sorted(current.values(), key=lambda item: (item.release.dated, item.seq), reverse=True)
    kent = [item for item in newest if any(body.id == f"{run}-kent" for body in item.release.subjects)]
    with database.read() as unit:
        releases = unit.releases
        came_in = releases.ingested_between(before, releases.last_seq())
        assert [item.release for item in came_in] == stored
        assert {name: releases.current(name) for name in current} == current
        assert releases.of_body(f"{run}-kent") == kent
        assert releases.of_body(f"{run}-kent", year=2016) == [item for item in kent if item.release.year == 2016]
        series = releases.newest_of_series(f"{run}-kent")
        by_series = [(item.release.programme, item.release.pillar) for item in kent]
        assert [item for item, _ in series] == [kent[by_series.index(one)] for one in dict.fromkeys(by_series)]
        assert sum(earlier + 1 for _, earlier in series) == len(kent)

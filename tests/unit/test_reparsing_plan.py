"""What is decided on a document that is read again, whatever was held of it and whatever is found now."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from releases import make_release

from summaries.contents import content_hash
from summaries.kept import HeldRelease
from summaries.release_json import to_json
from summaries.reparsing import Outcome, plan

IDS = st.sampled_from([f"release-{letter}" for letter in "abcdef"])
TITLES = st.sampled_from(["Kent Police is good", "Kent Police is better", "Kent Police is best"])
FOUND = st.dictionaries(IDS, TITLES, max_size=5)


def release_of(release_id: str, title: str):  # type: ignore[no-untyped-def]
    release = make_release(release_id, title=title)
    return release, content_hash(release)


def held_of(number: int, release_id: str, title: str) -> HeldRelease:
    release, hashed = release_of(release_id, title)
    return HeldRelease(number, release_id, 1, hashed, to_json(release))


@given(
    FOUND.map(lambda held: [held_of(number, *item) for number, item in enumerate(held.items(), start=1)]),
    FOUND.map(lambda found: [release_of(*item) for item in found.items()]),
    st.dictionaries(IDS, st.booleans()),
    st.booleans(),
)
def test_every_release_held_and_every_release_found_has_one_fate(held, found, others, is_last) -> None:  # type: ignore[no-untyped-def]
    known = others | {one.release_id: True for one in held}
    changes = plan(held, found, known, is_last=is_last)
    fates = Counter(change.held.number for change in changes if change.held)
    shown = [change.id for change in changes if change.outcome is not Outcome.RETIRED]
    by_id = {one.release_id for one in held}

    assert fates == Counter(one.number for one in held)
    assert len(shown) == len(set(shown)), "two releases would have one id"
    for change in changes:
        if change.outcome is Outcome.RENAMED:
            assert change.id not in known, "an id that is or was another release's"
        if change.outcome is Outcome.UNCHANGED:
            assert change.held is not None
            assert change.held.content_hash == change.hashed
    if is_last:
        assert {release.id for release, _ in found} == set(shown) | {
            release.id for release, _ in found if known.get(release.id) and release.id not in by_id
        }
    else:
        assert not any(change.outcome is Outcome.NEW for change in changes)


@given(FOUND.map(lambda found: [release_of(*item) for item in found.items()]))
def test_what_is_held_as_it_is_found_stays_as_it_is(found) -> None:  # type: ignore[no-untyped-def]
    held = [held_of(number, one.id, one.title) for number, (one, _) in enumerate(found, start=1)]
    changes = plan(held, found, {one.release_id: True for one in held})
    assert [change.outcome for change in changes] == [Outcome.UNCHANGED] * len(found)


def test_a_release_is_known_again_by_its_text_before_its_title() -> None:
    held = [held_of(1, "old-a", "Kent Police is good"), held_of(2, "old-b", "Kent Police is better")]
    found = [release_of("new-b", "Kent Police is better"), release_of("new-a", "Kent Police is good")]
    renamed = {change.held.number: change.id for change in plan(held, found, {}) if change.held}
    assert renamed == {1: "new-a", 2: "new-b"}


def test_one_that_became_three_is_not_taken_for_any_of_them() -> None:
    found = [release_of(f"part-{number}", f"Part {number}") for number in range(3)]
    outcomes = [change.outcome for change in plan([held_of(1, "page", "All parts")], found, {})]
    assert outcomes == [Outcome.RETIRED, *[Outcome.NEW] * 3]


def test_one_that_stayed_one_is_the_same_though_its_title_and_text_came_out_otherwise() -> None:
    [change] = plan([held_of(1, "old", "Misread")], [release_of("new", "Kent Police is good")], {})
    assert (change.outcome, change.id) == (Outcome.RENAMED, "new")

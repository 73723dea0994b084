"""What changed on a body since the release before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from cards import case, cases
from shelf import read, seed, shelf

from summaries.changes import ALIKE, Changes, changes, compared, likeness
from summaries.query import parse_filter
from summaries.types import Polarity, Scale

if TYPE_CHECKING:
    from summaries.ports import StoredRelease

HAMPSHIRE = "hampshire-and-isle-of-wight"


def next_year(**instead: str) -> str:
    """Hampshire's release of 2016 as it might have read in 2017."""
    text = seed(5).release.text.replace("second year", "third year").replace("In 2015, when", "In 2016, when")
    for old, new in instead.items():
        text = text.replace(_WORDS[old], new)
    return text


_WORDS = {
    "headline": "Hampshire Constabulary is 'good' at",
    "vetting": "is good at identifying risks posed by misconduct and corruption, and has satisfactory arrangements for"
    " the initial vetting of staff",
    "verdict": "I have judged that Hampshire Constabulary as 'good' at",
}


def two_years(**instead: str) -> Changes:
    found = compared(read(next_year(**instead), 6), seed(5), HAMPSHIRE)
    assert (found.newest.release.cycle, found.before and found.before.release.cycle) == ("2017", "2016")
    return found


def test_grades_of_the_same_scale_and_questions_may_be_compared() -> None:
    worse = "Hampshire Constabulary 'requires improvement' at"
    [pair] = two_years(
        headline=worse, verdict="I have judged that Hampshire Constabulary 'requires improvement' at"
    ).grades

    assert pair.before
    assert pair.now
    assert (pair.about, pair.before.grade, pair.now.grade, pair.apart) == (
        "legitimacy",
        "good",
        "requires improvement",
        "",
    )
    assert (pair.before.stored.number, pair.now.stored.number) == (5, 6)


def test_grades_of_different_scales_are_never_compared() -> None:
    graded = [one for one in cases() if one.release.judgments]
    for newest in graded:
        for before in (one for one in graded if one.release.programme == newest.release.programme):
            for body in {one.body for one in newest.release.judgments}:
                for pair in compared(newest.stored, before.stored, body).grades:
                    if pair.before and pair.now and pair.before.measure.scale is not pair.now.measure.scale:
                        assert pair.apart


def test_five_grades_set_against_four_say_why_they_may_not_be_compared() -> None:
    newest, before = case("05-peel-2021-22-merseyside-pilot").stored, case("01-peel-2016-legitimacy-merseyside").stored
    release = newest.release
    renamed = replace(release, judgments=tuple(replace(one, about="legitimacy") for one in release.judgments))
    scales = {one.scale for one in renamed.judgments}
    pairs = compared(replace(newest, release=renamed), before, "merseyside").grades

    assert scales == {Scale.FIVE}
    assert all(pair.apart for pair in pairs if pair.before and pair.now)


def test_a_finding_in_the_same_words_or_much_like_them_persists_with_both_sentences() -> None:
    found = two_years(vetting="identifies risks posed by misconduct and corruption well, and vets its staff")

    kept = [(pair.before.text[:20], pair.now.text[:20]) for pair in found.persist]
    assert ("officers and staff u", "officers and staff u") in kept
    assert all(one.text not in {pair.now.text for pair in found.persist} for one in found.appear)


def test_a_finding_on_something_else_appears_and_the_old_one_is_not_mentioned() -> None:
    found = two_years(vetting="has doubled the number of officers who look after missing children")

    assert [one.text for one in found.appear] == ["has doubled the number of officers who look after missing children"]
    assert [one.text[:30] for one in found.not_mentioned] == ["is good at identifying risks po"[:30]]
    assert len(found.persist) == 2


def test_praise_that_turns_into_concern_does_not_persist() -> None:
    praise = seed(5).release.findings[0]
    concern = replace(praise, polarity=Polarity.CONCERN)
    turned = replace(seed(5).release, findings=(concern,))
    found = compared(
        replace(seed(5), release=replace(turned, cycle="2017", published_on=None), number=6), seed(5), HAMPSHIRE
    )

    assert found.persist == ()
    assert found.appear == (concern,)


def test_findings_that_only_state_a_grade_are_left_to_the_grades() -> None:
    newest, before = (
        case("02-peel-2017-effectiveness-accordion-4").stored,
        case("02-peel-2016-effectiveness-sussex").stored,
    )
    found = compared(newest, before, newest.release.subjects[0].id)

    assert not [one for one in (*found.appear, *(pair.now for pair in found.persist)) if "‘good’" in one.text]


def test_the_floor_parts_findings_on_one_matter_from_the_likest_on_two() -> None:
    same = [
        ("supervising investigations adequately", "have adequate supervision of investigations in place"),
        (
            "HMIC's independently commissioned research identified two cases of inappropriate behaviour on Facebook",
            "HMIC's independently commissioned research identified seven cases of inappropriate behaviour on Facebook",
        ),
        (
            "Since September 2011 there have been 84 applications for second jobs, six of which were refused.",
            "Since September 2011 there have been 129 applications for second jobs, with all but one being approved.",
        ),
        ("treats the people it serves with fairness and respect", "aims to treat all people with fairness and respect"),
    ]
    different = [
        ("give adequate training to its managers", "a lack of adequate training for call handlers"),
        ("has too few detectives", "too few officers are trained to deal with children"),
        ("understands the risk that registered sex offenders pose", "understands fires and other risks"),
    ]

    assert min(likeness(*pair) for pair in same) >= ALIKE > max(likeness(*pair) for pair in different)


def test_no_two_findings_of_different_programmes_in_the_corpus_are_called_one() -> None:
    found = [(one.release, point) for one in cases() for point in one.release.findings]
    graded = {id(point) for release, point in found for one in release.judgments if _holds(point, one)}
    matched = {
        tuple(sorted((first.text, second.text)))
        for release, first in found
        for other, second in found
        if release.programme != other.programme and not {id(first), id(second)} & graded
        if {first.polarity, second.polarity} != {Polarity.PRAISE, Polarity.CONCERN}
        if likeness(first.text, second.text) >= ALIKE
    }

    # Two forces told the same: the matter is one, though the programmes are two.
    assert matched <= {
        ("have adequate supervision of investigations in place", "supervising investigations adequately"),
    }


def _holds(point, judgment) -> bool:  # type: ignore[no-untyped-def]
    return point.evidence.start <= judgment.evidence.start and judgment.evidence.end <= point.evidence.end


def test_the_release_before_is_the_newest_of_the_same_series() -> None:
    later = read(next_year(), 6)
    found = changes(shelf(seed(1), seed(2), seed(5), later), parse_filter("Hampshire"))  # type: ignore[arg-type]

    assert found
    assert found.before
    assert (found.newest.number, found.before.number) == (6, 5)


def test_a_release_of_another_series_is_not_the_one_before_but_is_offered() -> None:
    found = changes(shelf(), parse_filter("Thames Valley"))  # type: ignore[arg-type]

    assert found
    assert found.before is None
    assert [one.number for one in found.others] == [2]


def test_a_release_on_another_pillar_is_not_the_one_before() -> None:
    legitimacy = case("03-peel-2017-legitimacy-gloucestershire").stored
    effectiveness = case("02-peel-2015-effectiveness-gloucestershire").stored
    found = changes(shelf(legitimacy, effectiveness), parse_filter("Gloucestershire"))  # type: ignore[arg-type]

    assert found
    assert (found.newest, found.before, found.others) == (legitimacy, None, (effectiveness,))


def test_with_one_release_held_the_grades_before_are_those_it_recalls() -> None:
    found = changes(shelf(), parse_filter("Hampshire"))  # type: ignore[arg-type]

    assert found
    [pair] = found.grades
    assert pair.before
    assert (pair.before.grade, pair.before.recalled, pair.apart) == ("good", "2015", "")
    assert (found.appear, found.persist, found.not_mentioned) == ((), (), ())


def test_a_grade_recalled_without_a_year_is_not_compared() -> None:
    found = changes(shelf(), parse_filter("Leicestershire"))  # type: ignore[arg-type]

    assert found
    [pair] = found.grades
    assert pair.before
    assert pair.apart == "it is not known which cycle one of them is of"


def test_a_year_that_is_asked_for_is_set_against_the_one_before_it() -> None:
    later = read(next_year(), 6)
    found = changes(shelf(seed(5), later), parse_filter("Hampshire 2016"))  # type: ignore[arg-type]

    assert found
    assert (found.newest.number, found.before) == (5, None)


@pytest.mark.parametrize("words", ["Kent", "Hampshire 1999", "Hampshire custody"])
def test_nothing_held_is_none(words: str) -> None:
    wanted = parse_filter(words.replace("custody", "programme:custody"))

    assert changes(shelf(), wanted) is None  # type: ignore[arg-type]


def crime_data(number: int, published_on: date | None) -> StoredRelease:
    stored = case("09-cdi-still-inadequate-nottinghamshire").stored
    return replace(stored, number=number, release=replace(stored.release, published_on=published_on))


@pytest.mark.parametrize("days", [(None, None), (date(2019, 1, 2), None), (date(2019, 1, 2), date(2019, 1, 2))])
def test_releases_of_which_it_is_not_known_which_came_first_have_no_before(days: tuple[date | None, ...]) -> None:
    one, other = (crime_data(number, day) for number, day in enumerate(days, start=1))
    found = compared(one, other, "nottinghamshire")

    assert not found.ordered
    assert (found.appear, found.persist, found.not_mentioned) == ((), (), ())
    assert {pair.before and pair.before.recalled for pair in found.grades} == {""}


def test_days_tell_which_of_two_releases_came_first() -> None:
    assert compared(crime_data(2, date(2019, 1, 2)), crime_data(1, date(2018, 1, 2)), "nottinghamshire").ordered
    assert not compared(crime_data(2, date(2018, 1, 2)), crime_data(1, date(2019, 1, 2)), "nottinghamshire").ordered


def test_a_page_about_the_report_of_an_inspection_is_not_the_release_before() -> None:
    force, page = case("04-peel-2018-19-cleveland").stored, case("21-assessment-page-cleveland").stored
    found = changes(shelf(force, page), parse_filter("Cleveland"))  # type: ignore[arg-type]

    assert found
    assert (found.newest, found.before) == (force, None)

"""The words around a release: dates, addresses, speakers, licences, names and buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from cards import card, case, cases, digest, store, whole
from reading import peel_release, read

from bot.rendering.views import names_printed, view
from bot.rendering.words import licence, published, report_link, series, web_address
from summaries.types import (
    Evidence,
    Kind,
    PublishedBasis,
    Release,
    Report,
)


@pytest.mark.parametrize(
    ("basis", "told"),
    [
        (PublishedBasis.STATED, "Published 2 March 2017"),
        (PublishedBasis.FEED, "Published 2 March 2017 (the feed’s date)"),
        (
            PublishedBasis.CALENDAR,
            "Published 2 March 2017 (inferred from the publication calendar; the release carries no date)",
        ),
        (None, "Published 2 March 2017"),
    ],
)
def test_a_date_says_how_it_is_known(basis: PublishedBasis | None, told: str) -> None:
    release = Release("an-id", "A", Kind.OTHER, "A", published_on=date(2017, 3, 2), published_basis=basis)

    assert published(release) == told


@pytest.mark.parametrize(
    ("printed", "address"),
    [
        ("https://www.justiceinspectorates.gov.uk/hmic/a/", "https://www.justiceinspectorates.gov.uk/hmic/a/"),
        ("www.hmic.gov.uk", "https://www.hmic.gov.uk"),
        ("http://hmic.gov.uk:8080/a?b=c#d", "http://hmic.gov.uk:8080/a?b=c#d"),
        ("", None),
        ("ftp://hmic.gov.uk/a", None),
        ("javascript:alert(1)", None),
        ("https://hmic.gov.uk@evil.example/", None),
        ("https://localhost/a", None),
        ("https://hmic.gov.uk/a b", None),
        ("https://hmic.gov.uk/a|b>", None),
        ("https://hmіc.gov.uk/a", None),
        ("https://[1/a", None),
        ("https://hmic.gov.uk:port/", None),
        (f"https://hmic.gov.uk/{'a' * 3000}", None),
    ],
)
def test_only_a_plain_web_address_becomes_a_link(printed: str, address: str | None) -> None:
    assert web_address(printed) == address


def test_an_address_printed_as_words_stands_beside_the_reports_title() -> None:
    place = Evidence(0, 1, "A")

    assert report_link(Report("A <report>", "www.hmic.gov.uk", place)) == (
        "A &lt;report&gt;, at <https://www.hmic.gov.uk|www.hmic.gov.uk>"
    )
    assert report_link(Report("A report", "https://hmic.gov.uk/a", place)) == "<https://hmic.gov.uk/a|A report>"
    assert report_link(Report("A report", "data:text/html,x", place)) is None


def test_a_joint_statement_is_shown_once_in_both_names() -> None:
    one = case("10-custody-2014-bedfordshire-hertfordshire")
    [speech] = view(one.stored).speeches

    assert speech.by.endswith(
        "Dru Sharpling, Her Majesty's Inspector of Constabulary, and Nick Hardwick, Chief Inspector of Prisons"
    )
    assert whole(one.stored).text.count("Nick Hardwick") == 1
    assert "quoted:" not in card([one.stored], "bedfordshire").text


def test_words_of_others_are_never_shown_as_the_inspectors() -> None:
    one = case("22-pcc-page-surrey")
    shown = card([one.stored], "surrey").text

    assert "Quoted: Margaret Holloway, Police and Crime Commissioner" in shown
    assert "\n> " not in shown
    assert "Not of the inspectorate: Margaret Holloway, Police and Crime Commissioner\n> " in whole(one.stored).text


def test_a_button_for_the_whole_release_is_made_only_when_words_can_ask_for_it() -> None:
    release = replace(read("Kent Police report"), kind=Kind.OTHER)

    assert "Full findings" not in str(card([store(release)], "kent").blocks)
    assert "Full findings" in str(card([case("05-peel-2021-22-kent").stored], "kent").blocks)


def test_a_card_that_shows_everything_has_no_button_for_more() -> None:
    release = replace(peel_release("Kent Police"), findings=(), statement=None, other_statements=(), figures=())

    assert "Full findings" not in str(card([store(replace(release, next_inspection=None))], "kent").blocks)


def test_the_bodies_are_named_where_the_title_names_none_of_them() -> None:
    release = replace(peel_release("Kent Police"), title="Inspectors praise the force")

    assert "*About*: Kent Police" in whole(store(release)).text
    assert "*About*: Kent Police" in str(digest([store(release)])[0].payload["text"])
    assert "*About*" not in whole(store(replace(release, title="Kent Police praised"))).text


def test_a_finding_that_only_gives_a_grade_shown_beside_it_is_not_repeated() -> None:
    assert view(case("04-peel-2018-19-cleveland").stored).findings == ()


@pytest.mark.parametrize(
    ("location", "told"),
    [
        ("https://hmicfrs.justiceinspectorates.gov.uk/news/a/", "Crown copyright, Open Government Licence v3.0"),
        ("https://www.gov.uk/a", "Crown copyright, Open Government Licence v3.0"),
        ("slack:F1/a.txt", "Crown copyright, Open Government Licence v3.0"),
        ("https://www.kent.police.uk/a", "a copy on www.kent.police.uk; not the inspectorate’s own page"),
    ],
)
def test_a_licence_is_named_only_for_what_the_inspectorate_published(location: str, told: str) -> None:
    assert licence(store(peel_release("Kent Police"), location=location)) == told


@pytest.mark.parametrize(
    ("body_id", "printed", "told"),
    [
        ("kent", "kent police", []),
        ("kent", "Kent County Constabulary", ["Kent County Constabulary"]),
        ("avon-fire", "Avon Fire", []),
    ],
)
def test_only_a_police_force_has_former_names_and_capitals_make_none(
    body_id: str, printed: str, told: list[str]
) -> None:
    release = peel_release("Kent Police")
    named = replace(release.bodies[0], id=body_id, printed_as=printed)

    assert names_printed([view(store(replace(release, bodies=(named,))))], body_id, "Kent Police") == told


def test_corrections_in_a_digest_are_counted_apart() -> None:
    stored = [
        replace(case(name).stored, number=number) for number, name in enumerate([one.name for one in cases()][:3], 1)
    ]

    def heading(*kinds: str) -> str:
        return str(digest(stored[: len(kinds)], kinds)[0].payload["text"]).splitlines()[0]

    assert heading("new", "revised") == "1 new release, 1 correction"
    assert heading("revised", "revised", "revised") == "3 corrections"


def test_the_series_of_a_release_never_outgrows_a_button() -> None:
    assert all(len(series(one.release)) <= 75 for one in cases())

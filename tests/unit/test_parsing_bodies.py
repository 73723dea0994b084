"""Whom a release is about, and whom it only mentions."""

from __future__ import annotations

import pytest

from summaries.parsing.about.bodies import read_bodies
from summaries.parsing.about.origin import Origin
from summaries.parsing.layout.blocks import read_blocks
from summaries.parsing.layout.sections import read_sections
from summaries.types import BodyRole, NamedBody

NOWHERE = Origin()


def bodies_of(text: str, origin: Origin = NOWHERE) -> tuple[NamedBody, ...]:
    return read_bodies(read_sections(read_blocks(text)), origin)


def subjects_of(text: str, origin: Origin = NOWHERE) -> list[str]:
    return sorted(body.id for body in bodies_of(text, origin) if body.role is BodyRole.SUBJECT)


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Inspectors find a mixed picture\n\nPEEL 2021/22 – An inspection of Kent Police", ["kent"]),
        ("A mixed picture\n\nHMICFRS has today published a report into the performance of Kent Police.", ["kent"]),
        ("A mixed picture\n\nHMICFRS judged that Kent Police:\n\n- is ‘good’ at recording crime.", ["kent"]),
        ("Police custody in North Wales – improved\n\nThe cells were clean.", ["north-wales"]),
        ("Joint custody in Warwickshire and West Mercia – poor\n\nCells were cold.", ["warwickshire", "west-mercia"]),
        ("Police custody in Hounslow – mixed\n\nCells were clean, as elsewhere in the MPS.", ["metropolitan"]),
        ("Kent Police one of four forces to be seen again\n\nHMIC will revisit it.", ["kent"]),
        ("Kent Police among the best forces in England and Wales\n\nKent Police is good.", ["kent"]),
        (
            "Warwickshire and West Mercia police forces share better cells\n\nInspectors went there.",
            ["warwickshire", "west-mercia"],
        ),
        (
            "Bedfordshire, Cambridgeshire and Hertfordshire police must share more\n\nInspectors went there.",
            ["bedfordshire", "cambridgeshire", "hertfordshire"],
        ),
        ("Devon and Cornwall Police improves\n\nInspectors went there.", ["devon-and-cornwall"]),
        ("Hampshire Police improves\n\nInspectors went there.", ["hampshire-and-isle-of-wight"]),
        ("Heddlu Gogledd Cymru improves\n\nInspectors went there.", ["north-wales"]),
        ("The Met’s leaders improve\n\nThe MPS has changed.", ["metropolitan"]),
        ("British Transport Police improves\n\nInspectors went there.", ["british-transport-police"]),
        ("CLEVELAND FIRE BRIGADE improves\n\nInspectors went there.", ["cleveland-fire"]),
        ("Hampshire and Isle of Wight Fire & Rescue Service improves\n\nDone.", ["hampshire-and-isle-of-wight-fire"]),
    ],
)
def test_the_subject_is_named_by_headline_report_lead_in_or_lead(text: str, subjects: list[str]) -> None:
    assert subjects_of(text) == subjects


@pytest.mark.parametrize(
    "text",
    [
        "HMIC grades 43 forces\n\nKent Police was among the best of all forces in England and Wales.",
        "HMIC graded Derbyshire and Kent police forces as outstanding, 36 forces as good\n\nAll forces were seen.",
        "Too few detectives\n\nHMIC has found that forces lack them. Kent Police has a way to train its own.",
        "Joint targeted area inspection of Dorset\n\nOfsted and others went there.",
        "Too few detectives\n\nA report published today finds that forces such as Kent Police lack them.",
        "Super-complaint about Kent Police upheld\n\nKent Police and the IOPC took part.",
        "New inspectors appointed\n\nOne was chief constable of Kent Police.",
        "Police and crime commissioner for Kent replies\n\nThe Kent Police and Crime Commissioner is content.",
        "Inspectors met officers\n\nThey met MPs and staffs in Cleveland Street and Maidstone, Kent, ME15 9BZ.",
        "HMI for the Eastern Region speaks\n\nInspectors of the region met.",
    ],
)
def test_a_release_about_no_body_has_no_subject(text: str) -> None:
    assert subjects_of(text) == []


def test_a_commissioner_is_no_mention_of_the_force() -> None:
    assert (
        bodies_of("Kent’s reply\n\nThe Kent Police, Fire and Crime Commissioner and Kent Police Federation met.") == ()
    )


def test_an_example_in_a_thematic_release_is_mentioned_and_no_more() -> None:
    bodies = bodies_of("Too few detectives\n\nForces lack them.\n\nThe best, such as Kent Police, train their own.")

    assert [(body.id, body.role) for body in bodies] == [("kent", BodyRole.MENTIONED)]


@pytest.mark.parametrize(
    ("page", "subject"),
    [
        ("FRS inspections 2018/19 – tranche 1 service press releases", "kent-fire"),
        ("PEEL: police efficiency 2016 – force press releases", "kent"),
    ],
)
def test_an_area_as_heading_is_the_fire_service_or_the_force_as_its_page_is(page: str, subject: str) -> None:
    assert subjects_of("Kent\n\nHMICFRS has graded it.", Origin(page_heading=page)) == [subject]


def test_an_area_without_a_force_is_its_fire_service_on_a_page_on_fire() -> None:
    assert subjects_of("Avon\n\nHMICFRS judged that the fire and rescue service is ‘good’.") == ["avon-fire"]


def test_a_regional_release_is_about_each_graded_force_and_the_unit_of_the_region() -> None:
    text = (
        "Improvements needed in the south-west\n\n"
        "An inspection of the south-west regional response to serious and organised crime\n\n"
        "HMICFRS gave these grades:\n\n"
        "- The ROCU has been graded as good;\n- Dorset Police has been graded as adequate;\n"
        "- Wiltshire Police has been graded as inadequate.\n\nKent Police gave advice."
    )
    bodies = {body.id: body for body in bodies_of(text)}

    assert subjects_of(text) == ["dorset", "south-west-rocu", "wiltshire"]
    assert bodies["south-west-rocu"].printed_as == "ROCU"
    assert bodies["kent"].role is BodyRole.MENTIONED


def test_related_links_below_a_release_are_not_its_subjects() -> None:
    text = (
        "Kent Police improves\n\nKent Police has done well.\n\nHM Inspector of Constabulary Wendy Williams said:\n\n"
        "“It has.”\n\nLatest news\n\nEssex Police praised for its dogs"
    )

    assert subjects_of(text) == ["kent"]

"""Whom do these words name? Typed names, and names in prose."""

from __future__ import annotations

import pytest

from summaries.forces import (
    NEAREST_FLOOR,
    Ambiguous,
    BodyKind,
    Exact,
    NameKind,
    NoMatch,
    bodies,
    find_bodies,
    match_force,
)
from summaries.register import names, normalise


@pytest.mark.parametrize(
    ("typed", "body", "via"),
    [
        ("Hampshire", "hampshire-and-isle-of-wight", NameKind.TYPED),
        ("Hampshire Constabulary", "hampshire-and-isle-of-wight", NameKind.FORMER),
        ("hampshire constabulary’s", "hampshire-and-isle-of-wight", NameKind.FORMER),
        ("Hampshire & Isle of Wight", "hampshire-and-isle-of-wight", NameKind.SHORT),
        ("hants police", "hampshire-and-isle-of-wight", NameKind.TYPED),
        ("leics", "leicestershire", NameKind.TYPED),
        ("TVP", "thames-valley", NameKind.ABBREVIATION),
        ("tvp", "thames-valley", NameKind.ABBREVIATION),
        ("thames valley police", "thames-valley", NameKind.OFFICIAL),
        ("Thames Valley Police's", "thames-valley", NameKind.OFFICIAL),
        ("  THAMES-VALLEY  ", "thames-valley", NameKind.SHORT),
        ("northants", "northamptonshire", NameKind.TYPED),
        ("Dyfed Powys", "dyfed-powys", NameKind.SHORT),
        ("Heddlu Gwent", "gwent", NameKind.WELSH),
        ("heddlu de cymru", "south-wales", NameKind.WELSH),
        ("the Met", "metropolitan", NameKind.ALIAS),
        ("met", "metropolitan", NameKind.ALIAS),
        ("MPS", "metropolitan", NameKind.ABBREVIATION),
        ("the City", "city-of-london", NameKind.TYPED),
        ("D&C", "devon-and-cornwall", NameKind.TYPED),
        ("Leeds police", "west-yorkshire", NameKind.PLACE),
        ("Oxfordshire", "thames-valley", NameKind.PLACE),
        ("Hampshire fire", "hampshire-and-isle-of-wight-fire", NameKind.TYPED),
        ("Kent Fire and Rescue", "kent-fire", NameKind.SHORT),
        ("Kent fire & rescue service", "kent-fire", NameKind.OFFICIAL),
        ("London fire brigade", "london-fire", NameKind.OFFICIAL),
        ("LFB", "london-fire", NameKind.ABBREVIATION),
        ("Dorset and Wiltshire", "dorset-and-wiltshire-fire", NameKind.SHORT),
        ("BTP", "british-transport-police", NameKind.ABBREVIATION),
        ("ipcc", "independent-office-for-police-conduct", NameKind.ABBREVIATION),
    ],
)
def test_what_people_type_names_one_body(typed: str, body: str, via: NameKind) -> None:
    match = match_force(typed)

    assert isinstance(match, Exact)
    assert (match.body.id, match.via.kind) == (body, via)


def test_the_former_name_says_until_when_it_held() -> None:
    match = match_force("Hampshire Constabulary")

    assert isinstance(match, Exact)
    assert (match.body.official, match.via.valid_to) == ("Hampshire and Isle of Wight Constabulary", "2022")


@pytest.mark.parametrize(
    ("typed", "alternatives"),
    [
        ("Kent", ["kent-fire"]),
        ("Hampshire", ["hampshire-and-isle-of-wight-fire"]),
        ("Sussex", ["east-sussex-fire", "west-sussex-fire"]),
        ("Kent Police", []),
        ("Gwent", []),
    ],
)
def test_a_bare_county_is_its_police_force_with_the_fire_service_as_alternative(
    typed: str, alternatives: list[str]
) -> None:
    match = match_force(typed)

    assert isinstance(match, Exact)
    assert match.body.kind is BodyKind.POLICE
    assert sorted(body.id for body in match.alternatives) == alternatives


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("WMP", {"west-midlands", "west-mercia"}),
        ("Yorkshire", {"north-yorkshire", "south-yorkshire", "west-yorkshire", "humberside"}),
        ("Wales", {"north-wales", "south-wales", "gwent", "dyfed-powys"}),
        ("Sussex fire", {"east-sussex-fire", "west-sussex-fire"}),
        ("London", {"metropolitan", "city-of-london"}),
        ("Newcastle", {"northumbria", "staffordshire"}),
        ("NFRS", {"norfolk-fire", "northamptonshire-fire", "northumberland-fire", "nottinghamshire-fire"}),
    ],
)
def test_words_that_fit_several_bodies_are_never_decided(typed: str, expected: set[str]) -> None:
    match = match_force(typed)

    assert isinstance(match, Ambiguous)
    assert {body.id for body in match.bodies} == expected
    assert typed in match.why
    assert all(body.official in match.why for body in match.bodies)


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("Hampshrie", "hampshire-and-isle-of-wight"),
        ("Hampshrie Constabulary", "hampshire-and-isle-of-wight"),
        ("Northhamptonshire", "northamptonshire"),
        ("Leciestershire", "leicestershire"),
        ("Cambridgshire", "cambridgeshire"),
        ("Glouchestershire", "gloucestershire"),
        ("Kennt fire", "kent-fire"),
    ],
)
def test_a_misspelt_name_is_offered_not_taken(typed: str, nearest: str) -> None:
    match = match_force(typed)

    assert isinstance(match, NoMatch)
    assert 1 <= len(match.nearest) <= 3
    assert match.nearest[0].body.id == nearest
    assert all(near.score >= NEAREST_FLOOR for near in match.nearest)


@pytest.mark.parametrize("typed", ["payload", "force", "good", "latest", "", "?!", "police", "x" * 5000])
def test_unrelated_words_have_nothing_near(typed: str) -> None:
    assert match_force(typed) == NoMatch()


@pytest.mark.parametrize("kind", list(BodyKind))
def test_every_official_name_names_its_own_body(kind: BodyKind) -> None:
    for body in bodies().values():
        match = match_force(body.official)
        assert isinstance(match, Exact)
        if body.kind is kind:
            assert match.body == body


def test_the_register_holds_all_forces_and_services() -> None:
    kinds = [body.kind for body in bodies().values()]

    assert (kinds.count(BodyKind.POLICE), kinds.count(BodyKind.FIRE)) == (43, 44)


def test_no_name_is_listed_twice_for_one_body() -> None:
    listed = [(name.body.id, name.name) for name in names()]

    assert len(listed) == len(set(listed))


@pytest.mark.parametrize(
    ("typed", "normal"),
    [("The Met's", "met"), ("Devon & Cornwall", "devon and cornwall"), ("Dyfed–Powys", "dyfed powys"), ("Zoë", "zoe")],
)
def test_names_are_compared_without_case_accents_and_marks(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("Thames Valley Police has", [("thames-valley", "Thames Valley Police", False)]),
        ("the people of Kent", [("kent", "Kent", True)]),
        ("Kent police officers", [("kent", "Kent police", False)]),
        ("Dyfed–Powys Police’s plan", [("dyfed-powys", "Dyfed–Powys Police", False)]),
        ("Avon & Somerset Constabulary", [("avon-and-somerset", "Avon & Somerset Constabulary", False)]),
        ("Devon and Cornwall Police", [("devon-and-cornwall", "Devon and Cornwall Police", False)]),
        (
            "Derbyshire, Essex and Kent police forces",
            [("derbyshire", "Derbyshire", False), ("essex", "Essex", False), ("kent", "Kent police", False)],
        ),
        (
            "Warwickshire and West Mercia forces",
            [("warwickshire", "Warwickshire", False), ("west-mercia", "West Mercia", False)],
        ),
        ("Hampshire Constabulary", [("hampshire-and-isle-of-wight", "Hampshire Constabulary", False)]),
        ("Kent Fire and Rescue Service", [("kent-fire", "Kent Fire and Rescue Service", False)]),
        ("the Met was told", [("metropolitan", "the Met", False)]),
        ("inspectors met MPs from the city, who staffs Staffs", []),
        ("a WMP inquiry", []),
        ("THE MPS", [("metropolitan", "MPS", False)]),
        ("In Kent. Police came", [("kent", "Kent", True)]),
        ("kent police in lower case", []),
        ("South Wales Police, not Wales", [("south-wales", "South Wales Police", False)]),
        (
            "British Transport Police (BTP)",
            [
                ("british-transport-police", "British Transport Police", False),
                ("british-transport-police", "BTP", False),
            ],
        ),
        ("Kent Police and Crime Commissioner; Kent Police Federation", []),
        ("the police and crime commissioner for Kent", [("kent", "Kent", True)]),
        ("Cleveland Street, Kent County Council and Metropolitan Borough", []),
        ("in Maidstone, Kent, ME15 9BZ", []),
        (
            "Met Police, the Met’s plan, Met must act",
            [("metropolitan", "Met Police", False), *[("metropolitan", name, False) for name in ("the Met", "Met")]],
        ),
        ("Targets Met and inspectors Met staff", []),
        ("Hampshire did well", [("hampshire-and-isle-of-wight", "Hampshire", True)]),
        ("Heddlu De Cymru", [("south-wales", "Heddlu De Cymru", False)]),
        (
            "The Regional Organised Crime Unit (ROCU) for the West Midlands and the ROCUWM",
            [
                ("west-midlands-rocu", "Regional Organised Crime Unit (ROCU) for the West Midlands", False),
                ("west-midlands-rocu", "ROCUWM", False),
            ],
        ),
        (
            "Kent and Essex fire and rescue services",
            [("kent-fire", "Kent", False), ("essex-fire", "Essex fire and rescue", False)],
        ),
        ("Dorset and Wiltshire police forces", [("dorset", "Dorset", False), ("wiltshire", "Wiltshire police", False)]),
        (
            "Dorset & Wiltshire Fire & Rescue Service",
            [("dorset-and-wiltshire-fire", "Dorset & Wiltshire Fire & Rescue Service", False)],
        ),
    ],
)
def test_prose_names_bodies_by_their_full_names(prose: str, found: list[tuple[str, str, bool]]) -> None:
    mentions = [(mention.body.id, prose[mention.start : mention.end], mention.bare) for mention in find_bodies(prose)]

    assert mentions == found


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("Kent", ["kent-fire"]),
        ("Avon", ["avon-fire"]),
        ("Hampshire", ["hampshire-and-isle-of-wight-fire"]),
        ("Devon and Somerset", ["devon-and-somerset-fire"]),
        ("Kent Police", ["kent"]),
        ("Warwickshire and West Mercia police forces", ["warwickshire", "west-mercia"]),
    ],
)
def test_in_a_text_on_fire_an_area_alone_is_its_fire_service(prose: str, found: list[str]) -> None:
    assert [mention.body.id for mention in find_bodies(prose, BodyKind.FIRE)] == found

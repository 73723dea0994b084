"""Keys and values: what each understands, and what is said of those there are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from summaries.errors import AmbiguousBody, BadFilter, UnknownBody
from summaries.forces import BodyKind, bodies
from summaries.frameworks import programmes
from summaries.peers import read_groups
from summaries.query import parse_filter
from summaries.query.regions import regions
from summaries.query.vocabulary import KEYS, keys, values
from summaries.types import Grade, Kind, Pillar

if TYPE_CHECKING:
    from pathlib import Path

GROUPS = {"kent": ("essex", "surrey"), "eastern": ("norfolk", "suffolk")}


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("pillar:Legitimacy", "pillar:legitimacy"),
        ("pillars:people", "pillar:people"),
        ("programme:peel", "programme:PEEL"),
        ("program:cdi", 'programme:"Crime data integrity"'),
        ("programme:peel-2016", 'programme:"PEEL 2016"'),
        ('programme:"PEEL 2018/19"', 'programme:"PEEL 2018/19"'),
        ("programme:peel 2023-25", 'programme:"PEEL 2023-25"'),
        ("programme:fire round 2", 'programme:"Fire and rescue round 2"'),
        ("programme:frs 2021/22", 'programme:"Fire and rescue round 2"'),
        ("programme:state of policing 2023", 'programme:"State of Policing 2023"'),
        ("year:2016", "year:2016"),
        ("year:2015..2017", "year:2015..2017"),
        ("years:2015-17", "year:2015..2017"),
        ("year:2018/19", "year:2018"),
        ("year:2023-25", "year:2023"),
        ("year:2015 to 2017", "year:2015..2017"),
        ("year:2016..2016", "year:2016"),
        ("grade:ri", 'grade:"requires improvement"'),
        ("grade:requires-improvement", 'grade:"requires improvement"'),
        ("grades:requires improvement", 'grade:"requires improvement"'),
        ("grade:ungraded", 'grade:"not graded"'),
        ("kind:Custody", "kind:custody"),
        ("kind:fire inspections", "kind:fire-inspection"),
        ("type:engage", "kind:monitoring"),
        ("topic:vetting", "topic:vetting"),
        ("topic:well-being", "topic:wellbeing"),
        ("topic:abuse of authority", 'topic:"abuse of position"'),
        ("inspector:Sir Tom Winsor", 'inspector:"thomas winsor"'),
        ("inspector:BILLINGHAM", "inspector:billingham"),
        ("hmi:Zoe Billingham", 'inspector:"zoe billingham"'),
        ("inspector:“O’Connor”", "inspector:oconnor"),
        ("before:2017", "before:2017"),
        ("before:2016-3", "before:2016-03"),
        ("before:2 March 2016", "before:2016-03-02"),
        ("before:March 2016", "before:2016-03"),
        ("before:2nd mar 2016", "before:2016-03-02"),
        ("after:02/03/2016", "after:2016-03-02"),
        ("since:2016", "after:2015"),
        ("from:2016-01", "after:2015-12"),
        ("since:1 March 2016", "after:2016-02-29"),
        ("until:2016", "before:2017"),
        ("to:2016-12-31", "before:2017-01-01"),
    ],
)
def test_a_value_is_understood_as_people_write_it(typed: str, canonical: str) -> None:
    assert parse_filter(typed).text == canonical
    assert parse_filter(typed, bare="text").text == canonical


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("pillar", [pillar.value for pillar in Pillar]),
        ("grade", [grade.value for grade in Grade]),
        ("kind", [kind.value for kind in Kind]),
        ("programme", list(programmes())),
    ],
)
def test_every_name_there_is_can_be_asked_for(key: str, names: list[str]) -> None:
    assert {parse_filter(f'{key}:"{name}"').values(key) for name in names} == {(name,) for name in names}


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("progamme:peel", "programme:"),
        ("forse:kent", "force:"),
        ("beffore:2016", "before:"),
        ("inspecter:parr", "inspector:"),
        ("pillar:legitimate", "pillar:legitimacy"),
        ("grade:inadequat", "grade:inadequate"),
        ("grade:requires-improvment", 'grade:"requires improvement"'),
        ("kind:thematick", "kind:thematic"),
        ("topic:veting", "topic:vetting"),
        ("programme:peel2016", 'programme:"PEEL 2016"'),
        ("inspector:bilingham", "inspector:billingham"),
        ("region:south-eats", 'region:"south east"'),
    ],
)
def test_an_unknown_key_or_value_is_named_with_the_nearest_right_one(typed: str, nearest: str) -> None:
    with pytest.raises(BadFilter) as raised:
        parse_filter(typed)
    assert raised.value.facts["nearest"] == nearest
    assert f"Did you mean `{nearest}`?" in str(raised.value)
    assert str(raised.value).startswith(f"`{raised.value.facts['unknown']}`")


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("colour:blue", "I know `force:`, `region:`"),
        ("pillar:xyzzy", "Write one such as `effectiveness`"),
        ("before:2016-13", "`before:2016-03-02`"),
        ("after:30 February 2016", "`after:2016-03`"),
        ("since:whenever", "`after:2016`"),
        ("year:2017..2015", "`year:2015..2017`"),
        ("inspector:qwertz", '`text:"qwertz"`'),
        ("force:", "`force:` needs something after it"),
        ("grade:-good", "`grade:` needs something after it"),
        ("peers:kent", "`HMIC_PEERS`"),
        ("-(kent or essex)", "Write `-` before each"),
        ("-all", "leaves nothing"),
        ("a" * 6000, "Name fewer things"),
        ("Kent " * 300, "Name fewer"),
        ("-region:wales or -region:london or -region:south-west or -region:south-east", "Name fewer things"),
    ],
)
def test_what_cannot_be_understood_is_told_with_what_to_write(typed: str, advice: str) -> None:
    with pytest.raises(BadFilter) as raised:
        parse_filter(typed)
    assert advice in str(raised.value)


def test_an_unknown_force_is_told_with_the_bodies_near_it() -> None:
    with pytest.raises(UnknownBody) as raised:
        parse_filter("vetting force:Hampshrie", bare="text")
    assert raised.value.facts["typed"] == "Hampshrie"
    assert raised.value.facts["candidates"][0].id == "hampshire-and-isle-of-wight"  # type: ignore[index]


def test_a_force_of_two_bodies_is_asked_about_under_its_key_too() -> None:
    with pytest.raises(AmbiguousBody):
        parse_filter("force:wmp vetting", bare="text")


def test_every_spelling_in_the_data_leads_to_a_key_or_value_there_is() -> None:
    assert set(keys().values()) == {*KEYS, "since", "until", "text"}
    assert set(values("kind").values()) == {kind.value for kind in Kind}
    assert set(values("grade").values()) == {grade.value for grade in Grade}
    assert {value.split(" 2")[0].split(" round")[0] for value in values("programme").values()} == set(programmes())
    assert "" not in values("programme")


def test_every_police_force_and_fire_service_is_in_one_region() -> None:
    placed = [body for region in regions().values() for body in region.bodies]
    inspected = {body.id for body in bodies().values() if body.kind is not BodyKind.OTHER}
    assert sorted(placed) == sorted(inspected)
    assert len(regions()) == 10


def test_a_region_means_its_bodies_or_its_forces_alone() -> None:
    assert parse_filter("region:wales").bodies == ("dyfed-powys", "gwent", "north-wales", "south-wales")
    assert parse_filter('region:"London police"').bodies == ("city-of-london", "metropolitan")
    assert parse_filter("region:london fire services").bodies == ("london-fire",)
    assert parse_filter("region:yorkshire").bodies == parse_filter('region:"Yorkshire and the Humber"').bodies
    assert parse_filter("South West").bodies == parse_filter("region:sw").bodies


def test_a_group_means_its_members_by_a_forces_name_or_any_other() -> None:
    assert parse_filter("peers:Kent", groups=GROUPS).bodies == ("essex", "surrey")
    assert parse_filter('peers:"Kent Police"', groups=GROUPS).bodies == ("essex", "surrey")
    assert parse_filter("-group:Eastern", groups=GROUPS).text == "-force:norfolk -force:suffolk"
    with pytest.raises(BadFilter, match="Did you mean `peers:eastern`"):
        parse_filter("peers:easter", groups=GROUPS)


def test_a_file_of_groups_is_read_by_the_names_of_bodies(tmp_path: Path) -> None:
    file = tmp_path / "peers.csv"
    file.write_text("\ufeffname,members\nKent Police,Essex|surrey police\nEastern Seven,Norfolk|Suffolk|norfolk\n")
    assert read_groups(file) == {"kent": ("essex", "surrey"), "eastern seven": ("norfolk", "suffolk")}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("force,peers\nKent,Essex\n", "needs the columns name and members"),
        ("", "needs the columns name and members"),
        ("name,members\nKent,Essex|Nowhere\n", "line 2: “Nowhere” is not the name of one body"),
        ("name,members\nKent,Essex\nX,\n", "line 3: a group needs members"),
        ("name,members\n-,Essex\n", "line 2: a group needs a name"),
        ("name,members\nKent\n", "line 2: a group needs members"),
    ],
)
def test_a_file_of_groups_that_cannot_be_used_is_told_with_its_line(tmp_path: Path, content: str, problem: str) -> None:
    file = tmp_path / "peers.csv"
    file.write_text(content)
    with pytest.raises(ValueError, match=problem):
        read_groups(file)

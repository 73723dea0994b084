"""Exports: what a row and a line hold, and that no cell is a formula."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from cards import cases
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.errors import BadFilter, QuoteNotInText
from summaries.exporting import BOM, COLUMNS, PAGE, Format, Piece, cell, head, pieces, read_wish
from summaries.query import Filter, parse_filter
from summaries.receipts import receipt
from summaries.release_json import from_json
from summaries.types import Confidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.ports import StoredRelease, UnitOfWork

STORED = [replace(case.stored, number=number) for number, case in enumerate(cases(), 1)]
GRADED = next(stored for stored in STORED if stored.release.judgments)
UNGRADED = next(stored for stored in STORED if not (stored.release.judgments or stored.release.named_grades))
NATIONAL = next(stored for stored in STORED if stored.release.named_grades)
TRICKY = "='\"+-@\t\r\n \u00a0\u200b\ufeff＝a,;"


@dataclass
class Shelf:
    """An index of releases that gives them all, page by page, and notes how many it was asked for at a time."""

    held: Sequence[StoredRelease]
    limits: list[int]

    def newest(self, wanted: Filter, *, limit: int, offset: int = 0) -> Sequence[StoredRelease]:
        self.limits.append(limit)
        return self.held[offset : offset + limit]


def graded(stored: StoredRelease) -> bool:
    return bool(stored.release.judgments or stored.release.named_grades)


def made(held: Sequence[StoredRelease], made_as: Format = Format.CSV) -> list[Piece]:
    unit = cast("UnitOfWork", SimpleNamespace(search=Shelf(held, [])))
    return list(pieces(unit, Filter(), made_as, lambda stored: "the licence"))


def rows(held: Sequence[StoredRelease]) -> list[dict[str, str]]:
    """The rows of an export, as a program reads it."""
    whole = head(Format.CSV) + b"".join(piece.content for piece in made(held))
    return list(csv.DictReader(io.StringIO(whole.decode("utf-8-sig"), newline="")))


def restored(value: str) -> str:
    """What stood in the text, by the rule that is documented."""
    return value.removeprefix("'")


def lines(held: Sequence[StoredRelease]) -> list[dict[str, Any]]:
    return [json.loads(piece.content) for piece in made(held, Format.JSON)]


def begins_a_formula(value: str) -> bool:
    """What a spreadsheet may take for one: it ignores what is not seen, and sees full-width signs as plain ones."""
    seen = unicodedata.normalize("NFKC", value).lstrip("".join(filter(_unseen, set(value))) + '"\t\r\n ')
    return seen.startswith(("=", "+", "-", "@", "−")) or value.startswith(("\t", "\r", "\n"))


def _unseen(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Zs", "Zl", "Zp"}


def test_the_file_begins_with_a_byte_order_mark_and_the_names_of_the_columns() -> None:
    assert head(Format.CSV) == (BOM + ",".join(COLUMNS) + "\r\n").encode()
    assert head(Format.JSON) == b""


def test_every_judgment_has_a_row_with_the_exact_words_their_place_and_their_receipt() -> None:
    given = [row for row in rows(STORED) if row["scope"] not in ("", "named")]
    judged = [(stored, judgment) for stored in STORED for judgment in stored.release.judgments]

    assert len(given) == len(judged) > 100
    for row, (stored, judgment) in zip(given, judged, strict=True):
        words = restored(row["words"])
        assert stored.release.text[int(row["start"]) : int(row["end"])] == words == judgment.evidence.quote
        assert row["receipt"] == receipt(stored, judgment.evidence)
        assert row["receipt"].endswith(f"¶{row['paragraph']}")
        assert (row["grade"], row["scale"], row["about"]) == (judgment.grade, judgment.scale, judgment.about)
        assert (row["body_id"], row["scope"]) == (judgment.body, judgment.scope)
        assert (row["number"], row["revision"]) == (str(stored.number), "1")


def test_every_grade_that_a_release_gives_to_a_body_it_names_has_a_row() -> None:
    given = [row for row in rows(STORED) if row["scope"] == "named"]
    named = [(stored, one) for stored in STORED for one in stored.release.named_grades]

    assert len(given) == len(named) > 10
    for row, (stored, one) in zip(given, named, strict=True):
        words = restored(row["words"])
        assert stored.release.text[int(row["start"]) : int(row["end"])] == words == one.evidence.quote
        assert row["receipt"] == receipt(stored, one.evidence)
        assert (row["body_id"], row["grade"], row["about"], row["scale"]) == (one.body, one.grade, "", "")
    assert all(row["grade"] for row in rows([NATIONAL]))


def test_a_release_without_a_grade_has_one_row_that_gives_none() -> None:
    [row] = rows([UNGRADED])

    assert {row[name] for name in ("grade", "scale", "about", "scope", "words", "start", "end", "paragraph")} == {""}
    assert restored(row["title"]) == UNGRADED.release.title
    assert row["receipt"].startswith(f"R-{UNGRADED.number}\u00a0¶")


def test_no_release_is_left_out() -> None:
    assert {row["number"] for row in rows(STORED)} == {str(stored.number) for stored in STORED}
    assert [line["releases"][0]["number"] for line in lines(STORED)] == [stored.number for stored in STORED]


def test_a_row_tells_what_a_person_must_know_to_use_it() -> None:
    doubtful = replace(GRADED.release, confidence=Confidence.CHECK, doubts=("No year is printed.", "Look twice."))
    row = rows([replace(GRADED, release=doubtful, revision=3)])[0]

    assert row["receipt"].startswith(f"R-{GRADED.number}.3\u00a0¶")
    assert (row["confidence"], row["doubts"]) == ("check", "No year is printed.; Look twice.")
    assert row["licence"] == "the licence"
    assert len(row["text_sha256"]) == 64


def test_several_bodies_of_a_release_without_grades_stand_in_its_one_row() -> None:
    several = next(one for one in STORED if len(one.release.subjects) > 1 and not graded(one))
    [row] = rows([several])

    assert row["body_id"].split("; ") == list(dict.fromkeys(body.id for body in several.release.subjects))
    assert len(row["body"].split("; ")) == len(row["body_id"].split("; "))


def test_a_folder_is_not_told_but_an_address_is() -> None:
    location = "/srv/inbox/secret project/kent.pdf"
    [row, *_] = rows([replace(GRADED, location=location)])
    [line] = lines([replace(GRADED, location=location)])
    [online] = lines([replace(GRADED, location="https://hmicfrs.example.org/news/kent")])

    assert (row["location"], line["source"]["path"]) == ("kent.pdf", "kent.pdf")
    assert "secret project" not in json.dumps(line)
    assert online["source"]["url"] == online["releases"][0]["location"] == "https://hmicfrs.example.org/news/kent"


def test_a_line_is_the_public_json_of_a_document_with_what_the_store_adds() -> None:
    [line] = lines([GRADED])
    [release] = line["releases"]

    assert from_json(release) == GRADED.release
    assert line["source"].keys() == {"path", "media_type", "sha256", "fetched_at", "text_sha256"}
    assert (release["number"], release["revision"], release["licence"]) == (GRADED.number, 1, "the licence")
    assert release["receipt"].startswith(f"R-{GRADED.number}\u00a0¶")
    assert release["summary"]["verdict"]["quote"] in release["text"]


def test_a_line_is_one_line_whatever_the_text_holds() -> None:
    for piece in made(STORED, Format.JSON):
        assert piece.content.count(b"\n") == 1


@pytest.mark.parametrize("made_as", list(Format))
def test_words_that_the_text_does_not_hold_are_not_handed_out(made_as: Format) -> None:
    wrong = replace(GRADED.release.judgments[0].evidence, quote="outstanding in all it does")
    judgments = (replace(GRADED.release.judgments[0], evidence=wrong),)

    with pytest.raises(QuoteNotInText):
        made([replace(GRADED, release=replace(GRADED.release, judgments=judgments))], made_as)
    named = (replace(NATIONAL.release.named_grades[0], evidence=wrong),)
    with pytest.raises(QuoteNotInText):
        made([replace(NATIONAL, release=replace(NATIONAL.release, named_grades=named))], made_as)


def test_releases_are_read_a_page_at_a_time() -> None:
    shelf = Shelf([GRADED] * (2 * PAGE + 1), [])
    unit = cast("UnitOfWork", SimpleNamespace(search=shelf))
    first = next(iter(pieces(unit, Filter(), Format.CSV, lambda stored: "")))

    assert first.rows >= 1
    assert shelf.limits == [PAGE]
    assert len(made(shelf.held)) == 2 * PAGE + 1


@pytest.mark.parametrize(
    "value",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\tgood",
        "\rgood",
        "\ngood",
        "  =1",
        "\u00a0=1",
        "\ufeff=1",
        "\u200b=1",
        "\x00=1",
        '"=1',
        "'=1",
        "' \"=1",
        "＝1+1",
        "＠SUM(A1)",
        "−1",
        "﹣1",
        "- a bullet",
    ],
)
def test_what_could_begin_a_formula_is_kept_from_it(value: str) -> None:
    assert cell(value) == f"'{value}"


@pytest.mark.parametrize("value", ["", "good", "Kent – good", "– a dash", "a=b", "“good”", '"good"', "a\tb", "2018/19"])
def test_what_could_not_is_left_as_it_is(value: str) -> None:
    assert cell(value) == value


@given(
    st.text(st.characters(codec="utf-8"), max_size=40) | st.text("='\"+-@\t\r\n \u00a0\u200b\ufeff＝a,;", max_size=12)
)
@settings(max_examples=300)
def test_no_cell_begins_a_formula_and_every_value_can_be_had_back(value: str) -> None:
    doubtful = replace(GRADED.release, title=value, doubts=(value,), programme=value or None)
    row = rows([replace(GRADED, release=doubtful)])[0]

    for shown in (row["title"], row["doubts"], row["programme"]):
        assert shown.startswith("'") or not begins_a_formula(shown)
        assert restored(shown) == value


@pytest.mark.parametrize(
    ("typed", "made_as"),
    [
        ("", Format.CSV),
        ("csv", Format.CSV),
        ("json", Format.JSON),
        ("all JSON", Format.JSON),
        ("as json", Format.JSON),
        ("everything to CSV", Format.CSV),
        ("json all", Format.JSON),
    ],
)
def test_without_a_filter_everything_is_meant_and_without_a_format_csv(typed: str, made_as: Format) -> None:
    assert read_wish(typed) == (Filter(), made_as)


@pytest.mark.parametrize(
    "typed",
    [
        "force:kent json",
        "json force:kent",
        "  Kent   as json",
        "Kent JSON",
        "Kent as a JSON",
        "Kent as a json file",
        "a json file of Kent",
        "Kent in json format",
    ],
)
def test_the_format_stands_before_or_after_the_filters(typed: str) -> None:
    wanted, made_as = read_wish(typed)

    assert (wanted, made_as) == (Filter.of_bodies("kent"), Format.JSON)


@pytest.mark.parametrize("typed", ["Kent json 2016", "force:kent as json year:2016", "Kent, as a json, 2016"])
def test_the_format_stands_between_the_filters(typed: str) -> None:
    assert read_wish(typed) == (parse_filter("force:kent year:2016"), Format.JSON)


@pytest.mark.parametrize(
    "typed", ['"a json file"', "“a json file” csv", 'csv "a json file', "text:json", "CSV -text:json"]
)
def test_what_is_quoted_or_asked_for_is_no_format(typed: str) -> None:
    wanted, made_as = read_wish(typed)

    assert made_as is Format.CSV
    assert "json" in wanted.text


def test_a_filter_that_is_not_understood_says_so() -> None:
    with pytest.raises(BadFilter):
        read_wish("colour:red csv")

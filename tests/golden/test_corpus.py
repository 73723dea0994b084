"""Every document of the corpus reads as its reviewed expectations say, field by field (`docs/corpus.md`)."""

from __future__ import annotations

import pytest
from corpus import CORPUS, Document, differences, documents, found

FORMATS = 22  # numbered as in `docs/corpus.md`
FEWEST = 60  # releases

each_document = pytest.mark.parametrize("document", documents(), ids=lambda document: document.name)


@each_document
def test_a_document_reads_as_its_expectations_say(document: Document) -> None:
    releases = document.parse()

    assert len(releases) == len(document.releases), [release.title for release in releases]
    wrong = [
        f"{release.title[:40]}: {name}\n    expected {wanted!r}\n    found    {got!r}"
        for release, expected in zip(releases, document.releases, strict=True)
        for name, wanted, got in differences(expected, release)
    ]
    assert not wrong, "\n".join(["", *wrong])


@each_document
def test_every_key_of_an_expectation_is_one_that_is_checked(document: Document) -> None:
    known = set(found(document.parse()[0]))

    assert [key for expected in document.releases for key in expected if key not in known] == []


def test_the_corpus_holds_every_format_and_enough_releases() -> None:
    assert {document.format for document in documents()} == set(range(1, FORMATS + 1))
    assert sum(len(document.releases) for document in documents()) >= FEWEST


def test_every_document_has_its_expectations() -> None:
    assert {path.stem for path in CORPUS.iterdir() if path.suffix != ".toml"} == {one.name for one in documents()}

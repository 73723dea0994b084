from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from summaries.errors import FileTooLarge, NoSuchFile
from summaries.sources.folder import MAX_BYTES, MAX_PDF_BYTES, MEDIA_TYPES, find_files, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from summaries.types import RawRelease


def read_paths(paths: Iterable[str | Path]) -> Iterator[RawRelease]:
    """Found all at once, read one by one: as `hmic add` does it."""
    return map(read_file, find_files(paths))


def test_a_folder_is_read_with_all_below_it_in_order_of_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b.TXT", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    read = list(read_paths([tmp_path]))
    assert [raw.content.decode() for raw in read] == ["a/b.TXT", "a/z.md", "b.txt", "c.txt"]
    assert [raw.media_type for raw in read] == ["text/plain", "text/markdown", "text/plain", "text/plain"]
    assert read[2].location == str(tmp_path / "b.txt")


def test_what_is_hidden_or_not_a_release_is_left_out_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (".git/description.txt", ".draft.txt", "picture.png", "notes.doc", "kent.txt"):
        (tmp_path / name).write_bytes(b"x")
    assert [raw.location for raw in read_paths([tmp_path])] == [str(tmp_path / "kent.txt")]


def test_a_file_that_is_named_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / ".kent").write_bytes(b"Kent")
    [raw] = read_paths([str(tmp_path / ".kent")])
    assert (raw.content, raw.media_type) == (b"Kent", None)


def test_a_missing_path_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "kent.txt").write_bytes(b"Kent")
    with pytest.raises(NoSuchFile) as caught:
        read_paths([tmp_path, tmp_path / "essex.txt"])
    assert caught.value.facts["path"] == str(tmp_path / "essex.txt")


def test_every_kind_of_file_that_a_release_comes_in_is_found(tmp_path: Path) -> None:
    names = [f"kent{suffix}" for suffix in MEDIA_TYPES] + ["essex.PDF", "essex.Html"]
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    read = {raw.location: raw.media_type for raw in read_paths([tmp_path])}
    assert set(read) == {str(tmp_path / name) for name in names}
    assert read[str(tmp_path / "essex.PDF")] == "application/pdf"
    assert read[str(tmp_path / "kent.htm")] == "text/html"


def test_a_folder_that_holds_nothing_to_read_is_refused_with_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"x")
    with pytest.raises(NoSuchFile, match=r"\.txt, \.md, .* and \.eml files are read"):
        find_files([tmp_path])


def test_folders_are_gone_through_as_they_are_read(tmp_path: Path) -> None:
    for name in ("a.txt", "b/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    reading = read_paths([tmp_path])
    next(reading)
    (tmp_path / "b" / "c.txt").write_bytes(b"x")
    assert len(list(reading)) == 2


@pytest.mark.parametrize(("suffix", "limit"), [(".txt", MAX_BYTES), (".html", MAX_BYTES), (".pdf", MAX_PDF_BYTES)])
def test_a_file_too_large_for_a_release_of_its_kind_is_not_read_and_stops_no_other(
    tmp_path: Path, suffix: str, limit: int
) -> None:
    for name, size in (("a", limit + 1), ("b", limit)):
        with (tmp_path / f"{name}{suffix}").open("wb") as file:
            file.truncate(size)
    large, largest = find_files([tmp_path])
    assert len(read_file(largest).content) == limit
    with pytest.raises(FileTooLarge, match=f"larger than {limit // 2**20} MiB") as caught:
        read_file(large)
    assert caught.value.facts == {"path": str(large), "size": limit + 1}


def test_a_file_that_goes_before_it_is_read_is_a_typed_error(tmp_path: Path) -> None:
    (tmp_path / "kent.txt").write_bytes(b"Kent")
    reading = read_paths([tmp_path])
    (tmp_path / "kent.txt").unlink()
    with pytest.raises(NoSuchFile, match="could not be read"):
        next(reading)


def test_a_link_to_a_folder_above_does_not_lead_round_in_circles(tmp_path: Path) -> None:
    (tmp_path / "kent.txt").write_bytes(b"Kent")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert len(list(read_paths([tmp_path]))) == 1


def test_a_folder_that_cannot_be_gone_through_is_told_as_a_file_is_and_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "z.txt").write_bytes(b"x")
    inside, depth = os.open(tmp_path, os.O_RDONLY), 0
    while depth < 20:  # beyond what a path may hold, which holds for every user; permissions do not for some
        os.mkdir("d" * 250, dir_fd=inside)
        below = os.open("d" * 250, os.O_RDONLY, dir_fd=inside)
        os.close(inside)
        inside, depth = below, depth + 1
    os.close(inside)
    deep, shallow = find_files([tmp_path])

    assert shallow == tmp_path / "z.txt"
    with pytest.raises(NoSuchFile, match="could not be read: File name too long"):
        read_file(deep)


def test_a_name_that_is_not_unicode_is_shown_with_a_mark_in_its_place(tmp_path: Path) -> None:
    file = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(file, "wb") as opened:
        opened.write(b"x")
    [raw] = read_paths([tmp_path])
    assert raw.location == f"{tmp_path}/caf\N{REPLACEMENT CHARACTER}.txt"

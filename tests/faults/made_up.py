"""Releases made up for the tests from a real one, a force each."""

from __future__ import annotations

from pathlib import Path

from summaries.register import BodyKind, bodies

_TEMPLATE = Path(__file__).resolve().parents[2] / "seeds" / "004_6029efa0301d0f97.txt"
_NAMED = "Hampshire Constabulary"


def force_names(count: int) -> list[str]:
    """The names of so many police forces, the template's own left out."""
    police = [body.official for body in bodies().values() if body.kind is BodyKind.POLICE]
    names = [name for name in police if "Hampshire" not in name]
    assert len(names) >= count
    return names[:count]


def write_releases(folder: Path, names: list[str]) -> list[Path]:
    """A file with a release on each of these forces."""
    folder.mkdir(exist_ok=True)
    template = _TEMPLATE.read_text()
    files = [folder / f"{number:03}.txt" for number, _ in enumerate(names)]
    for file, name in zip(files, names, strict=True):
        file.write_text(template.replace(_NAMED, name))
    return files

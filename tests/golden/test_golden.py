"""The whole JSON of each seed, reviewed by eye against the release.

After a deliberate change run `python tests/golden/test_golden.py` from the root and review the difference.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SEEDS = {path.name[:3]: path for path in sorted((ROOT / "seeds").glob("*.txt"))}


def document(number: str) -> dict[str, Any]:
    from summaries.document_json import document_json
    from summaries.parsing import parse
    from summaries.types import RawRelease

    path = SEEDS[number]
    return document_json(parse(RawRelease(f"seeds/{path.name}", path.read_bytes())))


def golden(number: str) -> Path:
    return HERE / f"{number}.json"


@pytest.mark.parametrize("number", sorted(SEEDS))
def test_the_json_of_a_seed_is_the_reviewed_one(number: str) -> None:
    assert document(number) == json.loads(golden(number).read_text(encoding="utf-8"))


def test_there_is_one_reviewed_document_a_seed() -> None:
    assert [path.stem for path in sorted(HERE.glob("*.json"))] == sorted(SEEDS)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    for seed in SEEDS:
        text = json.dumps(document(seed), ensure_ascii=False, indent=1)
        golden(seed).write_text(text + "\n", encoding="utf-8")

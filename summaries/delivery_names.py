"""The short names of digests and of their messages: `D-12` is the digest of window 12, `D-12.3` its message 3,
`D-12.e1` its first change of a message, `D-12.n0` what its subscription's maker is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summaries.delivery import DeliveryKind

if TYPE_CHECKING:
    from summaries.delivery import Delivery

_LETTERS = {DeliveryKind.POST: "", DeliveryKind.EDIT: "e", DeliveryKind.NOTICE: "n"}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_NAME = re.compile(r"d-?(?P<window>\d{1,9})(?:\.(?P<kind>[en]?)(?P<part>\d{1,6}))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DeliveryName:
    """A digest by its window; with a `part`, one message of it."""

    window_id: int
    part: int | None = None
    kind: DeliveryKind = DeliveryKind.POST

    def __str__(self) -> str:
        digest = f"D-{self.window_id}"
        return digest if self.part is None else f"{digest}.{_LETTERS[self.kind]}{self.part}"

    def names(self, delivery: Delivery) -> bool:
        """Whether this is the delivery's name, or that of its digest."""
        return self.window_id == delivery.window_id and self.part in {None, delivery.part} and self._is_of(delivery)

    def _is_of(self, delivery: Delivery) -> bool:
        return self.part is None or self.kind is delivery.kind


def name_of(delivery: Delivery) -> str:
    """The short name of a message: `D-12.3`."""
    return str(DeliveryName(delivery.window_id, delivery.part, delivery.kind))


def digest_name(window_id: int) -> str:
    """The short name of a digest: `D-12`."""
    return str(DeliveryName(window_id))


def read_name(text: str) -> DeliveryName | None:
    """The name that a text is, whole; None when it is none. `d12.e1` is read as `D-12.e1`."""
    found = _NAME.fullmatch(text.strip())
    if found is None:
        return None
    part = int(found["part"]) if found["part"] else None
    return DeliveryName(int(found["window"]), part, _KINDS[(found["kind"] or "").lower()])

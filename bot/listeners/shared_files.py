"""The files that come with a message, as answers know them."""

from __future__ import annotations

from typing import Any

from bot.errors import MalformedPayload
from bot.intents.wanted import SharedFile
from bot.payloads import check_file

LONGEST_NAME = 200
_NO_ACCESS = "That file is not shared with me. Download it and drop it itself, or paste the release."
_NO_FILE = "Slack keeps that file no longer. Drop it again, or paste the release."
_GONE_MODES = frozenset({"tombstone", "hidden_by_limit"})


def files_of(event: dict[str, Any]) -> tuple[SharedFile, ...]:
    """The files of a message event. One that Slack does not hand over, or that is not understood, says so."""
    files = event.get("files")
    return tuple(_shared(file) for file in files) if isinstance(files, list) else ()


def _shared(given: Any) -> SharedFile:
    try:
        file = check_file(given)
    except MalformedPayload:
        return SharedFile("unknown", "a file", problem=_NO_ACCESS)
    printable = "".join(one for one in file.name or file.title or file.id if one.isprintable())
    name = printable.replace("/", "_")[:LONGEST_NAME] or file.id
    if file.mode in _GONE_MODES:
        return SharedFile(file.id, name, problem=_NO_FILE)
    if not file.url_private:
        return SharedFile(file.id, name, problem=_NO_ACCESS)
    return SharedFile(file.id, name, file.url_private, file.size, file.mimetype)

"""An append-only file of a workspace's messages, so that its channels survive a restart."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.workspace.model import JSON, Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO


class Journal:
    """One JSON object a line. The last word on a message counts; ephemeral messages are not written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._file: IO[str] | None = None

    def read(self) -> list[Message]:
        """The messages still standing, oldest first. A line torn by a crash, which can only be the last, is dropped."""
        messages: dict[tuple[str, str], Message] = {}
        for entry in self._entries():
            if "deleted" in entry:
                conversation, ts = entry["deleted"]
                messages.pop((conversation, ts), None)
            else:
                message = Message(**entry)
                messages[message.conversation, message.ts] = message
        return sorted(messages.values(), key=lambda message: message.micros)

    def wrote(self, message: Message) -> None:
        """A message was posted, or changed."""
        if message.ephemeral_to is None:
            self._append(asdict(message))

    def deleted(self, message: Message) -> None:
        """A message was deleted."""
        self._append({"deleted": [message.conversation, message.ts]})

    def close(self) -> None:
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _entries(self) -> Iterator[JSON]:
        if not self._path.exists():
            return
        whole, _, torn = self._path.read_bytes().rpartition(b"\n")
        if torn:
            # Cut the torn line off, or the next one would be glued to it.
            self._path.write_bytes(whole + b"\n" if whole else b"")
        for line in whole.splitlines():
            yield json.loads(line)

    def _append(self, entry: JSON) -> None:
        with self._lock:
            if self._file is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self._path.open("a", encoding="utf-8")
            self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            self._file.flush()

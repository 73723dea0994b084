"""What the workspace remembers: conversations, messages, views, and how the page is shown them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

JSON = dict[str, Any]


@dataclass(slots=True)
class Conversation:
    """A channel, or the direct messages between the bot and one `person`."""

    id: str
    name: str
    kind: str  # "channel" | "dm"
    topic: str = ""
    archived: bool = False
    bot_is_member: bool = True
    person: str | None = None

    def page(self) -> JSON:
        """As the page's contract has it."""
        shown: JSON = {
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
            "topic": self.topic,
            "archived": self.archived,
        }
        if self.person is not None:
            shown["person"] = self.person
        return shown


@dataclass(slots=True)
class Message:
    """One message. An ephemeral one has `ephemeral_to` and `ephemeral_id`, and no place in history.

    `visible_at` is when history begins to show it, in seconds since 1970: later than `ts` when visibility was delayed.
    """

    conversation: str
    ts: str
    user: str
    text: str
    blocks: list[JSON] | None = None
    metadata: JSON | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    files: list[JSON] | None = None
    edited: bool = False
    ephemeral_to: str | None = None
    ephemeral_id: str | None = None
    in_reply_to: str | None = None
    reply_count: int = 0
    visible_at: float = 0.0

    @property
    def micros(self) -> int:
        """The timestamp as a number that sorts."""
        return micros(self.ts)

    def page(self) -> JSON:
        """As the page's contract has it: what is absent or false is left out."""
        names = (
            "blocks",
            "thread_ts",
            "edited",
            "ephemeral_to",
            "ephemeral_id",
            "reply_count",
            "in_reply_to",
        )
        always = {"conversation": self.conversation, "ts": self.ts, "user": self.user, "text": self.text}
        shown = always | {name: value for name in names if (value := getattr(self, name))}
        if self.files:
            shown["files"] = [{"id": file["id"], "name": file["name"], "size": file["size"]} for file in self.files]
        return shown

    def seen_by(self, person: str) -> bool:
        """Whether this person may read it, given that they are in the conversation."""
        return self.ephemeral_to is None or self.ephemeral_to == person


@dataclass(slots=True)
class View:
    """A modal or a Home tab shown to one person. `body` is what the bot sent; `values` what the person entered."""

    id: str
    hash: str
    person: str
    body: JSON
    root_id: str
    previous_id: str | None = None


def micros(ts: str) -> int:
    """A Slack timestamp ("1700000000.000100") in microseconds.

    Raises ValueError when it is not one.
    """
    seconds, _, fraction = ts.partition(".")
    if not seconds.isdigit() or (fraction and not fraction.isdigit()):
        raise ValueError(ts)
    return int(seconds) * 1_000_000 + int(f"{fraction:0<6}"[:6])


def timestamp(moment: int) -> str:
    """Microseconds as a Slack timestamp."""
    return f"{moment // 1_000_000}.{moment % 1_000_000:06d}"

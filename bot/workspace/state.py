"""The memory of a stand-in workspace: conversations and messages, under one lock, told to the page as they change."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.workspace.feed import Feed
from bot.workspace.journal import Journal
from bot.workspace.model import Conversation, Message, timestamp

if TYPE_CHECKING:
    from bot.workspace.cast import Person
    from bot.workspace.config import WorkspaceConfig
    from bot.workspace.model import JSON


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that went wrong between the bot and a person, as that person was told it."""

    person: str
    text: str


class WorkspaceState:
    """Who and what there is. Every change goes through a method here, is journalled, and appears in the feed."""

    def __init__(self, config: WorkspaceConfig) -> None:
        self._config = config
        self._lock = threading.RLock()
        self._newest = 0
        self._ephemerals: dict[str, Message] = {}
        self._messages: dict[str, dict[str, Message]] = {}
        self._journal = Journal(config.journal) if config.journal else None
        self.feed = Feed()
        self.notices: list[Notice] = []
        self.people: dict[str, Person] = {person.id: person for person in config.people}
        self.conversations: dict[str, Conversation] = {}
        for channel in config.channels:
            self._open(
                Conversation(
                    channel.id, channel.name, "channel", topic=channel.topic, bot_is_member=channel.bot_is_member
                )
            )
        for person in config.people:
            self._open(Conversation(f"D{person.id[1:]}", config.bot_name, "dm", person=person.id))
        for message in self._journal.read() if self._journal else ():
            if message.conversation in self._messages:
                self._messages[message.conversation][message.ts] = message
                self._newest = max(self._newest, message.micros)

    def _open(self, conversation: Conversation) -> None:
        self.conversations[conversation.id] = conversation
        self._messages[conversation.id] = {}

    def dm_of(self, person: str) -> Conversation:
        """The direct messages between the bot and this person."""
        return next(one for one in self.conversations.values() if one.person == person)

    def next_ts(self) -> str:
        """A timestamp of now, later than every other one."""
        with self._lock:
            self._newest = max(int(self._config.clock() * 1_000_000), self._newest + 1)
            return timestamp(self._newest)

    def post(self, message: Message) -> Message:
        """Put a message in its conversation."""
        with self._lock:
            message.visible_at = message.visible_at or self._config.clock()
            self._messages[message.conversation][message.ts] = message
            self._wrote(message, "message")
            self._count_replies(message, 1)
        return message

    def change(self, message: Message, *, text: str, blocks: list[JSON] | None, metadata: JSON | None = None) -> None:
        """Give a message, ephemeral or not, new content."""
        with self._lock:
            message.text, message.blocks, message.edited = text, blocks, True
            message.metadata = metadata or message.metadata
            if message.ephemeral_id is None:
                self._wrote(message, "message_changed")
            else:
                self.feed.add("ephemeral_replaced", message=message.page())

    def delete(self, message: Message) -> None:
        """Take a message, ephemeral or not, away."""
        with self._lock:
            if message.ephemeral_id is not None:
                del self._ephemerals[message.ephemeral_id]
                self.feed.add("ephemeral_deleted", ephemeral_id=message.ephemeral_id)
                return
            del self._messages[message.conversation][message.ts]
            if self._journal:
                self._journal.deleted(message)
            self.feed.add("message_deleted", conversation=message.conversation, ts=message.ts)
            self._count_replies(message, -1)

    def whisper(self, message: Message) -> Message:
        """Show an ephemeral message to the one person it is for."""
        with self._lock:
            message.ephemeral_id = f"Em{message.ts}"
            self._ephemerals[message.ephemeral_id] = message
            self.feed.add("message", message=message.page())
        return message

    def message(self, conversation: str, ts: str) -> Message | None:
        """The message with this timestamp, visible in history yet or not."""
        return self._messages.get(conversation, {}).get(ts)

    def ephemeral(self, ephemeral_id: str) -> Message | None:
        return self._ephemerals.get(ephemeral_id)

    def messages(self, conversation: str) -> list[Message]:
        """Every message of a conversation, thread replies among them, oldest first; ephemeral ones are not."""
        with self._lock:
            return sorted(self._messages[conversation].values(), key=lambda message: message.micros)

    def ephemerals(self) -> list[Message]:
        with self._lock:
            return list(self._ephemerals.values())

    def archive(self, conversation: Conversation, *, archived: bool) -> None:
        """Archive a channel, or bring it back."""
        conversation.archived = archived
        self.feed.add("conversation", conversation=conversation.page())

    def notice(self, person: str, text: str) -> None:
        """Tell a person, in plain words, that something did not work."""
        self.notices.append(Notice(person, text))
        self.feed.add("notice", person=person, text=text)

    def close(self) -> None:
        """End the streams and close the journal."""
        self.feed.close()
        if self._journal:
            self._journal.close()

    def _wrote(self, message: Message, event: str) -> None:
        if self._journal:
            self._journal.wrote(message)
        self.feed.add(event, message=message.page())

    def _count_replies(self, message: Message, change: int) -> None:
        if message.thread_ts is None or message.thread_ts == message.ts:
            return
        parent = self.message(message.conversation, message.thread_ts)
        if parent is not None:
            parent.reply_count += change
            parent.thread_ts = parent.ts if parent.reply_count else None
            self._wrote(parent, "message_changed")

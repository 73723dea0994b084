"""What the bot is told of unasked: mentions, direct messages, comings and goings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.workspace.config import WorkspaceConfig
    from bot.workspace.model import JSON, Conversation, Message
    from bot.workspace.outgoing import Outgoing
    from bot.workspace.payloads import Payloads
    from bot.workspace.state import WorkspaceState


class Events:
    """Sends the events of the app's manifest; tells the person concerned when one could not be delivered."""

    def __init__(self, config: WorkspaceConfig, state: WorkspaceState, payloads: Payloads, outgoing: Outgoing) -> None:
        self._config = config
        self._state = state
        self._payloads = payloads
        self._outgoing = outgoing

    def posted(self, message: Message) -> None:
        """A message appeared: `message` in a DM, the bot's own among them as on Slack; `app_mention` in a channel."""
        conversation = self._state.conversations[message.conversation]
        by_bot = message.user == self._config.bot_user_id
        event = self._payloads.message(message) | {"channel": conversation.id, "event_ts": message.ts}
        if conversation.kind == "dm":
            self._send(event | {"channel_type": "im"}, message.user)
        elif f"<@{self._config.bot_user_id}>" in message.text and conversation.bot_is_member and not by_bot:
            event.pop("subtype", None)  # mentions have none, files or not
            self._send(event | {"type": "app_mention"}, message.user)

    def changed(self, message: Message) -> None:
        """A message in a DM was edited."""
        conversation = self._state.conversations[message.conversation]
        if conversation.kind == "dm":
            ts = self._state.next_ts()
            self._send(
                {
                    "type": "message",
                    "subtype": "message_changed",
                    "message": self._payloads.message(message),
                    "channel": conversation.id,
                    "channel_type": "im",
                    "hidden": True,
                    "ts": ts,
                    "event_ts": ts,
                },
                message.user,
            )

    def home_opened(self, person: str, view: JSON | None) -> None:
        """A person opened the bot's Home tab; `view` is what they saw there, if there was anything."""
        event: JSON = {"type": "app_home_opened", "user": person, "tab": "home"}
        event |= {"channel": self._state.dm_of(person).id, "event_ts": self._state.next_ts()}
        self._send(event | ({"view": view} if view else {}), person)

    def archived(self, conversation: Conversation, person: str) -> None:
        """A person archived a channel, or brought it back."""
        kind = "channel_archive" if conversation.archived else "channel_unarchive"
        self._send({"type": kind, "channel": conversation.id, "user": person}, person)

    def bot_joined(self, conversation: Conversation, inviter: str) -> None:
        """The bot was invited to a channel."""
        self._send(
            {
                "type": "member_joined_channel",
                "user": self._config.bot_user_id,
                "channel": conversation.id,
                "channel_type": "C",
                "team": self._config.team_id,
                "inviter": inviter,
            },
            inviter,
        )

    def _send(self, event: JSON, person: str) -> None:
        event.setdefault("event_ts", self._state.next_ts())

        def gave_up(why: str) -> None:
            if person in self._state.people:
                name = self._config.bot_name
                self._state.notice(person, f"{name} {why}. Look at its log, then try again.")

        self._outgoing.event(self._payloads.event(event), gave_up)

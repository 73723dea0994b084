"""What the people who run a workspace do to a bot: archive its channels, remove it, invite it, revoke its token."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.workspace.core import Core
    from bot.workspace.model import Conversation


class Staff:
    """Acts in the name of the first person of the workspace. Channels are named "#inspections" or by id."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._somebody = core.config.people[0].id

    def archive(self, channel: str) -> None:
        """Archive a channel; the bot is told."""
        self._set_archived(channel, archived=True)

    def unarchive(self, channel: str) -> None:
        """Bring an archived channel back; the bot is told."""
        self._set_archived(channel, archived=False)

    def kick(self, channel: str) -> None:
        """Remove the bot from a channel. Slack does not tell it."""
        self.channel(channel).bot_is_member = False

    def invite(self, channel: str) -> None:
        """Invite the bot to a channel; it is told."""
        there = self.channel(channel)
        there.bot_is_member = True
        self._core.events.bot_joined(there, self._somebody)

    def revoke_token(self) -> None:
        """Make every call fail with token_revoked."""
        self._core.token_revoked = True

    def restore_token(self) -> None:
        """Make the token good again."""
        self._core.token_revoked = False

    def channel(self, name: str) -> Conversation:
        """A channel by its name, with or without #, or any conversation by its id. Raises KeyError."""
        by_id = self._core.state.conversations.get(name)
        if by_id is not None:
            return by_id
        for one in self._core.state.conversations.values():
            if one.kind == "channel" and one.name == name.removeprefix("#"):
                return one
        raise KeyError(name)

    def _set_archived(self, channel: str, *, archived: bool) -> None:
        there = self.channel(channel)
        self._core.state.archive(there, archived=archived)
        self._core.events.archived(there, self._somebody)

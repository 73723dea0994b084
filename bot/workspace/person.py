"""A person in the workspace, for tests: does what the page lets a person do and sees what it would show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace.errors import Refused

if TYPE_CHECKING:
    from bot.workspace.acts import Acts
    from bot.workspace.cast import Person as Member
    from bot.workspace.core import Core
    from bot.workspace.files import Upload
    from bot.workspace.model import JSON, Conversation, Message, View
    from bot.workspace.staff import Staff


class Person:
    """One of the cast. A channel is named "#inspections", by id, or "dm" for the direct messages with the bot."""

    def __init__(self, core: Core, acts: Acts, staff: Staff, member: Member) -> None:
        self.id = member.id
        self.name = member.name
        self._core = core
        self._acts = acts
        self._staff = staff

    def command(self, channel: str, text: str) -> list[Message]:
        """Give a slash command ("/hmic Hampshire") and wait for the bot; the messages it answered with at once.

        Raises Refused when the workspace would not take the command.
        """
        return self._acts.command(self.id, self._there(channel).id, text).answers

    def say(self, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """Write a message. The bot is told in the background: wait for its answer, or use Workspace.wait_idle."""
        return self._acts.say(self.id, self._there(channel).id, text, thread_ts)

    def drop(self, channel: str, *files: Upload, text: str = "", thread_ts: str | None = None) -> Message:
        """Send files, each a name and its bytes, perhaps with some words. The bot is told in the background."""
        return self._acts.say(self.id, self._there(channel).id, text, thread_ts, files)

    def press(self, message: Message, action_id: str, **chosen: object) -> list[Message]:
        """Use a button, or another element with what was `chosen` (selected_option=…); what that changed at once."""
        return self._acts.use(self.id, message, {"action_id": action_id, **chosen}).answers

    def press_in_view(self, view: View, action_id: str, **chosen: object) -> None:
        """Use an element of a modal or of the Home tab."""
        self._acts.use_in_view(self.id, view, {"action_id": action_id, **chosen})

    def submit(self, view: View, values: JSON) -> dict[str, str]:
        """Submit a modal with values by block_id and action_id; the bot's objections by block_id."""
        return self._acts.submit(self.id, view, values)

    def close(self, view: View) -> None:
        """Close a modal."""
        self._acts.close(self.id, view)

    def open_home(self) -> None:
        """Open the bot's Home tab; the bot is told in the background."""
        self._acts.open_home(self.id)

    def home(self) -> View | None:
        """What this person's Home tab shows."""
        return self._core.views.home(self.id)

    def modal(self) -> View | None:
        """The modal on top of this person's screen."""
        return self._core.views.top(self.id)

    def sees(self, channel: str) -> list[Message]:
        """Every message this person can see there, thread replies and their ephemeral ones among them, oldest first."""
        there = self._there(channel).id
        whispered = [one for one in self._core.state.ephemerals() if one.conversation == there and one.seen_by(self.id)]
        return sorted([*self._core.state.messages(there), *whispered], key=lambda one: one.micros)

    def notices(self) -> list[str]:
        """What this person was told had gone wrong."""
        return [notice.text for notice in self._core.state.notices if notice.person == self.id]

    def _there(self, channel: str) -> Conversation:
        if channel == "dm":
            return self._core.state.dm_of(self.id)
        try:
            return self._staff.channel(channel)
        except KeyError:
            raise Refused(f"There is no {channel} here.") from None

"""What a person can do: write, give a command, use a button, fill in a modal, open the Home tab."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.rendering.validator import problems
from bot.workspace.blocks import find_element
from bot.workspace.errors import NoAnswer, Refused, SlackError
from bot.workspace.model import JSON, Message
from bot.workspace.values import action_of, state_values

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.workspace.cast import Person
    from bot.workspace.core import Core
    from bot.workspace.files import Upload
    from bot.workspace.model import Conversation, View
    from bot.workspace.outgoing import Answer
    from bot.workspace.response_urls import Turn


class Acts:
    """A person's side of the workspace. Raises Refused, in plain words, for what Slack would not let them do."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def say(
        self, person: str, conversation: str, text: str, thread_ts: str | None = None, files: Sequence[Upload] = ()
    ) -> Message:
        """Write a message, perhaps with files; the bot hears of it in the background."""
        there = self._conversation(person, conversation)
        if not text.strip() and not files:
            raise Refused("There is nothing to send.")
        if thread_ts is not None and self._core.state.message(there.id, thread_ts) is None:
            raise Refused("The message you are replying to is gone.")
        message = self._core.state.post(
            Message(
                there.id,
                self._core.state.next_ts(),
                self._person(person).id,
                self._core.typed.in_message(text),
                thread_ts=thread_ts,
                files=self._core.files.keep(files) or None,
            )
        )
        self._core.events.posted(message)
        return message

    def command(self, person: str, conversation: str, line: str) -> Turn:
        """Give a slash command and wait for the bot; the turn holds what it answered at once."""
        there = self._conversation(person, conversation)
        who = self._person(person)
        command, _, text = line.strip().partition(" ")
        known = [one.command for one in self._core.config.commands]
        if command not in known:
            raise Refused(f"{command} is not a command here. There is {', '.join(known)}.")
        turn = self._core.response_urls.give(person, there.id, in_reply_to=line.strip())
        form = self._core.payloads.command(
            who,
            there,
            command,
            self._core.typed.in_command(text.strip()),
            response_url=self._response_url(turn),
            trigger_id=self._core.triggers.give(person),
        )
        answer = self._ask(person, command, lambda: self._core.outgoing.command(form))
        if answer is not None and answer.body.strip():
            self._apply(turn, _as_message(answer.body), command)
        return turn

    def use(self, person: str, message: Message, action: JSON) -> Turn:
        """Use an element of a message. `action` holds action_id, perhaps block_id, and what was chosen or entered."""
        who = self._person(person)
        done = self._action(message.blocks or [], action)
        there = self._core.state.conversations[message.conversation]
        turn = self._core.response_urls.give(person, message.conversation, source=message)
        ephemeral = message.ephemeral_id is not None
        payload = self._core.payloads.interaction(
            "block_actions",
            who,
            self._core.triggers.give(person),
            container={
                "type": "message",
                "message_ts": message.ts,
                "channel_id": message.conversation,
                "is_ephemeral": ephemeral,
                **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
            },
            channel={"id": there.id, "name": "directmessage" if there.kind == "dm" else there.name},
            response_url=self._response_url(turn),
            state={"values": {}},
            actions=[done],
        )
        if not ephemeral:
            payload["message"] = self._core.payloads.message(message)
        self._ask(person, "the button", lambda: self._core.outgoing.interact(payload))
        return turn

    def use_in_view(self, person: str, view: View, action: JSON) -> None:
        """Use an element of a modal or a Home tab."""
        payload = self._core.payloads.interaction(
            "block_actions",
            self._person(person),
            self._core.triggers.give(person),
            container={"type": "view", "view_id": view.id},
            view=self._core.views.shown(view),
            actions=[self._action(view.body["blocks"], action)],
        )
        self._ask(person, "the button", lambda: self._core.outgoing.interact(payload))

    def submit(self, person: str, view: View, values: JSON) -> dict[str, str]:
        """Submit a modal. Gives the bot's objections by block_id; with none, the modal is done as the bot wanted."""
        payload = self._core.payloads.interaction(
            "view_submission",
            self._person(person),
            self._core.triggers.give(person),
            view=self._core.views.shown(view, state_values(view.body["blocks"], values)),
            response_urls=[],
        )
        answer = self._ask(person, "the form", lambda: self._core.outgoing.interact(payload))
        if answer is None:
            raise Refused("That was not taken. Nothing you entered is lost: try again.")
        reply = _as_json(answer.body) if answer.body.strip() else {}
        return self._after_submission(view, reply)

    def close(self, person: str, view: View) -> None:
        """Close a modal without submitting it."""
        shown = self._core.views.shown(view)
        self._core.views.close(view)
        if shown["notify_on_close"]:
            payload = self._core.payloads.interaction(
                "view_closed", self._person(person), self._core.triggers.give(person), view=shown, is_cleared=False
            )
            self._ask(person, "the form", lambda: self._core.outgoing.interact(payload))

    def open_home(self, person: str) -> None:
        """Open the bot's Home tab."""
        home = self._core.views.home(self._person(person).id)
        self._core.events.home_opened(person, self._core.views.shown(home) if home else None)

    def _after_submission(self, view: View, reply: JSON) -> dict[str, str]:
        wanted = reply.get("response_action")
        if wanted == "errors":
            return {str(block): str(words) for block, words in reply.get("errors", {}).items()}
        if wanted in ("update", "push"):
            body = reply.get("view", {})
            found = problems(body, "modal")
            if found:
                self._unusable(view.person, "the form", f"{found[0].message} at {found[0].pointer}")
            elif wanted == "update":
                self._core.views.update(view, body)
            else:
                self._core.views.push(view.person, body)
            return {}
        self._core.views.close(view, whole_stack=wanted == "clear")
        return {}

    def _action(self, blocks: list[JSON], action: JSON) -> JSON:
        element = find_element(blocks, action.get("block_id") or None, str(action.get("action_id")))
        if element is None:
            raise Refused("That is no longer there.")
        return action_of(element, action) | {"action_ts": self._core.state.next_ts()}

    def _ask(self, person: str, what: str, send: Callable[[], Answer]) -> Answer | None:
        name = self._core.config.bot_name
        try:
            answer = send()
        except NoAnswer as silence:
            self._core.state.notice(
                person, f"{name} {silence}, so {what} did nothing. Look at its log, then try again."
            )
            return None
        if answer.status != 200:
            self._core.state.notice(
                person, f"{name} answered {what} with HTTP {answer.status}. Look at its log, then try again."
            )
            return None
        return answer

    def _apply(self, turn: Turn, body: JSON, what: str) -> None:
        try:
            self._core.response_urls.answer(turn, body)
        except SlackError as refused:
            detail = refused.body.get("response_metadata", {}).get("messages", [])
            self._unusable(turn.person, what, " ".join([refused.code, *detail]))

    def _unusable(self, person: str, what: str, why: str) -> None:
        self._core.state.notice(
            person, f"{self._core.config.bot_name} answered {what} with something Slack would refuse: {why}"
        )

    def _response_url(self, turn: Turn) -> str:
        return f"{self._core.base_url}/response/{turn.id}"

    def _person(self, person: str) -> Person:
        known = self._core.state.people.get(person)
        if known is None:
            raise Refused("There is nobody of that name here.")
        return known

    def _conversation(self, person: str, conversation: str) -> Conversation:
        there = self._core.state.conversations.get(conversation)
        if there is None or there.person not in (None, person):
            raise Refused("There is no such conversation.")
        if there.archived:
            raise Refused(f"#{there.name} is archived: nothing can be written there.")
        return there


def _as_json(body: str) -> JSON:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _as_message(body: str) -> JSON:
    """The answer to a command: JSON, or plain words, which Slack shows to the person alone."""
    return _as_json(body) or {"text": body}

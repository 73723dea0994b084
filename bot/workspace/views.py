"""Modals and Home tabs as they stand, person by person."""

from __future__ import annotations

import secrets
import threading
from typing import TYPE_CHECKING

from bot.rendering import limits
from bot.workspace.blocks import with_ids
from bot.workspace.errors import SlackError
from bot.workspace.model import JSON, View

if TYPE_CHECKING:
    from bot.workspace.config import WorkspaceConfig
    from bot.workspace.feed import Feed


class Views:
    """A stack of at most three modals for each person, and their Home tab."""

    def __init__(self, config: WorkspaceConfig, feed: Feed) -> None:
        self._config = config
        self._feed = feed
        self._lock = threading.RLock()
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}

    def open(self, person: str, body: JSON) -> View:
        """Show a modal, in place of any the person had open."""
        with self._lock:
            view = self._new(person, body)
            self._stacks[person] = [view]
            self._feed.add("view_opened", person=person, view=self.shown(view))
        return view

    def push(self, person: str, body: JSON) -> View:
        """Show a modal on top of the one that is open.

        Raises SlackError: not_found when none is open, push_limit_reached on the fourth.
        """
        with self._lock:
            stack = self._stacks.get(person)
            if not stack:
                raise SlackError("not_found")
            if len(stack) >= limits.VIEW_STACK:
                raise SlackError("push_limit_reached")
            view = self._new(person, body, below=stack[-1])
            stack.append(view)
            self._feed.add("view_opened", person=person, view=self.shown(view))
        return view

    def update(self, view: View, body: JSON, expected_hash: str | None = None) -> None:
        """Give an open modal new content; a hash that is no longer the view's means somebody was faster."""
        with self._lock:
            if expected_hash is not None and expected_hash != view.hash:
                raise SlackError("hash_conflict")
            view.body, view.hash = _stored(body), _hash()
            self._feed.add("view_updated", person=view.person, view=self.shown(view))

    def publish(self, person: str, body: JSON, expected_hash: str | None = None) -> View:
        """Set what a person sees in the Home tab."""
        with self._lock:
            current = self._homes.get(person)
            if expected_hash is not None and (current is None or current.hash != expected_hash):
                raise SlackError("hash_conflict")
            view = self._homes[person] = self._new(person, body)
            self._feed.add("home", person=person, view=self.shown(view))
        return view

    def close(self, view: View, *, whole_stack: bool = False) -> None:
        """Take a modal away, or all that the person has open."""
        with self._lock:
            stack = self._stacks.get(view.person, [])
            for gone in list(stack) if whole_stack else [one for one in stack if one.id == view.id]:
                stack.remove(gone)
                self._feed.add("view_closed", person=gone.person, view_id=gone.id)

    def find(self, view_id: str | None, external_id: str | None = None) -> View | None:
        """An open modal or a Home tab, by its id or by the one the bot gave it."""
        with self._lock:
            everything = [*self._homes.values(), *(view for stack in self._stacks.values() for view in stack)]
        for view in everything:
            if view.id == view_id or (external_id and view.body.get("external_id") == external_id):
                return view
        return None

    def top(self, person: str) -> View | None:
        """The modal that a person has before them."""
        stack = self._stacks.get(person)
        return stack[-1] if stack else None

    def home(self, person: str) -> View | None:
        return self._homes.get(person)

    def shown(self, view: View, values: JSON | None = None) -> JSON:
        """A view as Slack gives it to the bot, and as the page shows it."""
        return {
            "id": view.id,
            "team_id": self._config.team_id,
            "app_id": self._config.app_id,
            "bot_id": self._config.bot_id,
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "clear_on_close": False,
            "notify_on_close": False,
            "root_view_id": view.root_id,
            "previous_view_id": view.previous_id,
            **view.body,
            "hash": view.hash,
            "state": {"values": values or {}},
        }

    def _new(self, person: str, body: JSON, below: View | None = None) -> View:
        view_id = f"V{secrets.token_hex(5).upper()}"
        return View(
            view_id,
            _hash(),
            person,
            _stored(body),
            root_id=below.root_id if below else view_id,
            previous_id=below.id if below else None,
        )


def _stored(body: JSON) -> JSON:
    return body | {"blocks": with_ids(body["blocks"])}


def _hash() -> str:
    return secrets.token_hex(8)

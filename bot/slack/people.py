"""Whether a person may decide for a workspace: its admins and owners may, as Slack has them, and whom a setting names.

Only ids are compared: a name is whatever its bearer likes it to be.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx

from bot.errors import CannotTellAdmins, MayNotReadPeople
from bot.slack.tls import trusted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from summaries.ports import Clock

TIMEOUT_SECONDS = 2.0
"""Slack waits three for the answer to a command."""
REMEMBERED = timedelta(minutes=5)
_MOST_REMEMBERED = 1_000


class SlackPeople:
    """The `People` of Slack, asked by `users.info` and remembered for some minutes. Safe to share between threads.

    `token_of` gives the bot token of a workspace by its team id; whoever is `named` is an admin in all.
    """

    def __init__(
        self,
        *,
        api_base_url: str,
        token_of: Callable[[str], str],
        clock: Clock,
        named: Collection[str] = (),
        timeout: float = TIMEOUT_SECONDS,
    ) -> None:
        self._token_of = token_of
        self._clock = clock
        self._named = frozenset(named)
        self._known: OrderedDict[tuple[str, str], tuple[bool, datetime]] = OrderedDict()
        self._lock = threading.Lock()
        self._http = httpx.Client(
            base_url=api_base_url,
            verify=trusted(),
            timeout=timeout,
            follow_redirects=False,
        )

    def is_admin(self, team_id: str, user_id: str) -> bool:
        """Whether they are an admin or owner of this workspace, or named. Raises CannotTellAdmins."""
        if user_id in self._named:
            return True
        now, key = self._clock.now(), (team_id, user_id)
        with self._lock:
            known = self._known.get(key)
        if known and now < known[1]:
            return known[0]
        admin = self._ask(team_id, user_id)
        with self._lock:
            self._known[key] = (admin, now + REMEMBERED)
            self._known.move_to_end(key)
            while len(self._known) > _MOST_REMEMBERED:
                self._known.popitem(last=False)
        return admin

    def close(self) -> None:
        """Let go of connections."""
        self._http.close()

    def _ask(self, team_id: str, user_id: str) -> bool:
        headers = {"authorization": f"Bearer {self._token_of(team_id)}"}
        try:
            said: Any = self._http.get("users.info", params={"user": user_id}, headers=headers).json()
        except (httpx.HTTPError, ValueError):
            raise CannotTellAdmins from None
        if not isinstance(said, dict) or not said.get("ok"):
            _refused(said.get("error") if isinstance(said, dict) else None)
            return False
        user = said.get("user") or {}
        # Who comes from elsewhere, by a shared channel, may be an admin there and is none here.
        here = user.get("team_id") == team_id and not user.get("deleted") and not user.get("is_stranger")
        return bool(here and (user.get("is_admin") or user.get("is_owner") or user.get("is_primary_owner")))


def _refused(error: object) -> None:
    """Nobody is an admin of whom Slack says that there is no such person; anything else says nothing of them."""
    if error in {"user_not_found", "user_not_visible"}:
        return
    raise MayNotReadPeople if error in {"missing_scope", "no_permission"} else CannotTellAdmins

"""The Web API over HTTP: reads the call, checks the token and the pace, lets the scripted fault happen, answers."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.workspace.dropping import DroppedConnection
from bot.workspace.errors import SlackError
from bot.workspace.faults import Fault, Trouble
from bot.workspace.methods import METHODS
from bot.workspace.methods.call import Call
from bot.workspace.pacing import Request as Record
from bot.workspace.pacing import rate_limited

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from bot.workspace.core import Core
    from bot.workspace.model import JSON

_APP_LEVEL = frozenset({"apps.connections.open"})
_NO_TOKEN = frozenset({"api.test"})


@dataclass(frozen=True, slots=True)
class _Result:
    status: int
    body: JSON
    headers: Mapping[str, str]


class WebApi:
    """`POST /api/<method>` (GET too: slack_sdk reads with it)."""

    def __init__(self, core: Core) -> None:
        self._core = core

    async def answer(self, request: Request) -> Response:
        """One call, faults included."""
        method = request.path_params["method"]
        try:
            args = await _arguments(request)
        except SlackError as unreadable:
            return self._recorded(method, None, unreadable.code, JSONResponse(unreadable.body))
        wanted = args.get("channel")
        channel = None if wanted is None else str(wanted)
        trouble = self._core.faults.take(method, channel)
        if trouble is not None and trouble.fault is Fault.ERROR_BEFORE:
            return self._recorded(method, channel, None, PlainTextResponse("Internal Server Error", 500))
        result = self._perform(method, channel, args, request.headers.get("authorization", ""), trouble)
        whole = JSONResponse(result.body, result.status, dict(result.headers))
        return self._recorded(method, channel, result.body.get("error"), await delivered(whole, trouble))

    def _perform(
        self, method: str, channel: str | None, args: JSON, authorization: str, trouble: Trouble | None
    ) -> _Result:
        headers = {"x-oauth-scopes": ",".join(sorted(self._core.config.scopes))}
        try:
            if trouble is not None:
                self._upset(trouble, channel)
            handler = METHODS.get(method)
            if handler is None:
                raise SlackError("unknown_method", req_method=method)
            self._authorise(method, authorization.removeprefix("Bearer ") or str(args.get("token", "")))
            self._core.pacing.admit(method, channel)
            late_by = trouble.seconds if trouble is not None and trouble.fault is Fault.LATE else 0.0
            return _Result(200, {"ok": True, **handler(Call(self._core, args, late_by=late_by))}, headers)
        except SlackError as refused:
            return _Result(refused.status, refused.body, {**headers, **refused.headers})

    def _upset(self, trouble: Trouble, channel: str | None) -> None:
        """What a fault changes before the call is looked at."""
        there = self._core.state.conversations.get(channel or "")
        if trouble.fault is Fault.RATE_LIMITED:
            raise rate_limited(trouble.seconds)
        if trouble.fault is Fault.REVOKED:
            self._core.token_revoked = True
        elif trouble.fault is Fault.ARCHIVED and there is not None:
            self._core.state.archive(there, archived=True)
        elif trouble.fault is Fault.KICKED and there is not None:
            there.bot_is_member = False

    def _authorise(self, method: str, token: str) -> None:
        if method in _NO_TOKEN:
            return
        config = self._core.config
        if not token:
            raise SlackError("not_authed")
        if token not in (config.bot_token, config.app_token):
            raise SlackError("invalid_auth")
        if (token == config.app_token) != (method in _APP_LEVEL):
            raise SlackError("not_allowed_token_type")
        if self._core.token_revoked and token == config.bot_token:
            raise SlackError("token_revoked")

    def _recorded(self, method: str, channel: str | None, error: str | None, response: Response) -> Response:
        status = 0 if isinstance(response, DroppedConnection) else response.status_code
        self._core.requests.append(Record(self._core.config.clock(), method, channel, status, error))
        return response


async def delivered(whole: Response, trouble: Trouble | None) -> Response:
    """The answer, or what the fault makes of it once the call has been carried out."""
    fault = trouble.fault if trouble is not None else None
    if fault is Fault.ERROR_AFTER:
        return PlainTextResponse("Internal Server Error", 500)
    if fault is Fault.LOST_REPLY:
        return DroppedConnection()
    if fault is Fault.TRUNCATED:
        return Response(whole.body[: len(whole.body) // 2], whole.status_code, media_type="application/json")
    if fault is Fault.HANG and trouble is not None:
        await asyncio.sleep(trouble.seconds)
    return whole


async def _arguments(request: Request) -> JSON:
    """Query, form or JSON, the body's arguments over the query's."""
    args: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind == "application/json":
        body = await request.body()
        try:
            found = json.loads(body or b"{}")
        except ValueError:
            raise SlackError("invalid_json") from None
        if not isinstance(found, dict):
            raise SlackError("json_not_object")
        args.update(found)
    elif kind == "application/x-www-form-urlencoded":
        args.update(parse_qsl((await request.body()).decode(), keep_blank_values=True))
    elif kind:
        raise SlackError("invalid_post_type")
    return {name: value for name, value in args.items() if value is not None}

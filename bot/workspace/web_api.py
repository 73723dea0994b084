"""The Web API over HTTP: reads the call, checks the token and the pace, lets the scripted fault happen, answers."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

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
_LATE = frozenset({Fault.LATE, Fault.LATE_LOST})


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
        except ClientDisconnect:  # the bot died in the middle of its call
            return self._recorded(method, None, None, DroppedConnection())
        wanted = args.get("channel")
        channel = None if wanted is None else str(wanted)
        trouble = self._core.faults.take(method, channel, reply=bool(args.get("thread_ts")))
        instead = await in_place_of(trouble)
        if instead is not None:
            return self._recorded(method, channel, None, instead)
        result = self._perform(method, channel, args, request.headers.get("authorization", ""), trouble)
        whole = JSONResponse(result.body, result.status, dict(result.headers))
        return self._recorded(method, channel, result.body.get("error"), await delivered(whole, trouble))

    def _perform(
        self, method: str, channel: str | None, args: JSON, authorization: str, trouble: Trouble | None
    ) -> _Result:
        headers = {"x-oauth-scopes": ",".join(sorted(self._core.config.scopes))}
        try:
            if trouble is not None:
                self._upset(trouble, channel, args)
            handler = METHODS.get(method)
            if handler is None:
                raise SlackError("unknown_method", req_method=method)
            self._authorise(method, authorization.removeprefix("Bearer ") or str(args.get("token", "")))
            self._core.pacing.admit(method, channel)
            late_by = trouble.seconds if trouble is not None and trouble.fault in _LATE else 0.0
            done = handler(Call(self._core, args, late_by=late_by))
            if trouble is not None and trouble.fault is Fault.INTERNAL_ERROR:
                raise SlackError("internal_error")
            return _Result(200, {"ok": True, **done}, headers)
        except SlackError as refused:
            return _Result(refused.status, refused.body, {**headers, **refused.headers})

    def _upset(self, trouble: Trouble, channel: str | None, args: JSON) -> None:
        """What a fault changes before the call is looked at, or refuses it with."""
        there = self._core.state.conversations.get(channel or "")
        match trouble.fault:
            case Fault.RATE_LIMITED:
                raise rate_limited(trouble.seconds)
            case Fault.FATAL_ERROR:
                raise SlackError("fatal_error")
            case Fault.SLOW:
                raise SlackError("message_limit_exceeded")
            case Fault.REFUSED_BLOCKS if args.get("blocks"):
                raise SlackError("invalid_blocks")
            case Fault.REVOKED:
                self._core.token_revoked = True
            case Fault.ARCHIVED if there is not None:
                self._core.state.archive(there, archived=True)
            case Fault.KICKED if there is not None:
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


async def in_place_of(trouble: Trouble | None) -> Response | None:
    """What the fault answers instead of carrying the call out; None when it is to be carried out now."""
    match trouble.fault if trouble is not None else None:
        case Fault.ERROR_BEFORE:
            return PlainTextResponse("Internal Server Error", 500)
        case Fault.BAD_GATEWAY:
            return HTMLResponse("<html><head><title>502 Bad Gateway</title></head></html>", 502)
        case Fault.LOST_REQUEST:
            return DroppedConnection()
        case Fault.HANG_BEFORE | Fault.DELAYED if trouble is not None:
            await asyncio.sleep(trouble.seconds)
            return DroppedConnection() if trouble.fault is Fault.HANG_BEFORE else None
    return None


async def delivered(whole: Response, trouble: Trouble | None) -> Response:
    """The answer, or what the fault makes of it once the call has been carried out."""
    match trouble.fault if trouble is not None else None:
        case Fault.ERROR_AFTER:
            return PlainTextResponse("Internal Server Error", 500)
        case Fault.LOST_REPLY | Fault.LATE_LOST:
            return DroppedConnection()
        case Fault.TRUNCATED:
            return Response(whole.body[: len(whole.body) // 2], whole.status_code, media_type="application/json")
        case Fault.EMPTY:
            return Response(b"", whole.status_code, media_type="application/json")
        case Fault.HANG if trouble is not None:
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

"""The same controls as Workspace's, over HTTP, for a test whose bot runs in another process."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.workspace.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from bot.workspace.core import Core
    from bot.workspace.model import JSON
    from bot.workspace.staff import Staff


class Control:
    """POST /control/<what> changes something; GET /control/<what> tells the truth about what happened."""

    def __init__(self, core: Core, staff: Staff) -> None:
        self._core = core
        self._staff = staff

    def routes(self) -> list[BaseRoute]:
        """All control routes."""
        orders: dict[str, Callable[[JSON], object]] = {
            "faults": self._fault,
            "faults/at-random": self._faults_at_random,
            "faults/clear": lambda _: self._core.faults.clear(),
            "archive": lambda body: self._staff.archive(body["channel"]),
            "unarchive": lambda body: self._staff.unarchive(body["channel"]),
            "kick": lambda body: self._staff.kick(body["channel"]),
            "invite": lambda body: self._staff.invite(body["channel"]),
            "revoke": lambda _: self._staff.revoke_token(),
            "restore": lambda _: self._staff.restore_token(),
        }
        return [
            *(Route(f"/control/{name}", _order(order), methods=["POST"]) for name, order in orders.items()),
            Route("/control/requests", self._requests),
            Route("/control/notices", self._notices),
            Route("/control/messages/{conversation}", self._messages),
        ]

    def _fault(self, body: JSON) -> None:
        self._core.faults.next(
            body["method"],
            Fault(body["fault"]),
            seconds=float(body.get("seconds", 1.0)),
            times=int(body.get("times", 1)),
            channel=body.get("channel"),
            reply=body.get("reply"),
        )

    def _faults_at_random(self, body: JSON) -> None:
        self._core.faults.at_random(
            body["method"],
            {Fault(name): float(rate) for name, rate in body["rates"].items()},
            seed=int(body["seed"]),
            seconds=float(body.get("seconds", 1.0)),
        )

    async def _requests(self, request: Request) -> Response:
        return JSONResponse([asdict(one) for one in self._core.requests])

    async def _notices(self, request: Request) -> Response:
        return JSONResponse([asdict(one) for one in self._core.state.notices])

    async def _messages(self, request: Request) -> Response:
        """Every message accepted, whether or not history shows it yet, metadata included."""
        return JSONResponse([asdict(one) for one in self._core.state.messages(request.path_params["conversation"])])


def _order(carry_out: Callable[[JSON], object]) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        try:
            carry_out(await request.json())
        except (ValueError, KeyError) as wrong:
            return JSONResponse({"ok": False, "error": f"{type(wrong).__name__}: {wrong}"}, 400)
        return JSONResponse({"ok": True})

    return endpoint

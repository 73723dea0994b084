"""The Bolt app: the listeners over one client. A factory, because nothing is built at import."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import structlog
from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.listeners import actions, channels, commands, home, messages, pastes
from bot.listeners.modals import Forms
from bot.slack.errors import status_of
from bot.slack.responses import BadResponseUrl
from bot.slack.sealing import Seal

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from bot.services import Services
    from bot.slack.responses import Responder

log = structlog.get_logger()


def create_bolt_app(services: Services, *, token: str, client: WebClient, responder: Responder) -> App:
    """The app. `client` knows the Web API's address; listeners get one like it that has the token.

    Requests arrive verified (bot.ingress) or over Socket Mode's own connection, so Bolt does not verify them again.
    `authorize` answers from the token in hand: Bolt's own would call auth.test before the first answer. With
    `process_before_response` the acknowledgement does not wait in Bolt's 10 ms polling loop.
    """

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=token)

    app = App(
        client=client,
        logger=_bolt_logger(),
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        ignoring_self_events_enabled=False,  # needs auth.test; the listeners ignore what bots write
    )
    forms = Forms(services, responder, Seal(token))
    # The commonest first: Bolt tries the listeners in order.
    commands.register(app, services, responder, forms)
    messages.register(app, services)
    actions.register(app, services, responder)
    pastes.register(app, services, responder)
    forms.register(app)
    home.register(app, services)
    channels.register(app, services)
    app.error(_log_error)
    return app


def _bolt_logger() -> logging.Logger:
    """Bolt warns of a token in the environment that it does not use, and of every event nobody listens to; we log what
    fails ourselves."""
    logger = logging.getLogger("hmic.bolt")
    logger.setLevel(logging.ERROR)
    return logger


def _log_error(error: Exception) -> BoltResponse:
    if isinstance(error, BadResponseUrl):
        log.warning("an answer's address was refused")
        return BoltResponse(status=400, body="")
    log.error("a listener failed", exc_info=error)
    return BoltResponse(status=status_of(error), body="")

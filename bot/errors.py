"""Errors of the Slack surface. As in `summaries.errors`, the docstring is the default message."""

from __future__ import annotations

from summaries.errors import SummariesError


class BotError(SummariesError):
    """The bot could not do that."""


class BadSettings(BotError):
    """A setting is missing or wrong. `hmic config` shows them all."""


class TemplateProblem(BotError):
    """A template put text outside a block, or made a message Slack would refuse."""


class MalformedPayload(BotError):
    """A request was signed but is not of the shape Slack documents."""

"""The one Jinja environment. Templates hold words and block macros, no JSON; what they print is escaped for Slack.

`finalize` escapes `& < >` of all that is not markup already; HTML autoescape stays off because Slack does not decode
its entities. Undefined names are errors, the sandbox keeps templates to what they are given, and text outside a block
is an error that names the template.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.errors import TemplateProblem
from bot.rendering import mrkdwn, standings, words
from bot.rendering.canvas import Canvas
from bot.rendering.fallback import text_of
from bot.rendering.message import Message, Reply
from bot.rendering.validator import problems

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def _finalize(value: object) -> object:
    # Canvas methods and macros return blank strings; None would print as a word, and a template never means that.
    if value is None:
        raise TemplateProblem("A template printed a value that is not known; ask `if` first.")
    return mrkdwn.escape(value)


class Renderer:
    """Turns replies into messages. Holds the compiled templates; safe to share between threads."""

    def __init__(self, folder: Path = TEMPLATES) -> None:
        self.environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(folder),
            finalize=_finalize,
            undefined=StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.environment.globals.update(
            link=mrkdwn.link,
            code=mrkdwn.code,
            person=mrkdwn.person,
            conversation=mrkdwn.conversation,
            moment=mrkdwn.moment,
            **words.HELPERS,
            **standings.HELPERS,
        )

    def render(self, reply: Reply) -> Message:
        """The message of a reply. Raises TemplateProblem when the template strays or Slack would refuse the result."""
        canvas = Canvas()
        context: dict[str, Any] = {**reply.context, "canvas": canvas}
        stray = self.environment.get_template(reply.template).render(context).strip()
        if stray:
            raise TemplateProblem(f"{reply.template} has text outside a block: {stray[:80]!r}")
        canvas.finish(reply.template)
        message = Message(text_of(canvas.blocks), canvas.blocks, tuple(canvas.quotations), reply.public, reply.failed)
        if found := problems(message.payload(), "message"):
            first = found[0]
            raise TemplateProblem(f"{reply.template}: {first.pointer} {first.message}")
        return message

"""Questions nobody would ask: what the fuzz test and `benchmarks/fuzz_answers.py` ask the bot, and what must hold."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from bot.answers.answering import message_for
from bot.answers.ask import Ask
from bot.intents import VERBS
from bot.rendering.validator import problems
from summaries.errors import AddressNotAllowed
from summaries.forces import bodies
from summaries.register import names

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from bot.services import Services

GOLDEN = Path(__file__).parent / "golden"
FAILED = ("Something went wrong", "The database does not answer")

_DOORS = ("command", "mention", "message", "button", "terminal")
_KEYS = (
    "force",
    "region",
    "peers",
    "pillar",
    "programme",
    "year",
    "grade",
    "kind",
    "topic",
    "inspector",
    "before",
    "x",
)
_VALUES = (
    "kent",
    "good",
    "legitimacy",
    "2016",
    "2014..2017",
    "peel",
    "monitoring",
    '"a b"',
    "",
    '"',
    "2016-13-40",
    "all",
)
_MARKS = (
    "“",
    "”",
    '"',
    "'",
    "-",
    "¶",
    "…",
    "&amp;",
    "<@U1>",
    "<#C1|kent>",
    "<https://a.org|x>",
    ":wave:",
    "👮🏽",
    "\u202e",
    "\x00",
)
_GLUE = (" ", " ", " ", "", ", ", " and ", " or ", "|", "\n")


@cache
def said() -> list[str]:
    """What people write, from the reviewed tables."""
    utterances = tomllib.loads((GOLDEN / "utterances.toml").read_text(encoding="utf-8"))
    dialogues = tomllib.loads((GOLDEN / "dialogues.toml").read_text(encoding="utf-8"))["dialogue"]
    lines = [line[0] for dialogue in dialogues for line in dialogue["lines"]]
    return [text for section in utterances.values() for text in section] + lines


@cache
def _pieces() -> list[str]:
    words = {word for text in said() for word in text.split()}
    return sorted({*words, *VERBS, *(name.name for name in names()), *(body.official for body in bodies().values())})


def _noise(chance: random.Random) -> str:
    return "".join(
        chr(chance.choice((chance.randrange(32, 127), chance.randrange(0xD800)))) for _ in range(chance.randrange(60))
    )


def _words(chance: random.Random) -> str:
    return "".join(chance.choice(_pieces()) + chance.choice(_GLUE) for _ in range(chance.randrange(1, 12)))


def _filters(chance: random.Random) -> str:
    listed = [
        f"{chance.choice(('', '', '-'))}{chance.choice(_KEYS)}:{chance.choice((*_VALUES, chance.choice(_pieces())))}"
        for _ in range(chance.randrange(1, 6))
    ]
    return " ".join([chance.choice(VERBS), chance.choice(("", "vetting", "Kent")), *listed])


def _mangled(chance: random.Random) -> str:
    text = list(chance.choice(said()) or "?")
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(text) + 1)
        match chance.randrange(4):
            case 0:
                text[at:at] = [chance.choice(_MARKS)]
            case 1:
                text[at : at + 1] = []
            case 2:
                text[at:at] = text[at - 1 : at]
            case _:
                text[at : at + 2] = text[at : at + 2][::-1]
    return "".join(text)


KINDS: dict[str, Callable[[random.Random], str]] = {
    "noise": _noise,
    "words": _words,
    "filters": _filters,
    "mangled": _mangled,
}


class NoWeb:
    """A web that lets nothing be read."""

    def fetch(self, url: str, known: object = None) -> NoReturn:
        raise AddressNotAllowed(url=url)


def unplugged(services: Services) -> Services:
    """The services without anything outside the store."""
    return replace(services, fetcher=NoWeb(), files=None, uploads=None)


def any_ask(chance: random.Random) -> tuple[str, Ask]:
    """A kind of question and one of it, by any door, in a thread or not."""
    kind = chance.choice(list(KINDS))
    text = KINDS[kind](chance)
    door = chance.choice(_DOORS)
    thread = chance.choice(("", "", "1.1", "1.2"))
    return kind, Ask(text, door, "T1", "C1", "U1", personal=door == "message", thread=thread)  # type: ignore[arg-type]


def check(ask: Ask, services: Services) -> None:
    """It is answered: never with silence, nothing Slack would refuse, no fault of ours."""
    message = message_for(ask, services)

    assert message.text.strip()
    assert message.blocks
    assert not message.text.startswith(FAILED), message.text
    assert problems(message.payload(), "message") == []

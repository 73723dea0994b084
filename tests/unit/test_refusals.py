"""Which answers of Slack's are a definite refusal of a message's blocks, after which it may be sent in words."""

from __future__ import annotations

import pytest

from bot.slack.errors import refuses_blocks


@pytest.mark.parametrize(
    ("status", "said", "refused"),
    [
        (200, {"ok": False, "error": "invalid_blocks"}, True),
        (200, {"ok": False, "error": "invalid_blocks_format"}, True),
        (200, {"ok": False, "error": "invalid_arguments", "messages": ["[json-pointer:/view/blocks/0/type]"]}, True),
        (400, "invalid_blocks", True),
        (200, {"ok": False, "error": "channel_not_found"}, False),
        (429, {"ok": False, "error": "ratelimited"}, False),
        (500, {"ok": False, "error": "the blocks may have been shown"}, False),
    ],
)
def test_only_a_definite_word_on_blocks_is_a_refusal_of_them(status: int, said: object, refused: bool) -> None:
    assert refuses_blocks(status, said) is refused

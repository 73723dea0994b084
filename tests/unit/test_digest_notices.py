"""What a subscription's maker is told in person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cards import RENDER_DIGEST, SUBSCRIPTION, WINDOW
from digesting import (
    DAY,
    digest,
    followed,
    held,
    items,
    rendered,
    text,
)

from summaries.delivery import (
    Notice,
    NoticeKind,
)


def test_a_digest_waits_for_approval_under_its_short_name() -> None:
    [part] = rendered()["approval"]
    [row] = [block for block in part.payload["blocks"] if block["type"] == "actions"]

    assert [button["value"] for button in row["elements"]] == ["approve D-1", "reject D-1"]
    assert "New: Cheshire" not in text(part)
    assert "2 new releases" in text(part)


def test_a_digest_too_large_to_be_shown_for_approval_is_told_of() -> None:
    part = digest(items(held(DAY[0])))[0]
    large = replace(part, payload={**part.payload, "blocks": part.payload["blocks"] * 20})

    told = text(RENDER_DIGEST.notice(Notice(NoticeKind.APPROVAL, SUBSCRIPTION, WINDOW, (large,))))

    assert "too long to be shown here" in told


@pytest.mark.parametrize(
    "reason", ["not_in_channel", "channel_not_found", "restricted_action_read_only_channel", "else"]
)
def test_who_follows_is_told_why_nothing_is_posted_and_what_to_do(reason: str) -> None:
    told = text(RENDER_DIGEST.notice(Notice(NoticeKind.PARKED, followed(reason=reason), WINDOW)))

    assert "*What to do*" in told
    assert "goes on by itself" in told
    assert ("Slack answered “else”" in told) == (reason == "else")

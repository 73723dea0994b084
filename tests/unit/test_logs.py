"""No secret reaches a log."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
import structlog

from bot.logs import configure_logging

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRETS = ["xoxb-12-abc", "xapp-1-A0-9-f", "xoxe.xoxb-1-abc", "hooks.slack.com/commands/T1/2/abc"]


@pytest.fixture(autouse=True)
def logging_put_back() -> Iterator[None]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_secret_is_taken_out_whoever_logs_it(capsys: pytest.CaptureFixture[str], secret: str, form: str) -> None:
    configure_logging("info", form)
    structlog.get_logger().info("posting", url=f"https://{secret}", nested={"token": secret})
    logging.getLogger("a.library").error("refused: %s", secret)
    try:
        raise ValueError(f"bad token {secret}")
    except ValueError:
        structlog.get_logger().exception("failed")
    logged = capsys.readouterr().err

    assert "posting" in logged
    assert "refused" in logged
    assert "bad token" in logged
    assert secret not in logged


def test_libraries_are_heard_only_when_something_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("debug", "text")
    logging.getLogger("slack_bolt").info("body: token=x")

    assert capsys.readouterr().err == ""

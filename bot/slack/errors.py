"""Slack's error words, sorted by what a delivery must do about them. Source: the error lists of chat.postMessage,
chat.update and the general errors every method may answer with.

What is not listed is treated as unknown: it may have been accepted, so the channel is read back before anything is
re-sent.
"""

from __future__ import annotations

import socket
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

from summaries.delivery import OutcomeKind

NEVER_LEFT = 503
"""The status by which a listener's failure says that nothing reached Slack."""

_WORDS: dict[OutcomeKind, frozenset[str]] = {
    OutcomeKind.NOT_SENT: frozenset({"ratelimited", "rate_limited"}),
    OutcomeKind.CHANNEL_GONE: frozenset(
        {
            "channel_not_found",
            "is_archived",
            "not_in_channel",
            "no_permission",
            "restricted_action",
            "ekm_access_denied",
            "messages_tab_disabled",
            "cannot_dm_bot",
            "user_disabled",
        }
    ),
    OutcomeKind.WORKSPACE_GONE: frozenset(
        {
            "invalid_auth",
            "account_inactive",
            "token_revoked",
            "token_expired",
            "not_authed",
            "missing_scope",
            "not_allowed_token_type",
            "team_access_not_granted",
        }
    ),
    OutcomeKind.BAD_CONTENT: frozenset(
        {
            "invalid_blocks",
            "invalid_attachments",
            "msg_blocks_too_long",
            "msg_too_long",
            "no_text",
            "metadata_too_large",
            "metadata_must_be_sent_from_app",
            "invalid_metadata_format",
            "invalid_metadata_schema",
            "invalid_arguments",
            "too_many_attachments",
        }
    ),
    OutcomeKind.SLOW_RETRY: frozenset(
        {"message_limit_exceeded", "team_added_to_org", "org_login_required", "accesslimited"}
    ),
    OutcomeKind.MESSAGE_GONE: frozenset(
        {
            "message_not_found",
            "cant_update_message",
            "edit_window_closed",
            "is_inactive",
            "thread_not_found",
            "cannot_reply_to_message",
            "restricted_action_thread_locked",
        }
    ),
}
_FAMILIES = ("restricted_action", "invalid_blocks", "invalid_attachments")
"""Words that Slack adds to ("restricted_action_read_only_channel"): the family means the same here, but for those of
it that are listed themselves."""
_KIND_OF = {word: kind for kind, words in _WORDS.items() for word in words}


def kind_of(word: str) -> OutcomeKind:
    """What a refusal by this word came to; AMBIGUOUS for a word that is not known to mean "not accepted"."""
    family = next((family for family in _FAMILIES if word.startswith(family)), word)
    return _KIND_OF.get(word) or _KIND_OF.get(family, OutcomeKind.AMBIGUOUS)


def refuses_blocks(status: int, words: object) -> bool:
    """Whether an answer of this HTTP status is a definite refusal on account of a message's blocks: `invalid_blocks`,
    or pointers into them. An error of the server's may come after the message was shown."""
    return status < 500 and "blocks" in str(words)


def status_of(error: Exception) -> int:
    """What a listener's error comes to: NEVER_LEFT when its call to Slack was certainly not accepted, else 500."""
    if isinstance(error, SlackApiError) and error.response is not None:
        refused = getattr(error.response, "status_code", None) == 429
    else:
        refused = isinstance(error, URLError) and isinstance(error.reason, ConnectionRefusedError | socket.gaierror)
    return NEVER_LEFT if refused else 500

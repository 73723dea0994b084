"""Errors of the Slack surface. As in `summaries.errors`, the docstring is the default message."""

from __future__ import annotations

from summaries.errors import NotUnderstood, SummariesError
from summaries.sources.limits import size_in_words


class BotError(SummariesError):
    """The bot could not do that."""


class BadSettings(BotError):
    """A setting is missing or wrong. `hmic config` shows them all."""


class TemplateProblem(BotError):
    """A template put text outside a block, or made a message Slack would refuse."""


class MalformedPayload(BotError):
    """A request was signed but is not of the shape Slack documents."""


class FileProblem(BotError):
    """The file could not be fetched from Slack. Send it again, or paste the release."""

    @classmethod
    def too_large(cls, limit: int) -> FileProblem:
        """That of a file which holds more than `limit` bytes."""
        return cls(f"The file is larger than {size_in_words(limit)}, so it was not read. Paste the release.")


class MayNotReadFiles(FileProblem):
    """I may not read files here: whoever runs me must add the scope `files:read` to the app and install it again."""


class UploadProblem(BotError):
    """Slack did not take the file. Ask again in a minute."""


class NothingToAdd(NotUnderstood):
    """`add` wants an address from `https://` on. Or paste a release, or drop a file, in a message to me."""


class NoSuchRelease(NotUnderstood):
    """There is no release of that number. `/hmic latest` shows the newest."""


class PasteGone(NotUnderstood):
    """The message that held the release is gone. Paste it again."""


class NotAnAdmin(NotUnderstood):
    """That is for admins of this workspace. `/hmic deliveries` shows what was posted here, and `/hmic why` says why."""


class CannotTellAdmins(NotUnderstood):
    """Slack did not say whether you are an admin here, so nothing was done. Try again in a minute."""


class MayNotReadPeople(CannotTellAdmins):
    """I may not see who is an admin here: whoever runs me can add the scope `users:read` or name you in HMIC_ADMINS."""

"""What a person may want: an intent is a verb and its words, whatever the door. Whether there is such a force, or
such a filter, is for the answer to find out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summaries.types import Pillar


@dataclass(frozen=True, slots=True)
class Help:
    verb: str | None = None


@dataclass(frozen=True, slots=True)
class AskForce:
    """A force's card; with a year or a pillar, that release whole."""

    name: str
    year: int | None = None
    pillar: Pillar | None = None


@dataclass(frozen=True, slots=True)
class Latest:
    """`name` is a force whose newest releases are wanted; empty for all."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """`words` are what to look for, with filters; `page` counts from 1."""

    words: str
    page: int = 1


@dataclass(frozen=True, slots=True)
class Grades:
    """`words` filter the forces and say which programme."""

    words: str


@dataclass(frozen=True, slots=True)
class Compare:
    """`words` name two to eight bodies, or a group, and perhaps a pillar, programme or year."""

    words: str


@dataclass(frozen=True, slots=True)
class History:
    """`words` name a body and perhaps a pillar."""

    words: str


@dataclass(frozen=True, slots=True)
class Changed:
    """`words` name a body and perhaps a programme or pillar."""

    words: str


@dataclass(frozen=True, slots=True)
class Explain:
    """`words` are the word to explain and perhaps the programme it is of."""

    words: str


@dataclass(frozen=True, slots=True)
class Quote:
    """`words` are a release's number, or a receipt."""

    words: str


@dataclass(frozen=True, slots=True)
class Verify:
    """`words` are a receipt, perhaps with the words that it is said to stand for."""

    words: str


@dataclass(frozen=True, slots=True)
class Export:
    """`words` are filters and a format, csv or json."""

    words: str


@dataclass(frozen=True, slots=True)
class Status:
    pass


@dataclass(frozen=True, slots=True)
class Subscribe:
    """`words` is all after the verb: what, when and where, for the subscription's own grammar."""

    words: str


@dataclass(frozen=True, slots=True)
class ListSubscriptions:
    pass


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """`words` are the number of a subscription and what is to be otherwise."""

    words: str


@dataclass(frozen=True, slots=True)
class Pause:
    """`words` are a subscription's number and how long."""

    words: str


@dataclass(frozen=True, slots=True)
class Resume:
    """`words` are a subscription's number, and what becomes of what came in meanwhile."""

    words: str


@dataclass(frozen=True, slots=True)
class Backfill:
    """`words` are a subscription's number: the newest releases held before it began are wanted."""

    words: str


@dataclass(frozen=True, slots=True)
class Approve:
    """`words` name a digest that waits for approval."""

    words: str


@dataclass(frozen=True, slots=True)
class Reject:
    """`words` name a digest that waits for approval."""

    words: str


@dataclass(frozen=True, slots=True)
class Preview:
    """`words` are a subscription's number, or what might be followed; empty for all that is followed here."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class NextRuns:
    pass


@dataclass(frozen=True, slots=True)
class Why:
    """`words` are a release's number, perhaps with a subscription's; or a digest's."""

    words: str


@dataclass(frozen=True, slots=True)
class Deliveries:
    pass


@dataclass(frozen=True, slots=True)
class Admin:
    """`words` are what an admin wants to see, or decides about which message."""

    words: str


@dataclass(frozen=True, slots=True)
class ShowRelease:
    """A release by the number its receipts print; `revision` None is the newest."""

    number: int
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Add:
    """Read the release, or the page of releases, at each address. None when none was given."""

    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file that came with a message. `size` in bytes and `media_type` are as Slack has them, None when it does not
    say; `problem` says why it cannot be had at all."""

    id: str
    name: str
    url: str = ""
    size: int | None = None
    media_type: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class AddFiles:
    """Read the releases in these files."""

    files: tuple[SharedFile, ...]


@dataclass(frozen=True, slots=True)
class ReadPaste:
    """Show what a pasted message would be read as. `reference` finds the message again when it is to be kept."""

    text: str
    reference: str


@dataclass(frozen=True, slots=True)
class KeepPaste:
    """Store the release in a message that was pasted; empty when the message is gone. `location` says where it was."""

    text: str
    location: str


@dataclass(frozen=True, slots=True)
class DidYouMean:
    """Nearly a command: `words` are the command it is like."""

    words: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """Words that name no command for certain, and the bodies named in them by register id."""

    words: str
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TooLong:
    length: int


Intent = (
    Help
    | AskForce
    | ShowRelease
    | Latest
    | Search
    | Grades
    | Compare
    | History
    | Changed
    | Explain
    | Quote
    | Verify
    | Export
    | Status
    | Subscribe
    | ListSubscriptions
    | Unsubscribe
    | Change
    | Pause
    | Resume
    | Backfill
    | Approve
    | Reject
    | Preview
    | NextRuns
    | Why
    | Deliveries
    | Admin
    | Add
    | AddFiles
    | ReadPaste
    | KeepPaste
    | DidYouMean
    | Unsure
    | TooLong
)
"""A command becomes all but AddFiles, ReadPaste and KeepPaste, which a door makes of what came beside the words, and
DidYouMean and Unsure, which come of words that are no command."""

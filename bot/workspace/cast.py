"""The made-up people and channels of the default workspace, and what a newcomer might try first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the workspace. `username` is what follows an @; `title` is their job."""

    id: str
    name: str
    username: str
    title: str
    is_admin: bool = False
    zone: str = "Europe/London"


@dataclass(frozen=True, slots=True)
class Channel:
    """A public channel that everybody is in, and the bot too unless said otherwise."""

    id: str
    name: str
    topic: str
    bot_is_member: bool = True


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command as its manifest entry describes it."""

    command: str
    description: str
    usage_hint: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to try first: the line to type, what it shows, and whether it belongs in a channel or the DM."""

    text: str
    about: str
    conversation: str


PEOPLE = (
    Person("U01OKAFOR", "Maya Okafor", "maya", "Scrutiny officer, Ripley County commissioner's office", is_admin=True),
    Person("U02BELLAMY", "Tom Bellamy", "tom", "Reporter, Ripley Courier"),
    Person("U03NAIR", "Priya Nair", "priya", "Governance lead, Ripley County Police"),
)
CHANNELS = (
    Channel("C01INSPECT", "inspections", "What the inspectorate published, and what we owe in reply"),
    Channel("C02NEWSROOM", "newsroom", "Leads, quotes and deadlines"),
    Channel("C03GOVERN", "governance", "Papers for the joint audit committee"),
)
COMMANDS = (
    Command(
        "/hmic",
        "What inspectors said about a police force",
        "Hampshire | latest | subscribe all daily 08:30 | help",
    ),
)
SUGGESTIONS = (
    Suggestion("/hmic Hampshire", "What the newest release says about a force", "channel"),
    Suggestion("/hmic Thames Valley 2012", "A force in one year", "channel"),
    Suggestion("/hmic latest", "The newest releases", "channel"),
    Suggestion(
        "/hmic subscribe all now",
        "Follow every new release here: shown first, started with a button",
        "channel",
    ),
    Suggestion("/hmic northants", "A nickname finds its force", "channel"),
    Suggestion("@hmic Leicestershire", "A mention answers in a thread, for all to see", "channel"),
    Suggestion("Hampshrie", "A slip of the keyboard is asked about, not guessed", "dm"),
    Suggestion("/hmic help", "Everything that can be asked", "channel"),
)

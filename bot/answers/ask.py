"""Who asks, where, and in which words: all an answer knows of the door it came by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Door = Literal["command", "mention", "message", "button", "home", "terminal"]


@dataclass(frozen=True, slots=True)
class Ask:
    """`text` as typed. A direct message's channel belongs to one person, which `personal` tells. `thread` is the
    timestamp of the thread it was asked in; empty outside one. `answered_in` is that of the thread its answer is posted
    in; empty where the answer stands in the channel itself."""

    text: str
    door: Door
    team_id: str = ""
    channel_id: str = ""
    user_id: str = ""
    personal: bool = False
    thread: str = ""
    answered_in: str = ""

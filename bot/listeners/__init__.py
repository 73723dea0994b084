"""Slack's side of each door: unpack, hand to `bot.answers`, pack. Nothing is decided here."""

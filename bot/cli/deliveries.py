"""`hmic deliveries`: how the messages of digests do, and what to do about those that did not go by themselves."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from datetime import datetime

    from summaries.reviewing import Decision, Needing, Overview

deliveries = typer.Typer(help="The messages of digests: what is owed, and what needs somebody.")

BY = "terminal"
"""Who decided, in the log of a message."""

Name = Annotated[str, typer.Argument(metavar="D-12.3", help="The message: `hmic deliveries` lists their names.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(deliveries, name="deliveries")
    app.command()(withdraw)


def withdraw(
    number: Annotated[str, typer.Argument(metavar="R-12", help="The release, by the number that receipts print.")],
    why: Annotated[str, typer.Argument(help="Why, in words that people will read.")],
) -> None:
    """Note that a release was taken back by its source. Every message that shows it is struck, and none deleted."""
    from bot.bootstrap import build_services
    from bot.settings import load_settings
    from summaries.errors import NoSuchReceipt
    from summaries.receipts import parse_receipt
    from summaries.withdrawing import withdraw as note

    if not why.split():
        raise typer.BadParameter("say why, in words that people will read", param_hint="WHY")
    read = parse_receipt(number)
    if read is None or read[1]:
        raise NoSuchReceipt(f"“{number}” names no release: write it as R-12.")
    services, database = build_services(load_settings())
    with database:
        database.check_schema()
        withdrawn = note(services.store, services.clock, read[0].number, why)
    typer.echo(f"R-{withdrawn.number} is withdrawn: {withdrawn.release.title}")


@deliveries.callback(invoke_without_command=True)
def show(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """How many messages are in each state, and those that need somebody, newest first."""
    if context.invoked_subcommand:
        return
    from bot.bootstrap import build_services
    from bot.settings import load_settings
    from summaries.reviewing import overview

    services, database = build_services(load_settings())
    with database:
        database.check_schema()
        found = overview(services.store, services.clock, team_id=None)
    if as_json:
        typer.echo(json.dumps(_as_json(found), ensure_ascii=False, indent=2))
    else:
        _print(found)


@deliveries.command()
def retry(name: Name) -> None:
    """Send a message again, or for the first time. One that needs review may then be there twice: look first."""
    from summaries.reviewing import Decision

    _decide(name, Decision.RETRY)


@deliveries.command()
def skip(name: Name) -> None:
    """Give a message up, and what answers it. It can be tried again later."""
    from summaries.reviewing import Decision

    _decide(name, Decision.SKIP)


@deliveries.command()
def arrived(
    name: Name,
    link: Annotated[
        str, typer.Argument(metavar="[LINK]", help="Its address in Slack (Copy link); needed when it has replies.")
    ] = "",
) -> None:
    """Say that a message is there: it is not sent again."""
    from summaries.reviewing import Decision

    _decide(name, Decision.ARRIVED, link)


def _decide(typed: str, decision: Decision, link: str = "") -> None:
    from bot.bootstrap import build_services
    from bot.rendering.digest import DigestRenderer
    from bot.rendering.words import count
    from bot.settings import load_settings
    from summaries.delivery_names import read_name
    from summaries.errors import NoSuchDelivery
    from summaries.reviewing import decide

    name = read_name(typed)
    if name is None:
        raise NoSuchDelivery(f"“{typed}” names no message: write it as D-12.3. `hmic deliveries` lists them.")
    services, database = build_services(load_settings())
    with database:
        database.check_schema()
        ports = (services.store, services.clock, DigestRenderer(services.renderer))
        done = decide(*ports, team_id=None, name=name, decision=decision, by=BY, link=link)
    if done.resumed:
        typer.echo(f"{name}: {count(done.resumed, 'subscription', 'subscriptions')} of its channel tried again")
    else:
        typer.echo(f"{name}: {done.after.state}")
    if done.revived:
        typer.echo(f"{count(done.revived, 'message', 'messages')} given up with it: {done.after.state}")
    if done.may_repeat and decision == "retried":
        sys.stderr.write(f"hmic: if {name} was there already, people now see it twice\n")


def _print(found: Overview) -> None:
    typer.echo(", ".join(f"{number} {state}" for state, number in sorted(found.counts.items())) or "No message yet.")
    if found.oldest_owed:
        typer.echo(f"The oldest on its way was written {_moment(found.oldest_owed)} UTC.")
    if not found.needing:
        typer.echo("Nothing needs somebody.")
        return
    typer.echo(f"\n{'message':11} {'state':12} {'due (UTC)':16} {'channel':12} {'subscription':>12} why")
    for one in found.needing:
        delivery = one.message.delivery
        more = f"and {one.waiting} more" if one.waiting else None
        why = " ".join(filter(None, [delivery.error_class, delivery.error_code and f"({delivery.error_code})", more]))
        typer.echo(
            f"{one.message.name:11} {delivery.state:12} {_moment(one.window.due_at):16} {delivery.channel_id:12} "
            f"{one.subscription.id:>12} {why}"
        )
    if found.more:
        typer.echo(f"and {found.more} more")
    typer.echo("\nDecide with: hmic deliveries retry|skip|arrived MESSAGE")


def _moment(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}"


def _as_json(found: Overview) -> dict[str, Any]:
    return {
        "counts": found.counts,
        "oldest_owed": found.oldest_owed.isoformat() if found.oldest_owed else None,
        "needing": [_needing_json(one) for one in found.needing],
        "more": found.more,
    }


def _needing_json(one: Needing) -> dict[str, Any]:
    delivery = one.message.delivery
    return {
        "message": one.message.name,
        "id": delivery.id,
        "kind": delivery.kind.value,
        "state": delivery.state.value,
        "error_class": delivery.error_class,
        "error_code": delivery.error_code,
        "team_id": delivery.team_id,
        "channel_id": delivery.channel_id,
        "subscription": one.subscription.id,
        "due_at": one.window.due_at.isoformat(),
        "may_repeat": one.may_repeat,
        "waiting": one.waiting,
        "decisions": [
            {"retried": "retry", "skipped": "skip", "arrived": "arrived"}[choice] for choice in one.decisions
        ],
        "attempts": [
            {
                "at": attempt.ended_at.isoformat(),
                "worker": attempt.worker,
                "outcome": attempt.outcome,
                "error": attempt.slack_error,
                "http_status": attempt.http_status,
            }
            for attempt in one.message.attempts
        ],
    }

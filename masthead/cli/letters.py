"""`masthead letters …`: newsletters on their way out."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from masthead.cli.groups import data_option, json_option, with_django


@click.group()
@data_option
def command(data: Path) -> None:
    """Look at what is being sent, clear up doubts, say how fast mail may go out."""


@command.command()
@data_option
@json_option
@with_django
def status(data: Path, as_json: bool) -> None:
    """Editions on their way: how many mails are accepted, waiting, in doubt."""
    from django.utils import timezone

    from masthead.newsletters.sending.queries import progress_of, under_way_editions

    found: list[dict[str, Any]] = []
    for edition in under_way_editions():
        progress = progress_of(edition, at=timezone.now())
        ends = progress.forecast.ends_at if progress.forecast else None
        found.append(
            {
                "edition": edition.pk,
                "subject": edition.subject,
                "state": edition.state,
                "mails": {state.value: number for state, number in progress.by_state.items()},
                "a_second": edition.a_second,
                "ends_at": ends.isoformat() if ends else None,
                "trouble": edition.trouble,
            }
        )
    if as_json:
        click.echo(json.dumps({"editions": found}, ensure_ascii=False))
        return
    for each in found:
        mails = ", ".join(f"{number} {state}" for state, number in each["mails"].items())
        click.echo(f"{each['edition']}  {each['subject']}: {each['state']}; {mails}")
        if each["trouble"]:
            click.echo(f"    {each['trouble']}")
    if not found:
        click.echo("Nothing is on its way.")


@command.command()
@data_option
@click.argument("edition", type=int)
@click.option(
    "--log",
    "logs",
    required=True,
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Postfix's log; may be given again, oldest first. Ends in .gz: is unpacked.",
)
@json_option
@with_django
def resolve(data: Path, edition: int, logs: tuple[Path, ...], as_json: bool) -> None:
    """Clear up EDITION's mails in doubt by what Postfix wrote down."""
    from django.utils import timezone

    from masthead.newsletters.models import Edition
    from masthead.newsletters.sending.actions import wake
    from masthead.newsletters.sending.doubts import resolve_by_log
    from masthead.newsletters.sending.postfix_log import read_log

    found = Edition.objects.filter(pk=edition).first()
    if found is None:
        raise click.ClickException(f"There is no edition {edition}; see “masthead letters status”.")
    now = timezone.now()
    resolved = resolve_by_log(found, read_log(_lines(logs), now=now), at=now)
    wake(found.pk)
    counts = {
        "accepted": len(resolved.accepted),
        "to_send_again": len(resolved.to_send),
        "still_in_doubt": len(resolved.unknown),
    }
    if as_json:
        click.echo(json.dumps(counts))
        return
    for name, number in counts.items():
        click.echo(f"{name.replace('_', ' '):<16} {number}")
    if resolved.unknown:
        click.echo(
            "The log does not reach from before those mails to a minute after them, or lines of it"
            " are missing about then."
        )


@command.command()
@data_option
@with_django
def here(data: Path) -> None:
    """This database is the one that sends, e.g. after a move or a restored backup."""
    from django.utils import timezone

    from masthead.newsletters.sending.home import settle_here

    settle_here(at=timezone.now())
    click.echo("Newsletters are sent from here. Editions that were paused wait to be resumed.")


@command.command()
@data_option
@click.argument("domain")
@click.option("--a-minute", type=click.IntRange(min=0), help="Mails a minute.")
@click.option("--a-day", type=click.IntRange(min=0), help="Mails a day (UTC).")
@with_django
def pace(data: Path, domain: str, a_minute: int | None, a_day: int | None) -> None:
    """How much DOMAIN is sent at most; “all” is all mail together. Without options: no limit."""
    from masthead.newsletters.sending.actions import drop_pace, set_pace

    name = "" if domain == "all" else domain
    if a_minute is None and a_day is None:
        drop_pace(domain=name)
        click.echo(f"{domain}: no limit.")
        return
    set_pace(domain=name, a_minute=a_minute, a_day=a_day)
    click.echo(f"{domain}: {a_minute or 'any'} a minute, {a_day or 'any'} a day.")


@command.command("warm-up")
@data_option
@click.option("--from", "first", default=200, show_default=True, type=click.IntRange(min=1))
@click.option("--to", "last", default=200_000, show_default=True, type=click.IntRange(min=1))
@click.option("--days", default=42, show_default=True, type=click.IntRange(2, 365))
@with_django
def warm_up(data: Path, first: int, last: int, days: int) -> None:
    """Send more from day to day, beginning today, until receivers know the sender."""
    from django.utils import timezone

    from masthead.newsletters.sending.actions import plan_warm_up

    if last < first:
        raise click.UsageError("--to is less than --from.")
    plan_warm_up(first=first, last=last, days=days, at=timezone.now())
    click.echo(f"From {first} mails today to {last} a day in {days} days.")


def _lines(logs: tuple[Path, ...]) -> Iterator[str]:
    import gzip

    for log in logs:
        with gzip.open(log) if log.suffix == ".gz" else log.open("rb") as lines:
            yield from (line.decode("utf-8", "replace") for line in lines)

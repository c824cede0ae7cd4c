"""`masthead memberships …`: what the payment provider knows, compared with what is known here."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from masthead.cli.groups import data_option, json_option, with_django


@click.group()
@data_option
def command(data: Path) -> None:
    """Compare memberships with the payment provider's books."""


@command.command()
@data_option
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Only memberships begun on this day (UTC) or later.",
)
@json_option
@with_django
def reconcile(data: Path, since: datetime | None, as_json: bool) -> None:
    """Read every membership and open payment anew, as every night; may be run again."""
    from django.utils import timezone

    from masthead.memberships import reconciling
    from masthead.memberships.providers.base import ProviderTrouble

    begun = since.replace(tzinfo=UTC) if since else None
    try:
        compared = reconciling.reconcile(at=timezone.now(), since=begun)
    except ProviderTrouble as trouble:
        raise click.ClickException(f"{trouble} What was read until then stays.") from trouble
    if as_json:
        click.echo(json.dumps({"read": compared.read, "changed": compared.changed}))
        return
    click.echo(f"Read {compared.read}; of these were otherwise here: {compared.changed}.")

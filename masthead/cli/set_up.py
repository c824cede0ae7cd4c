"""`masthead set-up`: makes a data folder ready for this release of the program."""

from pathlib import Path

import click

from masthead.cli.groups import data_option, with_django
from masthead.cli.ready import mark_ready


@click.command()
@data_option
@with_django
def command(data: Path) -> None:
    """Create or bring up to date the database and the assets."""
    from django.core.management import call_command
    from django.utils import timezone

    from masthead.outlets.actions import set_up_tree, write_sheets

    data.mkdir(parents=True, exist_ok=True)
    click.echo("Preparing the database …", err=True)
    call_command("migrate", interactive=False, verbosity=0)
    set_up_tree()
    write_sheets(at=timezone.now())
    click.echo("Preparing fonts, scripts and styles …", err=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    mark_ready(data)

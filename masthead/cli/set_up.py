"""`masthead set-up`: makes a data folder ready for this release of the program."""

import subprocess
import sys
from pathlib import Path

import click

from masthead.cli.groups import data_option, with_django
from masthead.cli.ready import mark_ready
from masthead.conf.config import FOLDER_MODE


@click.command()
@data_option
@with_django
def command(data: Path) -> None:
    """Create or bring up to date the database and the assets."""
    from django.core.management import call_command
    from django.utils import timezone

    from masthead.accounts.actions import refresh_groups
    from masthead.desk.actions import ensure_copy_desk_workflow
    from masthead.outlets.actions import set_up_tree, write_sheets

    data.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    click.echo("Preparing the database, fonts, scripts and styles …", err=True)
    # Assets take as long as a first migration and need no database: side by side.
    assets = subprocess.Popen([sys.executable, "-m", "masthead", "assets"])
    call_command("migrate", interactive=False, verbosity=0)
    set_up_tree()
    write_sheets(at=timezone.now())
    ensure_copy_desk_workflow()
    refresh_groups()
    if assets.wait():
        raise click.ClickException("The assets could not be prepared.")
    mark_ready(data)

"""`masthead assets`: gathers fonts, scripts and styles under hashed names."""

from pathlib import Path

import click

from masthead.cli.groups import data_option, with_django


@click.command(hidden=True)
@data_option
@with_django
def command(data: Path) -> None:
    """Gather the assets; a part of `set-up`."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)

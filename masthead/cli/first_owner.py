"""`masthead first-owner`: the account that the first sign-in link of an empty network opens."""

from pathlib import Path

import click

from masthead.cli.groups import data_option, with_django


@click.command(hidden=True)
@data_option
@with_django
def command(data: Path) -> None:
    """Make sure that there is an owner."""
    from masthead.accounts.models import User

    if not User.objects.filter(is_superuser=True).exists():
        User.objects.create_superuser("owner@localhost", None)

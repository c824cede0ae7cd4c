"""`masthead begin`: what a data folder without anything in it starts with."""

import sys
from pathlib import Path

import click

from masthead.cli.groups import data_option, with_django
from masthead.cli.ready import mark_begun


@click.command(hidden=True)
@data_option
@click.option("--empty", is_flag=True)
@with_django
def command(data: Path, empty: bool) -> None:
    """Write the demo, or only an owner; nothing where there is something already."""
    from masthead.accounts.models import User
    from masthead.outlets.models import Outlet

    if not Outlet.objects.exists() and not User.objects.exists():
        if empty:
            User.objects.create_superuser("owner@localhost", None)
        else:
            write_demo()
    mark_begun(data)


def write_demo() -> None:
    """Raises AlreadySeeded."""
    from masthead.demo.seed import seed_demo
    from masthead.press.keeper import Keeper
    from masthead.press.own_shelf import own_shelf

    with click.progressbar(length=100, label="Writing the demo network", file=sys.stderr) as bar:
        seed_demo(progress=lambda percent: bar.update(percent - bar.pos))
    Keeper(own_shelf()).print_fronts()

"""`masthead demo`: fills an empty network with the demo."""

from pathlib import Path

import click

from masthead.cli.begin import write_demo
from masthead.cli.groups import data_option, with_django
from masthead.cli.ready import mark_begun


@click.command()
@data_option
@with_django
def command(data: Path) -> None:
    """Fill an empty network with the demo titles, Northlight."""
    from masthead.demo.seed import AlreadySeeded

    try:
        write_demo()
    except AlreadySeeded as error:
        raise click.ClickException(str(error)) from error
    mark_begun(data)

"""`masthead demo`: fills an empty network with the demo."""

import sys
from pathlib import Path

import click

from masthead.cli.groups import data_option, with_django


@click.command()
@data_option
@with_django
def command(data: Path) -> None:
    """Fill an empty network with the demo titles, Northlight."""
    from masthead.demo.seed import AlreadySeeded, seed_demo

    try:
        with click.progressbar(
            length=100, label="Writing the demo network", file=sys.stderr
        ) as bar:
            seed_demo(progress=lambda percent: bar.update(percent - bar.pos))
    except AlreadySeeded as error:
        raise click.ClickException(str(error)) from error

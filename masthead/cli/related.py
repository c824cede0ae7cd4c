"""`masthead related`: which articles stand below which."""

import os
import sys
from pathlib import Path

import click

from masthead.cli.groups import data_option, with_django


@click.group()
@data_option
def command(data: Path) -> None:
    """Related articles: work all lists out again."""


@command.command()
@data_option
@click.option(
    "--processes",
    default=lambda: os.cpu_count() or 1,
    show_default="as many as cores",
    type=click.IntRange(1, 64),
)
@with_django
def rebuild(data: Path, processes: int) -> None:
    """Count words, weigh and list all articles anew; may run while the network does."""
    from masthead.related.rebuilding import rebuild as rebuild_all

    last = ""

    def say(label: str, done: int, of: int) -> None:
        nonlocal last
        words = f"{label} {done * 100 // of} %"
        if words != last:
            last = words
            click.echo(f"\r{words:<16}", nl=done == of, file=sys.stderr)

    rebuild_all(processes=processes, progress=say)

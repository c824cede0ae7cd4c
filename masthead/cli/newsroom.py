"""`masthead newsroom`: app and worker, loaded once."""

from pathlib import Path

import click

from masthead.cli.app import load_program, run_app
from masthead.cli.groups import data_option, with_django
from masthead.cli.worker import run_until_stopped
from masthead.core.processes import Work, keep_running

# Where all share one core, readers go before the desk, and the desk before jobs.
AFTER_READERS, AFTER_THE_DESK = 10, 15


@click.command()
@data_option
@with_django
def command(data: Path) -> None:
    """Run app and worker, loaded once."""
    load_program()
    keep_running(
        [
            Work("masthead app", lambda: run_app(data), AFTER_READERS),
            Work("masthead worker", run_until_stopped, AFTER_THE_DESK),
        ]
    )

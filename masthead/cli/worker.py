"""`masthead worker`: does what was left for later."""

from pathlib import Path

import click

from masthead.cli.groups import data_option, with_django


@click.command()
@data_option
@click.option("--once", is_flag=True, help="Do everything that is due, then end.")
@click.option("--threads", default=1, show_default=True, type=click.IntRange(1, 32))
@with_django
def command(data: Path, once: bool, threads: int) -> None:
    """Do jobs: picture copies, scheduled articles, everything that follows a release."""
    from masthead.jobs.worker import run_worker
    from masthead.publishing.jobs import publish_due

    if once:
        publish_due()
    done = run_worker(once=once, concurrency=threads, on_beat=publish_due)
    if once:
        click.echo(f"{done} jobs done.")

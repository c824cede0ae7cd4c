"""`masthead worker`: does what was left for later."""

import threading
from pathlib import Path

import click

from masthead.cli.groups import data_option, with_django


@click.command()
@data_option
@click.option("--once", is_flag=True, help="Do everything that is due, then end.")
@click.option("--threads", default=1, show_default=True, type=click.IntRange(1, 32))
@with_django
def command(data: Path, once: bool, threads: int) -> None:
    """Do jobs, publish and send what is due, keep pages up to date."""
    from masthead.core.collecting import collect_seldom

    collect_seldom()
    if once:
        _do_what_is_due(threads)
    else:
        run_until_stopped(threads)


def _do_what_is_due(threads: int) -> None:
    from masthead.jobs.worker import run_worker
    from masthead.newsletters.sending.dispatch import dispatch_due
    from masthead.press.keeper import Keeper
    from masthead.press.own_shelf import own_shelf
    from masthead.publishing.jobs import publish_due

    publish_due()
    done = run_worker(once=True, concurrency=threads)
    dispatch_due()
    Keeper(own_shelf()).catch_up()
    click.echo(f"{done} jobs done.")


def run_until_stopped(threads: int = 1) -> None:
    """Until SIGTERM or SIGINT; jobs under way are finished first."""
    from masthead.jobs.worker import run_worker
    from masthead.newsletters.sending.dispatch import dispatch_until
    from masthead.press.keeper import Keeper
    from masthead.press.own_shelf import own_shelf
    from masthead.publishing.jobs import publish_due

    stop = threading.Event()
    keeping = threading.Thread(target=Keeper(own_shelf()).run, args=(stop,), name="keeper")
    keeping.start()
    sending = threading.Thread(target=dispatch_until, args=(stop,), name="sending")
    sending.start()
    try:
        run_worker(concurrency=threads, on_beat=publish_due)
    finally:
        stop.set()
        keeping.join()
        sending.join()

"""What both commands share: a network of their own, a table, one line of JSON, an exit code."""

import signal
import sys
from importlib import import_module
from types import FrameType

import click

from benchmarks.scratch import scratch_network


def measuring_command(
    *, package: str, names: list[str], about: str, several: bool = False
) -> click.Command:
    """
    A command over the modules of a package, each with `run(short=…) -> Report`.

    several: whether runs may follow one another on one network; sizes of archives may not.
    """

    @click.command(help=f"{about}\n\nNAME: {', '.join(names)}.")
    @click.argument("chosen", metavar="NAME…", nargs=-1, required=True, type=click.Choice(names))
    @click.option("--short", is_flag=True, help="A minute or less each, on smaller networks.")
    @click.option("--json", "as_json", is_flag=True, help="One JSON object as the last line.")
    def command(chosen: tuple[str, ...], short: bool, as_json: bool) -> None:
        if len(chosen) > 1 and not several:
            raise click.UsageError("One benchmark at a time: each needs a network of its own.")
        signal.signal(signal.SIGTERM, _leave_tidily)
        reports = []
        with scratch_network():  # before Django is imported, which reads where its data is
            for name in chosen:
                reports.append(import_module(f"{package}.{name}").run(short=short))
                click.echo(reports[-1].as_table())
        if as_json:
            for report in reports:
                click.echo(report.as_json())
        sys.exit(0 if all(report.holds for report in reports) else 1)

    return command


def _leave_tidily(number: int, frame: FrameType | None) -> None:
    """As an exception, so that folders, databases and workers of the run are taken away."""
    sys.exit(128 + number)

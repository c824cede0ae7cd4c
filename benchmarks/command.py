"""What both commands share: a network of their own, a table, one line of JSON, an exit code."""

import signal
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

import click

from benchmarks.scratch import scratch_network


def measuring_command(
    *,
    package: str,
    names: list[str],
    about: str,
    several: bool = False,
    parts: Mapping[str, Sequence[str]] | None = None,
    labelled_for: Sequence[str] = (),
) -> click.Command:
    """
    A command over the modules of a package, each with `run(short=…) -> Report`.

    parts: of which modules `run` also takes `only=`, some of these.
    labelled_for: which modules' `run` also takes `labelled=`, a collection to judge by.
    several: whether runs may follow one another on one network; sizes of archives may not.
    """

    parted = parts or {}
    every_part = sorted({part for some in parted.values() for part in some})

    @click.command(help=f"{about}\n\nNAME: {', '.join(names)}.")
    @click.argument("chosen", metavar="NAME…", nargs=-1, required=True, type=click.Choice(names))
    @click.option("--short", is_flag=True, help="A minute or less each, on smaller networks.")
    @click.option("--json", "as_json", is_flag=True, help="One JSON object as the last line.")
    @click.option(
        "--only",
        multiple=True,
        type=click.Choice(every_part),
        hidden=not every_part,
        help="One part of a benchmark that has several; may be given again.",
    )
    @click.option(
        "--labelled",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        hidden=not labelled_for,
        help='Articles to judge lists by, a line of JSON each: "id", "headline", "text", "topics",'
        ' "date".',
    )
    def command(
        chosen: tuple[str, ...],
        short: bool,
        as_json: bool,
        only: tuple[str, ...],
        labelled: Path | None,
    ) -> None:
        if len(chosen) > 1 and not several:
            raise click.UsageError("One benchmark at a time: each needs a network of its own.")
        if only and not all(set(only) <= set(parted.get(name, ())) for name in chosen):
            raise click.UsageError(f"{' and '.join(chosen)}: no such parts.")
        if labelled and not set(chosen) <= set(labelled_for):
            raise click.UsageError(f"{' and '.join(chosen)}: judged without labels.")
        given: dict[str, Any] = {"only": only} if only else {}
        if labelled:
            given["labelled"] = labelled
        signal.signal(signal.SIGTERM, _leave_tidily)
        reports = []
        with scratch_network():  # before Django is imported, which reads where its data is
            for name in chosen:
                reports.append(import_module(f"{package}.{name}").run(short=short, **given))
                click.echo(reports[-1].as_table())
        if as_json:
            for report in reports:
                click.echo(report.as_json())
        sys.exit(0 if all(report.holds for report in reports) else 1)

    return command


def _leave_tidily(number: int, frame: FrameType | None) -> None:
    """As an exception, so that folders, databases and workers of the run are taken away."""
    sys.exit(128 + number)

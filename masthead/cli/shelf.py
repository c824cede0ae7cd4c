"""`masthead shelf …`: the printed pages on this machine's disk."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from masthead.cli.groups import data_option, json_option

if TYPE_CHECKING:
    from masthead.press.shelf import Shelf


@click.group()
@data_option
def command(data: Path) -> None:
    """Look at the printed pages, check them, copy them out, or let an nginx serve them."""


@command.command()
@data_option
@json_option
def status(data: Path, as_json: bool) -> None:
    """How many pages there are and in what state."""
    facts = gather(_shelf(data))
    if as_json:
        click.echo(json.dumps(facts))
        return
    for name, value in facts.items():
        click.echo(f"{name.replace('_', ' '):<28} {value}")


def gather(shelf: "Shelf") -> dict[str, Any]:
    return {
        **shelf.counts(),
        "most_bytes": shelf.most_bytes,
        "purges_applied": shelf.applied(),
        "hosts": sorted(shelf.hosts().tables),
        "mirror": shelf.mirror.is_on,
    }


@command.command()
@data_option
@json_option
def verify(data: Path, as_json: bool) -> None:
    """Check every page against its seal; ends with 1 when one was tampered with."""
    faults = list(_shelf(data).verify())
    if as_json:
        click.echo(json.dumps({"faults": [asdict(fault) for fault in faults]}))
    else:
        for fault in faults:
            click.echo(f"{fault.host}{fault.target} ({fault.variant}): {fault.because}")
        click.echo(f"{len(faults)} faults." if faults else "Every page is as it was printed.")
    if faults:
        sys.exit(1)


@command.command()
@data_option
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--host", "hosts", metavar="HOST", multiple=True, help="Only this one; repeatable.")
@json_option
def export(data: Path, folder: Path, hosts: tuple[str, ...], as_json: bool) -> None:
    """Write a static copy of all that the public reads into DIR, which must be empty."""
    from masthead.press.shelf.export import NotEmpty
    from masthead.press.shelf.export import export as copy_out

    def tell(pages: int) -> None:
        if pages % 1000 == 0:
            click.echo(f"{pages} pages", err=True)

    try:
        done = copy_out(
            _shelf(data),
            folder,
            hosts=hosts or None,
            media=data / "media",
            assets=data / "assets",
            progress=tell,
        )
    except (NotEmpty, OSError) as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(asdict(done), ensure_ascii=False))
        return
    for name, value in asdict(done).items():
        click.echo(f"{name:<12} {len(value) if isinstance(value, list) else value}")


@command.command()
@data_option
@click.option("--program", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
@click.option("--listen", default="80", show_default=True, metavar="[HOST:]PORT")
@json_option
def nginx(data: Path, program: str, listen: str, as_json: bool) -> None:
    """Write the configuration of an nginx that serves the mirror and asks --program else."""
    from masthead.cli.web import split_bind
    from masthead.conf.config import read_settings
    from masthead.press.shelf.nginx import Unsafe, configuration

    split_bind(program)
    split_bind(listen if ":" in listen else f"127.0.0.1:{listen}")
    shelf = _shelf(data)
    settings = read_settings(folder=data)
    try:
        text = configuration(
            data=data,
            hosts=shelf.hosts(),
            program=program,
            listen=listen,
            is_secure=settings["network_url"].startswith("https://"),
        )
    except Unsafe as error:
        raise click.ClickException(str(error)) from error
    if not settings["shelf_mirror"]:
        click.echo(
            "Set shelf_mirror = true in masthead.toml; without it every page is asked.", err=True
        )
    click.echo(json.dumps({"configuration": text}) if as_json else text, nl=as_json)


def _shelf(data: Path) -> "Shelf":
    from masthead.conf.config import BadSetting
    from masthead.press.shelf import AnotherRelease
    from masthead.press.shelf.opening import open_shelf, shelf_folder

    if not (shelf_folder(data) / "ledger.db").exists():
        raise click.ClickException(f"There is no shelf in {data} yet; “masthead up” makes one.")
    try:
        return open_shelf(data)
    except (BadSetting, AnotherRelease) as error:
        raise click.ClickException(str(error)) from error

"""`masthead web`: the front door."""

import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import click

from masthead.cli.groups import data_option


def split_bind(bind: str) -> tuple[str, int]:
    """ "127.0.0.1:8000" or "[::1]:8000" as host and port. Raises click.BadParameter."""
    host, _, port = bind.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise click.BadParameter(f"“{bind}” is not HOST:PORT, such as 127.0.0.1:8000.")
    return host.strip("[]"), int(port)


def hint_for_other_machines(*, bind: str, network_url: str, hosts: list[str]) -> str | None:
    """What to set when every address is bound, but only this machine's own names are answered."""
    host, port = split_bind(bind)
    known = {urlsplit(network_url).hostname or "localhost", *hosts}
    names = known - {"127.0.0.1", "localhost", "[::1]", "::1"}
    if host not in {"0.0.0.0", "::"} or names:  # noqa: S104
        return None
    return (
        "Other machines get 421: this network answers only to the names it knows."
        f" Start it with MASTHEAD_NETWORK_URL=http://{_own_address()}:{port} to reach it from them."
    )


def _own_address() -> str:
    """The first address of this machine, as Linux tells it; else words to put one in."""
    try:
        told = subprocess.run(["hostname", "-I"], capture_output=True, text=True, timeout=2)  # noqa: S607
    except (OSError, subprocess.TimeoutExpired):
        return "ADDRESS"
    return next((word for word in told.stdout.split() if ":" not in word), "ADDRESS")


@click.command()
@data_option
@click.option("--bind", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64))
def command(data: Path, bind: str, processes: int) -> None:
    """The front door: serve printed pages, pass on the rest."""
    from masthead.conf.config import BadSetting, read_settings
    from masthead.press.door.server import run

    host, port = split_bind(bind)
    try:
        settings = read_settings(folder=data)
    except BadSetting as error:
        raise click.ClickException(str(error)) from error
    hint = hint_for_other_machines(
        bind=bind, network_url=settings["network_url"], hosts=settings["hosts"]
    )
    if hint:
        click.echo(hint, err=True)
    try:
        run(data=data, host=host, port=port, processes=processes)
    except OSError as error:
        raise click.ClickException(f"Cannot listen on {bind}: {error.strerror}.") from error

"""`masthead web`: the front door alone."""

from pathlib import Path

import click

from masthead.cli.groups import data_option, with_django


def split_bind(bind: str) -> tuple[str, int]:
    """ "127.0.0.1:8000" or "[::1]:8000" as host and port. Raises click.BadParameter."""
    host, _, port = bind.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise click.BadParameter(f"“{bind}” is not HOST:PORT, such as 127.0.0.1:8000.")
    return host.strip("[]"), int(port)


@click.command()
@data_option
@click.option("--bind", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
@with_django
def command(data: Path, bind: str) -> None:
    """Serve pages and the desk, without a worker."""
    import uvicorn

    host, port = split_bind(bind)
    uvicorn.run(
        "masthead.conf.asgi:application",
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=20,
    )

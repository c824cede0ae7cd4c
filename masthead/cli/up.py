"""`masthead up`: one command that starts the network and watches it."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import click
from click.core import ParameterSource

from masthead.cli.groups import data_option
from masthead.cli.ready import has_begun, is_ready
from masthead.cli.watch import Watch
from masthead.cli.web import split_bind
from masthead.conf.config import BadSetting, note_address, read_settings


@click.command()
@data_option
@click.option("--bind", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
@click.option("--empty", is_flag=True, help="Start a network of your own instead of the demo.")
def command(data: Path, bind: str, empty: bool) -> None:
    """Set up what is missing, then run web and newsroom."""
    base = _network_url(data, bind)
    note_address(folder=data, url=base)
    os.environ["MASTHEAD_DATA"] = str(data)
    os.environ["MASTHEAD_NETWORK_URL"] = base
    if not is_ready(data):
        _run("set-up")
    if not has_begun(data):
        _run("begin", *(["--empty"] if empty else []))
    watch = Watch(bind=bind)
    watch.start()
    _say_where(data, base)
    watch.until_stopped()


def _network_url(data: Path, bind: str) -> str:
    """What the operator set, else the address that is bound."""
    host, port = split_bind(bind)
    try:
        settings = read_settings(folder=data)
    except BadSetting as error:
        raise click.ClickException(str(error)) from error
    if settings["network_url"]:
        return str(settings["network_url"])
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104
    return f"http://{host}:{port}"


def _run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "masthead", *arguments], check=False)  # noqa: S603
    if done.returncode:
        raise click.ClickException(
            f"“masthead {arguments[0]}” did not succeed; nothing was started."
        )


def _say_where(data: Path, base: str) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "masthead", "sign-in"],
        check=False,
        capture_output=True,
        text=True,
    )
    desk = base.replace("//127.0.0.1", "//localhost")
    click.echo(f"\n  Masthead is running. Its data is in {data}\n")
    click.echo(f"  Read      {base}/")
    click.echo(f"  Write     {desk}/desk/")
    if answer.returncode == 0:
        click.echo(f"  Sign in   {answer.stdout.strip()}")
        click.echo("            once, as the owner, within the hour")
        click.echo(f"            (bin/masthead sign-in{_data_said(data)} prints another)")
    click.echo("\n  Stop with Ctrl-C.\n")


def _data_said(data: Path) -> str:
    """What the next command needs to mean the same network: the folder, when it was named."""
    named = click.get_current_context().get_parameter_source("data")
    return f" --data {shlex.quote(str(data))}" if named is ParameterSource.COMMANDLINE else ""

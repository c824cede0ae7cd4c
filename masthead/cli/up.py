"""`masthead up`: one command that starts the network and watches it."""

import os
import subprocess
import sys
from pathlib import Path

import click

from masthead.cli.groups import data_option
from masthead.cli.ready import is_ready
from masthead.cli.watch import Watch
from masthead.cli.web import split_bind


@click.command()
@data_option
@click.option("--bind", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
@click.option("--empty", is_flag=True, help="Start a network of your own instead of the demo.")
def command(data: Path, bind: str, empty: bool) -> None:
    """Set up what is missing, then run web and worker until stopped."""
    split_bind(bind)
    os.environ.setdefault("MASTHEAD_NETWORK_URL", f"http://{bind}")
    os.environ["MASTHEAD_DATA"] = str(data)
    is_new = not (data / "ready").exists()
    if not is_ready(data):
        _run("set-up")
    if is_new:
        _run("first-owner") if empty else _run("demo")
    watch = Watch(bind=bind)
    watch.start_web()
    _say_where(data)
    watch.start_worker()
    watch.until_stopped()


def _run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "masthead", *arguments], check=False)  # noqa: S603
    if done.returncode:
        raise click.ClickException(
            f"“masthead {arguments[0]}” did not succeed; nothing was started."
        )


def _say_where(data: Path) -> None:
    base = os.environ["MASTHEAD_NETWORK_URL"]
    answer = subprocess.run(
        [sys.executable, "-m", "masthead", "sign-in"],
        check=False,
        capture_output=True,
        text=True,
    )
    click.echo(f"\n  Masthead is running. Its data is in {data}\n")
    click.echo(f"  Read      {base}/")
    desk = base.replace("//127.0.0.1", "//localhost")
    click.echo(f"  Write     {desk}/desk/")
    if answer.returncode == 0:
        click.echo(
            f"  Sign in   {answer.stdout.strip()}\n            (once, as the owner, within a day)"
        )
    click.echo("\n  Stop with Ctrl-C.\n")

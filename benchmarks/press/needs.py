"""What the comparison needs on the machine beside Python."""

import os
import shutil

import click

PROGRAMS = {"wrk": "wrk", "nginx": "nginx-light"}  # and the Debian package it comes in
SERVER_CORE, LOAD_CORE = 0, 1


def require_everything() -> None:
    """Raises ClickException that says what is missing and how to get it."""
    packages = [package for name, package in PROGRAMS.items() if find(name) is None]
    if packages:
        raise click.ClickException(
            f"“bench press” compares with programs that are not here: {', '.join(packages)}.\n"
            f"On Debian: apt-get install {' '.join(packages)}"
        )
    if not {SERVER_CORE, LOAD_CORE} <= os.sched_getaffinity(0):
        raise click.ClickException("“bench press” needs two cores: one serves, one asks.")


def find(program: str) -> str | None:
    """nginx is in a folder that is not on everybody's path."""
    return shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")

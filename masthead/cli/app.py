"""`masthead app`: the newsroom's program behind the front door."""

import os
import socket
from pathlib import Path

import click

from masthead.cli.groups import data_option, with_django

BACKLOG = 2048


def bind_for_door(path: Path) -> socket.socket:
    """
    A socket that the front door alone may reach: what comes through it is believed.

    uvicorn's own would be anybody's (0666). Only while it is made is the umask this narrow;
    pages and pictures are for the group of a web server in front as well.
    """
    path.unlink(missing_ok=True)  # of a process that was killed
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        listener.bind(str(path))
    finally:
        os.umask(before)
    listener.listen(BACKLOG)
    return listener


@click.command()
@data_option
@with_django
def command(data: Path) -> None:
    """The desk, accounts and search; print missing pages."""
    load_program()
    run_app(data)


def load_program() -> None:
    """Views and templates now rather than while somebody waits."""
    from django.urls import resolve

    from masthead.core.collecting import collect_seldom
    from masthead.outlets.rendering import load_templates

    resolve("/")
    load_templates()
    collect_seldom()


def run_app(data: Path) -> None:
    """Until SIGTERM or SIGINT; requests under way are finished first."""
    import uvicorn

    from masthead.conf.asgi import application
    from masthead.press.door.server import app_socket, room_socket
    from masthead.press.room import open_press_room

    config = uvicorn.Config(
        application,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=20,
    )
    open_press_room(bind_for_door(room_socket(data)))
    uvicorn.Server(config).run(sockets=[bind_for_door(app_socket(data))])

"""A network of the run's own: a temporary data folder, and on PostgreSQL a database of its own."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import click
import psycopg
from psycopg import sql


@contextmanager
def empty_place() -> Iterator[dict[str, str]]:
    """
    Variables for a process that is to run on an empty folder and, where MASTHEAD_DATABASE_URL
    names a PostgreSQL server, on a new database there. Both are gone afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="masthead-scratch-") as folder, _new_database() as url:
        yield {**os.environ, "MASTHEAD_DATA": folder, "MASTHEAD_DATABASE_URL": url}


@contextmanager
def scratch_network() -> Iterator[Path]:
    """Set Django up in this process on an empty place, so that nobody's own data is touched."""
    with empty_place() as variables:
        os.environ.update(variables)
        os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.conf.settings"
        import django
        from django.conf import settings

        # Assets keep their plain names, so that they need not be collected first.
        plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
        django.setup()
        try:
            yield Path(variables["MASTHEAD_DATA"])
        finally:
            from django.db import connections

            connections.close_all()


@contextmanager
def _new_database() -> Iterator[str]:
    given = os.environ.get("MASTHEAD_DATABASE_URL", "")
    if not given:
        yield ""
        return
    name = f"masthead_scratch_{secrets.token_hex(4)}"
    parts = urlsplit(given)
    server = urlunsplit(parts._replace(path="/postgres"))
    _at_server(server, "CREATE DATABASE {}", name)
    try:
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        _at_server(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _at_server(server: str, statement: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


@cache
def prepare_database() -> None:
    """Tables and an empty tree, once for this process."""
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.migrated import migrate_file
    from masthead.outlets.actions import set_up_tree

    tell("Preparing a database …")
    if connection.vendor == "sqlite":
        migrate_file(connection)
    else:
        call_command("migrate", interactive=False, verbosity=0)
    set_up_tree()
    connection.close()


def tell(text: str) -> None:
    """Progress, beside the answer."""
    click.echo(text, err=True)

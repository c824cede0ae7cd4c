"""How commands are found, listed by task, and given their data folder."""

import importlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

P = ParamSpec("P")
R = TypeVar("R")


class TaskGroup(click.Group):
    """Commands are modules of this package with a `command`; `--help` lists them by task."""

    def __init__(self, *, tasks: dict[str, list[str]], **settings: Any) -> None:
        super().__init__(**settings)
        self.tasks = tasks

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for names in self.tasks.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = f"masthead.cli.{cmd_name.replace('-', '_').replace('import', 'bring_in')}"
        command: click.Command = importlib.import_module(module).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for task, names in self.tasks.items():
            rows = []
            for name in names:
                command = self.get_command(ctx, name)
                if command is not None and not command.hidden:
                    rows.append((name, command.get_short_help_str(limit=70)))
            with formatter.section(task):
                formatter.write_dl(rows)


def _use_data(ctx: click.Context, param: click.Parameter, value: str | None) -> Path:
    """Set before anything of Django is imported: its settings read it."""
    if value:
        os.environ["MASTHEAD_DATA"] = value
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.conf.settings")
    from masthead.conf.config import data_folder

    return data_folder()


data_option = click.option(
    "--data",
    metavar="DIR",
    callback=_use_data,
    help="Folder that holds everything of this network; MASTHEAD_DATA, else ./data.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Answer as one JSON object.")


def with_django(function: Callable[P, R]) -> Callable[P, R]:
    """Set Django up before the command runs; a wrong setting ends it with one sentence."""
    import functools

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        from masthead.conf.config import BadSetting, data_folder

        try:
            import django

            django.setup()
        except BadSetting as error:
            raise click.ClickException(str(error)) from error
        from django.core.exceptions import ImproperlyConfigured
        from django.db import DatabaseError

        try:
            return function(*args, **kwargs)
        except ImproperlyConfigured as error:  # a setting that only the apps can judge
            raise click.ClickException(str(error)) from error
        except DatabaseError as error:
            if (data_folder() / "ready").exists():
                raise
            raise click.ClickException(
                f"The database is not set up: {error}. “masthead set-up” makes it ready."
            ) from error

    return run

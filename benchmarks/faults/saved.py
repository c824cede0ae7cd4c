"""
A place as it was: data folder and database are saved once and brought back after each kill.

So every kill meets the same rows and pages, and no run slows down by what those before it left.
"""

import os
import pickle
import shutil
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import connection, connections

from masthead.press.own_shelf import own_shelf

Found = TypeVar("Found")


class Saved:
    """What `settings.DATA` and the database held when this was made."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.database = folder, database

    def bring_back(self) -> None:
        """Where this process works. Nobody else may be at work there."""
        leave()
        shutil.rmtree(settings.DATA, ignore_errors=True)
        shutil.copytree(self.folder, settings.DATA)
        if connection.vendor == "postgresql":
            _copy_database(self.database, to=str(connection.settings_dict["NAME"]))

    @contextmanager
    def elsewhere(self, number: int) -> Iterator[None]:
        """This process works on a copy of its own, which is gone afterwards."""
        folder, name = settings.DATA, str(connection.settings_dict["NAME"])
        leave()
        settings.DATA = Path(f"{folder}-{number}")
        is_file = connection.vendor == "sqlite"
        own_name = name.replace(str(folder), str(settings.DATA)) if is_file else f"{name}_{number}"
        connection.settings_dict["NAME"] = own_name
        own_shelf.cache_clear()
        try:
            self.bring_back()
            yield
        finally:
            leave()
            _remove(settings.DATA, own_name)
            settings.DATA, connection.settings_dict["NAME"] = folder, name
            own_shelf.cache_clear()


@contextmanager
def saved_place() -> Iterator[Saved]:
    leave()
    folder, database = Path(f"{settings.DATA}-saved"), f"{connection.settings_dict['NAME']}_saved"
    try:
        shutil.copytree(settings.DATA, folder)
        if connection.vendor == "postgresql":
            _copy_database(str(connection.settings_dict["NAME"]), to=database)
        yield Saved(folder, database)
    finally:
        _remove(folder, database)


def leave() -> None:
    """Close what this process holds open in its place."""
    own_shelf().close()
    connections.close_all()


def side_by_side(
    saved: Saved, work: Callable[[Sequence[int]], Found], numbers: Sequence[int], *, processes: int
) -> list[Found]:
    """
    What `work` found for its share of the numbers, in each of so many processes, forked from this
    one and each with a copy of the place. One process: here. Raises RuntimeError when one failed.
    """
    if processes == 1:
        return [work(numbers)]
    leave()
    lines = [_forked(saved, work, numbers[part::processes], part) for part in range(processes)]
    try:
        told = [_heard(reading) for _, reading in lines]
    except BaseException:
        for child, _ in lines:
            os.kill(child, signal.SIGTERM)
        raise
    finally:
        for child, _ in lines:
            os.waitpid(child, 0)
    if not all(told):
        raise RuntimeError("A process of the run failed; see above.")
    return [pickle.loads(each) for each in told]


def _forked(
    saved: Saved, work: Callable[[Sequence[int]], Found], numbers: Sequence[int], part: int
) -> tuple[int, int]:
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        with saved.elsewhere(part), os.fdopen(writing, "wb") as telling:
            telling.write(pickle.dumps(work(numbers)))
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)  # not the parent's clean-up


def _heard(reading: int) -> bytes:
    with os.fdopen(reading, "rb") as told:
        return told.read()


def _copy_database(name: str, *, to: str) -> None:
    with connection._nodb_cursor() as server:  # type: ignore[attr-defined]  # as Django's tests do
        server.execute(f'DROP DATABASE IF EXISTS "{to}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{to}" TEMPLATE "{name}"')


def _remove(folder: Path, database: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as server:  # type: ignore[attr-defined]
            server.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

"""A connection is kept between requests; were its file moved, writes would go on into that one."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db.backends.sqlite3 import base

FileIdentity = tuple[int, int]


class DatabaseWrapper(base.DatabaseWrapper):
    """
    At the start of a request, a connection to a file that was moved or replaced is given up.

    The next one opens what is at the address now, or says that nothing is. SQLite leaves the log
    (-wal) of a moved file alone when it is closed, so a file that is put back has lost nothing.
    """

    _opened: FileIdentity | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self._opened = self._there_now()  # before: one that is replaced just now is asked for again
        return super().get_new_connection(conn_params)

    def close_if_unusable_or_obsolete(self) -> None:
        is_open = self.connection is not None and not self.in_atomic_block
        if is_open and not self.is_in_memory_db() and self._there_now() != self._opened:
            self.close()
            return
        super().close_if_unusable_or_obsolete()

    def _there_now(self) -> FileIdentity | None:
        name = str(self.settings_dict["NAME"])
        path = unquote(urlsplit(name).path) if name.startswith("file:") else name
        try:
            found = Path(path).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

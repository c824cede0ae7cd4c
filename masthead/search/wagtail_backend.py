"""
Wagtail's own database search for the desk, without the step that made each publish O(N).

Used for choosers and the desk's search box, which look for titles. Readers' search is
`search.queries`, on an index of its own.
"""

from typing import Any

from django.db import connection


class NormsOnRebuildOnly:
    """Wagtail averages all titles and rewrites rows twice a publish; here only on a rebuild."""

    def _refresh_title_norms(self, full: bool = False) -> None:
        if full:
            super()._refresh_title_norms(full=True)  # type: ignore[misc]  # of the index below


class WordsOnly:
    """modelsearch puts what was typed between quotes for SQLite, and a quote in it ends them."""

    def search(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super().search(_words(query), *args, **kwargs)  # type: ignore[misc]  # of the backend

    def autocomplete(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super().autocomplete(_words(query), *args, **kwargs)  # type: ignore[misc]


def _words(query: Any) -> Any:
    """
    An apostrophe instead, which FTS5 skips: blanks would leave no word, and modelsearch breaks.

    A query that was taken apart already is left as it is.
    """
    return query.replace('"', "'").replace("\0", "'") if isinstance(query, str) else query


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802  Wagtail's name
    """The backend for the database in use; each one's module only loads on its own database."""
    if connection.vendor == "postgresql":
        from modelsearch.backends.database.postgres import postgres

        index = type("PostgresIndex", (NormsOnRebuildOnly, postgres.PostgresIndex), {})
        backend: Any = postgres.PostgresSearchBackend(params)
    else:
        from modelsearch.backends.database.sqlite import sqlite

        index = type("SQLiteIndex", (NormsOnRebuildOnly, sqlite.SQLiteIndex), {})
        backend = type("SQLiteBackend", (WordsOnly, sqlite.SQLiteSearchBackend), {})(params)
    backend.index_class = index
    return backend

"""
Queries that every page asks: their SQL is written once in a process, not each time.

Writing the SQL takes Django longer than answering takes the database: 0.2 ms for a plain query,
2 ms for one with subqueries.
"""

from collections.abc import Callable, Collection, Sequence
from copy import copy
from functools import cached_property, lru_cache
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, Expression, Field, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
MOST_COUNTS = 64


class Given(Expression):
    """A value that comes when the query is asked, by name."""

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def for_database(self, value: Any, connection: Any) -> Any:
        return self.output_field.get_db_prep_value(value, connection)


class Prepared(Generic[Row]):
    """build: the query with `Given` in the place of what differs, limits and all; called once."""

    def __init__(self, build: Callable[[], QuerySet[Any, Row]]) -> None:
        self._build = build

    def rows(self, **given: Any) -> list[Row]:
        """One query. given: a value for each `Given`."""
        queryset, written = self._written
        compiler = written.with_values(given)
        # What Django's iterables read of a queryset.
        asked = SimpleNamespace(
            db=DEFAULT_DB_ALIAS,
            query=SimpleNamespace(get_compiler=lambda using: compiler),
            _known_related_objects={},
            _fields=None,  # values come in the order of the SQL's columns
        )
        return list(queryset._iterable_class(asked))

    @cached_property
    def _written(self) -> tuple[Any, "_Compiler"]:
        queryset = self._build()
        compiler = _Compiler(queryset.query, connections[DEFAULT_DB_ALIAS], DEFAULT_DB_ALIAS)
        compiler.write()
        return queryset, compiler


class PreparedByIds(Generic[Row]):
    """build: the query for ids in the place of which `Given`s stand; called once for each count."""

    def __init__(self, build: Callable[[list[Any]], QuerySet[Any, Row]]) -> None:
        self._build = build
        self._for_count = lru_cache(maxsize=MOST_COUNTS)(self._prepared)

    def rows(self, ids: Collection[int], **given: Any) -> list[Row]:
        """One query, none for no ids. given: a value for each further `Given`."""
        named = {f"id{place}": each for place, each in enumerate(ids)}
        return self._for_count(len(named)).rows(**named, **given) if named else []

    def _prepared(self, count: int) -> Prepared[Row]:
        given = [Given(f"id{place}", BigIntegerField()) for place in range(count)]
        return Prepared(lambda: self._build(given))


class _Compiler(SQLCompiler):
    """Writes its query once. Copies of it ask that with other values, each on its connection."""

    written: tuple[str, Sequence[Any]]
    values: tuple[Any, ...]

    def write(self) -> None:
        self.written = super().as_sql()
        fields = [column[0] for column in self.select[: self.col_count]]
        self.converters = super().get_converters(fields)

    def with_values(self, given: dict[str, Any]) -> "_Compiler":
        asking = copy(self)
        asking.connection = connections[DEFAULT_DB_ALIAS]
        asking.values = tuple(
            each.for_database(given[each.name], asking.connection)
            if isinstance(each, Given)
            else each
            for each in self.written[1]
        )
        return asking

    def as_sql(self, *args: Any, **options: Any) -> tuple[str, tuple[Any, ...]]:
        return self.written[0], self.values

    def get_converters(self, expressions: Any) -> Any:
        return self.converters

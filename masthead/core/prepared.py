"""
Queries that every page asks: their SQL is written once in a process, not each time.

Writing the SQL takes Django longer than answering takes the database: 0.2 ms for a plain query,
2 ms for one with subqueries. And making an instance by a model's `__init__`, with its two signals,
takes longer than reading its row.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property, lru_cache
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, Expression, Field, Model, QuerySet
from django.db.models.base import DEFERRED, ModelState
from django.db.models.fields.files import FileDescriptor
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
MOST_COUNTS = 64
# What a field's own way of being set leaves in a new instance is the value itself.
PLAIN = (ForeignKeyDeferredAttribute, FileDescriptor)
CONSTANT = (bool, int, float, str, bytes)


class Given(Expression):
    """A value that comes when the query is asked, by name. Of one name all are of one type."""

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def for_database(self, value: Any, connection: Any) -> Any:
        return self.output_field.get_db_prep_value(value, connection)


class Prepared(Generic[Row]):
    """
    build: the query with `Given` in the place of what differs, limits and all; called once.

    Instances are as Django makes them, but for the signals of `__init__`, which nobody hears.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Row]]) -> None:
        self._build = build

    def rows(self, **given: Any) -> list[Row]:
        """One query. given: a value for each `Given`."""
        written = self._written
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, written.values(given, connection))
            found = cursor.fetchall()
        return written.read(found, connection)

    @cached_property
    def _written(self) -> "_Written":
        return _Written(self._build())


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


class _Written:
    """The SQL of a query, and how what the database answers becomes what was asked for."""

    sql: str

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self._params = compiler.as_sql()
        self._given = {each.name: each for each in self._params if isinstance(each, Given)}
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        self._converters = [
            (place, *each) for place, each in compiler.get_converters(columns).items()
        ]
        self._make = _way_to_make(queryset, compiler)

    def values(self, given: dict[str, Any], connection: Any) -> Sequence[Any]:
        ready = {
            name: each.for_database(given[name], connection) for name, each in self._given.items()
        }
        return [ready[each.name] if isinstance(each, Given) else each for each in self._params]

    def read(self, found: list[tuple[Any, ...]], connection: Any) -> list[Any]:
        make = self._make
        return [make(self._converted(row, connection)) for row in found]

    def _converted(self, row: tuple[Any, ...], connection: Any) -> Sequence[Any]:
        values = list(row)
        for place, converters, column in self._converters:
            for convert in converters:
                values[place] = convert(values[place], column, connection)
        return values


def _way_to_make(
    queryset: QuerySet[Any, Any], compiler: SQLCompiler
) -> Callable[[Sequence[Any]], Any]:
    kind = queryset._iterable_class  # the one place that says it
    if kind is FlatValuesListIterable:
        return itemgetter(0)
    if kind is ValuesListIterable:
        return tuple
    if kind is ModelIterable and compiler.klass_info:
        return _Maker(compiler.klass_info, compiler.select, compiler.annotation_col_map or {})
    raise TypeError(f"A query of this kind cannot be prepared: {kind.__name__}")


class _Maker:
    """
    An instance of a model for each row, with those that `select_related` brings along.

    annotations: names of what else each instance carries, and where in the row it is.

    Raises TypeError for a model that does more when it is made than a plain one.
    """

    def __init__(
        self,
        info: dict[str, Any],
        select: Sequence[Any],
        annotations: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        self._model: type[Model] = info["model"]
        self._annotations = tuple(annotations.items())
        places = info["select_fields"]
        self._begin, self._end = places[0], places[-1] + 1
        self._names = [column[0].target.attname for column in select[self._begin : self._end]]
        self._key = self._begin + self._names.index(self._model._meta.pk.attname)
        self._related = [
            (_Maker(each, select), each["local_setter"], each["remote_setter"])
            for each in info.get("related_klass_infos", ())
        ]
        self._beside = _beside_fields(self._model, self._names)

    def __call__(self, row: Sequence[Any]) -> Model | None:
        if row[self._key] is None:  # related, and there is none
            return None
        made = self._model.__new__(self._model)
        state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        values = made.__dict__
        values["_state"] = state
        values.update(self._beside)
        values.update(zip(self._names, row[self._begin : self._end], strict=True))
        for name, place in self._annotations:
            values[name] = row[place]
        for make, set_here, set_there in self._related:
            other = make(row)
            set_here(made, other)
            if other is not None:
                set_there(other, made)
        return made


def _beside_fields(model: type[Model], names: Sequence[str]) -> dict[str, Any]:
    """What a model's own `__init__` gives to each new instance."""
    if model.from_db.__func__ is not Model.from_db.__func__:  # type: ignore[attr-defined]
        raise TypeError(f"{model.__name__} has a way of its own to be read.")
    for name in names:
        here = getattr(model, name)
        if hasattr(type(here), "__set__") and not isinstance(here, PLAIN):
            raise TypeError(f"{model.__name__}.{name} has a way of its own to be set.")
    if model.__init__ is Model.__init__:
        return {}
    # As one of an existing row, of whose columns none was read.
    fields = model._meta.concrete_fields
    given = dict(vars(model(*[1 if field.primary_key else DEFERRED for field in fields])))
    del given["_state"], given[model._meta.pk.attname]
    if not all(each is None or isinstance(each, CONSTANT) for each in given.values()):
        raise TypeError(f"{model.__name__} has more beside its fields than constants.")
    return given

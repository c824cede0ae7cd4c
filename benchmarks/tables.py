"""Writing many rows of a table that are alike: the quick path of each database."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models


class Table:
    """
    Rows like a given one except in some columns.

    The given row is prepared once, as Django would save it; what varies is passed ready to store,
    apart from times and UUIDs, which SQLite keeps as text. `model` is a parent of the row's model
    when a table of multi-table inheritance is meant.
    """

    def __init__(
        self, like: models.Model, varying: Sequence[str], model: type[models.Model] | None = None
    ) -> None:
        self.model = model or type(like)
        fields = self.model._meta.local_concrete_fields
        self._columns = [field.column for field in fields]
        names = [field.attname for field in fields]
        self._like = [None if f.attname in varying else _stored(f, like) for f in fields]
        places = [names.index(name) for name in varying]
        self._varying = [(place, _adapter(fields[place])) for place in places]
        self._rows: list[tuple[Any, ...]] = []

    def add(self, *values: Any) -> None:
        """One more row; values of the varying columns in their order."""
        row = list(self._like)
        for (place, adapt), value in zip(self._varying, values, strict=True):
            row[place] = adapt(value)
        self._rows.append(tuple(row))

    def write(self) -> None:
        """Write and forget the rows. Call inside a transaction."""
        rows, self._rows = self._rows, []
        name = connection.ops.quote_name
        table, columns = name(self.model._meta.db_table), ", ".join(map(name, self._columns))
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(self._columns))
                cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def count_on_from(model: type[models.Model]) -> int:
    """The first id that is free."""
    return (model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1


def set_sequences(tables: Iterable[type[models.Model]]) -> None:
    """PostgreSQL's counters do not see ids that were given; without this the next save collides."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)


def _stored(field: Any, like: models.Model) -> Any:
    return field.get_db_prep_save(getattr(like, field.attname), connection)


def _adapter(field: Any) -> Callable[[Any], Any]:
    if connection.vendor == "sqlite":
        if isinstance(field, models.UUIDField):
            return lambda value: value.hex
        if isinstance(field, models.DateTimeField):
            return connection.ops.adapt_datetimefield_value
    return lambda value: value

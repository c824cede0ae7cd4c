"""
What many tests begin with stays in the database from one of them to the next.

To publish an outlet and a section takes a tenth of a second, and six hundred tests begin so. Their
fixtures say which function makes those rows:

    @pytest.fixture
    @begins_with(the_courier_and_its_port)
    def courier(db: None, standing: Standing) -> Outlet: …

The function runs once, in a transaction that stays open. Each test has a savepoint of its own
inside, and so begins with the same rows however the one before has ended. Before a test that
begins otherwise the transaction is rolled back: it finds the database empty.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, transaction

Builder = Callable[[], Any]
_beginnings: dict[Builder, list[Any]] = {}


def begins_with(build: Builder) -> Callable[[Any], Any]:
    """Marks a fixture's function; write it below `@pytest.fixture`."""

    def mark(function: Any) -> Any:
        _beginnings.setdefault(build, []).append(function)
        return function

    return mark


def beginning_of(functions: Iterable[Any]) -> Builder | None:
    """
    The builder for a test with these fixtures: the one that most of them begin with, provided that
    it has all of its own; with some of them replaced, the rows would not fit.
    """
    used = list(functions)
    fitting = [build for build, marked in _beginnings.items() if all(m in used for m in marked)]
    return max(fitting, key=lambda build: len(_beginnings[build]), default=None)


class Standing:
    """At most one beginning's rows; `made` is what its builder has answered."""

    def __init__(self) -> None:
        self.build: Builder | None = None
        self.made: Any = None
        self._around: transaction.Atomic | None = None

    def begin_with(self, build: Builder | None) -> None:
        """Call outside of a test's own transaction. None: with an empty database."""
        if build is self.build:
            return
        self.clear()
        if build is None:
            return
        self._around = transaction.atomic()
        self._around._from_testcase = True  # as Django's own: actions may ask for the outermost
        self._around.__enter__()
        try:
            self.made = build()
        except BaseException:
            self.clear()
            raise
        connection.run_on_commit = []  # nobody commits, and no test asked for it
        self.build = build

    def clear(self) -> None:
        if self._around is not None:
            transaction.set_rollback(True)
            self._around.__exit__(None, None, None)
        self._around = self.build = self.made = None


def fresh(row: Any) -> Any:
    """As the database has it; a test may change what it is given."""
    return type(row)._default_manager.get(pk=row.pk)

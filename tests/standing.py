"""
What many tests begin with stays in the database from one of them to the next.

To publish an outlet and a section takes a tenth of a second, and a thousand tests begin so. Their
fixtures say which function makes those rows, and what it builds upon:

    @pytest.fixture
    @begins_with(the_courier_and_its_port)
    def courier(db: None, standing: Standing) -> Outlet: …

    @pytest.fixture
    @begins_with(an_editor, after=the_courier_and_its_port)
    def ada(port: Section, courier: Outlet, standing: Standing) -> User: …

Each function runs once, in a transaction that stays open, inside the one of what it comes after;
it is handed what that one has made. Each test has a savepoint of its own innermost, and so begins
with the same rows however the one before has ended. Before a test that begins otherwise what it
does not begin with is rolled back, down to the empty database.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

Builder = Callable[..., Any]
Chain = tuple[Builder, ...]
_marked: dict[Builder, list[Any]] = {}
_after: dict[Builder, Builder | None] = {}


def begins_with(build: Builder, *, after: Builder | None = None) -> Callable[[Any], Any]:
    """Marks a fixture's function; write it below `@pytest.fixture`."""

    def mark(function: Any) -> Any:
        _marked.setdefault(build, []).append(function)
        _after[build] = after
        return function

    return mark


def beginnings_of(functions: Iterable[Any]) -> Chain:
    """
    The builders for a test with these fixtures: first the one that most of them begin with,
    provided that it has all of its own; with some of them replaced, the rows would not fit. Then
    those that build upon it and have all of their own.
    """
    used = list(functions)
    fitting = [build for build, marked in _marked.items() if all(m in used for m in marked)]
    first = max(
        (build for build in fitting if _after[build] is None),
        key=lambda build: len(_marked[build]),
        default=None,
    )
    if first is None:
        return ()
    chain = [first]
    for build in fitting:  # as they are registered: what is built upon comes first
        if _after[build] in chain:
            chain.append(build)
    return tuple(chain)


@dataclass(frozen=True)
class _Layer:
    build: Builder
    made: Any
    around: transaction.Atomic


class Standing:
    """The rows of at most one chain of beginnings."""

    def __init__(self) -> None:
        self._layers: list[_Layer] = []

    def made_by(self, build: Builder) -> Any:
        """What it has answered; None when it is not among those that the test begins with."""
        return next((layer.made for layer in self._layers if layer.build is build), None)

    def begin_with(self, chain: Chain) -> None:
        """Call outside of a test's own transaction. (): with an empty database."""
        while tuple(layer.build for layer in self._layers) != chain[: len(self._layers)]:
            self._leave()
        for build in chain[len(self._layers) :]:
            self._enter(build)

    def clear(self) -> None:
        self.begin_with(())

    def _enter(self, build: Builder) -> None:
        upon = _after[build]
        around = transaction.atomic()
        around._from_testcase = True  # as Django's own: actions may ask for the outermost
        around.__enter__()
        try:
            made = build() if upon is None else build(self.made_by(upon))
        except BaseException:
            _roll_back(around)
            self.clear()
            raise
        connection.run_on_commit = []  # nobody commits, and no test asked for it
        self._layers.append(_Layer(build, made, around))

    def _leave(self) -> None:
        _roll_back(self._layers.pop().around)


def _roll_back(around: transaction.Atomic) -> None:
    transaction.set_rollback(True)
    around.__exit__(None, None, None)


def fresh(row: Any) -> Any:
    """As the database has it; a test may change what it is given."""
    return type(row)._default_manager.get(pk=row.pk)

"""`@job` makes a function one that a worker can run later, at least once."""

import inspect
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

from django.utils import timezone
from django_tasks.utils import normalize_json

from masthead.jobs.enqueue import add_each_once, add_job

P = ParamSpec("P")
R = TypeVar("R")
Unique = bool | str | Callable[..., str] | None


class NotAJobArgument(TypeError):
    """An argument cannot be kept as JSON; pass ids and plain values."""


@dataclass(frozen=True)
class Terms:
    """How often, how long and in which line a job is tried."""

    retries: int = 5
    give_up_after_seconds: float | None = None
    queue: str = "default"
    priority: int = 0
    unique: Unique = None
    lease_seconds: float = 60


class JobFunction(Generic[P, R]):
    """Called plainly it runs here and now; `.later(...)` leaves it to a worker."""

    def __init__(self, function: Callable[P, R], terms: Terms) -> None:
        update_wrapper(self, function)
        self.function = function
        self.terms = terms
        self.path = f"{function.__module__}.{function.__qualname__}"
        self._signature = inspect.signature(function)
        self._refuse_positional()

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.function(*args, **kwargs)

    def later(
        self, *, run_at: datetime | None = None, priority: int | None = None, **kwargs: Any
    ) -> int:
        """
        Leave the call to a worker; answers the job's id.

        Part of the open transaction: it runs after commit and never after a rollback. At least
        once: after a crash it runs again, so the function must bear a second call. With `unique`,
        a call that already waits is not added again.

        run_at: aware; now when left out.
        priority: the job's own when left out.
        Raises TypeError for arguments the function does not take, NotAJobArgument for one that
        is not JSON.
        """
        self._signature.bind(**kwargs)
        if run_at is not None and timezone.is_naive(run_at):
            raise ValueError("run_at must carry its time zone.")
        key = self._unique_key(kwargs)
        return self.add(kwargs=kwargs, run_at=run_at, unique_key=key, priority=priority)

    def later_each(self, calls: Iterable[dict[str, Any]]) -> None:
        """
        `later` for many calls of a `unique` job at once, for the price of one.

        Raises TypeError, NotAJobArgument; ValueError for a job that is not unique.
        """
        if not self.terms.unique:
            raise ValueError(f"{self.path} is not unique.")
        named = {}
        for kwargs in calls:
            self._signature.bind(**kwargs)
            named[self._unique_key(kwargs)] = {"args": [], "kwargs": _as_json(kwargs)}
        add_each_once(
            task=self.path,
            arguments=named,
            queue=self.terms.queue,
            priority=self.terms.priority,
            most_attempts=self.terms.retries + 1,
            give_up_after_seconds=self.terms.give_up_after_seconds,
        )

    def add(
        self,
        *,
        kwargs: dict[str, Any],
        run_at: datetime | None,
        unique_key: str,
        priority: int | None = None,
    ) -> int:
        added = add_job(
            task=self.path,
            arguments={"args": [], "kwargs": _as_json(kwargs)},
            queue=self.terms.queue,
            priority=self.terms.priority if priority is None else priority,
            unique_key=unique_key,
            run_at=run_at,
            most_attempts=self.terms.retries + 1,
            give_up_after_seconds=self.terms.give_up_after_seconds,
        )
        return added.pk

    def _unique_key(self, kwargs: dict[str, Any]) -> str:
        unique = self.terms.unique
        if not unique:
            return ""
        if unique is True:
            return f"{self.path} {json.dumps(_as_json(kwargs), sort_keys=True)}"
        name = unique.format(**kwargs) if isinstance(unique, str) else unique(**kwargs)
        return f"{self.path} {name}"

    def _refuse_positional(self) -> None:
        allowed = {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
        for parameter in self._signature.parameters.values():
            if parameter.kind not in allowed or parameter.name in {"run_at", "priority"}:
                raise TypeError(
                    f"{self.path}: a job takes keyword-only arguments, none called run_at or"
                    " priority."
                )


registered: dict[str, JobFunction[..., Any]] = {}


def job(
    *,
    retries: int = 5,
    give_up_after_seconds: float | None = None,
    queue: str = "default",
    priority: int = 0,
    unique: Unique = None,
    lease_seconds: float = 60,
) -> Callable[[Callable[P, R]], JobFunction[P, R]]:
    """
    Make a keyword-only function a job.

    retries: tries after the first one; the waits between them grow fourfold from 4 s to 1 h.
    give_up_after_seconds: counted from when it was due; later than that it is not tried.
    priority: higher goes first, -100 to 100.
    unique: True (same arguments), a format such as "article {article_id}", or a function of the
    arguments: while one call with this name waits, another is not added.
    lease_seconds: how long after its worker was last heard of another worker takes the job.
    """
    terms = Terms(retries, give_up_after_seconds, queue, priority, unique, lease_seconds)

    def decorate(function: Callable[P, R]) -> JobFunction[P, R]:
        made = JobFunction(function, terms)
        registered[made.path] = made
        return made

    return decorate


def _as_json(kwargs: dict[str, Any]) -> dict[str, Any]:
    plain = {}
    for name, value in kwargs.items():
        try:
            plain[name] = normalize_json(value)
        except (TypeError, ValueError) as error:
            raise NotAJobArgument(f"{name} cannot be kept as JSON: {error}.") from error
    return plain

"""A forked child that is killed with SIGKILL at its n-th step."""

import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, connections

NEVER = 0


@dataclass(frozen=True)
class Ending:
    """How a child ended; `steps` names those it reached, the fatal one last."""

    killed: bool
    steps: list[str]


Reach = Callable[[str], None]


def die_at(
    fatal: int, work: Callable[[], object], *, watch_too: Callable[[Reach], None] | None = None
) -> Ending:
    """
    Do the work in a child that dies at step `fatal`: before each statement, before and after each
    COMMIT, before each sync of a file, before and after each rename. NEVER only counts the steps.

    watch_too: is given what to call, with a name, at each further step.

    Call without open transactions and without threads. Raises RuntimeError when the work itself
    failed.
    """
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _work_and_leave(_Steps(fatal, writing), work, watch_too)
    os.close(writing)
    with os.fdopen(reading) as told:
        steps = told.read().splitlines()
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    if not killed and status != 0:
        raise RuntimeError(f"The work failed by itself after {steps[-1:]}.")
    return Ending(killed, steps)


def _work_and_leave(
    steps: "_Steps", work: Callable[[], object], watch_too: Callable[[Reach], None] | None
) -> None:
    status = 1
    try:
        _watch(steps)
        if watch_too is not None:
            watch_too(steps.reach)
        work()
        connections.close_all()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)  # not the parent's clean-up


class _Steps:
    def __init__(self, fatal: int, told: int) -> None:
        self.fatal, self.told, self.count = fatal, told, 0

    def reach(self, name: str) -> None:
        self.count += 1
        os.write(self.told, f"{name}\n".encode())
        if self.count == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)


def _watch(steps: _Steps) -> None:
    """`execute_wrapper` does not see COMMIT, so that is wrapped by itself."""
    connection.ensure_connection()
    commit = connection._commit  # type: ignore[attr-defined]  # private, and the one way

    def watched_commit() -> None:
        steps.reach("before COMMIT")
        commit()
        steps.reach("after COMMIT")

    def watched(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        steps.reach(" ".join(sql.split()[:3]))
        return execute(sql, params, many, context)

    connection._commit = watched_commit  # type: ignore[attr-defined]
    connection.execute_wrappers.append(watched)
    watch_files(steps.reach)


def watch_files(reach: Reach) -> None:
    """For the rest of this process, which is a child that will not be used again."""
    sync, replace = os.fsync, os.replace

    def watched_sync(handle: int) -> None:
        reach("before fsync")
        sync(handle)

    def watched_replace(source: Any, target: Any, **options: Any) -> None:
        reach("before rename")
        replace(source, target, **options)
        reach("after rename")

    os.fsync, os.replace = watched_sync, watched_replace


def chosen_steps(steps: list[str], *, most: int | None) -> list[int]:
    """All of them; or at most so many of those around commits and renames, and of the others."""
    everyone = list(range(1, len(steps) + 1))
    if most is None:
        return everyone
    telling = [n for n in everyone if "COMMIT" in steps[n - 1] or "rename" in steps[n - 1]]
    return sorted({*_evenly(telling, most), *_evenly(everyone, most)})


def _evenly(steps: list[int], most: int) -> list[int]:
    return steps[:: -(-len(steps) // most)] if steps else []

"""The worker: takes jobs, does them, and starts again."""

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from masthead.jobs.leases import claim_job, next_due_at, recover_lost_jobs
from masthead.jobs.running import run_claimed_job
from masthead.jobs.schedule import Clerk
from masthead.jobs.waiting import Outage, until_next_half_second, wait_for_work

TICK_SECONDS = 0.5
LOOK_FOR_LOST_EVERY = timedelta(seconds=5)


def run_worker(
    *,
    stop: threading.Event | None = None,
    once: bool = False,
    concurrency: int = 1,
    on_beat: Callable[[], None] | None = None,
) -> int:
    """
    Do jobs until told to stop; answers how many were done when `once`, else 0.

    stop: set it to end after the jobs in hand. When left out, SIGTERM and SIGINT do that.
    once: do everything that is due, and what that adds, then end.
    concurrency: threads, each with a database connection of its own.
    on_beat: called twice a second from this thread, more rarely while the database is away. It may
        need the database: what it raises is waited out like any outage.
    """
    discover_jobs()
    with _stop_event(stop) as ending:
        if once:
            return _drain_in_threads(ending, concurrency)
        _work_until(ending, concurrency, on_beat or (lambda: None))
    return 0


def run_due_jobs(*, stop: threading.Event | None = None, worker: str = "") -> int:
    """Do all due jobs in this thread, on its own connection; answers how many."""
    ending = stop or threading.Event()
    done = 0
    while not ending.is_set() and _run_next(worker or worker_name(0), Outage(ending)):
        done += 1
    return done


def discover_jobs() -> None:
    """Import where apps keep jobs, so that recurring ones are known before anybody calls them."""
    autodiscover_modules("actions", "jobs", "housekeeping")


def worker_name(number: int) -> str:
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{number}"


def _drain_in_threads(stop: threading.Event, concurrency: int) -> int:
    recover_lost_jobs(at=timezone.now())
    Clerk().give_out_turns(at=timezone.now())
    if concurrency == 1:
        return run_due_jobs(stop=stop)
    with ThreadPoolExecutor(concurrency) as pool:
        return sum(pool.map(lambda number: _drain(stop, number), range(concurrency)))


def _drain(stop: threading.Event, number: int) -> int:
    try:
        return run_due_jobs(stop=stop, worker=worker_name(number))
    finally:
        connection.close()


def _work_until(stop: threading.Event, concurrency: int, on_beat: Callable[[], None]) -> None:
    threads = [
        threading.Thread(target=_work, args=(stop, worker_name(n)), name=f"worker {n}")
        for n in range(concurrency)
    ]
    for thread in threads:
        thread.start()
    _mind(stop, on_beat)
    outage = Outage(stop)
    for thread in threads:  # the jobs in hand are finished, however long they take
        while thread.is_alive():
            thread.join(TICK_SECONDS)
            with outage.survived():
                on_beat()


def _work(stop: threading.Event, name: str) -> None:
    outage = Outage(stop)
    try:
        while not stop.is_set():
            with outage.survived():
                if not _run_next(name, outage):
                    wait_for_work(stop=stop, until=next_due_at())
    finally:
        connection.close()


def _run_next(name: str, outage: Outage) -> bool:
    job = claim_job(worker=name, at=timezone.now())
    if job is None:
        return False
    run_claimed_job(job=job, record=outage.insist)
    return True


def _mind(stop: threading.Event, on_beat: Callable[[], None]) -> None:
    """Give out the turns of recurring jobs and free lost ones, while the threads work."""
    clerk, outage = Clerk(), Outage(stop)
    look_at: datetime = timezone.now()
    while not stop.is_set():
        with outage.survived():
            on_beat()
            now = timezone.now()
            clerk.give_out_turns(at=now)
            if not timedelta() <= look_at - now <= LOOK_FOR_LOST_EVERY:
                recover_lost_jobs(at=now)
                look_at = now + LOOK_FOR_LOST_EVERY
        stop.wait(until_next_half_second())


@contextmanager
def _stop_event(given: threading.Event | None) -> Iterator[threading.Event]:
    if given is not None:
        yield given
        return
    stop = threading.Event()
    signals = (signal.SIGTERM, signal.SIGINT)
    before: dict[signal.Signals, Any] = {each: signal.getsignal(each) for each in signals}
    for number in signals:
        signal.signal(number, lambda *_: stop.set())
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

"""Work that leaves a line each time it is done: a job, and a way out of releases."""

import time
from typing import Any

from django.utils import timezone

from benchmarks.faults.workers import note
from masthead.jobs.decorator import job
from masthead.publishing.on_release import WayOut, register_on_release

PARCEL, CARRIED = "parcel", "carried"
SECONDS = 0.01  # long enough that kills fall in the middle


@job(retries=50)
def deliver(*, parcel: int) -> None:
    note(f"{PARCEL} {parcel}")
    time.sleep(SECONDS)


def carry(*, release_id: int, **_: Any) -> None:
    note(f"{CARRIED} {release_id} {timezone.now().isoformat()}")
    time.sleep(SECONDS)


def register() -> None:
    register_on_release(WayOut("counting", carry))

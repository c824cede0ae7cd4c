"""
A real worker on a real database, for the fault tests to kill.

DATABASE in the environment is Django's description of the database as JSON, NOTES a file that
each run of an errand adds a line to. Run as: worker_process.py {prepare|work|tell}, where prepare
adds one errand that holds its first worker up and twenty that do not, and tell prints the jobs.
"""

import json
import os
import sys
import time
from pathlib import Path

import django
from django.conf import settings

import masthead  # noqa: F401  # swaps the SQLite library before Django loads it

NOTES = Path(os.environ["NOTES"])


def set_up() -> None:
    settings.configure(
        DATABASES={"default": json.loads(os.environ["DATABASE"])},
        INSTALLED_APPS=["masthead.jobs"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()
    from masthead.jobs.decorator import job

    job(lease_seconds=1)(hold)
    job()(deliver)


def hold() -> None:
    """Takes long the first time, no time at all after that."""
    tries = note("hold")
    if tries == 1:
        time.sleep(8)
        note("held")


def deliver(*, parcel: int) -> None:
    note(f"deliver {parcel}")
    time.sleep(0.01)


def note(text: str) -> int:
    """Add a line; answers how many lines say the same by now."""
    with NOTES.open("a") as out:
        out.write(f"{text}\n")
    return NOTES.read_text().splitlines().count(text)


def prepare() -> None:
    from django.core.management import call_command

    from masthead.jobs.decorator import registered

    call_command("migrate", "jobs", verbosity=0)
    registered["__main__.hold"].later()
    for parcel in range(20):
        registered["__main__.deliver"].later(parcel=parcel)


def work() -> None:
    from masthead.jobs.worker import run_worker

    run_worker()


def tell() -> None:
    from masthead.jobs.models import Job

    print(json.dumps(list(Job.objects.order_by("pk").values_list("state", "attempts"))))


if __name__ == "__main__":
    set_up()
    {"prepare": prepare, "work": work, "tell": tell}[sys.argv[1]]()

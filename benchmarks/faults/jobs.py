"""
`bin/faults jobs`: kill -9 of real workers at random times while they do counting jobs and carry
releases.

No job may be lost, left running or given up; a job may be done again only when its worker was
killed over it; and a way out whose receipt was written is never asked again.
"""

import random
import time
from collections import Counter
from datetime import datetime
from itertools import cycle

from django.db import transaction
from django.utils import timezone

from benchmarks.faults import counting
from benchmarks.faults.settling import dead, settle, unfinished
from benchmarks.faults.workers import Worker, notes, start_worker, workers_ended
from benchmarks.newsroom import Newsroom, add_draft, found_newsroom
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.publishing.actions import publish_article
from masthead.publishing.models import Receipt, Release
from masthead.search.models import SearchEntry

PARCELS, RELEASES, KILLS = (200, 3_000), (3, 60), (8, 120)
THREADS = 2
LIVES = (0.05, 0.6)  # seconds between kills
MOST_SECONDS = 600
SEED = 20_261_116  # the same kills in every run, as far as a busy machine allows


def run(*, short: bool) -> Report:
    parcels, releases, kills = (pair[0 if short else 1] for pair in (PARCELS, RELEASES, KILLS))
    report = Report("faults jobs", columns=("what", "found", "wanted", ""))
    newsroom = found_newsroom("jobs-faults")
    settle()
    counting.register()
    published = _give_out(newsroom, parcels, releases)
    tell(f"Killing workers {kills} times over {parcels} parcels and {releases} releases …")
    workers = _kill_and_restart(kills)
    _count(report, parcels, published, sum(worker.was_killed for worker in workers))
    return report


def _give_out(newsroom: Newsroom, parcels: int, releases: int) -> list[int]:
    """Adds the work; answers the releases' ids."""
    first = Release.objects.count()
    for number in range(releases):
        article = add_draft(newsroom, headline=f"Boats wait {number}", slug=f"wait-{number}")
        publish_article(article=article, by=None, at=timezone.now())
    with transaction.atomic():
        for parcel in range(parcels):
            counting.deliver.later(parcel=parcel)
    return list(Release.objects.order_by("pk").values_list("pk", flat=True)[first:])


def _kill_and_restart(kills: int) -> list[Worker]:
    """Two workers; one or the other is killed at a random time, then both finish the rest."""
    chance = random.Random(SEED)
    workers = [start_worker(threads=THREADS), start_worker(threads=THREADS)]
    with workers_ended(workers):
        running = list(workers)
        for _kill, place in zip(range(kills), cycle((0, 1)), strict=False):
            time.sleep(chance.uniform(*LIVES))
            running[place].kill()
            running[place] = start_worker(threads=THREADS)
            workers.append(running[place])
        until = time.monotonic() + MOST_SECONDS
        while unfinished() and time.monotonic() < until:
            time.sleep(0.1)
        for worker in running:
            worker.end()
    return workers


def _count(report: Report, parcels: int, releases: list[int], kills: int) -> None:
    done = Counter(line for line in notes() if line.startswith(counting.PARCEL))
    carried = [line.split() for line in notes() if line.startswith(counting.CARRIED)]
    lost = parcels - len(done)
    receipts = Receipt.objects.filter(release__in=releases)
    written = dict(receipts.filter(way_out="counting").values_list("release_id", "done_at"))
    after = sum(datetime.fromisoformat(at) > written[int(pk)] for _, pk, at in carried)
    again = sum(done.values()) - len(done) + len(carried) - len(releases)
    entries = SearchEntry.objects.filter(published__article__releases__in=releases).count()
    report.figures |= {
        "kills": kills,
        "parcels": parcels,
        "releases": len(releases),
        "done_again": again,
    }
    report.row("kills", str(kills))
    report.row("done again after a kill", str(again), f"<= {kills * THREADS}")
    report.exactly("parcels lost", lost, 0)
    report.exactly("jobs left or given up", unfinished() + dead(), 0)
    report.at_most("done again, for each thread killed", again / max(1, kills * THREADS), 1)
    report.exactly("receipts not done", receipts.exclude(state=Receipt.State.DONE).count(), 0)
    report.exactly("carried again after the receipt", after, 0)
    report.exactly("search entries", entries, len(releases))

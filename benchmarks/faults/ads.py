"""
`bin/faults ads`: the front door killed again and again while devices tell it what they offered.

Each life of the door has a creative of its own, so its counts tell what that life lost. All the
while each event is told again, by another connection and in later lives; forged tokens and
crawlers are among them; and whoever takes the batches into the database is killed as well.
"""

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer

from django.db.models import Sum
from django.utils import timezone

from benchmarks.ads import devices
from benchmarks.ads.devices import EVENT, OFFER, Device
from benchmarks.ads.taking import a_campaign, taking
from benchmarks.press.programs import descendants, python, wait_until_served
from benchmarks.report import Report
from benchmarks.scratch import prepare_database, tell
from benchmarks.servers import CHECKOUT, free_port
from masthead.ads.counting.actions import hour_of
from masthead.ads.counting.queries import differences
from masthead.ads.counting.taking import take_counts
from masthead.ads.models import HourOfAds
from masthead.press.own_shelf import own_shelf

MOST_LOST_SECONDS = 2.0
BETWEEN_TAKES = 0.05
PATIENCE_SECONDS = 60
CRAWLER = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
PLACES = ("top", "in-text", "side")


@dataclass
class Life:
    """
    told: tokens of events that were answered, and when. tried: those, and what was under way.

    kept: tokens that only crawlers told. counted: right after the kill, before anything is told
    again.
    """

    creative: int
    told: list[tuple[float, str]] = field(default_factory=list)
    tried: set[str] = field(default_factory=set)
    kept: list[str] = field(default_factory=list)
    ended_at: float = 0.0
    counted: int = 0

    @property
    def lost(self) -> int:
        return max(0, len(self.told) - self.counted)

    @property
    def lost_seconds(self) -> float:
        """How long before the kill the last events were told that are not counted."""
        return self.ended_at - self.told[-self.lost][0] if self.lost else 0.0


def run(*, short: bool) -> Report:
    report = Report("faults ads", columns=("advertising counted over kills", "", "", ""))
    prepare_database()
    lives = 3 if short else 30
    outlet, creatives = a_campaign(lives + 1)
    paths = devices.lay_out(
        own_shelf(),
        outlet=outlet,
        creatives=dict.fromkeys(creatives, PLACES),
        articles=1,
    )
    port, chance = free_port(), random.Random(1)
    lived = [Life(each) for each in creatives]
    tell(f"Killing the door {lives} times …")
    for number, life in enumerate(lived[:-1]):
        with taking(every_seconds=BETWEEN_TAKES), _door(port, paths[0]) as door:
            seconds = chance.uniform(0.8, 1.4) if short else chance.uniform(0.3, 4.0)
            _live(life, lived[:number], port, door, seconds, chance)
        take_counts(own_shelf())
        life.counted = _counted().get(life.creative, 0)
    before = _counted()
    tell("Telling everything again …")
    with _door(port, paths[0]) as door:
        last = lived[-1]
        device = Device(port)
        for life in lived[:-1]:
            for _, token in life.told:
                device.post(EVENT, f"v {token}".encode())
        under_way = sum(len(life.tried) - len(life.told) for life in lived)
        _tell_for(0.8 if short else 3.0, last, lived[:-1], port, chance)
        door.send_signal(signal.SIGTERM)
        door.wait(PATIENCE_SECONDS)
    take_counts(own_shelf())
    _judge(report, lived, before, under_way=under_way)
    return report


@contextmanager
def _door(port: int, path: str) -> Iterator[subprocess.Popen[bytes]]:
    """Two processes and their watcher; killed afterwards at the latest."""
    words = ("-m", "masthead", "web", "--bind", f"127.0.0.1:{port}", "--processes", "2")
    door = subprocess.Popen(
        python(*words),
        cwd=CHECKOUT,
        env={**os.environ, "MASTHEAD_BEHIND_PROXY": "true"},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until_served(port, path)
        yield door
    finally:
        if door.poll() is None:
            _kill(door)


def _kill(door: subprocess.Popen[bytes]) -> None:
    """All at once, the watcher first, so that it starts none again; gone when this returns."""
    processes = descendants(door.pid)
    for each in processes:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)
    door.wait()
    until = time.monotonic() + PATIENCE_SECONDS
    while any(_is_there(each) for each in processes) and time.monotonic() < until:
        time.sleep(0.01)


def _is_there(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


def _live(
    life: Life,
    former: list[Life],
    port: int,
    door: subprocess.Popen[bytes],
    seconds: float,
    chance: random.Random,
) -> None:
    """Until the door is killed."""
    kill = Timer(seconds, _kill, [door])
    kill.start()
    try:
        _tell_for(seconds + 30, life, former, port, chance)
    except (OSError, ValueError):
        life.ended_at = time.monotonic()
    kill.join()


def _tell_for(
    seconds: float, life: Life, former: list[Life], port: int, chance: random.Random
) -> None:
    """Page views, one after another. Raises OSError or ValueError when the door is gone."""
    one, other, until = Device(port), Device(port), time.monotonic() + seconds
    old = [token for each in former for _, token in each.told]
    chosen = devices.offer([(place, life.creative) for place in PLACES])
    while time.monotonic() < until:
        for device in (one, other):
            device.move_on()
        first, *tokens = one.tokens(OFFER, chosen)
        life.kept.append(first)
        other.post(EVENT, f"v {first}\nc {first}".encode(), agent=CRAWLER)
        forged = first[:-4] + ("AAAA" if first[-4:] != "AAAA" else "BBBB")
        other.post(EVENT, f"v {forged}".encode())
        for token in tokens:
            life.tried.add(token)
            one.post(EVENT, f"v {token}".encode())
            life.told.append((time.monotonic(), token))
            other.post(EVENT, f"v {token}\nv {token}".encode())
        if old:
            other.post(EVENT, f"v {chance.choice(old)}".encode())


def _counted() -> dict[int, int]:
    rows = HourOfAds.objects.exclude(creative=None).values("creative").order_by("creative")
    return dict(rows.annotate(seen=Sum("visible")).values_list("creative", "seen"))


def _judge(report: Report, lived: list[Life], before: dict[int, int], *, under_way: int) -> None:
    after = _counted()
    killed, last = lived[:-1], lived[-1]
    told = sum(len(life.told) for life in lived)
    lost = [life.lost_seconds for life in killed]
    too_many = sum(max(0, after.get(life.creative, 0) - len(life.tried)) for life in lived)
    again = sum(after.get(x.creative, 0) - before.get(x.creative, 0) for x in killed)
    clicked = HourOfAds.objects.aggregate(all=Sum("clicked"))["all"]
    now = hour_of(timezone.now())
    report.row("kills of the door, and of who takes its batches", f"{len(killed):,}")
    report.row("events that people's devices told", f"{told:,}")
    report.row("  counted", f"{sum(after.values()):,}")
    report.row("  the most that a kill lost, seconds", f"{max(lost):.2f}")
    report.figures |= {
        "kills": len(killed),
        "told": told,
        "counted": sum(after.values()),
        "most_lost_seconds": round(max(lost), 2),
    }
    report.at_most("lost by a kill", max(lost), MOST_LOST_SECONDS, "s")
    report.exactly("counted more than once, or told by a crawler", too_many, 0)
    # What a kill lost, and what was under way, counts when it is told again: once.
    missed = under_way + sum(life.lost for life in killed)
    report.at_most("counted when told again after the kills", again, missed)
    report.exactly("not counted where nobody was killed", len(last.told) - after[last.creative], 0)
    report.exactly("clicks of crawlers that counted", clicked, 0)
    report.exactly(
        "hours that differ from the batches", differences(first_hour=now - 2, last_hour=now + 1), {}
    )

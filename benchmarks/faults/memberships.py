"""
`bin/faults memberships`: a thousand random lives of memberships over fourteen months, against the
stand-in, whose books are the truth.

A third of its notices come three times, a tenth never, a fifth three days late, all in any order;
what people do and what jobs do is killed at random steps. After one comparison everything must be
as the books say, to the cent. Beside it: twenty clicks at once, and notices that are not genuine.
"""

import os
import random
from datetime import UTC, datetime, timedelta

import time_machine
from django.utils import timezone

from benchmarks.faults.kill_points import die_at
from benchmarks.faults.member_lives import Life, World
from benchmarks.faults.member_notices import clicks, not_genuine, replayed
from benchmarks.faults.member_truth import differences, sums
from benchmarks.faults.settling import dead, settle, unfinished
from benchmarks.newsroom import found_newsroom
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.jobs.worker import discover_jobs, run_due_jobs
from masthead.memberships.intake import take_notice
from masthead.memberships.models import Event
from masthead.memberships.providers.choosing import stand_in
from masthead.memberships.reconciling import reconcile
from masthead.memberships.standin.events import Knobs

BEGIN = datetime(2027, 1, 4, 9, tzinfo=UTC)
UNRULY = Knobs(duplicate=0.33, lose=0.1, delay=0.2, delay_seconds=3 * 86_400, shuffle=True)
LIVES, DAYS = 1_000, 426
SHORT_LIVES, SHORT_DAYS = 25, 70
KILLED_ACTS, KILLED_WORK = 0.06, 0.15  # of acts; of days on which jobs are killed
MOST_STEPS = 40


def run(*, short: bool) -> Report:
    report = Report("faults memberships", columns=("what", "how many", "wrong", ""))
    newsroom = found_newsroom("member-faults")
    discover_jobs()
    settle()
    chance = random.Random(7 if short else int(os.environ.get("SEED", "2027")))
    lives, days = (SHORT_LIVES, SHORT_DAYS) if short else (LIVES, DAYS)
    with time_machine.travel(BEGIN, tick=False) as clock:
        world = World(outlet=newsroom.outlet, chance=chance)
        stand_in().turn(UNRULY)
        kills = _live(world, clock, lives, days, chance)
        _until_nothing_waits()
        before = differences()
        reconcile(at=timezone.now())
        settle()
        after = differences()
        ours, theirs = sums()
        pages, unshared = clicks(world)
        believed, again = not_genuine(chance), replayed()
        settle()
    report.row("lives", str(lives))
    report.row("notices", str(Event.objects.count()))
    report.row("kills", str(kills))
    report.row("not as the books say, before the comparison", str(len(before)))
    report.row("and after it", str(len(after)), "; ".join(after[:3]))
    report.figures |= {
        "lives": lives,
        "notices": Event.objects.count(),
        "kills": kills,
        "different_before": len(before),
        "different_after": after[:20],
        "cents": theirs,
    }
    report.exactly("not as the books say after one comparison", len(after), 0)
    report.exactly("cents paid and given back", ours, theirs)
    report.exactly("memberships by twenty clicks at once", pages, 1)
    report.exactly("of them without the mark that several began it", unshared, 0)
    report.exactly("notices believed: changed, forged, stale, of another account", believed, 0)
    report.exactly("jobs and events more than one by a notice that comes again", again, 0)
    report.exactly("jobs left or given up", unfinished() + dead(), 0)
    report.at_least("kills", kills, 1)
    return report


def _live(
    world: World, clock: "time_machine.Traveller", lives: int, days: int, chance: random.Random
) -> int:
    acts = sorted(
        (act for number in range(lives) for act in Life(number, days, chance).acts()),
        key=lambda act: (act.day, act.number),
    )
    kills = 0
    for day in range(days):
        clock.move_to(BEGIN + timedelta(days=day), tick=False)
        while acts and acts[0].day <= day:
            act = acts.pop(0)
            if chance.random() < KILLED_ACTS:
                step = chance.randint(1, MOST_STEPS)
                kills += die_at(step, lambda act=act: world.do(act)).killed
                if chance.random() < 0.5:  # they give up
                    continue
            world.do(act)
        stand_in().catch_up()
        stand_in().deliver(_post)
        if chance.random() < KILLED_WORK:
            kills += die_at(chance.randint(1, 4 * MOST_STEPS), run_due_jobs).killed
            settle()
        else:
            run_due_jobs()
        if day % 60 == 0:
            tell(f"day {day} of {days}, {kills} kills")
    return kills


def _post(_url: str, body: bytes, headers: dict[str, str]) -> int:
    named = {"stripe-signature": headers["Stripe-Signature"]}
    take_notice(body=body, headers=named, at=timezone.now())
    return 200


def _until_nothing_waits() -> None:
    while stand_in().deliver(_post):
        run_due_jobs()
    settle()

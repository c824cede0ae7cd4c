"""
`bin/faults letters`: two senders at once, kill -9 at any time and at each named point, and the mail
server's own log counts: nobody may be lost, nobody doubled, and each kill may leave at most one
mail a line that nobody knows about.
"""

import random
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db.models import Count
from django.utils import timezone

from benchmarks.letters.lists import (
    another_newsletter,
    edition_to_print,
    found_newsletter,
    subscribe,
)
from benchmarks.letters.senders import (
    POINTS,
    ended,
    handing_over_to,
    start_sender,
    two_senders,
)
from benchmarks.letters.sinks import RunningSink, running_sink
from benchmarks.letters.waiting import (
    PATIENCE_SECONDS,
    doubts,
    is_waiting,
    left,
    wait_for_mail,
    wait_until_nothing_waits,
    wait_until_stock_is_taken,
    wait_until_taken,
    whoever_sends,
)
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.mail.models import OVER, State
from masthead.newsletters.models import Delivery, Edition, EditionState, Newsletter
from masthead.newsletters.sending import actions
from masthead.newsletters.sending.doubts import settle_doubt
from masthead.newsletters.sending.messages import message_id
from masthead.newsletters.sending.sender import LINES

RECIPIENTS, KILLS = 20_000, 200
SHORT_RECIPIENTS, SHORT_KILLS = 1_500, 8
MOST_TIMES = {"print": 1, "printed anew": 1, "freeze": 1, "claim": 3, "finish": 1}
AT_A_POINT = 120  # recipients of the edition that is killed there
# So that a sender's life is some dozens of mails, wherever it ends.
SLOW = {"slow": 0.7, "slow_seconds": 0.03}


@dataclass
class Findings:
    kills: int = 0
    recipients: int = 0
    in_doubt: int = 0
    doubtful_and_accepted: int = 0
    most_at_a_kill: int = 0
    wrong: list[str] = field(default_factory=list)


def run(*, short: bool) -> Report:
    report = Report("faults letters", columns=("kills", "", "in doubt", ""))
    chance = random.Random(1501)
    newsletter = found_newsletter("letters-faults")
    subscribe(newsletter, SHORT_RECIPIENTS if short else RECIPIENTS)
    few = another_newsletter(outlet_id=newsletter.outlet_id)
    subscribe(few, AT_A_POINT)
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="masthead-sink-"))
        sink = stack.enter_context(running_sink(Path(folder) / "log", **SLOW))
        stack.enter_context(handing_over_to(sink.port))
        at_points = _at_each_point(few, sink, chance, short=short)
        anywhere = _at_any_time(newsletter, sink, chance, SHORT_KILLS if short else KILLS)
    for name, found in (("at named points", at_points), ("at any time", anywhere)):
        report.row(name, f"{found.kills} kills, {found.recipients} mails", f"{found.in_doubt}")
        report.figures[name] = {
            "kills": found.kills,
            "recipients": found.recipients,
            "in_doubt": found.in_doubt,
            "in_doubt_and_accepted": found.doubtful_and_accepted,
            "most_in_doubt_at_a_kill": found.most_at_a_kill,
        }
        report.at_most(f"in doubt after one kill, {name}", found.most_at_a_kill, LINES)
    wrong = at_points.wrong + anywhere.wrong
    report.figures["wrong"] = wrong[:20]
    report.exactly("mails lost, doubled or wrongly noted", len(wrong), 0)
    report.at_least("kills", anywhere.kills, SHORT_KILLS if short else KILLS)
    return report


def _at_each_point(
    newsletter: Newsletter, sink: RunningSink, chance: random.Random, *, short: bool
) -> Findings:
    """By turns with another sender beside, and alone; in a long run both at each point."""
    found = Findings()
    for number, point in enumerate(POINTS):
        for beside in [bool(number % 2)] if short else [False, True]:
            tell(f"Killing at “{point}”{', another sender beside' if beside else ''} …")
            edition = edition_to_print(newsletter, at=timezone.now())
            after = chance.randint(1, MOST_TIMES.get(point.split(":")[0], 12))
            with ExitStack() as others:
                child = start_sender(dies_at=point, after=after)
                if beside:
                    wait_until_taken(edition)  # by the one that is to die
                    others.enter_context(ended(start_sender()))
                if not child.died(within=PATIENCE_SECONDS):
                    found.wrong.append(f"{point}: never came there")
                found.kills += 1
                if not beside:
                    _end_lease_of_the_dead(edition)
                    others.enter_context(ended(start_sender()))
                wait_until_nothing_waits(edition)
            _note_doubts(found, edition, 0)
            _check(found, edition, sink, point)
    return found


def _end_lease_of_the_dead(edition: Edition) -> None:
    """By the clock in its row, instead of two seconds later; `_at_any_time` waits for it."""
    held = Edition.objects.filter(pk=edition.pk).exclude(lease_by="")
    held.update(lease_until=timezone.now())


def _at_any_time(
    newsletter: Newsletter, sink: RunningSink, chance: random.Random, kills: int
) -> Findings:
    found = Findings()
    number = 0
    while found.kills < kills:
        number += 1
        edition = edition_to_print(newsletter, at=timezone.now())
        with two_senders() as children:
            while found.kills < kills and is_waiting(edition):
                sending = whoever_sends(children)
                if sending is None:
                    continue
                before = doubts(edition)
                wait_for_mail(sink)
                time.sleep(chance.uniform(0.0, 0.25))
                sending.kill()
                children.remove(sending)
                found.kills += 1
                children.append(start_sender())
                if found.kills % 20 == 0:
                    tell(f"{found.kills} kills, {left(edition)} mails left …")
                edition.refresh_from_db()  # its fence is the killed sender's
                wait_until_stock_is_taken(edition)
                _note_doubts(found, edition, before)
            wait_until_nothing_waits(edition)
        _check(found, edition, sink, f"edition {number}")
    return found


def _note_doubts(found: Findings, edition: Edition, before: int) -> None:
    found.most_at_a_kill = max(found.most_at_a_kill, doubts(edition) - before)


def _check(found: Findings, edition: Edition, sink: RunningSink, where: str) -> None:
    """By the sink's own log, first with the doubts and then with them resolved by it."""
    taken = sink.by_message_id()
    rows = Delivery.objects.filter(edition=edition)
    found.recipients += rows.count()
    for row in rows.order_by("pk").iterator():
        times = taken[message_id(row.pk)]
        if row.state == State.IN_DOUBT:
            found.in_doubt += 1
            found.doubtful_and_accepted += bool(times)
            settle_doubt(row, sent=bool(times), at=timezone.now())
        elif row.state != State.ACCEPTED or times != 1:
            found.wrong.append(f"{where}: row {row.pk} is {row.state}, taken {times} times")
    actions.wake(edition.pk)
    with ended(start_sender()):
        until = time.monotonic() + PATIENCE_SECONDS
        while edition.state != EditionState.SENT and time.monotonic() < until:
            time.sleep(0.02)
            edition.refresh_from_db()
    _check_sums(found, edition, sink.by_message_id(), where)


def _check_sums(found: Findings, edition: Edition, taken: "Counter[str]", where: str) -> None:
    rows = Delivery.objects.filter(edition=edition).order_by()
    by_state = dict(rows.values_list("state").annotate(number=Count("pk")))
    over = sum(by_state.get(state, 0) for state in OVER)
    listed = edition.newsletter.subscriptions.count()
    sums = (edition.state, edition.counts["frozen"], sum(by_state.values()), over)
    if sums != (EditionState.SENT, listed, listed, listed):
        found.wrong.append(f"{where}: the sums do not close: {sums}, {by_state}, list {listed}")
    times = Counter(taken[message_id(pk)] for pk in rows.values_list("pk", flat=True))
    if times != Counter({1: listed}):
        found.wrong.append(f"{where}: taken how often, how many mails: {dict(times)}")

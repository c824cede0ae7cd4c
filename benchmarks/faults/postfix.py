"""
`bin/faults postfix`: editions through a real Postfix to a server behind it, and both make trouble.

Postfix puts off 30 % of the recipients, hangs up with 421 and answers late; so does the server that
it hands on to. Senders are killed meanwhile, and what is in doubt is resolved by Postfix's own log,
as `masthead letters resolve` does. The last server's log counts.
"""

import os
import random
import time
from collections import Counter
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from benchmarks.letters.certificates import Certificates, make_certificates
from benchmarks.letters.lists import (
    another_newsletter,
    edition_to_print,
    found_newsletter,
    subscribe,
)
from benchmarks.letters.moods import running_policy
from benchmarks.letters.postfix import RunningPostfix, running_postfix
from benchmarks.letters.senders import (
    ended,
    handing_over_to,
    start_sender,
    two_senders,
)
from benchmarks.letters.sinks import running_sink
from benchmarks.letters.waiting import (
    PATIENCE_SECONDS,
    doubts,
    is_waiting,
    left,
    wait_until_nothing_waits,
    wait_until_stock_is_taken,
    whoever_sends,
)
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.mail.models import State
from masthead.newsletters.models import Delivery, Edition, EditionState, Newsletter
from masthead.newsletters.sending import actions, postfix_log
from masthead.newsletters.sending.doubts import resolve_by_log
from masthead.newsletters.sending.messages import message_id
from masthead.newsletters.sending.sender import LINES

RECIPIENTS, KILLS = 5_000, 20
SHORT_RECIPIENTS, SHORT_KILLS = 200, 2
IN_SECRET = 40
TROUBLE = {"later": 0.3, "closing": 0.02, "slow": 0.05, "slow_seconds": 0.1}
# What Postfix cannot hand on is tried again after seconds, so that a run does not consist of
# waiting; one 421 does not make it give the whole server up.
QUICK = {
    "queue_run_delay": "1s",
    "minimal_backoff_time": "1s",
    "maximal_backoff_time": "4s",
    "default_destination_concurrency_failed_cohort_limit": "1000",
}
# How long after a mail the log must reach, instead of a minute.
MARGIN_SECONDS = 2


def run(*, short: bool) -> Report:
    report = Report("faults postfix", columns=("what", "number", "", "share"))
    newsletter = found_newsletter("postfix-faults")
    recipients = SHORT_RECIPIENTS if short else RECIPIENTS
    subscribe(newsletter, recipients)
    edition = edition_to_print(newsletter, at=timezone.now(), size=10_000)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="masthead-postfix-")))
        folder.chmod(0o755)  # Postfix's own user walks through it
        sink = stack.enter_context(running_sink(folder / "taken", **TROUBLE))
        policy = stack.enter_context(running_policy(**TROUBLE))
        asks = {
            "smtpd_recipient_restrictions": f"check_policy_service inet:127.0.0.1:{policy}, permit",
            **QUICK,
        }
        certificates = make_certificates(folder / "certificates")
        postfix = stack.enter_context(
            running_postfix(
                folder / "postfix",
                hands_on_to=sink.port,
                settings=asks,
                certificates=certificates,
            )
        )
        with handing_over_to(postfix.port):
            most = _send(edition, SHORT_KILLS if short else KILLS)
            in_doubt = doubts(edition)
            _resolve(edition, postfix)
        in_secret = _send_in_secret(
            another_newsletter(outlet_id=newsletter.outlet_id), postfix, certificates
        )
        _wait_until_handed_on(postfix)
        taken = sink.by_message_id()
    rows = Delivery.objects.filter(edition=edition).order_by("pk")
    states = Counter(rows.values_list("state", flat=True))
    times = Counter(taken[message_id(pk)] for pk in rows.values_list("pk", flat=True))
    tries = Counter(rows.values_list("attempts", flat=True))
    accepted = states[State.ACCEPTED]
    report.row("recipients", str(recipients), "accepted", accepted / recipients)
    report.row("tried more than once", str(recipients - tries[1]))
    report.row("in doubt, resolved by Postfix's log", str(in_doubt))
    report.figures = {
        "recipients": recipients,
        "accepted": accepted,
        "taken_how_often": {str(each): number for each, number in sorted(times.items())},
        "tries": {str(each): number for each, number in sorted(tries.items())},
        "in_doubt": in_doubt,
        "most_in_doubt_at_a_kill": most,
    }
    report.at_least("accepted within the window", accepted / recipients, 0.999)
    report.exactly("doubled", sum(number for often, number in times.items() if often > 1), 0)
    report.exactly("accepted and never there", accepted - (recipients - times[0]), 0)
    report.exactly("edition over", edition.state, EditionState.SENT)
    report.at_most("in doubt after one kill", most, LINES)
    report.exactly("accepted by STARTTLS and by TLS", in_secret, [IN_SECRET, IN_SECRET])
    return report


def _send(edition: Edition, kills: int) -> int:
    """Two senders at once, one killed again and again; answers the most doubts after one kill."""
    chance, most, killed = random.Random(2101), 0, 0
    with two_senders(impatient=True) as children:
        while killed < kills and is_waiting(edition):
            sending = whoever_sends(children)
            if sending is None:
                continue
            before = doubts(edition)
            time.sleep(chance.uniform(0.05, 0.5))
            sending.kill()
            children.remove(sending)
            killed += 1
            children.append(start_sender(impatient=True))
            edition.refresh_from_db()
            wait_until_stock_is_taken(edition)
            most = max(most, doubts(edition) - before)
            if killed % 5 == 0:
                tell(f"{killed} kills, {left(edition)} mails left …")
        wait_until_nothing_waits(edition)
    return most


def _resolve(edition: Edition, postfix: RunningPostfix) -> None:
    """By its log; what it never took is sent again."""
    postfix_log.MARGIN = timedelta(seconds=MARGIN_SECONDS)
    time.sleep(MARGIN_SECONDS + 1)
    postfix.write_a_line()
    now = timezone.now()
    resolve_by_log(edition, postfix_log.read_log(postfix.lines(), now=now), at=now)
    actions.wake(edition.pk)
    with ended(start_sender(impatient=True)):
        until = time.monotonic() + PATIENCE_SECONDS
        while edition.state != EditionState.SENT and time.monotonic() < until:
            time.sleep(0.05)
            edition.refresh_from_db()


def _send_in_secret(
    newsletter: Newsletter, postfix: RunningPostfix, certificates: Certificates
) -> list[int]:
    """How many mails were accepted by STARTTLS and by TLS from the first byte."""
    subscribe(newsletter, IN_SECRET)
    os.environ["SSL_CERT_FILE"] = str(certificates.authority)
    accepted = []
    for scheme, port in (("smtp+tls", postfix.port), ("smtps", postfix.tls_port)):
        edition = edition_to_print(newsletter, at=timezone.now())
        with (
            handing_over_to(port, scheme=scheme, host="localhost"),
            ended(start_sender(impatient=True)),
        ):
            wait_until_nothing_waits(edition)
        accepted.append(Delivery.objects.filter(edition=edition, state=State.ACCEPTED).count())
    del os.environ["SSL_CERT_FILE"]
    return accepted


def _wait_until_handed_on(postfix: RunningPostfix) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while postfix.waiting() and time.monotonic() < until:
        time.sleep(0.1)

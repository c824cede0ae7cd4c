"""
What readers feel of it: the site's p95 while an edition goes out and while it is paused, in turn.

The site's own processes serve and send, as `masthead up` starts them; pages off the shelf and
pages that the program makes for each request are asked for at an even pace.
"""

import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from benchmarks.faults.served import Visitor, command, running, wait_until_it_answers
from benchmarks.in_front import free_port
from benchmarks.letters.lists import edition_of, printed_already
from benchmarks.letters.sinks import RunningSink
from benchmarks.newsroom import Newsroom, add_draft
from masthead.mail.models import State
from masthead.newsletters.models import Delivery, Edition, Newsletter
from masthead.newsletters.sending import actions
from masthead.newsletters.sending.freezing import freeze
from masthead.publishing.actions import publish_article

READS_A_SECOND = 50
SETTLE_SECONDS = 1.5  # a sender looks once a second whether there is something to do
ARTICLES = 12


@dataclass(frozen=True)
class Felt:
    """p95 in milliseconds, medians of the rounds; mails a second while it sent."""

    quiet: float
    sending: float
    a_second: float

    @property
    def ratio(self) -> float:
        return self.sending / self.quiet


def found_site(newsroom: Newsroom) -> list[str]:
    """Some articles, and what readers ask for."""
    for number in range(ARTICLES):
        draft = add_draft(newsroom, headline=f"Lights at the narrows {number}", slug=f"l{number}")
        publish_article(article=draft, by=None, at=timezone.now())
    slug = newsroom.outlet.slug
    section = newsroom.sections[0].slug
    shelved = [f"/{slug}/", f"/{slug}/{section}/", f"/{slug}/newsletters/"]
    return [*shelved, *(f"/{slug}/search/?q={word}" for word in ("harbour", "pilots", "ferry"))]


def measure_readers(
    newsletter: Newsletter, paths: Sequence[str], sink: RunningSink, *, rounds: int, seconds: float
) -> Felt:
    edition = edition_of(newsletter, at=timezone.now(), size=30_000)
    freeze(edition, printed_already(edition, at=timezone.now()), at=timezone.now())
    actions.pause_edition(edition=edition, by=None)
    command("set-up")
    command("worker", "--once")
    connection.close()
    port = free_port()
    mail_url = f"smtp://127.0.0.1:{sink.port}?hello=bench"
    quiet, sending, took, sent = [], [], 0.0, 0
    with ExitStack() as stack:
        stack.enter_context(running("web", "--bind", f"127.0.0.1:{port}"))
        stack.enter_context(running("newsroom", mail_url=mail_url))
        wait_until_it_answers(port)
        _read_for(port, paths, seconds)  # so that nothing is made for the first time later
        for _ in range(rounds):
            quiet.append(_p95(_read_for(port, paths, seconds)))
            actions.resume_edition(edition=Edition.objects.get(pk=edition.pk), by=None)
            time.sleep(SETTLE_SECONDS)
            before, began = _accepted(edition), time.monotonic()
            sending.append(_p95(_read_for(port, paths, seconds)))
            sent += _accepted(edition) - before
            took += time.monotonic() - began
            actions.pause_edition(edition=Edition.objects.get(pk=edition.pk), by=None)
            time.sleep(SETTLE_SECONDS)
    return Felt(statistics.median(quiet), statistics.median(sending), sent / took)


def _accepted(edition: Edition) -> int:
    return Delivery.objects.filter(edition=edition, state=State.ACCEPTED).count()


def _read_for(port: int, paths: Sequence[str], seconds: float) -> list[float]:
    """How long each took, in ms. Raises RuntimeError when one is not served."""
    taken, visitor = [], Visitor(port, keeps_cookies=False)
    due = time.monotonic()
    for number in range(int(seconds * READS_A_SECOND)):
        began = time.perf_counter()
        answer = visitor.get(paths[number % len(paths)])
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"Not served: {answer}")
        due += 1 / READS_A_SECOND
        time.sleep(max(0.0, due - time.monotonic()))
    return taken


def _p95(taken: Sequence[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)]

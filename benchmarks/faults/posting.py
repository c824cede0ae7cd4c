"""
`bin/faults posting`: kill -9 at every step of planning and sending posts, for a network that knows
a second asking as the first (Mastodon) and for one that cannot be asked at all (Telegram).

The networks are stand-ins in a process of their own, and what counts is their log: nothing may be
lost, nothing doubled, and at most one post for each kill may be left in doubt for a person.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from django.utils import timezone
from urllib3.connection import HTTPConnection

from benchmarks.faults.kill_points import NEVER, Reach, chosen_steps, die_at
from benchmarks.faults.settling import MOST_TURNS, NotSettled, dead, settle, unfinished
from benchmarks.newsroom import Newsroom, add_draft, found_newsroom
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.core.outbound import Guard, fetch, guarded_by
from masthead.jobs.models import Job
from masthead.jobs.worker import discover_jobs, run_due_jobs
from masthead.posting.jobs import send, send_what_is_due
from masthead.posting.models import Account, Post, State
from masthead.publishing.actions import publish_article
from masthead.publishing.jobs import carry_release
from masthead.publishing.models import Receipt, Release

SHORT_STEPS = 3  # around commits, and as many others
KEYS = {
    "mastodon": ("courier@social.example", {"access_token": "mastodon-token"}),
    "telegram": ("courier", {"bot_token": "700:telegram-token"}),
}
AN_HOUR = timedelta(hours=1)
_numbers = count(1)


@dataclass
class Findings:
    kills: int = 0
    posted: int = 0
    in_doubt: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Case:
    """A release of an article that is to be posted, and what is killed over it."""

    release: Release
    act: Callable[[], object]


def run(*, short: bool) -> Report:
    report = Report("faults posting", columns=("act", "kills", "posted or in doubt", "survived"))
    newsroom = found_newsroom("posting-faults")
    discover_jobs()
    settle()
    wrong: list[str] = []
    with _stand_ins() as ports, guarded_by(Guard(loopback_ports=list(ports.values()))):
        for network, port in ports.items():
            account = _connect(newsroom, network, port)
            for name, prepare in SCENARIOS.items():
                found = _try_all_steps(newsroom, account, f"{network}: {name}", prepare, short)
                _count(report, f"{network}: {name}", found)
                wrong += found.wrong
            account.delete()
    report.figures["wrong"] = wrong[:20]
    report.exactly("posts lost, doubled or wrongly noted", len(wrong), 0)
    report.exactly("jobs left or given up", unfinished() + dead(), 0)
    return report


def _count(report: Report, name: str, found: Findings) -> None:
    survived = (found.kills - len(found.wrong)) / found.kills
    what = f"{found.posted} posted, {found.in_doubt} in doubt"
    report.row(name, str(found.kills), what, survived)
    report.figures[name] = {
        "kills": found.kills,
        "posted": found.posted,
        "in_doubt": found.in_doubt,
        "wrong": len(found.wrong),
    }
    most = 0 if name.startswith("mastodon") or "planning" in name else found.kills
    report.at_most(f"left in doubt, {name}", found.in_doubt, most)


@contextmanager
def _stand_ins() -> Iterator[dict[str, int]]:
    """Threads and forks do not mix, so they serve from a process of their own."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.posting.stand_ins", *KEYS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("The stand-ins cannot be spoken to.")
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.stdin.close()


def _connect(newsroom: Newsroom, network: str, port: int) -> Account:
    handle, secrets = KEYS[network]
    account = Account(
        outlet=newsroom.outlet,
        network=network,
        handle=handle,
        server=f"http://127.0.0.1:{port}",
        mode="auto",
        connected_at=timezone.now(),
    )
    account.keep_secrets(secrets)
    account.save()
    return account


def _try_all_steps(
    newsroom: Newsroom,
    account: Account,
    name: str,
    prepare: Callable[[Newsroom, Account], Case],
    short: bool,
) -> Findings:
    found = Findings()
    case = prepare(newsroom, account)
    made = _made(account)
    steps = die_at(NEVER, case.act, watch_too=_watch_the_line).steps
    _check(found, account, case, made, f"{name}, no kill")
    found.posted = 0
    chosen = chosen_steps(steps, most=SHORT_STEPS if short else None)
    on_the_line = [n for n, step in enumerate(steps, 1) if step.startswith("line: ")]
    tell(f"{name}: {len(steps)} steps, kills at {len({*chosen, *on_the_line})} of them …")
    for step in sorted({*chosen, *on_the_line}):
        case = prepare(newsroom, account)
        made = _made(account)
        ending = die_at(step, case.act, watch_too=_watch_the_line)
        found.kills += ending.killed
        _check(found, account, case, made, f"{name}, step {step} ({ending.steps[-1]})")
    return found


def _watch_the_line(reach: Reach) -> None:
    """Steps around what goes to the network and comes back; for a child that ends."""
    request, response = HTTPConnection.request, HTTPConnection.getresponse

    def watched_request(self: HTTPConnection, *args: object, **options: object) -> None:
        reach("line: before it is sent")
        request(self, *args, **options)  # type: ignore[arg-type]
        reach("line: sent, before the answer")

    def watched_response(self: HTTPConnection) -> object:
        answer = response(self)
        reach("line: answered, before it is written down")
        return answer

    HTTPConnection.request = watched_request  # type: ignore[method-assign,assignment]
    HTTPConnection.getresponse = watched_response  # type: ignore[method-assign,assignment]


def _check(found: Findings, account: Account, case: Case, made: int, where: str) -> None:
    try:
        _settle()
    except NotSettled as unsettled:
        found.wrong.append(f"{where}: {unsettled}")
    there = _made(account) - made
    rows = list(Post.objects.filter(account=account, article=case.release.article_id))
    states = [row.state for row in rows]
    if states == [State.DONE] and there == 1 and rows[0].remote_id:
        found.posted += 1
    elif states == [State.IN_DOUBT] and there <= 1:
        found.in_doubt += 1
        rows[0].delete()
    else:
        found.wrong.append(f"{where}: {there} there, the ledger says {states}")
    receipts = Receipt.objects.filter(release=case.release, way_out="posting")
    if [receipt.state for receipt in receipts] != [Receipt.State.DONE]:
        found.wrong.append(f"{where}: the receipt is not done")


def _settle() -> None:
    """As `settle`, and the ledger's own clocks as well."""
    for _turn in range(MOST_TURNS):
        now = timezone.now()
        Post.objects.exclude(claimed_at=None).update(claimed_at=now - AN_HOUR)
        Post.objects.filter(due_at__gt=now).update(due_at=now)
        Job.objects.filter(state=Job.State.READY, run_at__gt=now).update(run_at=now)
        send_what_is_due()
        settle()
        if not Post.objects.filter(state__in=["waiting", "failed", "asked"]).exists():
            return
    raise NotSettled("Posts are left after many turns.")


def _made(account: Account) -> int:
    """How many things were ever made there, by the network's own log."""
    headers = {"Authorization": "Bearer mastodon-token"}
    answer = fetch(
        f"{account.server}/-/made", most_bytes=1_000_000, timeout_seconds=10, headers=headers
    )
    return len(json.loads(answer.content))


def _released(newsroom: Newsroom, account: Account) -> Release:
    """Published, everything done that follows, but for the posts."""
    number = next(_numbers)
    article = add_draft(newsroom, headline=f"Pilots sail {number}", slug=f"sail-{number}")
    publish_article(article=article, by=None, at=timezone.now())
    return Release.objects.filter(article=article).latest("pk")


def _planning(newsroom: Newsroom, account: Account) -> Case:
    """The way out: rows of the ledger, and their jobs. Nothing is sent while it is killed."""
    release = _released(newsroom, account)
    Job.objects.filter(state=Job.State.READY).update(run_at=timezone.now() + AN_HOUR)

    def act() -> None:
        carry_release(release_id=release.pk, way_out="posting")

    return Case(release, act)


def _sending(newsroom: Newsroom, account: Account) -> Case:
    """The worker's job that claims, asks and writes down."""
    Account.objects.update(paused_at=timezone.now())
    release = _released(newsroom, account)
    settle()
    Account.objects.update(paused_at=None)
    Post.objects.exclude(claimed_at=None).update(claimed_at=timezone.now() - AN_HOUR)
    send.later(post_id=Post.objects.get(release=release, account=account).pk)
    return Case(release, run_due_jobs)


SCENARIOS: dict[str, Callable[[Newsroom, Account], Case]] = {
    "planning": _planning,
    "sending": _sending,
}

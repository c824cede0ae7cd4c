"""
`bin/faults comments`: what 201 promises holds over kills, and a flood keeps nobody from reading.

First readers post while the program is killed again and again, and post again whatever was not
answered: what was answered with 201 must be there, nothing twice. Then 500 posts a second come from
many readers and addresses: what is taken must be there, the rest must be told to wait, and the
article must be served as quickly as before.
"""

import json
import os
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPException
from statistics import median
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from benchmarks.faults.flooding import flood, read_for
from benchmarks.faults.served import Visitor, command, running, wait_until_it_answers
from benchmarks.in_front import free_port
from benchmarks.newsroom import add_draft, found_newsroom
from benchmarks.press.needs import LOAD_CORE, SERVER_CORE
from benchmarks.press.programs import cpu_seconds, pin
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.accounts.models import User
from masthead.articles.models import PublishedArticle
from masthead.comments.actions.policies import set_policy
from masthead.comments.models import Comment
from masthead.publishing.actions import publish_article
from masthead.readers.models import Reader

SEED = 31
SLUG = "comment-faults"
READERS, SHORT_READERS = 400, 60
KILLS, SHORT_KILLS = 30, 4
FLOOD_SECONDS, SHORT_FLOOD_SECONDS = 60, 6
FLOOD_A_SECOND, SHORT_FLOOD_A_SECOND = 500, 100
ROUNDS, SHORT_ROUNDS = 6, 1
READS_A_SECOND = 200
MOST_SLOWER = 1.10
LEAST_OF_PACE = 0.95
SETTLE_SECONDS, QUIET = 10.0, 0.05
ANSWERS = {201, 422, 429}
Post = tuple[str, int | None]  # client id, status of the answer


@dataclass(frozen=True)
class Place:
    path: str
    write: str
    public_id: str
    sessions: list[str]


def run(*, short: bool) -> Report:
    report = Report("faults comments", columns=("what", "number", "", "share"))
    place = _found_place(SHORT_READERS if short else READERS)
    command("set-up")
    command("worker", "--once")
    connection.close()
    port = free_port()
    with ExitStack() as stack:
        bind = ("--bind", f"127.0.0.1:{port}")
        web = stack.enter_context(running("web", *bind, behind_proxy="true"))
        _post_over_kills(report, port, place, SHORT_KILLS if short else KILLS)
        newsroom = stack.enter_context(running("newsroom", behind_proxy="true"))
        wait_until_it_answers(port)
        _flood(report, port, place, {"web": web.pid, "newsroom": newsroom.pid}, short=short)
    return report


def _found_place(readers: int) -> Place:
    newsroom = found_newsroom(SLUG)
    draft = add_draft(newsroom, headline="Lights at the narrows", slug="lights")
    publish_article(article=draft, by=None, at=timezone.now())
    set_policy(where=newsroom.outlet, by=None, at=timezone.now(), who="address", mode="open")
    article = PublishedArticle.objects.get(outlet=newsroom.outlet)
    sessions = []
    for number in range(readers):
        email = f"r{number}@readers.example"
        user = User.objects.create_user(email)
        Reader.objects.create(
            email=email, name=f"R{number}", user=user, joined_at=timezone.now(),
            proved_at=timezone.now(),
        )  # fmt: skip
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        sessions.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    return Place(
        path=f"/{SLUG}/{article.path}",
        write=f"/{SLUG}/comments/do/write",
        public_id=str(article.public_id),
        sessions=sessions,
    )


def _post(port: int, place: Place, *, session: str, client_id: str, text: str, source: str) -> Post:
    body = urlencode({"article": place.public_id, "text": text, "client_id": client_id}).encode()
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/json",
        "Sec-Fetch-Site": "same-origin",
        "X-Forwarded-For": source,
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}",
    }
    visitor = Visitor(port, keeps_cookies=False)
    try:
        return client_id, visitor.ask("POST", place.write, headers, body).status
    except (OSError, HTTPException):  # the line was cut
        return client_id, None


def _source(chance: random.Random) -> str:
    return ".".join(str(chance.randint(1, 250)) for _ in range(4))


def _post_over_kills(report: Report, port: int, place: Place, kills: int) -> None:
    chance = random.Random(SEED)
    posts: dict[str, int | None] = {}
    ended = threading.Event()

    def write(number: int) -> None:
        own = random.Random(SEED + number)
        for turn in range(3):  # what a person may post in a minute
            if ended.is_set():
                return
            session = place.sessions[number]
            client_id = f"k{number}-{turn}"
            given = {"session": session, "client_id": client_id, "source": _source(own)}
            _id, status = _post(port, place, text=f"Kill {client_id} and so on.", **given)
            posts[client_id] = status
            time.sleep(own.random())

    with ThreadPoolExecutor(12) as crew:
        waiting = [crew.submit(write, number) for number in range(len(place.sessions))]
        for _ in range(kills):
            with running("app", behind_proxy="true") as app:
                wait_until_it_answers(port)
                time.sleep(0.3 + chance.random())
                app.kill()
        ended.set()
        for each in waiting:
            each.result()
    with running("app", behind_proxy="true"):
        wait_until_it_answers(port)
        unanswered = [each for each, status in posts.items() if status != 201]
        for client_id in unanswered:
            number = int(client_id[1:].partition("-")[0])
            given = {"session": place.sessions[number], "source": _source(chance)}
            text = f"Kill {client_id} and so on."
            posts[client_id] = _post(port, place, client_id=client_id, text=text, **given)[1]
    stored = Counter(
        Comment.objects.filter(client_id__startswith="k").values_list("client_id", flat=True)
    )
    promised = {each for each, status in posts.items() if status == 201}
    report.row("posts over kills", str(len(posts)), f"{kills} kills")
    report.row("of them promised", str(len(promised)), "", len(promised) / max(1, len(posts)))
    report.exactly("promised and not stored", len(promised - set(stored)), 0)
    report.exactly("stored twice", sum(number > 1 for number in stored.values()), 0)
    report.figures |= {"kills": kills, "posts": len(posts), "promised": len(promised)}
    connection.close()


def _flood(report: Report, port: int, place: Place, parts: dict[str, int], *, short: bool) -> None:
    """Quiet and flooded by turns: what else a machine does is in both."""
    a_second = SHORT_FLOOD_A_SECOND if short else FLOOD_A_SECOND
    seconds = SHORT_FLOOD_SECONDS if short else FLOOD_SECONDS
    rounds = SHORT_ROUNDS if short else ROUNDS
    cores = os.sched_getaffinity(0)
    load = {LOAD_CORE} if {SERVER_CORE, LOAD_CORE} <= cores else set()
    if load:  # all that serves is on one core, all that asks on the other
        for each in parts.values():
            pin(each, {SERVER_CORE})
    reading = {"port": port, "path": place.path, "a_second": READS_A_SECOND, "cores": load}
    read_for(**reading, seconds=1)
    quiet, flooded, posts = [], [], []
    wordless, rates = 0, []
    for turn in range(rounds):
        quiet.append(_p99(read_for(**reading, seconds=seconds / rounds / 2)))
        tell(f"  {a_second} posts a second …")
        plan = {
            "port": port,
            "path": place.write,
            "article": place.public_id,
            "sessions": place.sessions,
            "cookie": settings.SESSION_COOKIE_NAME,
            "a_second": a_second,
            "first": turn * 1_000_000,
        }
        with flood(plan, cores=load) as answers:
            flooded.append(_p99(read_for(**reading, seconds=seconds / rounds)))
        posts += answers.posts
        wordless += answers.wordless
        rates.append(answers.a_second)
        _settle(parts)
    _tell_flood(report, posts, wordless, min(rates) / a_second)
    slower = median(flooded) / median(quiet)
    report.row("article p99, quiet, ms", f"{median(quiet):.2f}", _each(quiet))
    report.row("article p99, in the flood, ms", f"{median(flooded):.2f}", _each(flooded), slower)
    report.figures |= {"quiet_p99_ms": quiet, "flooded_p99_ms": flooded}
    if not short:  # some hundred reads say nothing of one in a hundred
        report.at_most("article p99 beside the quiet one", slower, MOST_SLOWER)


def _tell_flood(report: Report, posts: list[Post], wordless: int, kept_pace: float) -> None:
    answers = Counter(status for _id, status in posts)
    taken = {each for each, status in posts if status == 201}
    stored = set(
        Comment.objects.filter(client_id__startswith="f").values_list("client_id", flat=True)
    )
    report.row("posts in the flood", str(len(posts)), json.dumps(_named(answers)))
    report.row("of the pace that was meant", "", "", kept_pace)
    report.figures |= {"flood_posts": len(posts), "flood_taken": len(taken)}
    report.exactly("taken and not stored", len(taken - stored), 0)
    odd = sum(number for status, number in answers.items() if status not in ANSWERS)
    report.exactly("answered otherwise than taken, not taken or later", odd, 0)
    report.exactly("told to wait without a sentence and a time", wordless, 0)
    report.at_least("of the posts a second that were meant", kept_pace, LEAST_OF_PACE)


def _settle(parts: dict[str, int]) -> None:
    """Until what the flood left to do is done."""
    until = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < until:
        before = cpu_seconds(*parts.values())
        time.sleep(0.5)
        if cpu_seconds(*parts.values()) - before < QUIET:
            return


def _p99(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.99)]


def _each(found: list[float]) -> str:
    return " ".join(f"{each:.1f}" for each in found)


def _named(answers: Counter[int | None]) -> dict[str, int]:
    return {str(status): number for status, number in sorted(answers.items(), key=str)}

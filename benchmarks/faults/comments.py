"""
`bin/faults comments`: what 201 promises holds over kills, and a flood keeps nobody from reading.

First readers post while the program is killed again and again, and post again whatever was not
answered: what was answered with 201 must be there, nothing twice. Then 500 posts a second come from
many readers and addresses: what is taken must be there, the rest must be told to wait, and the
article must be served as quickly as before.
"""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from benchmarks.faults.served import Visitor, command, running, wait_until_it_answers
from benchmarks.in_front import free_port
from benchmarks.newsroom import add_draft, found_newsroom
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
READS_A_SECOND = 50
MOST_SLOWER = 1.10
POSTING_THREADS = 48
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
        stack.enter_context(running("web", "--bind", f"127.0.0.1:{port}", behind_proxy="true"))
        _post_over_kills(report, port, place, SHORT_KILLS if short else KILLS)
        stack.enter_context(running("app", behind_proxy="true"))
        wait_until_it_answers(port)
        _flood(report, port, place, short=short)
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


def _flood(report: Report, port: int, place: Place, *, short: bool) -> None:
    seconds = SHORT_FLOOD_SECONDS if short else FLOOD_SECONDS
    a_second = SHORT_FLOOD_A_SECOND if short else FLOOD_A_SECOND
    for _ in range(20):
        Visitor(port).get(place.path)
    quiet = _read_for(port, place.path, seconds=min(seconds, 15))
    posts: list[Post] = []
    with _flooding(port, place, a_second, posts.append):
        flooded = _read_for(port, place.path, seconds=seconds)
    answers = Counter(status for _id, status in posts)
    taken = {each for each, status in posts if status == 201}
    stored = set(
        Comment.objects.filter(client_id__startswith="f").values_list("client_id", flat=True)
    )
    report.row("posts in the flood", str(len(posts)), json.dumps(_named(answers)))
    report.row("article p99, quiet, ms", f"{quiet:.1f}")
    report.row("article p99, in the flood, ms", f"{flooded:.1f}", "", flooded / quiet)
    report.figures |= {
        "flood_posts": len(posts),
        "flood_taken": len(taken),
        "quiet_p99_ms": round(quiet, 2),
        "flooded_p99_ms": round(flooded, 2),
    }
    report.exactly("taken and not stored", len(taken - stored), 0)
    odd = sum(number for status, number in answers.items() if status not in ANSWERS)
    report.exactly("answered otherwise than taken, not taken or later", odd, 0)
    if not short:  # some hundred reads say nothing of one in a hundred
        report.at_most("article p99 beside the quiet one", flooded / quiet, MOST_SLOWER)


def _named(answers: Counter[int | None]) -> dict[str, int]:
    return {str(status): number for status, number in sorted(answers.items(), key=str)}


def _read_for(port: int, path: str, *, seconds: float) -> float:
    """The p99 in ms of an article asked for at an even pace."""
    taken = []
    until = time.monotonic() + seconds
    due = time.monotonic()
    while time.monotonic() < until:
        began = time.perf_counter()
        if Visitor(port).get(path).status != 200:
            taken.append(10_000.0)
        taken.append((time.perf_counter() - began) * 1000)
        due += 1 / READS_A_SECOND
        time.sleep(max(0.0, due - time.monotonic()))
    return sorted(taken)[int(len(taken) * 0.99)]


@contextmanager
def _flooding(
    port: int, place: Place, a_second: int, keep: Callable[[Post], None]
) -> Iterator[None]:
    """So many posts a second, each from another address, until the end of the block."""
    ended = threading.Event()
    number = iter(range(10**9))
    lock = threading.Lock()

    def post() -> None:
        chance = random.Random(SEED)
        began = time.monotonic()
        while not ended.is_set():
            with lock:
                mine = next(number)
            time.sleep(max(0.0, began + mine / a_second - time.monotonic()))
            keep(
                _post(
                    port,
                    place,
                    session=chance.choice(place.sessions),
                    client_id=f"f{mine}",
                    text=f"Flood {mine} over the harbour.",
                    source=_source(chance),
                )
            )

    with ThreadPoolExecutor(POSTING_THREADS) as crew:
        waiting = [crew.submit(post) for _ in range(POSTING_THREADS)]
        tell(f"  {a_second} posts a second …")
        try:
            yield
        finally:
            ended.set()
            for each in waiting:
                each.result()

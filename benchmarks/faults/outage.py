"""
`bin/faults outage`: everything behind the front door is taken away, one after another and together.

With the program killed, the worker killed, the database away, or all of it, every page, feed,
picture and asset must be answered as before, byte for byte, also by a door that was started
meanwhile; what writes must get 503 and a sentence. Back again, all works, and what is published is
there within seconds; without a worker too.
"""

import hashlib
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone
from PIL import Image
from psycopg import sql

from benchmarks.faults.served import Answer, Visitor, command, running, wait_until_it_answers
from benchmarks.in_front import free_port
from benchmarks.newsroom import Newsroom, add_draft, found_newsroom
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.articles.models import ArticlePage
from masthead.pictures.actions import add_picture
from masthead.press.door.deciding import quoted
from masthead.press.own_shelf import own_shelf
from masthead.publishing.actions import publish_article, withdraw_article

ARTICLES = 4
LEAST_ADDRESSES = 100
PATIENCE_SECONDS = 240
NEW_SECONDS = 10.0
WRITES = ("/account/login/",)  # attempts are counted
FORM = "application/x-www-form-urlencoded"
TOKEN = re.compile(r'name="?csrfmiddlewaretoken"?\s+value="?([A-Za-z0-9]+)')
SENTENCE = re.compile(r"[A-Z][^.]{10,}\.")
FRONT = "/outage/"
_numbers = count(1)


@dataclass
class Standing:
    """What was there before, and what was otherwise since."""

    before: Mapping[str, tuple[int, str]]
    newsroom: Newsroom
    somebody: "Writer"
    wrong: list[str] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)
    late: dict[str, float] = field(default_factory=dict)


def run(*, short: bool) -> Report:
    report = Report("faults outage", columns=("away", "answers as before", "new after, s", ""))
    newsroom = _found(is_demo=not short)
    port = free_port()
    with ExitStack() as stack:
        stack.enter_context(running("web", "--bind", f"127.0.0.1:{port}"))
        _with_all(report, port, newsroom)
    own_shelf.cache_clear()
    return report


def _found(*, is_demo: bool) -> Newsroom:
    command("set-up")
    if is_demo:
        command("begin")
    newsroom = found_newsroom("outage")
    picture = Path(settings.DATA) / "quay.png"
    Image.effect_noise((320, 180), 40).convert("RGB").save(picture)
    added = add_picture(file=picture, title="Quay", alt="A quay", trusted=True)
    newsroom = replace(newsroom, picture=added)
    for _each in range(ARTICLES):
        publish(_draft(newsroom))
    withdraw_article(article=publish(_draft(newsroom)), by=None, at=timezone.now(), reason="No.")
    connections.close_all()
    return newsroom


def _with_all(report: Report, port: int, newsroom: Newsroom) -> None:
    with _started("app") as app:
        wait_until_it_answers(port)
        with _started("worker") as worker:
            _wait_until(_is_printed)
            standing = Standing(_answers(port), newsroom, _somebody(port))
            _publish_and_wait(standing, port, "nothing")
            standing.before = _when_printed(port)
            _take_database(report, standing, port, "database")
            _kill(worker)
            _look(report, standing, port, "worker")
            _publish_and_wait(standing, port, "worker")
        with _started("worker"):
            standing.before = _when_printed(port)
            _kill(app)
            _look(report, standing, port, "program", is_down=True)
    _all_away(report, standing, port)
    with _started("app"), _started("worker"):
        wait_until_it_answers(port)
        _publish_and_wait(standing, port, "everything, and back")
        _wait_until(_is_printed)
    _judge(report, standing)


def _take_database(report: Report, standing: Standing, port: int, name: str) -> None:
    with _database_away():
        _look(report, standing, port, name, is_down=True)
    _publish_and_wait(standing, port, name)
    standing.before = _when_printed(port)


def _all_away(report: Report, standing: Standing, port: int) -> None:
    standing.before = _answers(port)
    other = free_port()
    with _database_away():
        _look(report, standing, port, "program, worker and database", is_down=True)
        with running("web", "--bind", f"127.0.0.1:{other}"):
            _wait_until(lambda: _listens(other))
            _look(report, standing, other, "the same, door started anew", is_down=True)


def _look(
    report: Report, standing: Standing, port: int, name: str, *, is_down: bool = False
) -> None:
    """is_down: whether nothing can be written."""
    tell(f"Without {name} …")
    now = _answers(port)
    other = [path for path, seen in standing.before.items() if now.get(path) != seen]
    standing.wrong += [f"{name}: {now.get(path)} at {path}" for path in other]
    report.row(name, f"{len(now) - len(other)} of {len(standing.before)}")
    if is_down:
        for path in WRITES:
            answer = standing.somebody.write(port, path)
            if answer.status != 503 or not SENTENCE.search(answer.body.decode()):
                standing.writes.append(f"{name}: POST {answer}: {answer.body[:60]!r}")


@dataclass(frozen=True)
class Writer:
    """Somebody who had the form open before everything went away."""

    cookies: Mapping[str, str]
    token: str

    def write(self, port: int, path: str) -> Answer:
        visitor = Visitor(port, cookies=dict(self.cookies), keeps_cookies=False)
        body = f"csrfmiddlewaretoken={self.token}&login=ada&password=lighthouse"
        return visitor.ask("POST", path, {"Content-Type": FORM}, body.encode())


def _somebody(port: int) -> Writer:
    visitor = Visitor(port)
    form = visitor.get(WRITES[0]).body.decode()
    found = TOKEN.search(form)
    if found is None:
        raise ValueError("There is no form to sign in.")
    return Writer(visitor.cookies, found[1])


def _answers(port: int) -> dict[str, tuple[int, str]]:
    """Everything that is published: status and bytes, by address."""
    visitor = Visitor(port, keeps_cookies=False)
    return {path: _seen(visitor.get(path)) for path in sorted(set(_addresses()))}


def _seen(answer: Answer) -> tuple[int, str]:
    return answer.status, hashlib.blake2b(answer.body, digest_size=12).hexdigest()


def _addresses() -> Iterator[str]:
    shelf = own_shelf()
    for host in shelf.hosts().tables:
        for address in shelf.all_addresses(host):
            if address.kind != "app":
                yield quoted(address.path)
    data = Path(settings.DATA)
    for folder in ("media/pictures", "media/share", "assets"):
        for file in sorted((data / folder).rglob("*"))[:200]:
            if file.is_file() and not file.name.startswith(".") and file.suffix != ".gz":
                yield quoted(f"/{file.relative_to(data)}")


def _is_printed() -> bool:
    shelf = own_shelf()
    hosts = shelf.hosts()
    if not hosts.complete or shelf.stale(most=1):
        return False
    return not any(shelf.missing(host, "public", 1) for host in hosts.tables)


def _when_printed(port: int) -> dict[str, tuple[int, str]]:
    """Jobs go on changing pages for a while after a release: its share picture, for one."""
    until = time.monotonic() + PATIENCE_SECONDS
    before: dict[str, tuple[int, str]] = {}
    while time.monotonic() < until:
        _wait_until(_is_printed)
        now = _answers(port)
        if now == before:
            return now
        before = now
        time.sleep(1)
    raise TimeoutError("The pages do not come to rest.")


def _publish_and_wait(standing: Standing, port: int, name: str) -> None:
    """Seconds until the article is on its own page and on the front."""
    article = publish(_draft(standing.newsroom))
    began = time.monotonic()
    path = article.url_path
    wanted = article.title.encode()
    visitor = Visitor(port, keeps_cookies=False)
    while time.monotonic() < began + PATIENCE_SECONDS:
        there = visitor.get(path)
        if there.status == 200 and wanted in there.body and wanted in visitor.get(FRONT).body:
            standing.late[name] = time.monotonic() - began
            return
        time.sleep(0.05)
    standing.late[name] = float(PATIENCE_SECONDS)


def _judge(report: Report, standing: Standing) -> None:
    for name, seconds in standing.late.items():
        report.row(f"published after: {name}", "", f"{seconds:.1f}")
    report.figures |= {
        "addresses": len(standing.before),
        "seconds": {name: round(late, 2) for name, late in standing.late.items()},
        "wrong": [*standing.wrong, *standing.writes][:20],
    }
    report.at_least("addresses", len(standing.before), LEAST_ADDRESSES)
    report.exactly("answers that were otherwise", len(standing.wrong), 0)
    report.exactly("writes that were not answered with 503 and a sentence", len(standing.writes), 0)
    report.at_most(
        "until a new article is on its page and the front",
        max(standing.late.values()),
        NEW_SECONDS,
        "s",
    )


def _draft(newsroom: Newsroom) -> ArticlePage:
    number = next(_numbers)
    return add_draft(newsroom, headline=f"Pilots stay ashore {number}", slug=f"ashore-{number}")


def publish(article: ArticlePage) -> ArticlePage:
    publish_article(article=article, by=None, at=timezone.now())
    return ArticlePage.objects.get(pk=article.pk)


@contextmanager
def _started(name: str) -> Iterator[subprocess.Popen[bytes]]:
    connections.close_all()
    with running(name) as process:
        yield process


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def _listens(port: int) -> bool:
    try:
        return Visitor(port).get(FRONT).status == 200
    except OSError:
        return False


def _wait_until(is_so: Callable[[], bool]) -> None:
    """Raises TimeoutError."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError("Waited for too long.")
        time.sleep(0.1)


@contextmanager
def _database_away() -> Iterator[None]:
    """SQLite: the file is moved away. PostgreSQL: it lets nobody in."""
    connections.close_all()
    away = _closed_to_all() if connection.vendor == "postgresql" else _moved_away()
    with away:
        yield


@contextmanager
def _moved_away() -> Iterator[None]:
    file = Path(settings.DATA) / "masthead.sqlite3"
    there = file.with_suffix(".away")
    file.rename(there)
    try:
        yield
    finally:
        if file.exists():
            raise RuntimeError("An empty database was made in the place of the one moved away.")
        there.rename(file)


@contextmanager
def _closed_to_all() -> Iterator[None]:
    given = settings.DATABASES["default"]
    name = sql.Identifier(given["NAME"])
    server = psycopg.connect(
        host=given["HOST"],
        port=given["PORT"],
        user=given["USER"],
        password=given["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    )
    with server:
        server.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [given["NAME"]],
        )
        try:
            yield
        finally:
            server.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))

"""
`bin/faults fuzz`: requests that nobody would send change nothing that others are served.

For each kind of page random headers, parameters and spellings of its address go to the front door.
Every shelved byte, every row of the ledger and every answer to a plain question must be as before,
no row may have come, and the door may not have grown.
"""

import hashlib
import random
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.utils import timezone

from benchmarks.faults.odd_requests import odd_request
from benchmarks.faults.served import Visitor, command, running, wait_until_it_answers
from benchmarks.faults.unpacking import unpacked
from benchmarks.in_front import free_port
from benchmarks.newsroom import add_draft, found_newsroom
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.articles.models import ArticlePage
from masthead.outlets.models import PathMove
from masthead.press.own_shelf import own_shelf
from masthead.press.shelf import Shelf
from masthead.publishing.actions import publish_article, withdraw_article

REQUESTS, SHORT_REQUESTS = 10_000, 250
SEED = 14
PATIENCE_SECONDS = 5.0
MOST_GROWTH_MB = 64
CODINGS = ("", "gzip", "br", "zstd")
# The program pads what it compresses itself by chance, against guessing from lengths.
CHANGING = {"date", "content-length"}


@dataclass(frozen=True)
class Snapshot:
    """All that must stay: rows without what counts readers, files, addresses, plain answers."""

    pages: dict[tuple[object, ...], str]
    addresses: tuple[str, ...]
    answers: dict[str, tuple[int, str, bytes]]


def run(*, short: bool) -> Report:
    report = Report("faults fuzz", columns=("page", "requests", "answered", "share"))
    kinds = _found_network()
    command("set-up")
    command("worker", "--once")
    connection.close()
    with ExitStack() as stack:
        port = free_port()
        door = stack.enter_context(running("web", "--bind", f"127.0.0.1:{port}"))
        stack.enter_context(running("app"))
        wait_until_it_answers(port)
        own_shelf.cache_clear()
        _fuzz(report, port, door.pid, kinds, SHORT_REQUESTS if short else REQUESTS)
    return report


def _fuzz(report: Report, port: int, door: int, kinds: dict[str, str], requests: int) -> None:
    shelf = own_shelf()
    for path in kinds.values():  # what is printed on demand
        Visitor(port).get(path)
    before, wrong, small = _snapshot(shelf, port, kinds), [], _memory_mb(door)
    for number, (kind, path) in enumerate(kinds.items()):
        tell(f"{kind}: {requests} odd requests …")
        answered = _ask_oddly(port, path, requests, seed=SEED + number)
        report.row(kind, str(requests), str(answered), answered / requests)
        after = _snapshot(shelf, port, kinds)
        wrong += [f"{kind}: {each}" for each in _differences(before, after)]
        before = after
    grown = _memory_mb(door) - small
    report.figures.update(wrong=wrong[:20], requests=requests * len(kinds), grown_mb=grown)
    report.exactly("pages, rows, addresses or answers that changed", len(wrong), 0)
    report.at_most("the front door has grown", grown, MOST_GROWTH_MB, "MB")


def _found_network() -> dict[str, str]:
    """Kinds of pages by an address of each."""
    newsroom = found_newsroom("gazette")

    articles = []
    for number in range(40):
        draft = add_draft(newsroom, headline=f"Lights at dawn {number}", slug=f"lights-{number}")
        publish_article(article=draft, by=None, at=timezone.now())
        articles.append(ArticlePage.objects.get(pk=draft.pk))
    withdraw_article(article=articles[0], by=None, at=timezone.now(), reason="Not so.")
    PathMove.objects.create(
        outlet=newsroom.outlet, old_path="harbour/", new_path="port/", moved_at=timezone.now()
    )
    return {
        "article": articles[1].url_path,
        "withdrawn": articles[0].url_path,
        "front": "/gazette/",
        "section": "/gazette/port/",
        "author": "/gazette/authors/gazette-reporter-0/",
        "archive": "/gazette/archive/",
        "feed": "/gazette/feed.xml",
        "JSON feed": "/gazette/feed.json",
        "sitemap": "/gazette/sitemap.xml",
        "robots": "/gazette/robots.txt",
        "moved": "/gazette/harbour/",
        "missing": "/gazette/no-such-page/",
        "search": "/gazette/search/?q=lights",
    }


def _ask_oddly(port: int, path: str, requests: int, *, seed: int) -> int:
    """How many had an answer; to be cut off is one too, but not counted."""
    chance = random.Random(seed)
    answered = 0
    line: socket.socket | None = None
    for _ in range(requests):
        if line is None:
            line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
        with suppress(OSError):
            line.sendall(odd_request(chance, path))
            if line.recv(65_536):
                answered += 1
        # What follows in the answer is not read: the next question comes on a line of its own.
        if chance.random() < 0.9:
            line.close()
            line = None
    if line is not None:
        line.close()
    return answered


def _snapshot(shelf: Shelf, port: int, kinds: dict[str, str]) -> Snapshot:
    rows = shelf.ledger.connection().execute(
        "SELECT host, target, variant, file, etag, status, seen, printed_at, stale_since FROM page"
    )
    pages = {tuple(row): _digest(shelf.pages / row[3]) for row in rows}
    hosts = shelf.hosts().tables
    addresses = tuple(repr(each) for host in hosts for each in shelf.all_addresses(host))
    return Snapshot(pages, addresses, dict(_plain_answers(port, kinds)))


def _plain_answers(
    port: int, kinds: dict[str, str]
) -> Iterator[tuple[str, tuple[int, str, bytes]]]:
    for path in kinds.values():
        for coding in CODINGS:
            answer = Visitor(port).get(path, Accept_Encoding=coding)
            kept = [each for each in answer.headers if each[0] not in CHANGING]
            body = unpacked(answer.body, answer.header("content-encoding"))
            yield f"{path} {coding}", (answer.status, repr(sorted(kept)), body)


def _differences(before: Snapshot, after: Snapshot) -> Iterator[str]:
    for row in before.pages.items() ^ after.pages.items():
        yield f"the row {row[0]}"
    for address in set(before.addresses) ^ set(after.addresses):
        yield f"the address {address}"
    for path, answer in before.answers.items():
        if after.answers[path] != answer:
            yield f"the answer at {path}: {answer[:2]} / {after.answers[path][:2]}"


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _memory_mb(process: int) -> float:
    text = Path(f"/proc/{process}/status").read_text()
    [line] = [line for line in text.splitlines() if line.startswith("VmRSS:")]
    return int(line.split()[1]) / 1024

"""
`bin/faults machines`: two machines on one PostgreSQL, each with a shelf of its own.

What is published on one must show on the other within a second. Then the other's connections to
the database are cut again and again while articles are published, updated and withdrawn; so what
it is told gets lost. It must find what it missed by number, and have the very pages the first has.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import click
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from benchmarks.faults.outage import publish
from benchmarks.faults.served import Visitor, command, running, wait_until_it_answers
from benchmarks.in_front import free_port
from benchmarks.newsroom import Newsroom, add_draft, found_newsroom
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.articles.models import ArticlePage
from masthead.changes.queries import newest_number
from masthead.press.own_shelf import own_shelf
from masthead.press.shelf import Shelf
from masthead.press.shelf.compressing import identity
from masthead.press.shelf.opening import shelf_folder
from masthead.press.shelf.sweeping import rows
from masthead.publishing.actions import publish_article, withdraw_article

FRONT = "/machines/"
BEHIND = (("app",), ("worker",))  # the door
OTHER = "other machine"  # how the second one's connections are named
SEEN_SECONDS = 1.0
CAUGHT_UP_SECONDS = 10.0
PATIENCE_SECONDS = 120
BETWEEN_CUTS = 0.1
Place = tuple[str, str, str]


@dataclass
class Other:
    """The second machine: where it answers, and its shelf."""

    port: int
    shelf: Shelf
    visitor: Visitor = field(init=False)

    def __post_init__(self) -> None:
        self.visitor = Visitor(self.port, keeps_cookies=False)

    def shows(self, path: str, words: bytes, *, status: int = 200) -> bool:
        answer = self.visitor.get(path)
        return answer.status == status and words in answer.body

    def has_caught_up(self) -> bool:
        newest = newest_number()
        is_followed = own_shelf().learned() == self.shelf.learned() == newest
        return is_followed and not (own_shelf().stale(most=1) or self.shelf.stale(most=1))


def run(*, short: bool) -> Report:
    if connection.vendor != "postgresql":
        raise click.UsageError("Two machines share a PostgreSQL: set MASTHEAD_DATABASE_URL.")
    report = Report("faults machines", columns=("on the other machine", "", "", ""))
    command("set-up")
    newsroom = found_newsroom("machines")
    connections.close_all()
    port = free_port()
    with ExitStack() as stack:
        for words in (*BEHIND, ("web", "--bind", f"127.0.0.1:{port}")):
            stack.enter_context(running(*words))
        other = stack.enter_context(_second_machine())
        wait_until_it_answers(port)
        wait_until_it_answers(other.port)
        _wait_until(other.has_caught_up)
        _told(report, other, newsroom, number=5 if short else 40)
        _cut_off(report, other, newsroom, rounds=2 if short else 12)
        _same(report, other)
    own_shelf.cache_clear()
    return report


@contextmanager
def _second_machine() -> Iterator[Other]:
    """A data folder of its own; the same key and database, and pictures that both can reach."""
    with TemporaryDirectory(prefix="masthead-machine-") as folder, ExitStack() as stack:
        media = Path(settings.MEDIA_ROOT)
        media.mkdir(exist_ok=True)
        (Path(folder) / "media").symlink_to(media)
        environment = {
            "MASTHEAD_DATA": folder,
            "MASTHEAD_SECRET_KEY": settings.SECRET_KEY,
            "PGAPPNAME": OTHER,
        }
        command("set-up", environment=environment)
        port = free_port()
        for words in (*BEHIND, ("web", "--bind", f"127.0.0.1:{port}")):
            stack.enter_context(running(*words, environment=environment))
        shelf = Shelf(shelf_folder(Path(folder)), secret=own_shelf().secret)
        stack.callback(shelf.close)
        yield Other(port, shelf)


def _told(report: Report, other: Other, newsroom: Newsroom, *, number: int) -> None:
    """Releases in quiet: seconds from the commit until the other machine shows it."""
    tell("Publishing on one machine, reading on the other …")
    first = publish(_draft(newsroom, "Pilots wake", "wake"))  # each process prints its first page
    _wait_until(lambda: other.shows(first.url_path, first.title.encode()))
    _wait_until(other.has_caught_up)
    seconds: dict[str, list[float]] = {"its page": [], "the front": []}
    for each in range(number):
        article = _draft(newsroom, f"Pilots sail {each}", f"sail-{each}")
        published = publish(article)
        began = time.monotonic()
        waiting = {"its page": published.url_path, "the front": FRONT}
        while waiting and time.monotonic() < began + PATIENCE_SECONDS:
            for name, path in list(waiting.items()):
                if other.shows(path, published.title.encode()):
                    seconds[name].append(time.monotonic() - began)
                    del waiting[name]
            time.sleep(0.005)
        time.sleep(0.3)
    for name, found in seconds.items():
        report.row(f"{name}: p50 and slowest, s", f"{median(found):.2f}", f"{max(found):.2f}")
        report.exactly(f"releases seen on {name}", len(found), number)
        # The slowest is shown, not judged: on a busy machine it is others' work.
        usual = median(found)
        report.at_most(f"a release on {name} of the other machine, p50", usual, SEEN_SECONDS, "s")
    report.figures["seen_seconds"] = {
        name: [round(each, 3) for each in found] for name, found in seconds.items()
    }


def _cut_off(report: Report, other: Other, newsroom: Newsroom, *, rounds: int) -> None:
    """Its connections end meanwhile, the one that listens among them."""
    tell("Cutting the other machine off while articles are published …")
    cuts, slowest = 0, 0.0
    wrong: list[str] = []
    for each in range(rounds):
        kept, changed, gone = (
            publish(_draft(newsroom, f"Pilots {name} {each}", f"{name}-{each}"))
            for name in ("stay", "turn", "leave")
        )
        _wait_until(other.has_caught_up)
        cuts += _cut()
        new = publish(_draft(newsroom, f"Pilots arrive {each}", f"arrive-{each}"))
        cuts += _cut()
        update(changed, title=f"Pilots have turned {each}")
        withdraw_article(article=gone, by=None, at=timezone.now(), reason="No.")
        cuts += _cut()
        began = time.monotonic()
        while not other.has_caught_up() and time.monotonic() < began + PATIENCE_SECONDS:
            time.sleep(0.02)
        slowest = max(slowest, time.monotonic() - began)
        wanted = (
            (new.url_path, new.title, 200),
            (changed.url_path, f"Pilots have turned {each}", 200),
            (gone.url_path, "No.", 410),
            (kept.url_path, kept.title, 200),
        )
        wrong += [
            f"{path} does not say “{words}” with {status}"
            for path, words, status in wanted
            if not other.shows(path, words.encode(), status=status)
        ]
    report.row("connections cut", str(cuts))
    report.row("caught up after the last cut, slowest, s", f"{slowest:.2f}")
    report.figures |= {"cuts": cuts, "caught_up_seconds": round(slowest, 2), "wrong": wrong}
    report.at_least("connections cut", cuts, 3 * rounds)
    report.exactly("pages that say something else after a cut", len(wrong), 0)
    report.at_most("until all that was missed is there", slowest, CAUGHT_UP_SECONDS, "s")


def _cut() -> int:
    """How many connections of the second machine ended; at least the one that listens."""
    until = time.monotonic() + PATIENCE_SECONDS
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(
                "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE application_name = %s AND datname = current_database()",
                [OTHER],
            )
            found: int = cursor.fetchone()[0]
            if found:
                return found
            time.sleep(BETWEEN_CUTS)  # it has not come back yet
    raise TimeoutError("The other machine does not come back to its database.")


def _same(report: Report, other: Other) -> None:
    """Both shelves, page by page; each was printed on its own machine."""
    mine, theirs = _pages(own_shelf()), _pages(other.shelf)
    both = mine.keys() & theirs.keys()
    different = [place[1] for place in both if mine[place] != theirs[place]]
    missing = [place[1] for place in mine.keys() ^ theirs.keys()]
    report.row("pages on both shelves", f"{len(both):,}")
    report.figures |= {"pages": len(both)}
    report.figures["wrong"] += [*different[:10], *missing[:10]]
    report.exactly("pages that the two print otherwise", len(different), 0)
    report.exactly("pages that only one of them has", len(missing), 0)


def _pages(shelf: Shelf) -> Mapping[Place, str]:
    found = {}
    for place, _file in rows(shelf):
        page = shelf.read(*place)
        said = b"" if page is None else identity(page.bodies)
        found[place] = hashlib.blake2b(said, digest_size=12).hexdigest()
    return found


def update(article: ArticlePage, *, title: str) -> None:
    page = ArticlePage.objects.get(pk=article.pk)
    page.title = title
    page.save_revision()
    publish_article(article=page, by=None, at=timezone.now())


def _draft(newsroom: Newsroom, headline: str, slug: str) -> ArticlePage:
    return add_draft(newsroom, headline=headline, slug=slug)


def _wait_until(is_so: Callable[[], bool]) -> None:
    """Raises TimeoutError."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError("Waited for too long.")
        time.sleep(0.05)

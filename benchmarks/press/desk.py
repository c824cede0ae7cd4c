"""A newsroom at work: searches and desk pages for the app, releases for the worker."""

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

from django.db import connection
from django.test import Client
from django.utils import timezone

from benchmarks.newsroom import add_draft
from benchmarks.press.reader import Reader
from benchmarks.press.stage import Stage
from masthead.accounts.models import User
from masthead.articles.models import ArticlePage
from masthead.publishing.actions import publish_article

DESK_HOST = "localhost"
PAUSE = 0.1  # between two releases of the same article; each prints a dozen pages anew
_numbers = count(1)


@dataclass
class Done:
    """What was done meanwhile; failures are answers that were none."""

    searches: int = 0
    desk_pages: int = 0
    releases: int = 0
    failures: list[str] = field(default_factory=list)


@contextmanager
def newsroom_at_work(stage: Stage) -> Iterator[Done]:
    """Three threads without a pause but one, for as long as the block runs."""
    done, stop = Done(), threading.Event()
    works = [_searches(stage, done), _desk_pages(stage, done), _releases(stage, done)]
    threads = [threading.Thread(target=_until, args=(stop, each, done)) for each in works]
    for each in threads:
        each.start()
    try:
        yield done
    finally:
        stop.set()
        for each in threads:
            each.join()


def _until(stop: threading.Event, work: Callable[[], None], done: Done) -> None:
    try:
        while not stop.is_set():
            work()
    except Exception as error:
        done.failures.append(repr(error))
    finally:
        connection.close()


def _searches(stage: Stage, done: Done) -> Callable[[], None]:
    reader = Reader(stage.place.port)

    def search() -> None:
        got = reader.get(f"{stage.home}search/?q=harbour+part+{next(_numbers)}")
        _expect(got.status)
        done.searches += 1

    return search


def _desk_pages(stage: Stage, done: Done) -> Callable[[], None]:
    reader = Reader(stage.place.port, host=DESK_HOST)
    headers = {"Cookie": desk_cookie()}
    paths = ("/desk/", f"/desk/pages/{stage.newsroom.sections[0].pk}/")

    def look() -> None:
        got = reader.get(paths[done.desk_pages % len(paths)], headers)
        _expect(got.status)
        done.desk_pages += 1

    return look


def _releases(stage: Stage, done: Done) -> Callable[[], None]:
    slug = f"lights-{secrets.token_hex(4)}"
    article = add_draft(stage.newsroom, headline="Lights for the narrows", slug=slug)

    def release() -> None:
        page: ArticlePage = ArticlePage.objects.get(pk=article.pk)
        page.title = f"Lights for the narrows, edit {next(_numbers)}"
        page.save_revision()
        publish_article(article=page, by=None, at=timezone.now())
        done.releases += 1
        time.sleep(PAUSE)

    return release


def _expect(status: int) -> None:
    if status != 200:
        raise ValueError(f"The newsroom got {status}.")


def desk_cookie() -> str:
    """Of a session of the network's owner that has shown its second factor."""
    owner = User.objects.filter(is_superuser=True, is_active=True).order_by("pk")[0]
    client = Client(SERVER_NAME=DESK_HOST)
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["masthead_console_link"] = {"user": owner.pk, "at": time.time()}
    session.save()
    return "; ".join(f"{name}={each.value}" for name, each in client.cookies.items())

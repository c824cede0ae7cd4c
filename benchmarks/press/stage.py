"""The network that readers come to: the demo and an archive, every page printed."""

import io
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connections
from PIL import Image

from benchmarks.fill import fill
from benchmarks.newsroom import Newsroom, found_newsroom
from benchmarks.press.load import NUMBER, Asking, browser_request, write_requests
from benchmarks.press.needs import SERVER_CORE
from benchmarks.press.programs import python, started, wait_until_served
from benchmarks.press.reader import Reader
from benchmarks.scratch import tell
from benchmarks.servers import CHECKOUT, Place, add_demo
from masthead.articles.models import PublishedArticle
from masthead.pictures.models import Picture
from masthead.press.door.classes import COOKIE, make
from masthead.press.own_shelf import own_shelf
from masthead.press.shelf import Page

HOST = "127.0.0.1"
OUTLET = "harbour"
READ = 500  # addresses that readers spread over
SMALL, USUAL = 640, 1_000  # articles in the archive
DAY = 86_400
SHELF_BYTES = 8_000_000_000  # room for every page of the largest archive


@dataclass(frozen=True)
class Stage:
    """
    home: the outlet's path. articles: paths that readers ask for. unread: further ones.

    rounds, seconds: how often each server has its turn, and for how long.
    """

    short: bool
    data: Path
    place: Place
    newsroom: Newsroom
    articles: list[str]
    unread: list[str]

    home = f"/{OUTLET}/"

    @property
    def rounds(self) -> int:
        return 2 if self.short else 5

    @property
    def seconds(self) -> float:
        return 1.0 if self.short else 3.0

    @classmethod
    def build(cls, *, short: bool) -> "Stage":
        data = Path(os.environ["MASTHEAD_DATA"])
        place = Place({**os.environ, "MASTHEAD_SHELF_BYTES": str(SHELF_BYTES)})
        # This process writes the articles that the others print.
        settings.NETWORK_URL = f"http://{HOST}:{place.port}"
        tell("Writing a network …")
        if short:
            place.call("set-up")
            place.call("begin", "--empty")  # the copies of the demo's pictures take minutes
        else:
            add_demo(place)
        newsroom = found_newsroom(OUTLET)
        _give_file(newsroom)
        tell("Filling an archive …")
        fill(newsroom, until=SMALL if short else USUAL)
        rows = PublishedArticle.objects.filter(outlet=newsroom.outlet.pk).order_by("-pk")
        paths = [f"/{OUTLET}/{path}" for path in rows.values_list("path", flat=True)]
        stage = cls(short, data, place, newsroom, paths[:READ], paths[READ:])
        stage.print_everything()
        return stage

    def print_everything(self) -> None:
        tell("Printing every page …")
        connections.close_all()  # the worker may need the database to itself
        self.place.call("worker", "--once")

    def lay_out_archive(self) -> None:
        """Pages of articles that were filled in, without printing each of them."""
        connections.close_all()
        command = python("-m", "benchmarks.press.archive")
        subprocess.run(command, env=self.variables(), cwd=CHECKOUT, check=True)

    def pages(self, paths: Sequence[str], variant: str = "public") -> Iterator[Page]:
        """As they lie on the shelf. Raises ValueError when one is missing."""
        shelf = own_shelf()
        for path in paths:
            found = shelf.find_for(HOST, path, variant)
            if found is None:
                raise ValueError(f"{path} was not printed for {variant}.")
            yield found.page

    def cookie(self, variant: str) -> str:
        """Of a reader of that class, who has just been given it."""
        now = int(time.time())
        value = make(variant, now + DAY, settings.SECRET_KEY.encode(), issued=now)
        return f"{COOKIE}={value}"

    def asking(
        self,
        name: str,
        paths: Sequence[str],
        *,
        cookie: str = "",
        etags: Sequence[str] = (),
    ) -> Asking:
        """Requests for these in turn, each coming from the page before."""
        port = self.place.port
        requests = []
        for number, path in enumerate(paths):
            referer = f"http://{HOST}:{port}{paths[number - 1]}"
            etag = etags[number] if etags else ""
            requests.append(
                browser_request(path, port=port, referer=referer, cookie=cookie, none_match=etag)
            )
        return Asking(write_requests(self.data / f"{name}.requests", requests), port)

    def made_up(self) -> Asking:
        """Addresses that nobody has ever written, each another one."""
        path = f"{self.home}port/part-{NUMBER}/"
        request = browser_request(path, port=self.place.port, referer=self.place_url())
        file = write_requests(self.data / "made-up.requests", [request])
        return Asking(file, self.place.port, numbered=True)

    def place_url(self) -> str:
        return f"http://{HOST}:{self.place.port}{self.home}"

    @contextmanager
    def door(self, *, cores: set[int] | None = None, processes: int = 1) -> Iterator[int]:
        """`masthead web` alone; every page is there already."""
        bind = f"{HOST}:{self.place.port}"
        command = python("-m", "masthead", "web", "--bind", bind, "--processes", str(processes))
        with started(command, variables=self.variables(), cores=cores or {SERVER_CORE}) as door:
            wait_until_served(self.place.port, self.articles[0])
            yield door

    @contextmanager
    def app_and_door(self) -> Iterator[tuple[int, int]]:
        """Both on the server's core, without a worker: what is printed, the door has asked for."""
        command = python("-m", "masthead", "app")
        with (
            started(command, variables=self.variables(), cores={SERVER_CORE}) as app,
            self.door() as door,
        ):
            wait_until_served(self.place.port, "/-/live")
            yield app, door

    def variables(self) -> dict[str, str]:
        return {**self.place.variables, "MASTHEAD_NETWORK_URL": f"http://{HOST}:{self.place.port}"}

    def read_all(self, paths: Sequence[str], *, cookie: str = "") -> None:
        """Each once, four at a time. Raises ValueError when one is not there."""
        headers = {"Cookie": cookie} if cookie else {}

        def read(some: Sequence[str]) -> list[str]:
            reader = Reader(self.place.port)
            return [path for path in some if reader.get(path, headers).status != 200]

        with ThreadPoolExecutor(4) as readers:
            missing = [path for some in readers.map(read, _dealt(paths, 4)) for path in some]
        if missing:
            raise ValueError(f"{len(missing)} pages were not served, {missing[0]} first.")


def _dealt(paths: Sequence[str], hands: int) -> list[Sequence[str]]:
    return [paths[number::hands] for number in range(hands)]


def _give_file(newsroom: Newsroom) -> None:
    """A picture that plain Wagtail can make its renditions of."""
    drawn = io.BytesIO()
    Image.linear_gradient("L").resize((1600, 900)).convert("RGB").save(drawn, "JPEG")
    name = default_storage.save("original_images/ferry.jpg", ContentFile(drawn.getvalue()))
    Picture.objects.filter(pk=newsroom.picture.pk).update(file=name)

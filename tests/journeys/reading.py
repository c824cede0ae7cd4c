"""Fetching what a reader, a feed reader or a search engine would get."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import lxml.etree
import lxml.html

SOON_SECONDS = 20  # on a machine that runs browsers and tests as well
NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@dataclass(frozen=True)
class Answer:
    url: str
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def type(self) -> str:
        return self.headers.get("Content-Type", "")

    @property
    def tree(self) -> lxml.html.HtmlElement:
        return lxml.html.fromstring(self.body, parser=lxml.html.HTMLParser(encoding="utf-8"))

    def links(self, rel: str) -> list[dict[str, str]]:
        found = self.tree.iter("link")
        return [dict(link.attrib) for link in found if rel in (link.get("rel") or "").split()]


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None  # a redirect is an answer to be looked at


_opener = urllib.request.build_opener(_Stay)


def read(url: str, *, if_none_match: str = "") -> Answer:
    """Whatever the answer is; only no answer at all raises."""
    headers = {"If-None-Match": if_none_match} if if_none_match else {}
    try:
        with _opener.open(urllib.request.Request(url, headers=headers), timeout=60) as got:
            return Answer(url, got.status, got.headers, got.read())
    except urllib.error.HTTPError as refused:
        return Answer(url, refused.code, refused.headers, refused.read())


def read_when(url: str, holds: Callable[[Answer], bool]) -> Answer:
    """The first answer that holds: a page is printed anew a moment after the newsroom's act. The
    last one after SOON_SECONDS, for the test to say what is wrong with it."""
    until = time.monotonic() + SOON_SECONDS
    answer = read(url)
    while not holds(answer) and time.monotonic() < until:
        time.sleep(0.05)
        answer = read(url)
    return answer


def addresses_of(base: str, outlet: str) -> Iterator[str]:
    """Every address in an outlet's sitemaps."""
    for sitemap in locations(read(f"{base}/{outlet}/sitemap.xml")):
        yield from locations(read(sitemap))


def locations(sitemap: Answer) -> list[str]:
    root = lxml.etree.fromstring(sitemap.body)
    return [str(found.text).strip() for found in root.iter(f"{NS}loc")]


def media_file(url: str, data: Path) -> Path:
    return data / "media" / url.partition("/media/")[2]

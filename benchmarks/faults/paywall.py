"""
`bin/faults paywall`: a crawler follows every link of the network, through a real nginx cache.

Members and ad-free readers are there before it, so that whatever a cache might keep of theirs is
kept. Without a grant it may find nothing of members' text past the gate and no private byte, in
any kind of answer, nor in nginx's files; with an ad-free grant no advertisement, no offer to be
rid of them and nothing that a browser would ask of anybody else, on every kind of page.
"""

import http.client
import random
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone

from benchmarks.faults.looking import Look, look_at, plain, third_parties
from benchmarks.faults.served import command, running, wait_until_it_answers
from benchmarks.faults.unpacking import cached_by_nginx, unpacked
from benchmarks.in_front import NotInstalled, an_nginx, free_port
from benchmarks.memberships.titles import found_titles
from benchmarks.report import Report
from benchmarks.scratch import prepare_database, tell
from masthead.articles.models import Access, PublishedText
from masthead.articles.reading import PARTS_BEFORE_GATE
from masthead.core.sanitise import plain_text
from masthead.outlets.queries import sheets
from masthead.press.door import classes
from masthead.press.own_shelf import own_shelf
from masthead.readers.actions import find_or_add_reader
from masthead.readers.benefits import Granted
from masthead.readers.granting import settle_grants
from masthead.readers.models import Benefit, Entitlement, Reader

LEAST_CHARACTERS = 30  # of members' text, so that it stands nowhere else by chance
PRIVATE = "nobody-may-read-this"
LEFT_OUT = ("/desk/", "/account/", "/media/", "/assets/", "/-/", "/stand-in/")
CODINGS = ("", "gzip", "gzip, deflate, br, zstd", "br")
MOST_OF_A_KIND, SHORT_OF_A_KIND = 12, 2  # queries and lists further down, of one address
KINDS = {
    "front", "section", "article", "topic", "author", "archive", "search", "feeds", "error",
    "membership", "personal",
}  # fmt: skip


@dataclass
class Crawl:
    """What one reader's crawl saw: pages by kind, and what was wrong."""

    pages: Counter[str] = field(default_factory=Counter)
    answers: int = 0
    leaks: list[str] = field(default_factory=list)
    ads: list[str] = field(default_factory=list)
    third: list[str] = field(default_factory=list)
    found: set[str] = field(default_factory=set)
    failures: list[str] = field(default_factory=list)


def run(*, short: bool) -> Report:
    report = Report("faults paywall", columns=("read by", "answers", "pages", ""))
    door = free_port()
    settings.NETWORK_URL = f"http://127.0.0.1:{door}"
    _found_network(short=short)
    folder = settings.DATA / "paywall-nginx"
    folder.mkdir()
    secrets = _members_text()
    people = {name: _cookie(name) for name in ("members", "adfree", "anonymous")}
    connection.close()
    more = {"network_url": settings.NETWORK_URL, "behind_proxy": "true"}
    with ExitStack() as stack:
        stack.enter_context(running("web", "--bind", f"127.0.0.1:{door}", **more))
        stack.enter_context(running("app", **more))
        wait_until_it_answers(door)
        port, is_cached = door, False
        try:
            port, is_cached = stack.enter_context(an_nginx(folder, behind=door)), True
        except NotInstalled as missing:
            tell(str(missing))
        seen = {}
        for name, cookie in people.items():
            tell(f"{name} follows every link …")
            seen[name] = _crawl(port, cookie, secrets, short=short)
    own_shelf.cache_clear()
    _report(report, seen, secrets)
    if is_cached:
        kept = list(cached_by_nginx(folder / "cache"))
        texts = ((name, text.decode("utf-8", "replace")) for name, text in kept)
        wrong = [name for name, text in texts if _secrets_in(text, secrets)]
        report.row("nginx's files", str(len(kept)))
        report.exactly("files of nginx with members' text or a private byte", len(wrong), 0)
        report.at_least("files of nginx", len(kept), 20)
    return report


def _found_network(*, short: bool) -> None:
    if short:
        found_titles("paywall", "elsewhere")
        command("set-up")
    else:
        prepare_database()
        connection.close()
        command("set-up")
        command("demo")
    command("worker", "--once")


def _members_text() -> set[str]:
    """Sentences behind the gates that stand in no part that everybody may read."""
    hidden: set[str] = set()
    shown: list[str] = []
    for text in PublishedText.objects.select_related("published").order_by("pk"):
        snapshot = text.snapshot
        parts = [_words(part) for part in snapshot["body"]]
        is_open = snapshot["access"] == Access.OPEN
        shown += parts if is_open else parts[:PARTS_BEFORE_GATE]
        shown += [snapshot["standfirst"], snapshot["headline"]]
        if not is_open:
            hidden |= {
                sentence.strip()
                for part in parts[PARTS_BEFORE_GATE:]
                for sentence in part.split(". ")
                if len(sentence.strip()) >= LEAST_CHARACTERS
            }
    everywhere = plain(" ".join(shown))
    return {each for each in hidden if each not in everywhere}


def _words(part: dict[str, object]) -> str:
    texts = (each for name, each in part.items() if name != "kind" and isinstance(each, str))
    return plain(". ".join(plain_text(each) for each in texts))


def _cookie(name: str) -> str:
    """Of a reader with these benefits whose address nobody may see; none for the anonymous."""
    if name == "anonymous":
        return ""
    reader = find_or_add_reader(email=f"{name}-{PRIVATE}@reader.example", at=timezone.now())
    Reader.objects.filter(pk=reader.pk).update(name=f"{PRIVATE} {name}")
    at = timezone.now()
    benefit = {"members": Benefit.MEMBERS_ARTICLES, "adfree": Benefit.AD_FREE}[name]
    settle_grants(
        reader=reader,
        source=Entitlement.Source.GIFT,
        ref=f"paywall-{name}",
        benefits=[Granted(benefit)],
        starts_at=at,
        ends_at=None,
        at=at,
    )
    now = int(at.timestamp())
    mark = classes.mark_of(reader.public_id)
    secret = settings.SECRET_KEY.encode()
    value = classes.make(name, now + 86_000, secret, issued=now, reader=mark)
    return f"{classes.COOKIE}={value}"


def _crawl(port: int, cookie: str, secrets: set[str], *, short: bool) -> Crawl:
    """Breadth first, from every front and sitemap, until nothing is new."""
    crawl, chance = Crawl(), random.Random(20261130)
    hosts = set(own_shelf().hosts().canonical)
    waiting = deque(_beginnings())
    known, lists = set(waiting), Counter[tuple[str, str]]()
    most = SHORT_OF_A_KIND if short else MOST_OF_A_KIND
    while waiting:
        address = waiting.popleft()
        try:
            for _ in range(1 if short else 2):  # the second time nginx may have it
                look = _read(port, address, cookie, chance.choice(CODINGS), secrets, crawl)
        except OSError as error:
            crawl.failures.append(f"{address}: {error}")
            continue
        crawl.third += [f"{each} on {address}" for each in third_parties(look, hosts)]
        crawl.ads += [f"{each} on {address}" for each in look.ads]
        for lead in look.leads:
            if (to := _ours(lead, hosts)) and to not in known:
                known.add(to)
                place = urlsplit(to)
                lists[place.netloc, place.path] += bool(place.query)
                if lists[place.netloc, place.path] <= most:
                    waiting.append(to)
    return crawl


def _beginnings() -> Iterator[str]:
    yield f"{settings.NETWORK_URL}/"
    for sheet in sheets():
        for path in (
            "", "sitemap.xml", "robots.txt", "feed.xml", "atom.xml", "feed.json",
            "search/?q=harbour", "no-such-page/", "membership/", "membership/join/",
            "membership/gift/", "membership/links/", "readers/sign-in/", "feeds/", "archive/",
            "api/v1/articles/", "oembed",
        ):  # fmt: skip
            yield sheet.absolute(path)
    connection.close()


def _ours(address: str, hosts: set[str]) -> str:
    """Without its fragment; empty for what is not ours to follow."""
    try:
        place = urlsplit(address)
        is_ours = place.scheme in {"http", "https"} and (place.hostname or "") in hosts
    except ValueError:
        return ""
    if not is_ours or place.path.startswith(LEFT_OUT):
        return ""
    return urlunsplit(("http", place.netloc, place.path or "/", place.query, ""))


def _read(
    port: int, address: str, cookie: str, coding: str, secrets: set[str], crawl: Crawl
) -> Look:
    place = urlsplit(address)
    headers = {"Host": place.netloc, "Accept-Encoding": coding, "Cookie": cookie}
    there = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        path = urlunsplit(("", "", place.path or "/", place.query, ""))
        there.request("GET", path, headers={name: each for name, each in headers.items() if each})
        answer = there.getresponse()
        body, given = answer.read(), answer.getheaders()
    finally:
        there.close()
    named = {name.lower(): value for name, value in given}
    crawl.answers += 1
    if answer.status >= 500:
        crawl.failures.append(f"{answer.status} {address}")
    text = unpacked(body, named.get("content-encoding", "")).decode("utf-8", "replace")
    everything = f"{text} {given!r}"
    for secret in _secrets_in(everything, secrets):
        crawl.found.add(secret)
        crawl.leaks.append(f"“{secret}” in {address}")
    is_shared = "public" in named.get("cache-control", "")
    if is_shared and ("set-cookie" in named or "csrfmiddlewaretoken" in text):
        crawl.leaks.append(f"a secret of one visitor in {address}")
    look = look_at(address, text, named.get("content-type", ""))
    if named.get("location"):
        look.leads.append(named["location"])
    if look.kind:
        crawl.pages[look.kind] += 1
    return look


def _secrets_in(text: str, secrets: set[str]) -> list[str]:
    words = plain(text)
    return [each for each in (*secrets, PRIVATE) if each in words or each in text]


def _report(report: Report, seen: dict[str, Crawl], secrets: set[str]) -> None:
    for name, crawl in seen.items():
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(crawl.pages.items()))
        report.row(name, str(crawl.answers), kinds)
    public, free, member = seen["anonymous"], seen["adfree"], seen["members"]
    failures = [each for crawl in seen.values() for each in crawl.failures]
    report.figures |= {
        "answers": {name: crawl.answers for name, crawl in seen.items()},
        "pages": {name: dict(crawl.pages) for name, crawl in seen.items()},
        "secrets": len(secrets),
        "asked_of_others_by_public_pages": len(public.third),
        "wrong": [*public.leaks, *free.leaks, *free.ads, *free.third, *failures][:20],
    }
    own = [each for each in member.leaks if PRIVATE in each]
    report.exactly("answers with members' text or a private byte", len(public.leaks), 0)
    report.exactly("the same for an ad-free reader", len(free.leaks), 0)
    report.exactly("private bytes for a member", len(own), 0)
    report.exactly("advertisements and offers for an ad-free reader", len(free.ads), 0)
    report.exactly("requests of others on an ad-free reader's pages", len(free.third), 0)
    report.exactly("requests that failed", len(failures), 0)
    # Or the crawl had proved nothing.
    report.at_least("sentences for members alone", len(secrets), 1)
    report.at_least("of them seen by a member", len(member.found), len(secrets))
    report.at_least("offers seen by the public", len(public.ads), 1)
    report.exactly("kinds of pages not come to", sorted(KINDS - set(free.pages)), [])

"""
`bin/faults crawl`: everybody reads everything at once, and nothing private reaches the public.

Two titles with drafts, planned, withdrawn and members' articles; an anonymous reader, a member, one
without advertisements and staff of each title, really signed in, ask for every address there is in
random order, at the door and through a real nginx cache, while articles are published, withdrawn
and purged. Then no private marker may be in any answer to the anonymous, in any public page on the
shelf, or in nginx's files.
"""

import random
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection

from benchmarks.faults.confidential import (
    HEADLINE,
    Secrets,
    act_for_a_while,
    found_confidential_network,
    sign_in_all,
)
from benchmarks.faults.served import (
    Answer,
    Visitor,
    command,
    running,
    wait_until_it_answers,
    why_it_failed,
)
from benchmarks.faults.unpacking import cached_by_nginx, shelved, unpacked
from benchmarks.in_front import NotInstalled, an_nginx, free_port
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.press.door.deciding import quoted
from masthead.press.models import NEVER, OuterCacheState
from masthead.press.own_shelf import own_shelf

ROUNDS, SHORT_ROUNDS = 12, 1
SHORT_EVERY = 3  # of the pages; where private things are, each
PASSAGES = 2  # of each client at once
SEED = 20261122
PATIENCE_SECONDS = 120
PER_PERSON = ("/desk/", "/account/", "/-/")


@dataclass
class Seen:
    """What the anonymous was given, and what the others had to be able to see."""

    answers: int = 0
    leaks: list[str] = field(default_factory=list)
    shown: dict[str, set[str]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def run(*, short: bool) -> Report:
    report = Report("faults crawl", columns=("read by", "answers", "private markers seen", ""))
    secrets = found_confidential_network()
    command("set-up")
    command("worker", "--once")
    connection.close()
    folder = settings.DATA / "nginx"
    folder.mkdir()
    with ExitStack() as stack:
        ports = _serve(stack, folder)
        seen = _crawl(secrets, ports, short=short)
    own_shelf.cache_clear()
    _report(report, secrets, seen, folder / "cache", is_cached=len(ports) > 1)
    return report


def _serve(stack: ExitStack, folder: Path) -> list[int]:
    """The door's port, then nginx's when it is installed."""
    door = free_port()
    stack.enter_context(running("web", "--bind", f"127.0.0.1:{door}", behind_proxy="true"))
    stack.enter_context(running("app", behind_proxy="true"))
    wait_until_it_answers(door)
    try:
        ports = [door, stack.enter_context(an_nginx(folder, behind=door))]
        caches = f"nginx http://127.0.0.1:{ports[1]}"
    except NotInstalled as missing:
        tell(str(missing))
        ports, caches = [door], ""
    stack.enter_context(running("worker", outer_caches=caches))
    if caches:
        _wait_until_told()
    return ports


def _wait_until_told() -> None:
    """A cache that is new is told to drop everything; later that would be what readers bring."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not OuterCacheState.objects.exclude(told=NEVER).exists():
        if time.monotonic() > until:
            raise TimeoutError("The cache in front was told nothing.")
        time.sleep(0.1)
    connection.close()


def _crawl(secrets: Secrets, ports: list[int], *, short: bool) -> dict[str, Seen]:
    people = sign_in_all(secrets, ports[0])
    addresses = sorted(_addresses(secrets))
    rounds = ROUNDS
    if short:
        addresses = sorted({*addresses[::SHORT_EVERY], *secrets.addresses})
        rounds = SHORT_ROUNDS
    tell(f"{len(people)} people read {len(addresses)} addresses at {len(ports)} places …")
    found = {name: Seen() for name in people}
    stop = threading.Event()
    editing = threading.Thread(target=act_for_a_while, args=(secrets, stop))
    readers = [
        threading.Thread(
            target=_read,
            args=(person, port, addresses, secrets, found[name], rounds, SEED + number),
        )
        for name, person in people.items()
        for port in ports
        for number in range(PASSAGES if name == "anonymous" else 1)
    ]
    editing.start()
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    stop.set()
    editing.join()
    return found


def _read(
    person: Visitor,
    port: int,
    addresses: list[str],
    secrets: Secrets,
    seen: Seen,
    rounds: int,
    seed: int,
) -> None:
    chance = random.Random(f"{person.name} {port} {seed}")
    # The same jar for all passages; what an answer sets is looked at, not kept.
    visitor = Visitor(port, person.name, dict(person.cookies), keeps_cookies=False)
    for _ in range(rounds):
        for path in chance.sample(addresses, len(addresses)):
            coding = chance.choice(["", "gzip", "gzip, deflate, br, zstd", "br", "zstd"])
            try:
                _look(visitor.get(path, Accept_Encoding=coding), secrets, seen, person.name)
            except OSError as error:
                seen.failures.append(f"{path}: {error}")


def _look(answer: Answer, secrets: Secrets, seen: Seen, name: str) -> None:
    seen.answers += 1
    text = unpacked(answer.body, answer.header("content-encoding"))
    text += repr(answer.headers).encode()
    for kind, marker in secrets.markers():
        if marker in text:
            seen.shown.setdefault(kind, set()).add(answer.path)
            if kind not in secrets.may_see[name]:
                seen.leaks.append(f"{kind} in {answer}")
    is_shared = "public" in answer.header("cache-control")
    if is_shared and answer.header("set-cookie"):
        seen.leaks.append(f"a cookie in {answer}")
    if answer.status >= 500 and answer.status != 503:
        seen.failures.append(str(answer))


def _addresses(secrets: Secrets) -> Iterator[str]:
    """All the shelf knows, those of the desk, and some that do not exist."""
    shelf = own_shelf()
    for host in shelf.hosts().tables:
        for address in shelf.all_addresses(host):
            if address.path.startswith(secrets.outlets):
                yield quoted(address.path)
    yield from secrets.addresses
    for path in ("", "desk/", "account/login/", "courier/no-such-page/", "tideline/draft/"):
        yield f"/{path}"
    yield from (f"/courier/search/?q={word}" for word in ("harbour", "keel", "dry"))
    media = settings.DATA / "media"
    for file in media.rglob("*"):
        if file.is_file():
            yield quoted(f"/media/{file.relative_to(media)}")


def _report(
    report: Report,
    secrets: Secrets,
    seen: dict[str, Seen],
    cache: Path,
    *,
    is_cached: bool,
) -> None:
    for name, found in seen.items():
        kinds = ", ".join(sorted(found.shown)) or "none"
        report.row(name, str(found.answers), kinds)
    wrong = [f"{name}: {leak}" for name, found in seen.items() for leak in found.leaks]
    shelf = [f"shelf: {fault}" for fault in _in_public_pages(secrets)]
    kept = list(cached_by_nginx(cache)) if is_cached else []
    front = [
        f"nginx: {kind} in {name}"
        for name, text in kept
        for kind, marker in secrets.markers()
        if marker in text
    ]
    failures = [f"{name}: {each}" for name, found in seen.items() for each in found.failures]
    blind = [
        f"{name} has not seen {kind}"
        for name, kinds in secrets.must_see.items()
        for kind in kinds
        if kind not in seen[name].shown
    ]
    report.figures.update(
        answers={name: found.answers for name, found in seen.items()},
        pages_in_nginx=len(kept),
        wrong=[*wrong, *shelf, *front, *blind, *failures][:20],
    )
    if failures:
        report.figures["wrong"] += why_it_failed("app")
    report.row("nginx's files", str(len(kept)), str(len(front)))
    report.exactly("answers with something private for whoever may not see it", len(wrong), 0)
    report.exactly("public pages on the shelf with something private", len(shelf), 0)
    report.exactly("files of nginx with something private", len(front), 0)
    report.exactly("requests that failed", len(failures), 0)
    # Or the crawl had proved nothing.
    report.exactly("private things that those they are for did not see", len(blind), 0)
    if is_cached:
        readable = sum(HEADLINE.encode() in text for _, text in kept)
        report.at_least("pages that nginx keeps and we could unpack", readable, 20)
    shutil.rmtree(cache, ignore_errors=True)


def _in_public_pages(secrets: Secrets) -> Iterator[str]:
    for place, text in shelved(own_shelf()):
        may_see = secrets.may_see_variant.get(place[2], set())
        for kind, marker in secrets.markers():
            if marker in text and kind not in may_see:
                yield f"{kind} in {' '.join(place)}"

"""
What readers' devices tell the door: posts that it answers itself, and hands on as sums.

An intake is made by a feature above and named in `conf.intakes`; like the door it knows no Django.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from masthead.press.door import sending
from masthead.press.door.deciding import host_of
from masthead.press.door.door import Door
from masthead.press.door.memory import Held
from masthead.press.door.reads import forwarded_for
from masthead.press.door.sending import Receive, Scope, Send
from masthead.press.door.upstream import Lines
from masthead.press.shelf.changes import PUBLIC

log = logging.getLogger("masthead.door")

KEPT_EVERY_SECONDS = 1.0
LONGEST_BODY = 16_384
TOO_MUCH = "That is too much at once."


# Lines that tell of a reader; no intake is given them.
_OF_A_READER = {b"cookie", b"referer", b"x-forwarded-for", b"content-length"}
Told = tuple[tuple[bytes, bytes], ...]


def told(lines: Lines) -> Told:
    """The lines that many readers' browsers send alike."""
    return tuple(each for each in lines if each[0] not in _OF_A_READER)


@dataclass(slots=True)
class Post:
    """
    What somebody posted. path: decoded. lines: the header's, names in lower case, without cookies,
    the page's address and those in front.

    reader: a number for who asks, as `Reads.reader` says. now: Unix seconds.
    """

    host: str
    path: str
    lines: Told
    body: bytes
    reader: int
    now: float


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    lines: Sequence[tuple[bytes, bytes]] = ()
    body: bytes = b""


class Intake(Protocol):
    """
    Answers posts in the door's loop: in microseconds, without waiting for anything.

    Once a second the door collects what was counted, and has it kept in a thread. What cannot be
    kept is given back.
    """

    def takes(self, path: str) -> bool: ...

    def answer(self, post: Post) -> Reply: ...

    def collect(self) -> Any | None:
        """In the loop. None: nothing was counted."""

    def keep(self, collected: Any) -> None:
        """In a thread. Raises OSError, with nothing kept."""

    def take_back(self, collected: Any) -> None: ...


@dataclass(frozen=True, slots=True)
class Ground:
    """
    What an intake is made with.

    folder: the data folder. secrets: the secret key, then former ones. find_page: the public's
    page of an outlet, by host, the path below which the outlet lies, and the rest of the path;
    None where there is no such outlet or page.
    """

    folder: Path
    secrets: tuple[bytes, ...]
    find_page: Callable[[str, str, str], Held | None]


class Pages:
    """
    The door's pages, as intakes may ask for them: of an outlet there is, so nothing grows.

    One that is missing or stale is printed meanwhile: a cache in front may have it from another
    machine, so that nobody ever asks this one.
    """

    def __init__(self, door: Door) -> None:
        self._door = door

    def __call__(self, host: str, root: str, rest: str) -> Held | None:
        door = self._door
        name = door.hosts.canonical.get(host)
        if name is None:
            return None
        table = door.hosts.tables.get(name)
        if table is None or root not in table.outlets:
            return None
        key = (name, root + rest, PUBLIC)
        held = door.find(key)
        if held is None:
            door.want(key)
        else:
            door.notice(held)
        return held


def open_named(names: Iterable[str], ground: Ground) -> list[Any]:
    """What features above have for posts. names: `module:function`, each given the ground."""
    opened: list[Any] = []
    for name in names:
        module, _, function = name.partition(":")
        opened.append(getattr(import_module(module), function)(ground))
    return opened


class Events:
    def __init__(self, intakes: Sequence[Intake] = ()) -> None:
        self._intakes = intakes

    def intake_for(self, path: str) -> Intake | None:
        for intake in self._intakes:
            if intake.takes(path):
                return intake
        return None

    async def answer(
        self, intake: Intake, door: Door, scope: Scope, receive: Receive, send: Send
    ) -> None:
        body = await read_body(receive, most=LONGEST_BODY)
        if body is None:
            await sending.sentence(scope, send, 413, TOO_MUCH)
            return
        await send_reply(scope, send, intake.answer(post_of(door, scope, body)))

    async def run(self) -> None:
        """Until cancelled; `stop` keeps the rest."""
        while self._intakes:
            await asyncio.sleep(KEPT_EVERY_SECONDS)
            await self._keep()

    async def stop(self) -> None:
        await self._keep()

    async def _keep(self) -> None:
        for intake in self._intakes:
            collected = intake.collect()
            if collected is None:
                continue
            keeping = asyncio.ensure_future(asyncio.to_thread(intake.keep, collected))
            try:
                # A thread cannot be stopped: its work is seen to its end before anybody goes on.
                await asyncio.shield(keeping)
            except asyncio.CancelledError:
                await asyncio.gather(_kept(intake, collected, keeping))
                raise
            except Exception as error:
                # Whatever it is: a door that stopped keeping would count for nothing.
                _give_back(intake, collected, error)


async def _kept(intake: Intake, collected: Any, keeping: "asyncio.Future[None]") -> None:
    try:
        await keeping
    except Exception as error:
        _give_back(intake, collected, error)


def _give_back(intake: Intake, collected: Any, error: Exception) -> None:
    intake.take_back(collected)
    if isinstance(error, OSError):
        log.warning("What was counted could not be kept: %s", error)
    else:
        log.error("What was counted could not be kept.", exc_info=error)


def post_of(door: Door, scope: Scope, body: bytes) -> Post:
    lines: Lines = scope["headers"]
    host = next((value for name, value in lines if name == b"host"), b"")
    return Post(
        host=host_of(host.decode("latin-1")),
        path=scope["path"],
        lines=told(lines),
        body=body,
        reader=door.reads.reader(scope["client"], forwarded_for(lines)),
        now=door.now,
    )


async def send_reply(scope: Scope, send: Send, reply: Reply) -> None:
    kept = [(b"cache-control", sending.NOT_STORED), *reply.lines]
    is_empty = reply.status == 204
    await sending.answer(scope, send, reply.status, kept, reply.body, length=not is_empty)


async def read_body(receive: Receive, *, most: int) -> bytes | None:
    """None: it is too long, or the client left."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > most:
            return None
    return body

"""What the quick way and the ASGI application share: pages in memory, and where they come from."""

import re
import time

from masthead.press.door.answers import Lines, Ready
from masthead.press.door.classes import NOBODY, VARIANTS, Classes
from masthead.press.door.crawlers import Crawlers
from masthead.press.door.deciding import Decision, Missing, decide
from masthead.press.door.directory import Directory
from masthead.press.door.memory import Held, Key, Memory
from masthead.press.door.plain import Recogniser, Wanted
from masthead.press.door.reads import Reads
from masthead.press.shelf import Hosts, Shelf
from masthead.press.shelf.changes import PUBLIC

# Request lines that mean the same to every parser; no escapes, so the path is what it says.
_SIMPLE = re.compile(rb"(GET|HEAD) (/[A-Za-z0-9/_.~-]*)(\?[A-Za-z0-9/_.~%&=:;,@!$'()*+?-]*)?\Z")
# A stale page is printed anew when it is still asked for after this long; the keeper is quicker.
STALE_SECONDS = 1.0
MOST_WANTED_ANEW = 1_000
# Of so many reads of bodies that had to go one is kept: what is asked for often is soon back, and
# what is asked for in turn does not push out everything else each time.
TAKEN_BACK = 16


class Door:
    """
    Answers from memory, then from the shelf.

    wanted_anew: stale pages that readers were given, and missing ones that the door itself looks
    into; the application has them printed.
    """

    def __init__(
        self, *, shelf: Shelf, secret: bytes, memory_bytes: int, behind_proxy: bool = False
    ) -> None:
        self.shelf = shelf
        self.memory = Memory(memory_bytes)
        self.classes = Classes(secret)
        self.crawlers = Crawlers(behind_proxy=behind_proxy)
        self.recogniser = Recogniser(self.classes, self.crawlers)
        self.directory = Directory(shelf)
        self.now = time.time()
        self.hosts = Hosts()
        self.reads = Reads(behind_proxy=behind_proxy)
        self.wanted_anew: set[Key] = set()
        self._read = 0
        self.learn_hosts()

    def learn_hosts(self) -> None:
        self.hosts = self.shelf.hosts()
        self.memory.name_hosts(self.hosts.canonical, VARIANTS)
        self.crawlers.learn(self.hosts.tables)
        self.recogniser.forget()

    def forget(self) -> None:
        """Everything may have changed."""
        self.memory.clear()
        self.learn_hosts()
        self.directory.forget()

    def answer(self, line: bytes, wanted: Wanted, moment: Lines) -> bytes | None:
        """
        The whole answer to a plain request, None when it needs a closer look.

        line: method and target. moment: the server's own header lines.
        """
        membership = wanted.membership
        variant = PUBLIC if membership is NOBODY else self.classes.now(membership, self.now)
        if variant is None:  # the application has the cookie renewed
            return None
        lines = self.memory.lines.get((wanted.host, variant))
        if lines is None:
            return None
        held = lines.get(line)
        if held is None:
            return self._look_closer(line, wanted, variant, lines, moment)
        ready = held.by_preference.get(wanted.codings) or self._choose(held, wanted)
        if ready is None:
            return None
        if ready.moment is not moment:
            self._renew(held, ready, moment)
        held.uses += 1
        had = wanted.none_match
        # The first condition is `is_had_by` for what almost everybody sends.
        if had is not None and (
            (ready.etag in had and ready.status == 200) or ready.is_had_by(had)
        ):
            return ready.unchanged
        whole = ready.whole or self._from_disk(held, ready)
        if held.article and wanted.by_person and whole:
            self.reads.count(held, wanted.reader)
        return whole

    def _choose(self, held: Held, wanted: Wanted) -> Ready | None:
        try:
            return held.for_reader(wanted.codings)
        except OSError:
            self.memory.drop(held.key)
            return None

    def _from_disk(self, held: Held, ready: Ready) -> bytes | None:
        """A page whose bodies had to go: the file that was verified when its header was made."""
        try:
            body = ready.read()
        except OSError:  # printed anew this moment, and the old file is gone
            self.memory.drop(held.key)
            return None
        self._read += 1
        if self._read % TAKEN_BACK == 0:
            self.memory.take_back(held, ready, body)
        return ready.head + body

    def _look_closer(
        self,
        line: bytes,
        wanted: Wanted,
        variant: str,
        lines: dict[bytes, Held],
        moment: Lines,
    ) -> bytes | None:
        """HEAD, parameters that mean nothing to the page, and addresses that do not exist."""
        found = _SIMPLE.match(line)
        if found is None:
            return None
        held = lines.get(b"GET " + found[2] + (found[3] or b""))
        if held is None:
            held = lines.get(b"GET " + found[2])
            if held is not None and held.has_params:
                return None
        if held is None:
            held = self._missing(wanted.host.decode(), found[2].decode(), variant)
        if held is None:
            return None
        ready = self._choose(held, wanted)
        if ready is None:
            return None
        if ready.moment is not moment:
            self._renew(held, ready, moment)
        held.uses += 1
        if ready.is_had_by(wanted.none_match):
            return ready.unchanged
        if found[1] == b"HEAD":
            return ready.head
        whole = ready.whole or self._from_disk(held, ready)
        if held.article and wanted.by_person and whole:
            self.reads.count(held, wanted.reader)
        return whole

    def _missing(self, host: str, path: str, variant: str) -> Held | None:
        decision = self.decide(host, path, b"")
        if not isinstance(decision, Missing):
            return None
        return self.memory.get((decision.host, decision.target, variant))

    def decide(self, host: str, path: str | None, query: bytes) -> Decision:
        return decide(self.directory, self.hosts, host, path, query)

    def _renew(self, held: Held, ready: Ready, moment: Lines) -> None:
        """Once a second for each encoding that is read; so this is where staleness is noticed."""
        ready.renew(moment)
        self.notice(held)

    def notice(self, held: Held) -> None:
        """Have the page printed anew when it has been stale for long."""
        since = held.stale_since or held.fresh_until
        is_old = since is not None and since > 0 and since + STALE_SECONDS < self.now
        if is_old:
            self.want(held.place)

    def want(self, key: Key) -> None:
        if len(self.wanted_anew) < MOST_WANTED_ANEW:
            self.wanted_anew.add(key)

    def find(self, key: Key) -> Held | None:
        """From memory, whole, else from the shelf into memory. None: it is not there."""
        held = self.memory.get(key)
        return self.load(key) if held is None or held.is_thin else held

    def load(self, key: Key) -> Held | None:
        host, target, variant = key
        found = self.shelf.find_for(host, target, variant)
        if found is None:
            return None
        state = self.shelf.state(host, target, found.page.variant)
        stale_since = 0.0 if state is None else state.stale_since
        held = Held(found.page, stale_since=stale_since, found=found, variant=variant)
        self.memory.keep(held)
        return held

    def changed(self, key: Key) -> None:
        """The shelf has another page there, or the same one is stale now, or none."""
        before = self.memory.get(key)
        if before is None or self._is_still(before):
            return
        self.memory.drop(key)
        held = self.load(key)
        if held is not None and before.line is not None:
            held.has_params = before.has_params
            self.memory.find_by_line(held, before.line)

    def _is_still(self, held: Held) -> bool:
        """Whether that class still gets this very print; notes since when it is stale."""
        if held.key != held.place and self.shelf.state(*held.key) is not None:
            return False
        stale_since = self.shelf.stale_since(held.place, file=held.file)
        if stale_since is None:
            return False
        held.stale_since = stale_since
        return True

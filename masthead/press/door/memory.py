"""
Pages in memory, bounded in bytes; what was not asked for lately goes first.

Of a page its bodies go first: with the header still here, a reader costs one look into its file
instead of the ledger, the seal and everything that is made of them. The page itself goes later.
"""

import gzip
from collections.abc import Mapping

from masthead.press.door.answers import Ready, Source, head_lines
from masthead.press.shelf import Found, Page

Key = tuple[str, str, str]  # host, target, variant

# The key that only an article's own page has (changes/keys.py, which cannot be imported here).
PAGE_OF_ARTICLE = "h"
# A page's own objects, beside its bodies.
_OVERHEAD_BYTES = 3_000


class Held:
    """
    One page in memory, in every encoding it has.

    key: for whom it is held. place: where it lies on the shelf, which is the public's place for a
    page that is for all.
    """

    __slots__ = (
        "article",
        "by_preference",
        "bytes",
        "can_be_thin",
        "etag",
        "file",
        "fresh_until",
        "has_params",
        "is_thin",
        "key",
        "line",
        "lines",
        "mark",
        "place",
        "reads",
        "ready",
        "stale_since",
        "status",
        "used",
        "uses",
    )

    def __init__(
        self,
        page: Page,
        *,
        stale_since: float,
        found: Found | None = None,
        variant: str | None = None,
    ) -> None:
        self.place: Key = (page.host, page.target, page.variant)
        self.key: Key = (page.host, page.target, variant or page.variant)
        self.status, self.etag = page.status, page.etag
        self.lines = head_lines(page.headers, variant=self.key[2], for_all=page.for_all)
        self.ready: dict[str, Ready] = {}
        at = found.begins if found else 0
        for coding, body in page.bodies.items():
            source = (found.file, at, len(body)) if found else None
            self.ready[coding] = self._one(coding, body, source)
            at += len(body)
        self.by_preference: dict[tuple[str, ...], Ready] = {}
        self.stale_since = stale_since
        self.fresh_until = page.fresh_until
        self.has_params = False  # whether parameters make other pages of it
        self.uses = 0  # since they were last noted in the ledger
        # The address of an article that this is the page of, by its row's number; 0: no article's.
        self.article = _article(page) if page.status == 200 else 0
        self.mark = hash(("article", self.article))  # one for all its prints
        self.reads = 0  # by people, since they were last noted
        self.used = False  # since memory was last swept
        self.line: bytes | None = None  # where the quick way finds it
        self.bytes = _OVERHEAD_BYTES + sum(len(body) for body in page.bodies.values())
        self.file = found.file if found else ""
        self.can_be_thin = found is not None
        self.is_thin = False  # whether bodies were let go of

    def _one(self, coding: str, body: bytes, source: Source | None = None) -> Ready:
        return Ready(
            status=self.status,
            lines=self.lines,
            etag=self.etag,
            coding=coding,
            body=body,
            source=source,
        )

    def let_go(self) -> None:
        """Keep the headers; the bodies are read from the file when they are asked for."""
        for ready in self.ready.values():
            ready.let_go()
        self.bytes, self.can_be_thin, self.is_thin = _OVERHEAD_BYTES, False, True

    def for_reader(self, codings: tuple[str, ...]) -> Ready:
        """
        The first acceptable encoding there is; identity, unpacked, when there is none.

        Raises OSError when the bodies were let go of and their file is gone since.
        """
        found = self.by_preference.get(codings)
        if found is not None:
            return found
        found = next((self.ready[each] for each in codings if each in self.ready), None)
        if found is None:
            # Not kept: readers without gzip are rare, and unpacked it is three times as large.
            return self._one("identity", self.identity())
        self.by_preference[codings] = found
        return found

    def identity(self) -> bytes:
        if "identity" in self.ready:
            return self.ready["identity"].body
        return gzip.decompress(self.ready["gzip"].body)

    def is_stale(self, now: float) -> bool:
        return self.stale_since > 0 or (self.fresh_until is not None and self.fresh_until < now)


def _article(page: Page) -> int:
    for key in page.keys:
        number = key.removeprefix(PAGE_OF_ARTICLE)
        if number != key and number.isdecimal():
            return int(number)
    return 0


class Memory:
    """
    Pages by (host, target, variant), at most `most_bytes` of them.

    Second chance instead of a list by last use: a hit only sets a flag.
    """

    def __init__(self, most_bytes: int) -> None:
        self.pages: dict[Key, Held] = {}
        # Those with all their bodies and those without, each in the order in which they wait.
        self._whole: dict[Key, Held] = {}
        self._thin: dict[Key, Held] = {}
        # What the quick way looks in: by raw host and variant, by request line.
        self.lines: dict[tuple[bytes, str], dict[bytes, Held]] = {}
        self.bytes = 0
        self._most_bytes = most_bytes
        self._uses: dict[Key, int] = {}
        self._reads: dict[int, int] = {}

    def get(self, key: Key) -> Held | None:
        return self.pages.get(key)

    def keep(self, held: Held) -> None:
        self.drop(held.key)
        self.pages[held.key] = self._whole[held.key] = held
        self.bytes += held.bytes
        if self.bytes > self._most_bytes:
            self._make_room()

    def take_back(self, held: Held, ready: Ready, body: bytes) -> None:
        """A body that was let go of is asked for often again."""
        ready.take_back(body)
        held.bytes += len(body)
        self.bytes += len(body)
        held.can_be_thin = True
        self._thin.pop(held.key, None)
        self._whole[held.key] = held
        if self.bytes > self._most_bytes:
            self._make_room()

    def drop(self, key: Key) -> Held | None:
        held = self.pages.pop(key, None)
        if held is None:
            return None
        self._whole.pop(key, None)
        self._thin.pop(key, None)
        self.bytes -= held.bytes
        self._count(held)
        if held.line is not None:
            host, _, variant = key
            self.lines.get((host.encode(), variant), {}).pop(held.line, None)
        return held

    def clear(self) -> None:
        for key in list(self.pages):
            self.drop(key)

    def find_by_line(self, held: Held, line: bytes) -> None:
        """Let the quick way answer this request line, on every name of the host, with `held`."""
        host, _, variant = held.key
        held.line = line
        self.lines.setdefault((host.encode(), variant), {})[line] = held

    def name_hosts(self, canonical: Mapping[str, str], variants: frozenset[str]) -> None:
        """canonical: every name a host is asked by → the name its pages are kept under."""
        known = self.lines
        self.lines = {}
        for host in set(canonical.values()):
            for variant in variants:
                mine = known.get((host.encode(), variant), {})
                self.lines[(host.encode(), variant)] = mine
        for name, host in canonical.items():
            for variant in variants:
                self.lines[(name.encode(), variant)] = self.lines[(host.encode(), variant)]

    def take_uses(self) -> dict[Key, int]:
        """How often each page was sent since this was last asked."""
        for held in self.pages.values():
            self._count(held)
        uses, self._uses = self._uses, {}
        return uses

    def take_reads(self) -> dict[int, int]:
        """How often each article was read until `take_uses` was last asked, which comes first."""
        reads, self._reads = self._reads, {}
        return reads

    def _count(self, held: Held) -> None:
        if held.uses:
            self._uses[held.place] = self._uses.get(held.place, 0) + held.uses
            held.used, held.uses = True, 0
        if held.reads:
            self._reads[held.article] = self._reads.get(held.article, 0) + held.reads
            held.reads = 0

    def _make_room(self) -> None:
        """Bodies go first, as long as pages without theirs take less than half the room."""
        for _ in range(3 * len(self.pages)):
            if self.bytes <= self._most_bytes:
                return
            is_half = len(self._thin) * _OVERHEAD_BYTES * 2 > self._most_bytes
            self._shorten(self._thin if is_half or not self._whole else self._whole)

    def _shorten(self, waiting: dict[Key, Held]) -> None:
        """The page that waits longest: once more round when it was used since, else something
        of it goes."""
        key, held = next(iter(waiting.items()))
        self._count(held)
        if held.used:
            held.used = False
            waiting[key] = waiting.pop(key)
        elif held.can_be_thin:
            self.bytes -= held.bytes
            held.let_go()
            self.bytes += held.bytes
            self._thin[key] = self._whole.pop(key)
        else:
            self.drop(key)

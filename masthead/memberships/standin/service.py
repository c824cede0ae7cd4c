"""The stand-in as it is spoken to: Stripe's interface below /v1/, hosted pages beside it."""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from masthead.memberships.standin import hosted
from masthead.memberships.standin.books import Books, Thing, Till
from masthead.memberships.standin.clock import advance, catch_up
from masthead.memberships.standin.encoding import decode
from masthead.memberships.standin.errors import Refusal
from masthead.memberships.standin.events import API_VERSION, Knobs, Post, deliver, turn, waits
from masthead.memberships.standin.interface import answer

KEY = "sk_test_stand_in"
_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


class StandIn:
    """
    file: where its books are. pages: address of the hosted pages, without a slash at the end.

    What is due by itself happens before each call, so nothing has to run beside it.
    """

    def __init__(
        self, file: Path, *, pages: str, clock: Callable[[], float] = time.time, key: str = KEY
    ) -> None:
        self.file = file
        self._clock = clock
        self.pages = pages
        self.key = key

    @cached_property
    def books(self) -> Books:
        """Begun when somebody first asks for them."""
        return Books(self.file, self._clock)

    def call(self, method: str, target: str, headers: dict[str, str], body: str) -> Reply:
        """One call of the interface. target: path and query; header names in lower case."""
        path, _, query = target.partition("?")
        catch_up(self.books)
        try:
            self._refuse_strangers(headers)
            return self._once(method, path.removeprefix("/v1/"), query, headers, body)
        except Refusal as refused:
            return _json(refused.status, refused.body())

    def page(self, method: str, path: str, form: dict[str, str]) -> hosted.Page:
        """One of the hosted pages; a person stands before it."""
        catch_up(self.books)
        return hosted.page(self.books, method, path, form, pages=self.pages)

    def advance(self, to: int) -> int:
        """Put the clock forward (Unix seconds); everything until then happens. How many."""
        return advance(self.books, to=to)

    def catch_up(self) -> int:
        return catch_up(self.books)

    def next_moment(self) -> int | None:
        """When something happens by itself, or is delivered, next; Unix seconds."""
        with self.books.writing() as till:
            asked = (
                "SELECT min(due) FROM (SELECT due FROM thing UNION ALL SELECT due FROM delivery)"
            )
            found: int | None = till.rows.execute(asked).fetchone()[0]
        return found

    def turn(self, knobs: Knobs) -> None:
        with self.books.writing() as till:
            turn(till, knobs)

    def deliver(self, post: Post) -> int:
        return deliver(self.books, post)

    def has_work(self) -> bool:
        """Whether anything happens by itself by now, or waits to be delivered."""
        return self.file.exists() and waits(self.books)

    def _refuse_strangers(self, headers: dict[str, str]) -> None:
        if headers.get("authorization") != f"Bearer {self.key}":
            raise Refusal("Invalid API Key provided.", status=401, kind="authentication_error")
        if headers.get("stripe-version", API_VERSION) != API_VERSION:
            raise Refusal("Invalid Stripe API version.")

    def _once(
        self, method: str, path: str, query: str, headers: dict[str, str], body: str
    ) -> Reply:
        """The same key with the same words is answered as the first time, and done once."""
        key = headers.get("idempotency-key", "") if method == "POST" else ""
        what = hashlib.sha256(f"{method} {path} {body}".encode()).hexdigest()
        with self.books.writing() as till:
            before = _asked_before(till, key, what) if key else None
            if before is not None:
                return before
            given: dict[str, Any] = decode(body if method == "POST" else query)
            reply = _json(200, answer(till, method, path, given, pages=self.pages))
            if key:
                _note(till, key, what, reply)
        return reply


def _asked_before(till: Till, key: str, what: str) -> Reply | None:
    asked = "SELECT what, status, body FROM asked WHERE key = ?"
    row = till.rows.execute(asked, (key,)).fetchone()
    if row is None:
        return None
    if row[0] != what:
        raise Refusal(
            "Keys for idempotent requests can only be used with the same parameters they were"
            " first used with.",
            kind="idempotency_error",
        )
    return Reply(row[1], row[2].encode(), {**_JSON, "Idempotent-Replayed": "true"})


def _note(till: Till, key: str, what: str, reply: Reply) -> None:
    values = (key, what, reply.status, reply.body.decode())
    till.rows.execute("INSERT INTO asked VALUES (?, ?, ?, ?)", values)


def _json(status: int, thing: Thing) -> Reply:
    return Reply(status, json.dumps(thing).encode(), dict(_JSON))

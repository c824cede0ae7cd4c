"""The log of events, and their signed delivery: with retries, and as unruly as one asks for."""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from random import SystemRandom

from masthead.memberships.standin.books import Books, Thing, Till, shown

API_VERSION = "2026-10-28.endive"
# After a failed delivery: a minute, then longer, three days in all.
RETRIES = (60, 300, 1_800, 7_200, 21_600, 43_200, 86_400, 86_400)
KNOBS = "knobs"
_chance = SystemRandom().random
Post = Callable[[str, bytes, dict[str, str]], int]  # to an address; answers the status


@dataclass(frozen=True)
class Knobs:
    """
    How deliveries go wrong. duplicate, lose, delay: of how many, 0 to 1. delay_seconds: by how
    much. shuffle: whether those due together go in any order.
    """

    duplicate: float = 0
    lose: float = 0
    delay: float = 0
    delay_seconds: int = 3_600
    shuffle: bool = False


def emit(till: Till, kind: str, thing: Thing, previous: Thing | None = None) -> None:
    """An event, and its deliveries to every endpoint that wants it."""
    data: Thing = {"object": shown(thing)}
    if previous is not None:
        data["previous_attributes"] = previous
    event = till.add(
        "evt_",
        "event",
        {"type": kind, "api_version": API_VERSION, "data": data, "request": {"id": None}},
    )
    knobs = knobs_of(till)
    for endpoint in till.all("webhook_endpoint"):
        wanted = endpoint["enabled_events"]
        if endpoint["status"] == "enabled" and ("*" in wanted or kind in wanted):
            _plan(till, event, endpoint, knobs)


def _plan(till: Till, event: Thing, endpoint: Thing, knobs: Knobs) -> None:
    times = 3 if _chance() < knobs.duplicate else 1
    lost = _chance() < knobs.lose
    for _ in range(times):
        late = knobs.delay_seconds if _chance() < knobs.delay else 0
        place = _chance() if knobs.shuffle else 0
        till.rows.execute(
            "INSERT INTO delivery (event, endpoint, due, place, lost) VALUES (?, ?, ?, ?, ?)",
            (event["id"], endpoint["id"], till.now + late, place, lost),
        )


def knobs_of(till: Till) -> Knobs:
    return Knobs(**json.loads(till.noted(KNOBS, "{}")))


def turn(till: Till, knobs: Knobs) -> None:
    till.note(KNOBS, json.dumps(asdict(knobs)))


def waits(books: Books) -> bool:
    """Whether there is anything to deliver now, or to happen."""
    with books.writing() as till:
        asked = (
            "SELECT 1 FROM delivery WHERE due <= ? UNION ALL SELECT 1 FROM thing WHERE due <= ?"
            " LIMIT 1"
        )
        return till.rows.execute(asked, (till.now, till.now)).fetchone() is not None


def deliver(books: Books, post: Post, *, most: int = 200) -> int:
    """Post what is due, each once; what is not taken with 2xx comes again later. How many."""
    with books.writing() as till:
        due = till.rows.execute(
            "SELECT id, event, endpoint, tries, lost FROM delivery WHERE due <= ?"
            " ORDER BY place, id LIMIT ?",
            (till.now, most),
        ).fetchall()
    for number, event, endpoint, tries, lost in due:
        taken = bool(lost) or _post(books, post, event, endpoint)
        with books.writing() as till:
            again = None if taken or tries >= len(RETRIES) else till.now + RETRIES[tries]
            change = "UPDATE delivery SET due = ?, tries = tries + 1 WHERE id = ?"
            till.rows.execute(change, (again, number))
    return len(due)


def _post(books: Books, post: Post, event: str, endpoint: str) -> bool:
    with books.writing() as till:
        told, to, now = till.get("event", event), till.get("webhook_endpoint", endpoint), till.now
    body = json.dumps(shown(told), separators=(",", ":")).encode()
    headers = {"Content-Type": "application/json", "Stripe-Signature": sign(body, to, now)}
    return 200 <= post(to["url"], body, headers) < 300


def sign(body: bytes, endpoint: Thing, at: int) -> str:
    key = endpoint["secret"].encode()
    signature = hmac.new(key, f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={signature}"

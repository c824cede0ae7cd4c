"""A burst of the payment provider's notices, each signed, at a rate that does not wait for us."""

import http.client
import json
import threading
import time
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.memberships.models import Event
from masthead.memberships.providers.choosing import HOOK, stand_in
from masthead.memberships.standin.events import API_VERSION, sign

RATE, SECONDS, SHORT_SECONDS = 500, 10, 2
SENDERS = 24
SUBJECTS = 50
MOST_MS = 200
LABEL = "evt_bench_"


def measure_notices(report: Report, port: int, *, short: bool) -> None:
    count = RATE * (SHORT_SECONDS if short else SECONDS)
    tell(f"{count} notices, {RATE} a second …")
    notices = [_notice(number) for number in range(count)]
    waits: list[float] = []
    refused: list[int] = []
    begins = time.perf_counter() + 0.5
    senders = [
        threading.Thread(
            target=_send,
            args=(port, notices[first::SENDERS], first, begins, waits, refused),
        )
        for first in range(SENDERS)
    ]
    for each in senders:
        each.start()
    for each in senders:
        each.join()
    taken = time.perf_counter() - begins
    kept = Event.objects.filter(ref__startswith=LABEL).count()
    connection.close()
    p95 = sorted(waits)[int(0.95 * len(waits))]
    report.row("notices, p95 of the wait, ms", f"{p95:.0f}", f"{MOST_MS}")
    report.row("notices a second", f"{count / taken:.0f}", f"{RATE}")
    report.figures |= {"notices_p95_ms": round(p95, 1), "notices_rate": round(count / taken, 1)}
    report.at_most("p95 of a notice's wait", p95, MOST_MS, "ms")
    report.at_least("notices a second", count / taken, 0.95 * RATE)
    report.exactly("notices refused", len(refused), 0)
    report.exactly("notices kept", kept, count)


def post(_url: str, body: bytes, headers: dict[str, str]) -> int:
    """To the door, whatever host the stand-in was told."""
    network = urlsplit(settings.NETWORK_URL)
    there = http.client.HTTPConnection("127.0.0.1", network.port, timeout=30)
    try:
        there.request("POST", HOOK, body=body, headers=headers)
        return there.getresponse().status
    finally:
        there.close()


def _notice(number: int) -> tuple[bytes, dict[str, str]]:
    about = {"id": f"sub_bench_{number % SUBJECTS}", "object": "subscription"}
    body = json.dumps(
        {
            "id": f"{LABEL}{number}",
            "object": "event",
            "type": "customer.subscription.updated",
            "api_version": API_VERSION,
            "created": int(time.time()),
            "livemode": False,
            "data": {"object": about},
        }
    ).encode()
    with stand_in().books.writing() as till:
        endpoint = till.all("webhook_endpoint")[0]
    signature = sign(body, endpoint, int(time.time()))
    return body, {"Content-Type": "application/json", "Stripe-Signature": signature}


def _send(
    port: int,
    notices: list[tuple[bytes, dict[str, str]]],
    first: int,
    begins: float,
    waits: list[float],
    refused: list[int],
) -> None:
    """Waits are counted from when a notice was due, also where the one before it was slow."""
    there = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for number, (body, headers) in enumerate(notices):
        due = begins + (first + number * SENDERS) / RATE
        time.sleep(max(0.0, due - time.perf_counter()))
        there.request("POST", HOOK, body=body, headers=headers)
        answer = there.getresponse()
        answer.read()
        waits.append((time.perf_counter() - due) * 1000)
        if answer.status != 200:
            refused.append(answer.status)
    there.close()

"""
Leaving by one click, as RFC 8058 has it: what mail programs POST, and what scanners do before.

The headers are those of a printed edition; the requests are made as a mail provider makes them,
without cookies and by somebody who has never been here.
"""

import base64
import re
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.http import HttpResponse
from django.test import Client

from masthead.mail import verp
from masthead.mail.doctor.printed import look_at_headers
from masthead.newsletters.joining import links
from masthead.newsletters.models import Delivery, Subscription
from masthead.newsletters.printing import print_copies
from masthead.newsletters.sample import newest_edition
from masthead.newsletters.splicing import splice
from masthead.outlets.queries import get_sheet
from masthead.readers.models import Consent, Reader
from tests.factories import NETWORK, NOON, an_article
from tests.newsletters.kits import a_newsletter, an_edition, article

ROOT = Path(__file__).parents[2]
BODY = "List-Unsubscribe=One-Click"
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = 'multipart/form-data; boundary="b"'
FORM = (
    '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
)
READER = "cy@reader.example"


@pytest.fixture(autouse=True)
def bounce_address(settings: Any) -> None:
    settings.BOUNCE_ADDRESS = "bounces@mail.northlight.example"


@pytest.fixture
def subscription(courier: Any, port: Any) -> Subscription:
    reader = Reader.objects.create(email=READER, joined_at=NOON, proved_at=NOON)
    return Subscription.objects.create(
        newsletter=a_newsletter(courier), reader=reader, joined_at=NOON
    )


@pytest.fixture
def delivery(subscription: Subscription, port: Any) -> Delivery:
    edition = an_edition(subscription.newsletter, article(an_article(port)))
    print_copies(edition, NOON)
    return Delivery.objects.create(
        edition=edition,
        reader=subscription.reader,
        copy=edition.copies.first(),
        address=READER,
        domain="reader.example",
        due_at=NOON,
    )


@pytest.fixture
def leave(delivery: Delivery) -> str:
    """The path of its link."""
    sheet = get_sheet(outlet_id=delivery.edition.newsletter.outlet_id)
    found = links.for_delivery(delivery_id=delivery.pk, sheet=sheet).leave
    return found.removeprefix(f"http://{NETWORK}")


def posted(
    path: str, body: str | bytes = BODY, kind: str = URLENCODED, method: str = "POST"
) -> HttpResponse:
    client = Client(enforce_csrf_checks=True, headers={"host": NETWORK})
    return client.generic(method, path, body, content_type=kind)  # type: ignore[return-value]


def state() -> tuple[str, str, int]:
    row = Subscription.objects.get()
    return row.state, row.left_through, Consent.objects.filter(given=False).count()


STILL_ON = ("active", "", 0)
LEFT = ("left", "one-click", 1)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (URLENCODED, BODY),
        (f"{URLENCODED}; charset=utf-8", BODY),
        (MULTIPART, FORM),
    ],
)
def test_both_kinds_of_bodies_leave_at_once_without_cookies_or_redirects(leave, kind, body):
    answer = posted(leave, body, kind)

    assert (answer.status_code, state()) == (200, LEFT)
    assert ("Location" in answer.headers, dict(answer.cookies)) == (False, {})
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_it_notes_which_editions_mail_was_the_last_straw(leave, delivery):
    posted(leave)

    assert Subscription.objects.get().left_edition == delivery.edition


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_changes_nothing_however_often(leave, method):
    answers = [posted(leave, "", method=method) for _again in range(3)]

    assert ([answer.status_code for answer in answers], state()) == ([200] * 3, STILL_ON)
    assert [dict(answer.cookies) for answer in answers] == [{}, {}, {}]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_change_nothing(leave, method):
    answer = posted(leave, method=method)

    assert (answer.status_code, state()) == (405, STILL_ON)
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_sent_again_it_is_answered_alike_and_noted_once(leave):
    first = posted(leave)
    left_at = Subscription.objects.get().left_at
    second = posted(leave)

    assert (first.status_code, second.status_code, second.content) == (200, 200, first.content)
    assert (state(), Subscription.objects.get().left_at) == (LEFT, left_at)


def test_a_link_that_was_changed_anywhere_is_nobodys(leave):
    start = leave.index("/leave/") + len("/leave/")
    changed = [
        f"{leave[:at]}{'b' if leave[at] == 'a' else 'a'}{leave[at + 1 :]}"
        for at in range(start, len(leave) - 1)
        if leave[at].isalnum()
    ]

    answers = {posted(path).status_code for path in changed}

    assert (len(changed) > 10, answers, state()) == (True, {404}, STILL_ON)


@pytest.mark.parametrize(
    "token", ["", "x", "d1", "d1-aaaaaaaaaaaa", "1", "a" * 300, "%00", "..%2F..%2Fdesk"]
)
def test_what_is_no_token_is_nobodys(subscription, token):
    answer = posted(f"/courier/newsletters/leave/{token}/")

    assert (answer.status_code in {400, 403, 404}, state()) == (True, STILL_ON)


def test_the_mark_of_a_return_path_is_no_link_to_leave(delivery):
    """It is in plain sight of every server on the way."""
    answer = posted(f"/courier/newsletters/leave/{verp.token('d', delivery.pk)}/")

    assert (answer.status_code, state()) == (404, STILL_ON)


def test_the_link_to_preferences_does_not_leave(delivery, leave):
    sheet = get_sheet(outlet_id=delivery.edition.newsletter.outlet_id)
    found = links.for_delivery(delivery_id=delivery.pk, sheet=sheet).preferences
    token = found.rstrip("/").rpartition("/")[2]

    assert posted(f"/courier/newsletters/leave/{token}/").status_code == 404
    assert state() == STILL_ON


def test_a_reader_who_was_erased_has_nothing_to_leave(leave, delivery):
    Delivery.objects.update(reader=None, address="")

    assert (posted(leave).status_code, state()) == (404, STILL_ON)


def test_a_former_secret_key_still_lets_readers_leave(leave, settings):
    settings.SECRET_KEY, former = "a new key " * 6, settings.SECRET_KEY
    stranger = posted(leave).status_code
    settings.SECRET_KEY_FALLBACKS = [former]

    assert (stranger, posted(leave).status_code, state()) == (404, 200, LEFT)


def test_scanners_that_follow_every_link_and_then_a_person_who_clicks(leave):
    for method in ("HEAD", "GET", "GET"):
        posted(leave, "", method=method)
    before = state()

    posted(leave)

    assert (before, state()) == (STILL_ON, LEFT)


# The headers of what is sent.


@pytest.fixture
def edition(delivery: Delivery) -> Callable[[], bytes]:
    """As it goes to the server, with the links of its own delivery on an outlet with a domain."""

    def printed() -> bytes:
        (copy, *_others) = print_copies(delivery.edition, NOON)
        mark = verp.token("d", delivery.pk).encode()
        return splice(
            bytes(copy.parts),
            {
                "TO": READER.encode(),
                "MESSAGE-ID": mark + b"@courier.example",
                "DELIVERY": mark,
                "LEAVE": b"https://courier.example/newsletters/leave/abc/",
                "PREFERENCES": b"https://courier.example/readers/preferences/abc/",
                "GREETING": b"",
            },
        )

    return printed


def test_both_headers_are_there_each_on_one_line(edition):
    head = edition().partition(b"\r\n\r\n")[0].decode()

    ways = re.findall(r"(?m)^List-Unsubscribe: (.*)\r?$", head)
    posts = re.findall(r"(?m)^List-Unsubscribe-Post: (.*)\r?$", head)
    assert len(ways) == 1
    assert [each.strip() for each in posts] == ["List-Unsubscribe=One-Click"]
    assert len(re.findall(r"<https://[^>\s]+>", ways[0])) == 1
    assert [each.mark for each in look_at_headers(edition(), "it", is_edition=True)] == ["pass"] * 3


def test_the_way_out_by_mail_is_understood_when_it_comes_back(edition, delivery):
    head = edition().partition(b"\r\n\r\n")[0].decode()

    to = re.search(r"<mailto:([^>?]+)", head)

    assert to is not None
    assert verp.find_mark(to.group(1)) == f"d:{delivery.pk}"
    assert to.group(1) == verp.leave_address("d", delivery.pk)


@pytest.fixture(scope="module")
def signer() -> dict[str, bytes]:
    key = generate_private_key(65537, 1024)
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return {
        "private": key.private_bytes(
            Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()
        ),
        "record": b"v=DKIM1; k=rsa; p=" + base64.b64encode(public),
    }


def documented_headers() -> set[str]:
    """Those that our instructions for the signer have covered."""
    page = (ROOT / "docs/operate/mail.md").read_text("utf-8")
    (line,) = re.findall(r"(?m)^SignHeaders\s+(.+)$", page)
    return {name.strip().lower() for name in line.split(",")}


def test_the_signer_we_document_covers_both_headers():
    assert {"list-unsubscribe", "list-unsubscribe-post", "from", "list-id"} <= documented_headers()


@pytest.mark.parametrize(
    ("change", "verifies"),
    [
        ((b"", b""), True),
        ((b"/newsletters/leave/abc/>", b"/newsletters/leave/abd/>"), False),
        ((b"List-Unsubscribe=One-Click", b"List-Unsubscribe=Two-Click"), False),
        ((b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", b""), False),
    ],
)
def test_a_signature_made_as_documented_holds_and_covers_the_way_out(
    edition, signer, change, verifies
):
    raw = edition()
    known = {name.lower() for name in message_from_bytes(raw, policy=policy.compat32)}
    covered = [name.encode() for name in sorted(documented_headers() & known)]
    signature = dkim.sign(
        raw, b"n1", b"courier.example", signer["private"], include_headers=covered
    )

    sent = signature + (raw.replace(*change, 1) if change[0] else raw)

    def record(name: bytes, **_more: Any) -> bytes:
        return signer["record"]

    assert dkim.verify(sent, dnsfunc=record) is verifies


def test_the_doctor_looks_at_an_edition_that_went_out(delivery):
    name, raw = newest_edition() or ("", b"")

    found = {each.what: each.mark for each in look_at_headers(raw, name, is_edition=True)}
    assert (name, READER.encode() in raw) == ("Ships by night", False)
    # The network of the tests has no HTTPS, and no mail provider would call it.
    assert found == {"Headers": "pass", "One click": "fail", "List-Id": "pass"}

"""Mail services report by themselves: only with their secret, each event once."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import pytest
from anymail.signals import AnymailTrackingEvent
from django.test import Client

from masthead.jobs.models import Job
from masthead.mail.models import Feedback, Suppression
from masthead.mail.webhooks import SERVICES, kind_of, take_event
from tests.factories import NETWORK
from tests.mail.conftest import CY

KEY = "a key that only the two of us know"


@pytest.fixture(autouse=True)
def secrets(settings: Any) -> None:
    settings.MAIL_WEBHOOKS = {"mailgun": KEY, "postmark": "us:them", "sparkpost": "us:them"}


def of_mailgun(token: str = "t1", key: str = KEY, to: str = CY, **more: Any) -> bytes:
    signed = hmac.new(key.encode(), f"1763290000{token}".encode(), hashlib.sha256).hexdigest()
    event = {"event": "failed", "severity": "permanent", "recipient": to, "reason": "bounce"}
    status = {"message": "550 no such user"}
    return json.dumps(
        {
            "signature": {"timestamp": "1763290000", "token": token, "signature": signed},
            "event-data": event | {"timestamp": 1763290000, "delivery-status": status} | more,
        }
    ).encode()


def reported(service: str, body: bytes, client: Client | None = None, **headers: str) -> int:
    answer = (client or Client(enforce_csrf_checks=True)).post(
        f"/-/mail/{service}/",
        body,
        content_type="application/json",
        headers={"host": NETWORK} | headers,
    )
    return int(answer.status_code)


def basic(words: str) -> dict[str, str]:
    return {"authorization": f"Basic {base64.b64encode(words.encode()).decode()}"}


def test_a_signed_bounce_keeps_mail_from_the_address_at_once(db):
    assert reported("mailgun", of_mailgun()) == 200

    assert list(Suppression.objects.values_list("address", "reach", "reason")) == [
        (CY, "all", "bounced")
    ]


def test_a_report_that_comes_again_counts_once(db):
    answers = [reported("mailgun", of_mailgun()) for _again in range(3)]

    assert (answers, Feedback.objects.count()) == ([200, 200, 200], 1)


def test_a_signature_is_good_for_one_event_whatever_it_is_put_on(db):
    reported("mailgun", of_mailgun())
    reported("mailgun", of_mailgun(to="somebody@else.example"))

    assert list(Suppression.objects.values_list("address", flat=True)) == [CY]


@pytest.mark.parametrize(
    ("service", "body", "headers"),
    [
        ("mailgun", of_mailgun(key="another"), {}),
        ("mailgun", b"{}", {}),
        ("mailgun", b"\xff", {}),
        ("mailgun", b"[]", {}),
        ("postmark", b'{"RecordType": "Bounce"}', {}),
        ("postmark", b'{"RecordType": "Bounce"}', basic("us:others")),
        ("postmark", b"nothing", basic("us:them")),
    ],
)
def test_a_report_without_the_secret_or_without_sense_is_refused(db, service, body, headers):
    assert reported(service, body, **headers) == 400

    assert Feedback.objects.count() == 0


@pytest.mark.parametrize("service", ["mandrill", "nobody"])
def test_a_service_without_a_secret_has_no_address_here(db, service):
    assert reported(service, b"{}") == 404


@pytest.mark.parametrize("empty", ["", " "])
def test_an_empty_secret_lets_nobody_sign(db, settings, empty):
    settings.MAIL_WEBHOOKS = {"mailgun": empty}

    assert reported("mailgun", of_mailgun(key=empty)) == 404
    assert not Suppression.objects.exists()


def test_a_service_may_ask_whether_anybody_is_there(db):
    client = Client(headers={"host": NETWORK})

    asked = [client.head("/-/mail/mailgun/"), client.get("/-/mail/mailgun/")]

    assert [answer.status_code for answer in asked] == [200, 405]


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        ({"RecordType": "Bounce", "Type": "HardBounce"}, "hard"),
        ({"RecordType": "Bounce", "Type": "SoftBounce"}, "soft"),
        ({"RecordType": "Bounce", "Type": "AutoResponder"}, "machine"),
        ({"RecordType": "SpamComplaint", "Type": "SpamComplaint"}, "complaint"),
        ({"RecordType": "Delivery"}, None),
        ({"RecordType": "Open"}, None),
    ],
)
def test_what_postmark_says_is_understood(db, record, kind):
    body = json.dumps({"ID": 42, "Email": CY, "Recipient": CY} | record).encode()

    assert reported("postmark", body, **basic("us:them")) == 200

    assert Feedback.objects.values_list("kind", flat=True).first() == kind


@pytest.mark.parametrize(("bounce_class", "kind"), [("10", "hard"), ("22", "soft"), ("51", "soft")])
def test_a_class_of_bounces_that_may_mend_is_soft(db, bounce_class, kind):
    event = {"type": "bounce", "raw_rcpt_to": CY, "bounce_class": bounce_class, "event_id": "9"}
    body = json.dumps([{"msys": {"message_event": event}}]).encode()

    assert reported("sparkpost", body, **basic("us:them")) == 200

    assert Feedback.objects.get().kind == kind


def of_resend(kind: str, secret: bytes = b"a secret", at: float | None = None) -> dict[str, Any]:
    bounce = {"message": "The provider sent a general bounce message.", "type": kind}
    event = {"type": "email.bounced", "created_at": "2025-11-16T17:00:00Z"}
    body = json.dumps(event | {"data": {"email_id": "r1", "to": [CY], "bounce": bounce}}).encode()
    sent_at = str(int(time.time() if at is None else at))
    signed = hmac.digest(secret, b"m1." + sent_at.encode() + b"." + body, "sha256")
    old = base64.b64encode(b"by a key that is no more in use").decode()
    signatures = f"v1,{old} v1,{base64.b64encode(signed).decode()}"
    headers = {"svix-id": "m1", "svix-timestamp": sent_at, "svix-signature": signatures}
    return {"body": body, **headers}


@pytest.mark.parametrize(("kind", "taken"), [("Permanent", "hard"), ("Transient", "soft")])
def test_what_resend_signs_is_understood(db, settings, kind, taken):
    settings.MAIL_WEBHOOKS = {"resend": f"whsec_{base64.b64encode(b'a secret').decode()}"}

    assert reported("resend", **of_resend(kind)) == 200

    assert Feedback.objects.get().kind == taken


@pytest.mark.parametrize("more", [{"secret": b"another"}, {"at": 1_763_290_000}])
def test_what_resend_did_not_sign_just_now_is_refused(db, settings, more):
    settings.MAIL_WEBHOOKS = {"resend": f"whsec_{base64.b64encode(b'a secret').decode()}"}

    assert reported("resend", **of_resend("Permanent", **more)) == 400

    assert not Feedback.objects.exists()


def of_ses(kind: str, words: dict[str, Any], name: str = "Notification", **more: str) -> Any:
    told = {"notificationType": kind, kind.lower(): words}
    told["mail"] = {"messageId": "s1", "source": "bounces@courier.example", "headers": []}
    message = {"Type": name, "MessageId": "n1", "Message": json.dumps(told), **more}
    headers = {"x-amz-sns-message-type": name, "x-amz-sns-message-id": "n1"}
    return {"body": json.dumps(message).encode(), **headers}


@pytest.mark.parametrize(
    ("kind", "words", "taken"),
    [
        ("Bounce", {"bounceType": "Permanent", "bounceSubType": "General"}, "hard"),
        ("Bounce", {"bounceType": "Transient", "bounceSubType": "MailboxFull"}, "soft"),
        ("Bounce", {"bounceType": "Undetermined", "bounceSubType": "Undetermined"}, "soft"),
        ("Complaint", {"complaintFeedbackType": "abuse"}, "complaint"),
    ],
)
def test_what_amazon_says_is_understood(db, settings, kind, words, taken):
    settings.MAIL_WEBHOOKS = {"ses": "us:them"}
    people = [{"emailAddress": CY}]
    words = words | {"bouncedRecipients": people, "complainedRecipients": people}

    assert reported("ses", **of_ses(kind, words), **basic("us:them")) == 200

    assert Feedback.objects.get().kind == taken


def test_amazon_is_asked_for_the_password_and_refused_without(db, settings):
    settings.MAIL_WEBHOOKS = {"ses": "us:them"}
    asked = of_ses("Complaint", {})

    assert reported("ses", **asked) == 401
    assert reported("ses", **asked, **basic("us:others")) == 400


@pytest.mark.parametrize(
    ("url", "answered", "waiting"),
    [
        ("https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t", 200, 1),
        ("https://sns.eu-west-1.amazonaws.com.elsewhere.example/", 400, 0),
        ("http://sns.eu-west-1.amazonaws.com/", 400, 0),
    ],
)
def test_a_topic_is_confirmed_at_amazon_and_nowhere_else(db, settings, url, answered, waiting):
    settings.MAIL_WEBHOOKS = {"ses": "us:them"}
    asked = of_ses("Bounce", {}, "SubscriptionConfirmation", SubscribeURL=url)

    assert reported("ses", **asked, **basic("us:them")) == answered

    assert Job.objects.filter(task__endswith="confirm_reports").count() == waiting


@pytest.mark.parametrize(
    ("event_type", "reason", "words", "kind"),
    [
        ("bounced", "bounced", "550 no such user", "hard"),
        ("bounced", "bounced", "552 mailbox full", "soft"),
        ("bounced", "spam", "550 spam", "soft"),
        ("rejected", "invalid", "", "hard"),
        ("rejected", "blocked", "", "soft"),
        ("complained", "spam", "", "complaint"),
        ("unsubscribed", None, "", "left"),
        ("clicked", None, "", None),
    ],
)
def test_events_of_any_service_mean_the_same(event_type, reason, words, kind):
    event = AnymailTrackingEvent(event_type=event_type, reject_reason=reason, mta_response=words)

    assert kind_of(event) == kind


def test_an_event_is_about_the_mail_that_we_named_to_the_service(a_letter):
    letter = a_letter()
    event = AnymailTrackingEvent(
        event_type="complained",
        event_id="1",
        recipient="another@spelling.example",
        metadata={"about": f"l.{letter.public_id}"},
    )

    feedback = take_event(event, service="brevo")

    assert (feedback.about, feedback.address) == (f"l:{letter.pk}", CY)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_each_service_refuses_what_is_not_from_it(db, settings, name):
    settings.MAIL_WEBHOOKS = {name: "us:them"}

    body = b'{"event": "bounce", "email": "cy@reader.example"}'

    assert reported(name, body, **basic("us:others")) == 400

"""Bounces, complaints and mails to leave, for editions and lists."""

from typing import Any

import pytest

from masthead.mail import verp
from masthead.mail.feedback import Came, find_about, note_feedback
from masthead.mail.models import Feedback, State, Suppression
from masthead.newsletters.models import Delivery, Edition, EditionCopy, Newsletter, Subscription
from masthead.readers.models import Consent, Reader
from tests.factories import NOON

Kind = Feedback.Kind
CY = "cy@reader.example"


@pytest.fixture
def delivery(courier: Any) -> Delivery:
    """An evening edition that Cy's server took over; Cy is on the morning list too."""
    reader = Reader.objects.create(email=CY, joined_at=NOON, proved_at=NOON)
    lists = [
        Newsletter.objects.create(outlet=courier, name=name, slug=name, promise="Daily")
        for name in ("evening", "morning")
    ]
    for newsletter in lists:
        Subscription.objects.create(newsletter=newsletter, reader=reader, joined_at=NOON)
    edition = Edition.objects.create(newsletter=lists[0], subject="Tonight", made_at=NOON)
    copy = EditionCopy.objects.create(
        edition=edition, variant="public", parts=b"", html="", text="", printed_at=NOON
    )
    return Delivery.objects.create(
        edition=edition,
        reader=reader,
        copy=copy,
        address=CY,
        domain="reader.example",
        state=State.ACCEPTED,
        due_at=NOON,
    )


def note(kind: Kind, about: str, **more: Any) -> None:
    came = Came(**{"key": f"m:{kind}", "kind": kind, "about": about} | more)
    assert note_feedback(came=came, way_in="script", at=NOON)


def lists() -> list[tuple[str, str]]:
    rows = Subscription.objects.order_by("newsletter__slug")
    return list(rows.values_list("state", "left_through"))


def test_an_address_that_is_gone_fails_its_delivery_and_leaves_all_lists(delivery):
    note(Kind.HARD, f"d:{delivery.pk}", code="5.1.1", detail="no such user")

    delivery.refresh_from_db()
    assert (delivery.state, delivery.answer) == (State.FAILED, "5.1.1 no such user")
    assert lists() == [("left", "bounce"), ("left", "bounce")]
    assert Suppression.objects.get().address == CY
    assert list(Consent.objects.values_list("given", "proof").distinct()) == [(False, "bounce")]


def test_who_calls_an_edition_spam_has_left_and_it_is_in_their_history(delivery):
    note(Kind.COMPLAINT, f"d:{delivery.pk}")

    delivery.refresh_from_db()
    assert (delivery.state, lists()) == (State.ACCEPTED, [("left", "complaint")] * 2)
    assert list(Consent.objects.values_list("given", "proof").distinct()) == [(False, "complaint")]
    evening = Subscription.objects.get(newsletter__slug="evening")
    assert evening.left_edition == delivery.edition


def test_a_mail_to_leave_ends_the_newsletter_it_answers_only(delivery):
    note(Kind.LEFT, f"d:{delivery.pk}", detail="unsubscribe")

    assert lists() == [("left", "mail"), ("active", "")]
    assert Consent.objects.get().words == "Asked by mail to get no more: “unsubscribe”"


@pytest.mark.parametrize("kind", [Kind.SOFT, Kind.MACHINE, Kind.OTHER])
def test_what_says_nothing_lasting_changes_no_list(delivery, kind):
    note(kind, f"d:{delivery.pk}")

    delivery.refresh_from_db()
    assert (delivery.state, lists()) == (State.ACCEPTED, [("active", "")] * 2)


def test_a_complaint_that_a_service_signed_counts_by_its_address(delivery):
    note(Kind.COMPLAINT, "e:mailgun", address="CY@reader.example")

    assert lists() == [("left", "complaint")] * 2


def test_what_proves_nothing_ends_no_subscription(delivery):
    note(Kind.COMPLAINT, "", address=CY)

    assert lists() == [("active", "")] * 2


def test_a_delivery_is_found_by_its_message_id_and_by_what_services_are_told():
    token = verp.token("d", 81)
    names = (f"{token}@courier.example", token, "d81-aaaaaaaaaaaa@courier.example")

    assert [find_about(name) for name in names] == ["d:81", "d:81", ""]


def test_feedback_about_an_erased_reader_does_no_harm(delivery):
    Delivery.objects.update(address="", reader=None)

    note(Kind.HARD, f"d:{delivery.pk}")

    assert (lists(), Suppression.objects.count()) == ([("active", "")] * 2, 0)

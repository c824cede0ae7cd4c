"""RFC 8058 and the page for people: leaving by a link in a mail."""

import pytest
from django.test import Client

from masthead.newsletters.joining import links
from masthead.newsletters.models import Delivery, Edition, EditionCopy, Subscription
from masthead.readers.models import Consent
from tests.factories import NETWORK, NOON

State = Subscription.State
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def edition(evening):
    return Edition.objects.create(newsletter=evening, subject="Night trial", made_at=NOON)


@pytest.fixture
def delivery(edition, subscription):
    copy = EditionCopy.objects.create(
        edition=edition, variant="public", parts=b"", html="", text="", printed_at=NOON
    )
    return Delivery.objects.create(
        edition=edition,
        reader=subscription.reader,
        copy=copy,
        address=subscription.reader.email,
        domain="courier.example",
        due_at=NOON,
    )


@pytest.fixture
def address(delivery):
    return f"/courier/newsletters/leave/{links.leave_token(delivery_id=delivery.pk)}/"


def state() -> str:
    return str(Subscription.objects.get().state)


@pytest.mark.parametrize("body", ["urlencoded", "multipart"])
def test_one_click_leaves_at_once(visitor, address, body):
    answer = (
        visitor.post(address, ONE_CLICK)  # Django's client sends multipart/form-data
        if body == "multipart"
        else visitor.post(
            address,
            "List-Unsubscribe=One-Click",
            content_type="application/x-www-form-urlencoded",
        )
    )

    assert (answer.status_code, answer.cookies, state()) == (200, {}, State.LEFT)
    assert "Location" not in answer


def test_one_click_is_noted_with_the_edition_whose_mail_it_was(visitor, address, edition):
    visitor.post(address, ONE_CLICK)

    left = Subscription.objects.get()
    consent = Consent.objects.get()
    assert (left.left_through, left.left_edition) == ("one-click", edition)
    assert (consent.given, consent.proof) == (False, "one-click")


def test_sent_again_it_is_the_same_and_noted_once(visitor, address):
    answers = [visitor.post(address, ONE_CLICK).status_code for _each in range(3)]

    assert (answers, Consent.objects.count()) == ([200] * 3, 1)


def test_no_cookie_session_or_token_is_needed_or_given(visitor, address):
    answer = visitor.post(address, ONE_CLICK, headers={"origin": "https://mail.example"})

    assert (answer.status_code, dict(answer.cookies), state()) == (200, {}, State.LEFT)
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_the_link_leaves_nothing(visitor, address, method):
    for _each in range(2):
        answer = getattr(visitor, method)(address)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")

    assert state() == State.ACTIVE


def test_a_person_leaves_by_the_button(visitor, address):
    assert b"<form" in visitor.get(address).content

    body = visitor.post(address).content.decode()

    assert "any more" in body
    assert Subscription.objects.get().left_through == "link"


def test_nothing_of_it_needs_signing_in_or_shows_whose_it_is(visitor, address):
    assert b"cy@courier.example" not in visitor.get(address).content


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "A" + t[1:], lambda t: t + "A"])
def test_a_token_that_is_not_ours_leaves_nothing(visitor, address, change):
    front, token, _end = address.rsplit("/", 2)

    answer = visitor.post(f"{front}/{change(token)}/", ONE_CLICK)

    assert (answer.status_code, state()) == (404, State.ACTIVE)


def test_the_link_works_at_any_outlet_of_the_network_by_its_token_alone(visitor, delivery, tide):
    token = links.leave_token(delivery_id=delivery.pk)

    visitor.post(f"/tideline/newsletters/leave/{token}/", ONE_CLICK)

    assert state() == State.LEFT


def test_the_mail_of_an_erased_reader_leaves_nothing(visitor, address, delivery):
    delivery.reader.delete()

    assert visitor.post(address, ONE_CLICK).status_code == 404


def test_leaving_takes_few_queries(visitor, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        visitor.post(address, ONE_CLICK)


def test_a_link_of_a_letter_leaves_too(subscription):
    token = links.leave_token(subscription_id=subscription.pk)

    answer = Client(headers={"host": NETWORK}).post(f"/courier/newsletters/leave/{token}/")

    assert (answer.status_code, state()) == (200, State.LEFT)

"""The page behind the link of every mail: choices, and nothing else."""

import pytest
from django.test import Client

from masthead.newsletters.joining import links
from masthead.newsletters.models import Newsletter, Subscription
from masthead.readers.models import Consent, Reader
from masthead.readers.preferences import preferences_link
from masthead.readers.tokens import make_token
from tests.factories import NETWORK, NOON

State = Subscription.State


@pytest.fixture
def page(subscription: Subscription) -> str:
    token = make_token("preferences", links.SUBSCRIPTION, subscription.pk)
    return f"/courier/readers/preferences/{token}/"


def sent(*newsletters: Newsletter, shown: tuple[Newsletter, ...], **more: str) -> dict[str, object]:
    return {
        "newsletters-shown": [str(each.public_id) for each in shown],
        "newsletters-on": [str(each.public_id) for each in newsletters],
    } | more


def states() -> dict[str, str]:
    found = Subscription.objects.order_by("pk").values_list("newsletter__name", "state")
    return dict(found)


def test_it_opens_without_signing_in_and_shows_no_whole_address(visitor, page):
    answer = visitor.get(page)
    body = answer.content.decode()

    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert answer["Referrer-Policy"] == "same-origin"
    assert ("cy@courier.example" in body, "c…@courier.example" in body) == (False, True)


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(visitor, page, method):
    getattr(visitor, method)(page)

    assert states() == {"The Evening Courier": State.ACTIVE}
    assert Consent.objects.count() == 0


def test_ticks_of_all_outlets_are_joined_and_left(visitor, page, evening, morning, tide):
    answer = visitor.post(page, sent(tide, morning, shown=(evening, morning, tide)))

    assert answer.status_code == 303
    assert states() == {
        "The Evening Courier": State.LEFT,
        "The Morning Courier": State.ACTIVE,
        "Tide": State.ACTIVE,
    }
    assert set(Consent.objects.values_list("proof", "place")) == {("link", "readers/preferences/")}


def test_what_the_page_did_not_show_is_left_alone(visitor, page, evening, morning):
    visitor.post(page, sent(morning, shown=(morning,)))

    assert states()["The Evening Courier"] == State.ACTIVE


def test_a_tick_that_was_never_shown_joins_nothing(visitor, page, evening, tide):
    visitor.post(page, sent(evening, tide, shown=(evening,)))

    assert list(states()) == ["The Evening Courier"]


def test_a_pause_and_its_end(visitor, page, evening):
    visitor.post(page, sent(evening, shown=(evening,), **{"newsletters-pause": "4"}))
    paused = states()
    visitor.post(page, sent(evening, shown=(evening,), **{"newsletters-pause": "0"}))

    assert (paused, states()) == (
        {"The Evening Courier": State.PAUSED},
        {"The Evening Courier": State.ACTIVE},
    )


def test_leaving_all_of_them_at_once(visitor, page, evening, tide, reader):
    Subscription.objects.create(newsletter=tide, reader=reader, joined_at=NOON)

    both = (evening, tide)
    visitor.post(page, sent(*both, shown=both, **{"newsletters-leave-all": "on"}))

    assert set(states().values()) == {State.LEFT}


def test_a_token_to_leave_opens_no_preferences(visitor, subscription):
    token = links.leave_token(subscription_id=subscription.pk)

    assert visitor.get(f"/courier/readers/preferences/{token}/").status_code == 404


def test_a_link_of_a_letter_opens_them_too(visitor, reader, sheet):
    address = preferences_link(reader=reader, sheet=sheet)

    assert visitor.get(address.removeprefix(f"http://{NETWORK}")).status_code == 200


def test_it_exports_and_erases_nothing(page):
    client = Client(headers={"host": NETWORK})
    client.get(page)

    for path in ("readers/account/export/", "readers/account/erase/"):
        answer = client.post(f"/courier/{path}")
        assert (answer.status_code, "sign-in" in answer["Location"]) == (303, True)


def test_newsletters_move_to_another_address_once_that_agrees(visitor, page, evening, mailbox):
    visitor.post(f"{page}address/", {"email": "cy@new.example"})
    before = states()

    visitor.post(mailbox.link("cy@new.example"))

    found = Subscription.objects.order_by("pk").values_list("reader__email", "state")
    assert before == {"The Evening Courier": State.ACTIVE}
    assert list(found) == [
        ("cy@courier.example", State.LEFT),
        ("cy@new.example", State.ACTIVE),
    ]
    assert "c…@new.example" in mailbox.text("cy@courier.example")


def test_whose_account_it_is_stays_as_it_was(visitor, page, mailbox, reader):
    visitor.post(f"{page}address/", {"email": "thief@new.example"})
    visitor.post(mailbox.link("thief@new.example"))

    assert Reader.objects.get(pk=reader.pk).email == "cy@courier.example"

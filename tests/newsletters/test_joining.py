"""From the box below an article to a confirmed subscription."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from masthead.mail.models import Letter
from masthead.newsletters.joining import actions, choices
from masthead.newsletters.joining.actions import NotOffered, Said
from masthead.newsletters.joining.offered import tell_pages
from masthead.newsletters.joining.queries import next_due
from masthead.newsletters.models import Newsletter, Subscription
from masthead.outlets.queries import get_sheet
from masthead.readers.models import Consent, Proof, Reader
from tests.factories import NETWORK, NOON, an_article

WEEK = timedelta(weeks=1)
SAID = Said("port/", "signed-in", NOON)
State = Subscription.State
JOIN = "/courier/newsletters/join/"


def sign_up(visitor, *newsletters, email="cy@courier.example", headers=None, **fields):
    data = {"email": email, "newsletter": [str(each.public_id) for each in newsletters]} | fields
    here = {"sec-fetch-site": "same-origin", "referer": f"http://{NETWORK}/courier/port/a/"}
    return visitor.post(JOIN, data, headers=here | (headers or {}))


def test_an_article_offers_the_newsletters_without_one_more_query(
    port, read, evening, django_assert_max_num_queries
):
    article = an_article(port)
    path = urlsplit(article.full_url).path.removeprefix("/courier/")

    with django_assert_max_num_queries(6):
        body = read(path).content.decode()

    assert f'value="{evening.public_id}"' in body
    assert 'action="/courier/newsletters/join/"' in body


def test_an_outlet_that_offers_nothing_has_no_box(port, read):
    path = urlsplit(an_article(port).full_url).path.removeprefix("/courier/")

    assert "newsletters/join" not in read(path).content.decode()


def test_a_newsletter_that_is_not_offered_is_in_no_box(read, evening, morning):
    Newsletter.objects.filter(pk=evening.pk).update(offered=False)
    tell_pages(at=NOON)

    body = read("newsletters/").content.decode()

    assert (str(evening.public_id) in body, str(morning.public_id) in body) == (False, True)


def test_what_no_person_should_fill_in_is_hidden_wherever_the_form_is(port, read, evening):
    path = urlsplit(an_article(port).full_url).path.removeprefix("/courier/")

    for place in (path, "newsletters/"):
        body = read(place).content.decode()
        assert 'class="sign-up__trap"' in body
        assert ".sign-up__trap{position:absolute" in body


def test_the_links_for_readers_stand_in_the_footer_of_every_page(read, evening):
    for place in ("", "newsletters/", "archive/"):
        before, footer = read(place).content.decode().split('<footer class="footer">')
        link = 'href="/courier/readers/account/"'
        assert (footer.count(link), 'id="footer-readers"' in before) == (1, False)


def test_the_page_of_newsletters_is_the_same_for_everybody(read, evening):
    answer = read("newsletters/")

    assert answer["Cache-Control"].startswith("public")
    assert "Cookie" not in answer.get("Vary", "")
    assert "csrf" not in answer.content.decode()


def test_signing_up_from_an_article_and_confirming(visitor, evening, mailbox, clock):
    answer = sign_up(visitor, evening)

    assert (answer.status_code, answer["Location"]) == (303, "/courier/newsletters/join/sent/")
    assert Subscription.objects.count() == 0
    assert "The Evening Courier" in mailbox.text("cy@courier.example")

    page = visitor.get(mailbox.link()).content.decode()
    done = visitor.post(mailbox.link()).content.decode()

    assert "The Evening Courier" in page
    assert "The next one comes on Monday at 6:00 pm." in done
    subscription = Subscription.objects.get()
    assert (subscription.state, subscription.place) == (State.ACTIVE, "port/a/")


def test_the_very_words_of_the_mail_are_kept(visitor, evening, mailbox):
    sign_up(visitor, evening)
    visitor.post(mailbox.link())

    consent = Consent.objects.get()
    assert consent.words in " ".join(mailbox.text().split())
    assert (consent.what, consent.given, consent.proof, consent.place, consent.outlet_id) == (
        f"newsletter:{evening.public_id}",
        True,
        "mail",
        "port/a/",
        evening.outlet_id,
    )
    assert consent.detail == str(Proof.objects.get().public_id)


@pytest.mark.parametrize("method", ["get", "head"])
def test_scanners_that_look_at_every_link_confirm_nothing(visitor, evening, mailbox, method):
    sign_up(visitor, evening)

    for _each in range(2):
        assert getattr(visitor, method)(mailbox.link()).status_code == 200

    assert (Subscription.objects.count(), Reader.objects.count()) == (0, 0)


def test_the_answer_is_the_same_whosever_the_address_is(visitor, evening, subscription):
    known, unknown = sign_up(visitor, evening), sign_up(visitor, evening, email="no@one.example")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert known.headers.keys() == unknown.headers.keys()
    assert Letter.objects.count() == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
    ],
)
def test_a_form_on_another_site_joins_nobody(visitor, evening, headers):
    assert sign_up(visitor, evening, headers=headers).status_code == 403
    assert Letter.objects.count() == 0


@pytest.mark.parametrize(
    ("origin", "status"), [("https://evil.example", 403), (f"http://{NETWORK}", 303), ("null", 403)]
)
def test_an_old_browser_is_told_apart_by_its_origin(visitor, evening, origin, status):
    answer = visitor.post(
        JOIN,
        {"email": "cy@courier.example", "newsletter": str(evening.public_id)},
        headers={"origin": origin},
    )

    assert answer.status_code == status


def test_a_machine_that_fills_every_field_gets_the_same_answer_and_no_mail(visitor, evening):
    answer = sign_up(visitor, evening, website="https://buy.example")

    assert (answer.status_code, Letter.objects.count()) == (303, 0)


@pytest.mark.parametrize("email", ["", "cy", "cy@nowhere"])
def test_what_is_no_address_is_said_on_the_page(visitor, evening, email):
    answer = sign_up(visitor, evening, email=email)

    assert (answer.status_code, answer["Cache-Control"]) == (422, "private, no-store")
    assert "as in name@example.org" in answer.content.decode()


def test_the_answer_to_a_sign_up_is_a_page_for_everybody(read):
    answer = read("newsletters/join/sent/")

    assert (answer.status_code, answer["Cache-Control"].startswith("public")) == (200, True)


def test_another_outlets_newsletter_is_not_joined_here(visitor, evening, tide):
    assert sign_up(visitor, tide).status_code == 422


def test_joining_again_is_one_subscription_and_two_lines_of_history(evening, reader):
    for _each in range(2):
        actions.join(reader=reader, newsletter=evening, said=SAID)

    assert (Subscription.objects.count(), Consent.objects.count()) == (1, 2)


def test_who_comes_back_joins_anew(subscription, evening, reader):
    actions.leave(subscription=subscription, through="link", said=SAID)
    later = Said("about/", "mail", NOON + WEEK)

    actions.join(reader=reader, newsletter=evening, said=later)

    subscription.refresh_from_db()
    assert (subscription.state, subscription.joined_at, subscription.left_at) == (
        State.ACTIVE,
        NOON + WEEK,
        None,
    )


def test_nobody_joins_what_is_closed(evening, reader):
    Newsletter.objects.update(closed_at=NOON)
    evening.refresh_from_db()

    with pytest.raises(NotOffered):
        actions.join(reader=reader, newsletter=evening, said=SAID)


def test_what_was_closed_since_is_said_after_the_button(visitor, evening, mailbox):
    sign_up(visitor, evening)
    Newsletter.objects.update(closed_at=NOON)

    assert "is not sent any more" in visitor.post(mailbox.link()).content.decode()


def test_a_pause_ends_by_itself(subscription):
    actions.pause(subscription=subscription, weeks=2, at=NOON)

    assert actions.resume_due(at=NOON + WEEK) == 0
    assert actions.resume_due(at=NOON + 2 * WEEK) == 1
    assert Subscription.objects.get().state == State.ACTIVE


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (datetime(2026, 11, 16, 17, 59, tzinfo=UTC), datetime(2026, 11, 16, 18, 0, tzinfo=UTC)),
        (datetime(2026, 11, 16, 18, 0, tzinfo=UTC), datetime(2026, 11, 17, 18, 0, tzinfo=UTC)),
        (datetime(2026, 11, 20, 18, 0, tzinfo=UTC), datetime(2026, 11, 23, 18, 0, tzinfo=UTC)),
    ],
)
def test_when_the_next_edition_is_due(evening, at, due):
    assert next_due(evening, at=at) == due


def test_what_comes_without_a_fixed_hour_is_promised_for_no_day(evening):
    evening.days = []

    assert next_due(evening, at=NOON) is None


def test_preferences_show_all_newsletters_of_all_outlets(subscription, tide, morning, courier):
    shown = choices.build(subscription.reader, get_sheet(outlet_id=tide.outlet_id))

    assert shown
    assert [name for name, _rows in shown["outlets"]] == ["Tideline", "The Harbour Courier"]
    ticked = [row["name"] for _name, rows in shown["outlets"] for row in rows if row["is_on"]]
    assert ticked == ["The Evening Courier"]

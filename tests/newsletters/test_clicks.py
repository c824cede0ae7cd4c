"""Links of editions: where they lead, who is counted, and that nobody is known."""

import json
from collections import Counter as Tally
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from masthead.newsletters.clicks import views
from masthead.newsletters.clicks.actions import count_clicks, forget_clicks
from masthead.newsletters.clicks.counter import Counter
from masthead.newsletters.clicks.telling_apart import (
    Asked,
    Click,
    CopySent,
    is_machine,
    told_apart,
)
from masthead.newsletters.clicks.tokens import click_token, read_click
from masthead.newsletters.models import ClicksOnArticle
from masthead.newsletters.printing import print_copies
from masthead.publishing.actions import withdraw_article
from masthead.readers.tokens import NoSuchToken
from tests.factories import NETWORK, NOON, an_article
from tests.newsletters.kits import a_newsletter, an_edition, article, sent

CORPUS = json.loads(Path(__file__).with_name("clicks.json").read_text(encoding="utf-8"))
A_BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Accept-Language": "en",
    "Sec-Fetch-Mode": "navigate",
}

SAID = ("method", "agent", "language", "mode", "purpose")


def judged():
    """Each visit of the corpus with whether its clicks were taken for a machine's."""
    clicks, visits = [], {}
    for number, visit in enumerate(CORPUS):
        asked = Asked(**{name: visit[name] for name in SAID})
        for article_id, offset in visit["clicks"]:
            at = NOON + timedelta(seconds=visit["after"] + offset)
            clicks.append(Click(1, article_id, number, at, is_machine(asked)))
        visits[number] = visit
    for click, was_machine in told_apart(clicks, copies={1: CopySent(6, NOON)}):
        yield visits[click.client], was_machine


def test_of_the_labelled_clicks_95_in_100_are_told_apart():
    right: Tally[str] = Tally()
    whole: Tally[str] = Tally()
    for visit, was_machine in judged():
        whole[visit["label"]] += 1
        right[visit["label"]] += was_machine == (visit["label"] == "machine")

    assert whole.total() >= 150
    assert right.total() / whole.total() >= 0.95
    for label in ("person", "machine"):
        assert right[label] / whole[label] >= 0.9


def test_what_is_not_called_hard_is_told_apart_without_a_miss():
    missed = {
        visit["who"]
        for visit, was_machine in judged()
        if was_machine != (visit["label"] == "machine") and not visit["who"].startswith("hard")
    }

    assert missed == set()


@pytest.mark.parametrize(("copy_id", "article_id"), [(1, 1), (127, 128), (2**40, 2**40)])
def test_a_link_names_copy_and_article(copy_id, article_id):
    token = click_token(copy_id=copy_id, article_id=article_id)
    former, another = settings.SECRET_KEY, "another-" + "y" * 40

    assert read_click(token) == (copy_id, article_id)
    with override_settings(SECRET_KEY=another, SECRET_KEY_FALLBACKS=[]), pytest.raises(NoSuchToken):
        read_click(token)
    with override_settings(SECRET_KEY=another, SECRET_KEY_FALLBACKS=[former]):
        assert read_click(token) == (copy_id, article_id)


@pytest.mark.parametrize(
    "token", ["", "x", "!!!", "a" * 200, "é", click_token(copy_id=1, article_id=1)[:-1]]
)
def test_nothing_else_is_a_link(token):
    with pytest.raises(NoSuchToken):
        read_click(token)


def test_a_changed_link_is_none():
    token = click_token(copy_id=5, article_id=9)

    for place in range(len(token) - 1):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(NoSuchToken):
            read_click(changed)


@pytest.fixture
def counter(monkeypatch):
    made = Counter(count_clicks, runs_by_itself=False)
    monkeypatch.setattr(views, "counter", made)
    return made


@pytest.fixture
def page(port):
    return an_article(port)


@pytest.fixture
def copy(courier, page):
    edition = an_edition(a_newsletter(courier), article(page))
    found = print_copies(edition, NOON)[0]
    sent(edition, at=NOON)
    return found


def path(copy, page):
    return f"newsletters/c/{click_token(copy_id=copy.pk, article_id=page.pk)}"


def test_a_click_leads_to_the_article_and_is_counted(read, copy, page, counter):
    answer = read(path(copy, page), **A_BROWSER)

    assert answer.status_code == 302
    assert answer.headers["Location"] == page.full_url
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in answer.headers
    counter.count_until(timezone.now())
    row = ClicksOnArticle.objects.get()
    assert (row.edition_id, row.article_id, row.people, row.machines) == (
        copy.edition_id,
        page.pk,
        1,
        0,
    )


def test_clicks_add_up_and_machines_are_counted_apart(copy, page):
    later = NOON + timedelta(hours=1)
    clicks = [Click(copy.pk, page.pk, client, later) for client in range(3)]
    clicks.append(Click(copy.pk, page.pk, 9, later, is_machine=True))
    clicks.append(Click(copy.pk, 12345, 3, later))
    clicks.append(Click(98765, page.pk, 3, later))

    count_clicks(clicks)
    count_clicks(clicks[:1])

    row = ClicksOnArticle.objects.get()
    assert (row.people, row.machines) == (4, 1)


def test_a_withdrawn_article_is_led_to_and_says_so_itself(read, copy, page, counter, ada):
    withdraw_article(article=page, by=ada, at=NOON, reason="It was wrong.")

    answer = read(path(copy, page), **A_BROWSER)

    assert answer.headers["Location"] == page.full_url


@pytest.mark.parametrize("token", ["nonsense", click_token(copy_id=1, article_id=987)])
def test_a_link_to_nothing_is_missing(read, token, counter):
    assert read(f"newsletters/c/{token}").status_code == 404


def test_nothing_but_reading_is_taken(client, port, copy, page, counter):
    assert client.post(f"/courier/{path(copy, page)}", headers={"host": NETWORK}).status_code == 405


def test_clicks_wait_until_their_client_can_be_judged():
    counted = []
    counter = Counter(counted.append, runs_by_itself=False)
    early, late = (Click(1, n, 7, NOON + timedelta(seconds=60 * n)) for n in (0, 1))
    counter.add(early)
    counter.add(late)

    assert counter.count_until(NOON - timedelta(seconds=1)) == 0
    assert counter.count_until(NOON) == 2
    assert counted == [[early, late]]


def test_a_client_is_a_number_that_means_nothing_elsewhere():
    one, other = Counter(list), Counter(list)

    assert one.client("192.0.2.7", "x") == one.client("192.0.2.7", "x")
    assert one.client("192.0.2.7", "x") != one.client("192.0.2.8", "x")
    assert one.client("192.0.2.7", "x") != other.client("192.0.2.7", "x")


def test_old_clicks_are_forgotten(copy, page):
    count_clicks([Click(copy.pk, page.pk, 1, NOON + timedelta(hours=1))])

    assert forget_clicks(at=NOON + timedelta(days=729)) == 0
    assert forget_clicks(at=NOON + timedelta(days=731)) == 1

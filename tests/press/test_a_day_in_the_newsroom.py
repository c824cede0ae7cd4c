"""Whatever the newsroom does: no page on the shelf is another than a fresh print of it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from masthead.accounts.models import Role
from masthead.articles import embed_cards
from masthead.articles.models import Access, ArticlePage, EmbedCard, Topic
from masthead.articles.structured_data import share_card_path
from masthead.core.outbound import Answer
from masthead.fronts.actions import arrange_front, release_front
from masthead.outlets.actions import name_network
from masthead.outlets.models import Outlet, PlainPage, Section
from masthead.people.models import Author
from masthead.pictures.models import Picture
from masthead.publishing.actions import withdraw_article
from masthead.syndication.share import cards
from tests.factories import NOON, a_page, a_person, a_picture, a_section, an_article, at_desk
from tests.press.acts import changed, edit_author, edit_topic, publish, renamed, save_picture
from tests.press.conftest import Network
from tests.press.keeping import Kept

Act = Callable[[Network, Client], Any]


def withdraw(network: Network, story: str) -> None:
    article = ArticlePage.objects.get(pk=network.stories[story].pk)
    withdraw_article(article=article, by=None, at=timezone.now(), reason="Wrong.")


def restore(network: Network, story: str) -> None:
    publish(ArticlePage.objects.get(pk=network.stories[story].pk))


def move(page: Any, to: Section | Outlet) -> None:
    type(page).objects.get(pk=page.pk).move(type(to).objects.get(pk=to.pk), pos="last-child")


def saved(page: Any, **fields: Any) -> None:
    page = type(page).objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def front(network: Network, *stories: str) -> None:
    slots = [{"zone": "lead", "article": network.stories[each].pk} for each in stories]
    arrange_front(outlet=network.courier, slots=slots, by=None, at=timezone.now())
    release_front(outlet=network.courier, by=None, at=timezone.now())


DAYS: dict[str, list[Act]] = {
    "articles": [
        lambda n, d: an_article(n.port, "Six", authors=[n.mara], at=timezone.now()),
        lambda n, d: an_article(n.port, "Long ago", topics=[n.tides], at=NOON - timedelta(days=45)),
        lambda n, d: publish(changed(n.stories["three"], title="Another"), correction=True),
        lambda n, d: publish(changed(n.stories["two"], lead_picture=a_picture())),
        lambda n, d: publish(changed(n.stories["three"], lead_picture=None)),
        lambda n, d: publish(changed(n.stories["three"], topics=[])),
        lambda n, d: publish(changed(n.stories["four"], kind="sponsored", sponsor_name="Quay")),
        lambda n, d: publish(changed(n.stories["four"], kind="report", sponsor_name="")),
        lambda n, d: publish(changed(n.stories["four"], slug="renamed")),
    ],
    "withdrawals": [
        lambda n, d: withdraw(n, "three"),
        lambda n, d: withdraw(n, "one"),
        lambda n, d: withdraw(n, "five"),
        lambda n, d: restore(n, "three"),
        lambda n, d: restore(n, "one"),
        lambda n, d: restore(n, "five"),
        lambda n, d: withdraw(n, "surf"),
    ],
    "members": [
        lambda n, d: publish(changed(n.stories["three"], access=Access.MEMBERS)),
        lambda n, d: publish(changed(n.stories["three"], standfirst="Other words.")),
        lambda n, d: publish(changed(n.stories["three"], access=Access.OPEN)),
    ],
    "moves": [
        lambda n, d: move(n.stories["four"], n.town),
        lambda n, d: move(n.stories["two"], n.coast),
        lambda n, d: move(n.stories["two"], n.port),
        lambda n, d: move(n.town, n.port),
        lambda n, d: move(n.town, n.tideline),
    ],
    "addresses": [
        lambda n, d: renamed(n.town, "city"),
        lambda n, d: renamed(n.about, "who-we-are"),
        lambda n, d: renamed(n.tideline, "waterline"),
        lambda n, d: edit_author(d, n, slug="varga"),
        lambda n, d: edit_topic(d, n, slug="high-water"),
    ],
    "people and topics": [
        lambda n, d: edit_author(d, n, name="Inés Varga"),
        lambda n, d: edit_author(d, n, outlets=[n.tideline.pk]),
        lambda n, d: edit_author(d, n, outlets=[]),
        lambda n, d: edit_topic(d, n, description="High and low."),
        lambda n, d: edit_topic(d, n, name="Tide tables"),
        lambda n, d: Topic.objects.get(pk=n.tides.pk).delete(),
        lambda n, d: publish(changed(n.stories["fair"], article_authors=[])),
        lambda n, d: Author.objects.get(pk=n.ines.pk).delete(),
    ],
    "outlets": [
        lambda n, d: saved(n.courier, accent="#336699", tagline="Another line"),
        lambda n, d: saved(n.tideline, language="ar"),
        lambda n, d: saved(n.tideline, title="Waterline", timezone="Asia/Tokyo"),
        lambda n, d: name_network(name="Northlight", at=timezone.now()),
        lambda n, d: a_section(n.courier, "Sport"),
        lambda n, d: saved(n.port, description="Ships"),
        lambda n, d: a_page(n.courier, title="Ethics", purpose="ethics"),
        lambda n, d: saved(n.about, text="<p>As we do it now.</p>"),
        lambda n, d: PlainPage.objects.get(pk=n.about.pk).unpublish(),
        lambda n, d: Outlet.objects.get(pk=n.tideline.pk).unpublish(),
    ],
    "pictures and fronts": [
        lambda n, d: save_picture(n.picture, description="A blue ferry"),
        lambda n, d: front(n, "one"),
        lambda n, d: front(n, "fair", "council"),
        lambda n, d: Picture.objects.get(pk=n.picture.pk).delete(),
    ],
}


@pytest.fixture
def desk(network: Network) -> Client:
    return at_desk(a_person("olga", Role.OWNER, network.courier.get_parent()))


@pytest.mark.parametrize("day", DAYS)
def test_nothing_that_changed_is_missed(
    network: Network, kept: Kept, desk: Client, day: str
) -> None:
    for number, act in enumerate(DAYS[day]):
        with kept.an_act():
            act(network, desk)

        assert (day, number, kept.outdated()) == (day, number, {})


@pytest.fixture
def provider(monkeypatch: Any) -> None:
    """Says what a video is called."""
    said = b'{"type": "video", "title": "Low water", "width": 640, "height": 480}'
    monkeypatch.setattr(
        embed_cards, "fetch", lambda *_args, **_named: Answer(200, {}, said, "https://video")
    )


def test_what_a_provider_says_later_is_printed(
    network: Network, kept: Kept, provider: None
) -> None:
    url = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    with kept.an_act(jobs=False):
        article = an_article(
            network.port,
            body=[("embed", {"url": url, "title": "", "caption": ""})],
            at=timezone.now(),
        )
    before = kept.body(article.url_path)

    with kept.an_act():
        pass

    assert EmbedCard.objects.get().title == "Low water"
    assert ("Low water" in before, "Low water" in kept.body(article.url_path)) == (False, True)
    assert kept.outdated() == {}


def test_a_share_card_drawn_later_is_printed(network: Network, kept: Kept) -> None:
    article = network.stories["five"]
    with kept.an_act(jobs=False):
        publish(changed(article, title="Another headline"))
    card = Path(settings.MEDIA_ROOT) / share_card_path(article.public_id, 2)
    assert card.name not in kept.body(network.path("five"))

    with kept.an_act() as anew:
        pass

    assert card.exists()
    assert card.name in kept.body(network.path("five"))
    assert anew.printed == {network.path("five")}
    assert kept.outdated() == {}


def test_an_outlets_card_drawn_later_is_printed(network: Network, kept: Kept) -> None:
    with kept.an_act(jobs=False):
        saved(network.tideline, accent="#336699")

    with kept.an_act() as anew:
        cards.draw_outlet_card(outlet_id=network.tideline.pk)

    assert "/tideline/" in anew.printed
    assert {path for path in anew.printed if path.startswith("/courier/")} == set()
    assert kept.outdated() == {}

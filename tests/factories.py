"""Plain factories for a small newsroom: outlets, sections, people, articles really published."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.test import Client
from wagtail.models import Page

from masthead.accounts.actions import assign_role
from masthead.accounts.models import Role, User
from masthead.articles.models import ArticlePage, Topic
from masthead.outlets.models import Outlet, PlainPage, Section
from masthead.people.models import Author
from masthead.pictures.models import CopiesState, Picture
from masthead.publishing.actions import publish_article

NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
NETWORK = "127.0.0.1:8000"
BASE = f"http://{NETWORK}/courier"
_numbers = count(1)


def an_outlet(
    *, slug: str = "courier", follow: Sequence[tuple[str, str]] = (), **fields: Any
) -> Outlet:
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Northlight", slug="root")
    outlet = Outlet(
        title=fields.pop("title", "The Harbour Courier"),
        slug=slug,
        **{"tagline": "News of the water and ashore", "contact_email": "desk@courier.example"}
        | fields,
    )
    for network, account in follow:
        outlet.follow_links.create(network=network, account=account)
    root.add_child(instance=outlet)
    outlet.save_revision().publish()
    return Outlet.objects.get(pk=outlet.pk)


def a_section(outlet: Page, title: str = "Port") -> Section:
    section = Section(title=title, description=f"All about {title}")
    outlet.add_child(instance=section)
    section.save_revision().publish()
    return section


def a_page(outlet: Page, *, title: str, purpose: str) -> PlainPage:
    page = PlainPage(title=title, purpose=purpose, text="<p>As we do it.</p>")
    outlet.add_child(instance=page)
    page.save_revision().publish()
    return page


def a_person(name: str, role: Role | None = None, place: Page | None = None) -> User:
    user = User.objects.create_user(f"{name}@courier.example", first_name=name.capitalize())
    if role is not None and place is not None:
        assign_role(user=user, role=role, place=place, by=None)
    return User.objects.get(pk=user.pk)


def an_author(name: str = "Mara Okafor", **fields: Any) -> Author:
    return Author.objects.create(name=name, slug=name.lower().replace(" ", "-"), **fields)


def a_picture(**fields: Any) -> Picture:
    """With copies as the job would have noted them; no file is read in these tests."""
    copies = [
        {
            "format": name,
            "width": width,
            "height": width * 9 // 16,
            "path": f"copies/ferry-{width}.{name}",
            "bytes": 9,
        }
        for name in ("jpeg", "webp")
        for width in (400, 800, 1600)
    ]
    return Picture.objects.create(
        **{
            "title": "Ferry",
            "file": "ferry.jpg",
            "width": 1600,
            "height": 900,
            "description": "A white ferry",
            "caption": "The ferry on Sunday.",
            "credit": "Ines Varga",
            "copies": copies,
            "copies_state": CopiesState.READY,
        }
        | fields
    )


def an_article(
    section: Page,
    headline: str = "Port opens night trial",
    *,
    text: str = "<p>Ships enter after dark.</p>",
    body: list[tuple[str, Any]] | None = None,
    authors: Sequence[Author] = (),
    topics: Sequence[Topic] = (),
    at: datetime | None = NOON,
    **fields: Any,
) -> ArticlePage:
    """at: when it was published; None leaves it a draft."""
    article = ArticlePage(
        title=headline,
        slug=f"article-{next(_numbers)}",
        live=False,
        **{"standfirst": "Container ships may enter the channel."} | fields,
    )
    article.body = body or [("text", text)]
    article.topics = list(topics)
    for author in authors:
        article.article_authors.create(author=author)
    section.add_child(instance=article)
    article.save_revision()
    if at is not None:
        publish_article(article=article, by=None, at=at)
    return ArticlePage.objects.get(pk=article.pk)


def at_desk(user: User) -> Client:
    """A session that has shown its second factor."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["masthead_console_link"] = {"user": user.pk, "at": time.time()}
    session.save()
    return client

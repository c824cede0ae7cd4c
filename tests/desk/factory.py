"""A title with two sections, and the few things the desk's tests put into it."""

import time
from datetime import UTC, datetime
from typing import Any

from django.test import Client
from wagtail.models import Page

from masthead.accounts.actions import assign_role
from masthead.accounts.models import Role, User
from masthead.articles.models import ArticleAuthor, ArticlePage
from masthead.outlets.actions import write_sheets
from masthead.outlets.models import Outlet, Section
from masthead.people.models import Author
from masthead.publishing.actions import publish_article

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def an_outlet(name: str = "Courier", sections: tuple[str, ...] = ("News", "Sport")) -> Outlet:
    root = Page.get_first_root_node()
    outlet = root.add_child(instance=Outlet(title=name, slug=name.lower()))
    for section in sections:
        outlet.add_child(instance=Section(title=section, slug=section.lower()))
    write_sheets(at=NOON)
    return outlet


def a_section(outlet: Outlet, slug: str = "news") -> Section:
    return Section.objects.child_of(outlet).get(slug=slug)


def a_person(name: str, role: Role | None = None, place: Page | None = None) -> User:
    user = User.objects.create_user(f"{name}@courier.example", first_name=name.capitalize())
    if role is not None and place is not None:
        assign_role(user=user, role=role, place=place, by=None)
    return User.objects.get(pk=user.pk)


def an_author(name: str = "Bo Quill", user: User | None = None) -> Author:
    return Author.objects.create(name=name, slug=name.lower().replace(" ", "-"), user=user)


def an_article(
    outlet: Outlet,
    headline: str = "The bridge opens Monday",
    *,
    text: str = "The bridge opens Monday.",
    section: str = "news",
    by: Author | None = None,
    owner: User | None = None,
) -> ArticlePage:
    article = ArticlePage(
        title=headline,
        slug=headline.lower().replace(" ", "-"),
        live=False,
        owner=owner,
        body=[{"type": "text", "value": f"<p>{text}</p>"}],
    )
    if by is not None:
        article.article_authors = [ArticleAuthor(author=by)]
    a_section(outlet, section).add_child(instance=article)
    article.save_revision(user=owner)
    return ArticlePage.objects.get(pk=article.pk)


def a_live_article(
    outlet: Outlet, headline: str = "The bridge opens Monday", **kwargs: Any
) -> ArticlePage:
    article = an_article(outlet, headline, **kwargs)
    publish_article(article=article, by=None, at=NOON)
    return ArticlePage.objects.get(pk=article.pk)


def at_desk(user: User) -> Client:
    """A session that has shown its second factor."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["masthead_console_link"] = {"user": user.pk, "at": time.time()}
    session.save()
    return client

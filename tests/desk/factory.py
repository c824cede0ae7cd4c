"""A title with two sections, and the few things the desk's tests put into it."""

from datetime import UTC, datetime
from typing import Any

from wagtail.models import Page

from masthead.accounts.models import User
from masthead.articles.models import ArticleAuthor, ArticlePage
from masthead.outlets.actions import write_sheets
from masthead.outlets.models import Outlet, Section
from masthead.people.models import Author
from masthead.publishing.actions import publish_article
from tests.factories import a_person, at_desk

__all__ = [
    "NOON",
    "a_live_article",
    "a_person",
    "a_section",
    "an_article",
    "an_author",
    "an_outlet",
    "at_desk",
]

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

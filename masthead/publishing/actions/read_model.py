"""Writing the read model: the only place that does."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation

from masthead.articles.models import (
    ArticlePage,
    ListedAuthor,
    ListedTopic,
    PublishedArticle,
    PublishedText,
)
from masthead.outlets.addresses import path_below
from masthead.outlets.models import Outlet, Section
from masthead.outlets.queries import outlet_of
from masthead.people.queries import byline_text
from masthead.publishing.models import Version


def write_published(
    *, article: ArticlePage, snapshot: dict[str, Any], number: int, at: datetime
) -> PublishedArticle:
    """
    Make one version what readers of the article's own outlet get. Call inside a transaction.

    The first publication's time is kept over later releases and over a withdrawal.
    """
    outlet = outlet_of(article)
    section = _section_of(article)
    published, created = PublishedArticle.objects.update_or_create(
        outlet=outlet,
        article=article,
        defaults={
            "public_id": article.public_id,
            "section_id": section.pk,
            "top_section_id": _top_section_id(section),
            "path": path_below(article.url_path),
            "state": PublishedArticle.State.LIVE,
            "version_number": number,
            "updated_at": at,
            "withdrawn_at": None,
            **_card_columns(snapshot, outlet),
        },
        create_defaults={
            "public_id": article.public_id,
            "section_id": section.pk,
            "top_section_id": _top_section_id(section),
            "path": path_below(article.url_path),
            "version_number": number,
            "published_at": article.first_published_at or at,
            "updated_at": at,
            **_card_columns(snapshot, outlet),
        },
    )
    PublishedText.objects.update_or_create(published=published, defaults={"snapshot": snapshot})
    _list_under(published, snapshot, fresh=created)
    return published


def _card_columns(snapshot: dict[str, Any], outlet: Outlet) -> dict[str, Any]:
    names = [
        f"{a['name']}, {a['post_nominals']}" if a["post_nominals"] else a["name"]
        for a in snapshot["authors"]
    ]
    with translation.override(outlet.language):
        byline = byline_text(names)
    return {
        "kind": snapshot["kind"],
        "access": snapshot["access"],
        "headline": snapshot["short_headline"] or snapshot["headline"],
        "kicker": snapshot["kicker"],
        "standfirst": snapshot["standfirst"],
        "byline": byline,
        "sponsor_name": snapshot["sponsor"]["name"] if snapshot["sponsor"] else "",
        "lead_picture_id": snapshot["lead"]["picture"] if snapshot["lead"] else None,
        "word_count": snapshot["word_count"],
    }


def _section_of(article: ArticlePage) -> Section:
    return Section.objects.get(path=article.path[: -article.steplen])


def _top_section_id(section: Section) -> int:
    if section.depth <= 3:  # network 1, outlet 2, section 3
        return int(section.pk)
    return int(
        Section.objects.values_list("pk", flat=True).get(path=section.path[: 3 * section.steplen])
    )


def _list_under(published: PublishedArticle, snapshot: dict[str, Any], *, fresh: bool) -> None:
    """Author and topic lists; three rows or so, so they are simply written again."""
    if not fresh:
        published.listed_authors.all().delete()
        published.listed_topics.all().delete()
    common = {
        "published": published,
        "outlet_id": published.outlet_id,
        "published_at": published.published_at,
    }
    ListedAuthor.objects.bulk_create(
        ListedAuthor(author_id=entry["id"], **common) for entry in snapshot["authors"]
    )
    ListedTopic.objects.bulk_create(
        ListedTopic(topic_id=entry["id"], **common) for entry in snapshot["topics"]
    )


def refresh_read_model(*, article_id: int) -> None:
    """
    Write an article's public rows again from its newest version: after a move, a repair or a
    restore. Does nothing for an article that is not live.
    """
    with transaction.atomic():
        article = ArticlePage.objects.select_for_update(of=("self",)).get(pk=article_id)
        version = Version.objects.filter(article=article).order_by("-number").first()
        if not article.live or version is None:
            return
        write_published(
            article=article,
            snapshot=version.snapshot,
            number=version.number,
            at=version.published_at,
        )

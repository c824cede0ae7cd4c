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
from masthead.outlets.actions import record_move
from masthead.outlets.addresses import path_below
from masthead.outlets.models import Outlet, Section
from masthead.outlets.queries import outlet_of
from masthead.people.bylines import byline_text, printed_name
from masthead.publishing.jobs import carry_again
from masthead.publishing.models import Release, Version
from masthead.publishing.touched import Standing, note_release, standing, standing_of


def write_published(
    *,
    article: ArticlePage,
    snapshot: dict[str, Any],
    number: int,
    at: datetime,
    relist: bool = False,
) -> PublishedArticle:
    """
    Make one version what readers of the article's own outlet get. Call inside a transaction.

    The first publication's time is kept over later releases and over a withdrawal. An address
    that is another one now leads to the new one, from the same transaction on. relist: write its
    rows in authors' and topics' lists again although it stands where it stood.
    """
    outlet = outlet_of(article)
    section = _section_of(article)
    path = path_below(article.url_path)
    row = PublishedArticle.objects.filter(article=article).first()
    before = standing_of(row)
    if row is not None:
        record_move(
            outlet_id=row.outlet_id,
            old_path=row.path,
            new_path=path,
            to_outlet_id=outlet.pk,
        )
    shown = {
        "outlet_id": outlet.pk,
        "public_id": article.public_id,
        "section_id": section.pk,
        "top_section_id": _top_section_id(section),
        "path": path,
        "state": PublishedArticle.State.LIVE,
        "version_number": number,
        "updated_at": at,
        "withdrawn_at": None,
        **_card_columns(snapshot, outlet),
    }
    published = row or PublishedArticle(
        article=article, published_at=article.first_published_at or at
    )
    for name, value in shown.items():
        setattr(published, name, value)
    published.save()
    _write_text(published, snapshot)
    after = _standing(published, snapshot)
    if relist or before is None or before.place != after.place:
        _list_under(published, snapshot, fresh=row is None)
    note_release(before=before, after=after, at=at)
    return published


def _write_text(published: PublishedArticle, snapshot: dict[str, Any]) -> None:
    texts = PublishedText.objects.filter(published=published)
    if not texts.update(snapshot=snapshot):
        PublishedText.objects.create(published=published, snapshot=snapshot)


def _card_columns(snapshot: dict[str, Any], outlet: Outlet) -> dict[str, Any]:
    names = [(each["name"], each["post_nominals"]) for each in snapshot["authors"]]
    with translation.override(outlet.language):
        byline = byline_text([printed_name(*each) for each in names])
    return {
        "kind": snapshot["kind"],
        "access": snapshot["access"],
        "headline": snapshot["short_headline"] or snapshot["headline"],
        "kicker": snapshot["kicker"],
        "standfirst": snapshot["standfirst"],
        "byline": byline,
        "byline_names": names,
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


def _standing(published: PublishedArticle, snapshot: dict[str, Any]) -> Standing:
    """The standing that `_list_under` gives it."""
    return standing(
        published,
        authors=(entry["id"] for entry in snapshot["authors"]),
        topics=(entry["id"] for entry in snapshot["topics"]),
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


def refresh_read_model(*, article_id: int, tell: bool = False) -> None:
    """
    Write an article's public rows again from its newest version: after a move, a repair or a
    restore. Does nothing for an article that is not live.

    tell: let every way out carry the newest release once more; for another outlet's readers the
    search has to find it and the card to look like theirs.
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
            relist=True,
        )
        if tell:
            carry_again(release=Release.objects.filter(article=article).latest("pk"))

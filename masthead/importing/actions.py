"""Bringing copied pages in."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from masthead.accounts.models import User
from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.core.files import write_whole
from masthead.importing.bylines import byline_of
from masthead.importing.extract import extract_page
from masthead.importing.filing import Filing, NoSection
from masthead.importing.models import CopiedPage
from masthead.importing.report import report_of
from masthead.outlets.models import Outlet
from masthead.publishing.actions import publish_article

__all__ = ["BroughtIn", "NoSection", "Withdrawn", "bring_in_page"]


class Withdrawn(Exception):
    """The page's article went out and was taken back; the text is a sentence for a person."""


@dataclass(frozen=True)
class BroughtIn:
    """
    What a copied page became.

    is_new: False when the same bytes were brought in before.
    note: a sentence about what became of it since, or empty.
    """

    article: ArticlePage
    fields: dict[str, dict[str, Any]]
    is_new: bool
    note: str = ""


def bring_in_page(
    *, file: Path, outlet: Outlet, by: User | None, at: datetime, publish: bool = False
) -> BroughtIn:
    """
    Make a saved page or copied text a draft article of the outlet, or publish it.

    One write transaction. The same bytes twice give the same article. Pictures are taken from the
    folder that a browser saved beside the page; nothing is fetched.
    Raises NotAPage and Withdrawn (sentences for a person), NoSection, OSError.
    """
    raw = file.read_bytes()
    content_hash = hashlib.sha256(raw).hexdigest()
    known = CopiedPage.objects.filter(outlet=outlet, content_hash=content_hash).first()
    if known is not None:
        return _bring_again(known, outlet, by, at, publish=publish)
    found = extract_page(raw, filename=file.name, time_zone=ZoneInfo(outlet.timezone))
    _keep_original(raw, content_hash, file.suffix)
    with transaction.atomic():
        byline = byline_of(found.authors.value or (), outlet=outlet)
        article = Filing(file, outlet, by).file_article(found, byline=byline)
        fields = report_of(found, new_namesakes=byline.new_namesakes)
        CopiedPage.objects.create(
            outlet=outlet,
            content_hash=content_hash,
            file_name=file.name[:200],
            article=article,
            fields=fields,
            brought_at=at,
        )
        if publish:
            _publish(article, fields, outlet, by, at)
    return BroughtIn(article, fields, is_new=True)


def _bring_again(
    known: CopiedPage, outlet: Outlet, by: User | None, at: datetime, *, publish: bool
) -> BroughtIn:
    """A draft can be published this time; what was taken back returns only by a person's hand."""
    article = known.article
    note = _withdrawal(article, outlet)
    if publish and note:
        raise Withdrawn(note)
    if publish and not article.live:
        _publish(article, known.fields, outlet, by, at)
    return BroughtIn(article, known.fields, is_new=False, note=note)


def _withdrawal(article: ArticlePage, outlet: Outlet) -> str:
    rows = PublishedArticle.objects.filter(state=PublishedArticle.State.WITHDRAWN)
    row = rows.filter(article=article).first()
    if row is None or row.withdrawn_at is None:
        return ""
    day = row.withdrawn_at.astimezone(ZoneInfo(outlet.timezone))
    return (
        f"“{row.headline}” was brought in before and withdrawn on {day:%-d %B %Y}. "
        "It stays withdrawn; publish it at the desk if it is to return."
    )


def _publish(
    article: ArticlePage, fields: dict[str, Any], outlet: Outlet, by: User | None, at: datetime
) -> None:
    when = _instant(fields["published_at"]["value"], ZoneInfo(outlet.timezone))
    publish_article(article=article, by=by, at=min(when, at) if when else at)


def _instant(text: str | None, zone: ZoneInfo) -> datetime | None:
    """A date without a time counts from its morning."""
    if not text:
        return None
    if "T" in text:
        return datetime.fromisoformat(text)
    return datetime.combine(date.fromisoformat(text), time(6), tzinfo=zone)


def _keep_original(raw: bytes, content_hash: str, suffix: str) -> None:
    """The evidence of what was copied, named by its hash."""
    write_whole(Path(settings.DATA) / "brought-in" / f"{content_hash}{suffix[:6]}", raw)

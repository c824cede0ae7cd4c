"""Bringing copied pages in."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from wagtail.models import Page

from masthead.accounts.grants import collection_for
from masthead.accounts.models import User
from masthead.articles.models import ArticleAuthor, ArticlePage
from masthead.core.files import write_whole
from masthead.core.text import short_slug, shorten
from masthead.importing.bodies import body_of
from masthead.importing.extract import Author as FoundAuthor
from masthead.importing.extract import ExtractedPage, Field, extract_page
from masthead.importing.extract import Picture as FoundPicture
from masthead.importing.models import CopiedPage
from masthead.outlets.models import Outlet, Section
from masthead.outlets.models.addressed import RESERVED_BELOW
from masthead.people.models import Author
from masthead.pictures.actions import add_picture
from masthead.pictures.looking import PictureRefused
from masthead.pictures.models import Picture
from masthead.publishing.actions import publish_article

SURE_ENOUGH = 0.5  # below this a section's name is not worth a section of its own
PICTURE_TYPES = {".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"}


class NoSection(Exception):
    """The outlet has no section that the article could be filed in."""


@dataclass(frozen=True)
class BroughtIn:
    """What a copied page became. is_new: False when the same bytes were brought in before."""

    article: ArticlePage
    fields: dict[str, dict[str, Any]]
    is_new: bool


def bring_in_page(
    *, file: Path, outlet: Outlet, by: User | None, at: datetime, publish: bool = False
) -> BroughtIn:
    """
    Make a saved page or copied text a draft article of the outlet, or publish it.

    One write transaction. The same bytes twice give the same article. Pictures are taken from the
    folder that a browser saved beside the page; nothing is fetched.
    Raises NotAPage (a sentence for a person), NoSection, OSError.
    """
    raw = file.read_bytes()
    content_hash = hashlib.sha256(raw).hexdigest()
    known = CopiedPage.objects.filter(outlet=outlet, content_hash=content_hash).first()
    if known is not None:
        article = known.article
        if publish and not article.live:
            _publish(article, known.fields, outlet, by, at)
        return BroughtIn(article, known.fields, is_new=False)
    found = extract_page(raw, filename=file.name, time_zone=ZoneInfo(outlet.timezone))
    _keep_original(raw, content_hash, file.suffix)
    with transaction.atomic():
        article = _Maker(file, outlet, by).make(found)
        fields = report_of(found)
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


def report_of(found: ExtractedPage) -> dict[str, dict[str, Any]]:
    """Each field with its value, origin and confidence, as JSON."""
    names = [
        "headline",
        "standfirst",
        "section",
        "authors",
        "published_at",
        "updated_at",
        "dateline",
        "lead_picture",
        "caption",
        "credit",
        "language",
        "outlet_name",
    ]
    report = {name: _field(getattr(found, name)) for name in names}
    report["body"] = _field(found.text)
    return report


def _field(field: Field[Any]) -> dict[str, Any]:
    return {
        "value": _plain(field.value),
        "origin": field.origin,
        "confidence": round(field.confidence, 2),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, FoundAuthor):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


class _Maker:
    """Makes one article out of one extracted page."""

    def __init__(self, file: Path, outlet: Outlet, by: User | None) -> None:
        self.file = file
        self.outlet = outlet
        self.by = by

    def make(self, found: ExtractedPage) -> ArticlePage:
        section = self._section(found.section)
        lead = self._lead(found)
        headline = shorten(found.headline.value or self.file.stem, most=255)
        article = ArticlePage(
            title=headline,
            slug=_free_slug(section, headline),
            live=False,
            owner=self.by,
            standfirst=shorten(found.standfirst.value or "", most=400),
            dateline=(found.dateline.value or "")[:80],
            lead_picture=lead,
            lead_caption=_caption(found, with_credit=lead is None),
        )
        article.body = body_of(  # type: ignore[assignment]  # as StreamField takes them
            found.body, find_picture=self._picture
        )
        authors = [self._author(each) for each in found.authors.value or ()]
        article.article_authors = [
            ArticleAuthor(author=author) for author in dict.fromkeys(authors)
        ]
        section.add_child(instance=article)
        article.save_revision(user=self.by)
        return article

    def _section(self, field: Field[str]) -> Section:
        """The outlet's section of that name; a new one, outside the navigation, if it has none."""
        sections = Section.objects.descendant_of(self.outlet).order_by("path")
        if field.value:
            same = sections.filter(title__iexact=field.value).first()
            if same is not None:
                return same
            if field.confidence >= SURE_ENOUGH:
                return self._new_section(field.value)
        first = sections.first()
        if first is None:
            raise NoSection(f"{self.outlet.title} has no section yet; make one first.")
        return first

    def _new_section(self, name: str) -> Section:
        slug = _free_slug(self.outlet, name, besides=RESERVED_BELOW)
        section = Section(title=name[:255], slug=slug, in_navigation=False)
        self.outlet.refresh_from_db()
        self.outlet.add_child(instance=section)
        section.save_revision(user=self.by).publish(user=self.by, skip_permission_checks=True)
        return section

    def _author(self, found: FoundAuthor) -> Author:
        known = Author.objects.filter(name__iexact=found.name).first()
        if known is not None:
            return known
        author = Author.objects.create(
            name=found.name[:120],
            slug=_free_author_slug(found.name),
            post_nominals=found.post_nominals[:60],
            is_shared=found.is_staff,
        )
        author.outlets.add(self.outlet)
        return author

    def _lead(self, found: ExtractedPage) -> Picture | None:
        lead = found.lead_picture.value
        if lead is None:
            return None
        return self._picture(
            FoundPicture(
                url=lead.url,
                alt=lead.alt,
                caption=found.caption.value or "",
                credit=found.credit.value or "",
            )
        )

    def _picture(self, found: FoundPicture) -> Picture | None:
        """The file that the browser saved with the page, if it is there and is a picture."""
        saved = _saved_beside(self.file, found.url)
        if saved is None:
            return None
        collection = collection_for(self.outlet)
        digest = hashlib.sha1(saved.read_bytes(), usedforsecurity=False).hexdigest()
        same = Picture.objects.filter(file_hash=digest, collection=collection).first()
        try:
            return same or add_picture(
                file=saved,
                title=saved.stem,
                alt=found.alt or found.caption,
                caption=found.caption,
                credit=found.credit,
                by=self.by,
                collection=collection,
            )
        except PictureRefused:  # one bad file does not keep the article out
            return None


def _caption(found: ExtractedPage, *, with_credit: bool) -> str:
    """With a picture the credit is the picture's; alone it stands behind the words."""
    caption, credit = found.caption.value or "", found.credit.value or ""
    return f"{caption} ({credit})" if caption and credit and with_credit else caption


def _saved_beside(page: Path, url: str) -> Path | None:
    """Only a picture below the page's own folder; a page cannot name any other file."""
    from urllib.parse import unquote, urlsplit

    folder = page.resolve().parent
    try:
        parts = urlsplit(url)
        if parts.scheme or parts.netloc or not parts.path:
            return None
        file = (folder / unquote(parts.path).lstrip("/")).resolve()
        if file.suffix.lower() not in PICTURE_TYPES or not file.is_relative_to(folder):
            return None
        return file if file.is_file() else None
    except (OSError, ValueError):  # a name that no file can have, an address that is none
        return None


def _free_slug(parent: Page, words: str, *, besides: Iterable[str] = ()) -> str:
    taken = {*parent.get_children().values_list("slug", flat=True), *besides}
    return _free(short_slug(words), taken)


def _free_author_slug(name: str) -> str:
    return _free(short_slug(name), set(Author.objects.values_list("slug", flat=True)))


def _free(slug: str, taken: set[str]) -> str:
    number = 2
    free = slug
    while free in taken:
        free = f"{slug}-{number}"
        number += 1
    return free

"""How a draft will look to readers, on each outlet's look."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from masthead.articles.models import ArticlePage
from masthead.articles.pages import page_of
from masthead.articles.reading import article_context
from masthead.articles.snapshot import snapshot_article
from masthead.outlets.addresses import path_below
from masthead.outlets.previews import preview_response
from masthead.outlets.queries import get_sheet, outlet_of, sheets

HOME = ""


def article_preview_modes() -> list[tuple[str, Any]]:
    """One mode an outlet, the article's own first under its plain name."""
    return [(HOME, translation.gettext("As published"))] + [
        (sheet.slug, sheet.name) for sheet in sheets()
    ]


def preview_article(*, page: ArticlePage, request: HttpRequest, mode: str) -> HttpResponse:
    """The page as readers of that outlet would get it, from the unsaved article."""
    home = outlet_of(page)
    sheet = next((each for each in sheets() if each.slug == mode), None) or get_sheet(
        outlet_id=home.pk
    )
    now = timezone.now()
    with translation.override(sheet.language), timezone.override(sheet.timezone):
        context = article_context(
            snapshot=snapshot_article(page),
            sheet=sheet,
            path=path_below(page.url_path or "/-/-/"),
            section_id=page.get_parent().pk if page.path else 0,
            published_at=page.first_published_at or page.go_live_at or now,
            updated_at=page.last_published_at or page.go_live_at or now,
            version_number=0,
        )
        context["article"]["id"] = page.pk
        context["article"]["is_unpublished"] = page.first_published_at is None
        context["article"]["is_planned"] = bool(page.go_live_at and page.go_live_at > now)
        reader_page = page_of(
            sheet=sheet, context=context, path=path_below(page.url_path or "/-/-/")
        )
        return preview_response(reader_page, at=now)

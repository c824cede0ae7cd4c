"""The article as a page."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from masthead.articles.along import read_along
from masthead.articles.models import Access, PublishedArticle
from masthead.articles.reading import article_context
from masthead.articles.structured_data import article_open_graph, news_article
from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.outlets.page import Head, ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.outlets.standard_site import DOCUMENT, document_uri
from masthead.outlets.structured_data import breadcrumbs

LEAD_SIZES = "(min-width: 64rem) 60rem, 100vw"


def article_page(
    *, sheet: Sheet, published: PublishedArticle, may_read_members: Callable[[], bool]
) -> ReaderPage:
    """
    published: live; what stands for a withdrawn one is `press.errors.withdrawn_page`.

    may_read_members: asked of members' articles alone, so that any other is the same for all.
    """
    shows(keys.article(published.article_id), keys.article_card(published.article_id))
    shows(keys.page_of_article(published.pk))
    snapshot = published.text.snapshot
    context = article_context(
        snapshot=snapshot,
        sheet=sheet,
        path=published.path,
        section_id=published.section_id,
        published_at=published.published_at,
        updated_at=published.updated_at,
        version_number=published.version_number,
        may_read_all=snapshot["access"] != Access.MEMBERS or may_read_members(),
    )
    context["article"]["id"] = published.article_id
    context["along"] = read_along(published)
    document = document_uri(
        sheet, public_id=published.public_id, updated_at=published.updated_at.isoformat()
    )
    return page_of(sheet=sheet, context=context, path=published.path, document=document)


def page_of(*, sheet: Sheet, context: dict[str, Any], path: str, document: str = "") -> ReaderPage:
    """
    An article page from its context; previews come in here with an unsaved article.

    document: the address of its record (standard.site), if it has one.
    """
    article = context["article"]
    section = article["section"]
    trail = [(section.name, section.path)] if section else []
    head = Head(
        title=article["search_headline"],
        social_title=article["social_headline"],
        description=article["description"],
        canonical=sheet.absolute(path),
        og=article_open_graph(article, sheet=sheet),
        json_ld=[
            news_article(article, sheet=sheet),
            breadcrumbs(sheet, [*trail, (article["headline"], path)]),
        ],
        links=[
            {
                "rel": "alternate",
                "type": "application/json+oembed",
                "href": f"{sheet.base}/oembed?url={quote(sheet.absolute(path), safe='')}",
                "title": article["headline"],
            },
            *([{"rel": DOCUMENT, "href": document}] if document else []),
        ],
        preload_image=_preload(article["lead"]),
    )
    kinds = frozenset(article["kinds"])
    return ReaderPage(
        sheet,
        "article",
        "articles/article.html",
        head,
        context,
        kinds,
        holds_members_text=article["access"] == Access.MEMBERS and not article["is_gated"],
    )


def _preload(lead: dict[str, Any] | None) -> dict[str, str] | None:
    if lead is None or not lead["picture"].sources:
        return None
    best = lead["picture"].sources[0]
    return {"srcset": best["srcset"], "type": best["type"], "sizes": LEAD_SIZES}

"""Fronts and lists as pages: front, section, topic, author, archive."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from masthead.articles.cards import Card, cards
from masthead.articles.models import PublishedArticle
from masthead.articles.queries import (
    Listing,
    Place,
    by_author,
    find_topic,
    in_outlet,
    in_section,
    listing,
    on_topic,
)
from masthead.core.sanitise import plain_text
from masthead.core.text import shorten
from masthead.fronts.queries import archive_months, by_day, compose_front, find_layout
from masthead.outlets.addresses import resolve_inside_links
from masthead.outlets.page import Head, PageMissing, ReaderPage
from masthead.outlets.rich_text import whole_html
from masthead.outlets.sheet import Sheet, SheetSection
from masthead.outlets.structured_data import (
    breadcrumbs,
    collection,
    organisation,
    outlet_open_graph,
)
from masthead.people.queries import find_author
from masthead.people.structured_data import profile
from masthead.pictures.queries import picture_data

LEAD_SIZES = "(min-width: 78rem) 34rem, (min-width: 62rem) 46vw, 100vw"


def front_page(
    *, sheet: Sheet, at: datetime, slots: list[dict[str, Any]] | None = None
) -> ReaderPage:
    """The outlet's front as released, or with the given slots (a draft being looked at)."""
    if slots is None:
        layout = find_layout(outlet_id=sheet.id)
        slots = layout.slots if layout else []
    front = compose_front(sheet=sheet, slots=slots, at=at)
    head = Head(
        title="",
        description=sheet.tagline,
        canonical=sheet.absolute(),
        og=outlet_open_graph(sheet),
        json_ld=[organisation(sheet)],
        feeds=feed_links(sheet, path="", name=sheet.name),
        preload_image=preload(front.lead, sizes=LEAD_SIZES) if front.lead else None,
    )
    return ReaderPage(sheet, "front", "fronts/front.html", head, {"front": front})


def section_page(
    *, sheet: Sheet, section: SheetSection, before: Place | None, after: Place | None
) -> ReaderPage:
    articles = in_section(section.id, is_top=section.parent_id is None)
    page = listing(articles, before=before, after=after)
    context = {"section": section, "subsections": sheet.children_of(section)}
    parent = sheet.find_section(section_id=section.parent_id) if section.parent_id else None
    trail = [(parent.name, parent.path)] if parent else []
    return _list_page(
        sheet=sheet,
        kind="section",
        path=section.path,
        name=section.name,
        description=section.description,
        found=page,
        context=context | {"parent": parent},
        trail=[*trail, (section.name, section.path)],
        is_first=before is None and after is None,
    )


def topic_page(*, sheet: Sheet, slug: str, before: Place | None, after: Place | None) -> ReaderPage:
    """Raises PageMissing for a topic that does not exist or has nothing on this outlet."""
    topic = find_topic(slug)
    if topic is None:
        raise PageMissing
    page = listing(
        on_topic(topic, outlet_id=sheet.id),
        before=before,
        after=after,
        at="listed_topics__published_at",
        row="listed_topics__published",
    )
    _not_empty(page)
    return _list_page(
        sheet=sheet,
        kind="topic",
        path=f"topics/{topic.slug}/",
        name=topic.name,
        description=topic.description,
        found=page,
        context={"topic": topic},
        trail=[(topic.name, f"topics/{topic.slug}/")],
        is_first=before is None and after is None,
    )


def author_page(
    *, sheet: Sheet, slug: str, before: Place | None, after: Place | None
) -> ReaderPage:
    author = find_author(slug)
    if author is None:
        raise PageMissing
    page = listing(
        by_author(author.pk, outlet_id=sheet.id),
        before=before,
        after=after,
        at="listed_authors__published_at",
        row="listed_authors__published",
    )
    portraits = picture_data([author.portrait] if author.portrait else [])
    shown = {
        "name": author.name,
        "post_nominals": author.post_nominals,
        "byline": author.byline,
        "role": author.role,
        "biography_html": mark_safe(  # noqa: S308  (cleaned by whole_html)
            resolve_inside_links(whole_html(author.biography), sheet=sheet)
        ),
        "portrait": portraits.get(author.portrait_id) if author.portrait_id else None,
        "links": [{"label": link.label, "url": link.url} for link in author.links.all()],
        "is_shared": author.is_shared,
        "url": sheet.url(f"authors/{author.slug}/"),
        "initials": "".join(word[0] for word in author.name.split()[:2]).upper(),
    }
    return _list_page(
        sheet=sheet,
        kind="author",
        path=f"authors/{author.slug}/",
        name=author.byline,
        description=shorten(plain_text(author.biography), most=160),
        found=page,
        context={"author": shown},
        trail=[(author.byline, f"authors/{author.slug}/")],
        is_first=before is None and after is None,
        extra_json_ld=[profile(shown, sheet=sheet, path=f"authors/{author.slug}/")],
    )


def archive_page(*, sheet: Sheet) -> ReaderPage:
    """All months that have articles, newest year first."""
    years = archive_months(outlet_id=sheet.id)
    for year in years:
        year["months"] = [
            {
                "label": date_format(each["month"], "F"),
                "url": sheet.url(f"archive/{each['month']:%Y/%m}/"),
                "count": each["count"],
            }
            for each in year["months"]
        ]
    head = Head(
        title=_("Archive"),
        canonical=sheet.absolute("archive/"),
        og=outlet_open_graph(sheet),
        json_ld=[breadcrumbs(sheet, [(_("Archive"), "archive/")])],
    )
    return ReaderPage(sheet, "archive", "fronts/archive.html", head, {"months": years})


def month_page(
    *, sheet: Sheet, year: int, month: int, before: Place | None, after: Place | None
) -> ReaderPage:
    """One month's articles by day, thirty at a time. Raises PageMissing for an empty month."""
    zone = ZoneInfo(sheet.timezone)
    try:
        begins = datetime(year, month, 1, tzinfo=zone)
        ends = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
        span = begins.astimezone(UTC), ends.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise PageMissing from error
    inside = in_outlet(sheet.id).filter(published_at__gte=span[0], published_at__lt=span[1])
    page = listing(inside, before=before, after=after)
    _not_empty(page)
    name = date_format(begins.date(), "F Y")
    path = f"archive/{begins:%Y/%m}/"
    return _list_page(
        sheet=sheet,
        kind="archive",
        path=path,
        name=name,
        description=_("Everything published in %(month)s.") % {"month": name},
        found=page,
        context={"month_name": name, "zone": zone},
        trail=[(_("Archive"), "archive/"), (name, path)],
        is_first=before is None and after is None,
    )


def feeds_page(*, sheet: Sheet) -> ReaderPage:
    """Every feed of the outlet and its sections, to be copied into a reader."""
    title = {"title": sheet.name, "feeds": [_feed_forms(sheet, sheet.name, "")]}
    sections = {
        "title": _("Sections"),
        "feeds": [_feed_forms(sheet, each.name, each.path) for each in sheet.sections],
    }
    head = Head(
        title=_("Feeds"),
        canonical=sheet.absolute("feeds/"),
        og=outlet_open_graph(sheet),
        json_ld=[breadcrumbs(sheet, [(_("Feeds"), "feeds/")])],
        feeds=feed_links(sheet, path="", name=sheet.name),
    )
    groups = [title, sections] if sheet.sections else [title]
    return ReaderPage(sheet, "feeds", "fronts/feeds.html", head, {"groups": groups})


def _feed_forms(sheet: Sheet, name: str, path: str) -> dict[str, Any]:
    forms = [("RSS", "feed.xml"), ("Atom", "atom.xml"), ("JSON", "feed.json")]
    return {
        "name": name,
        "forms": [{"label": label, "href": sheet.url(path + file)} for label, file in forms],
    }


def _list_page(
    *,
    sheet: Sheet,
    kind: str,
    path: str,
    name: str,
    description: str,
    found: Listing,
    context: dict[str, Any],
    trail: list[tuple[str, str]],
    is_first: bool,
    extra_json_ld: list[dict[str, Any]] | None = None,
) -> ReaderPage:
    shown = cards(found.articles, sheet=sheet)
    older = f"{sheet.url(path)}?before={found.older}" if found.older else ""
    newer = f"{sheet.url(path)}?after={found.newer}" if found.newer else ""
    page_of_list = "" if is_first or not found.articles else f"?before={_above(found)}"
    has_feed = kind in {"section", "topic", "author"}
    head = Head(
        title=name,
        description=description,
        canonical=sheet.absolute(path + page_of_list),
        robots="max-image-preview:large" if is_first else "noindex, follow",
        og=outlet_open_graph(sheet, kind="profile" if kind == "author" else "website"),
        json_ld=[
            *(extra_json_ld or [collection(sheet, name=name, path=path, cards=shown)]),
            breadcrumbs(sheet, trail),
        ],
        feeds=feed_links(sheet, path=path, name=name) if has_feed else [],
        next_url=older,
        prev_url=newer,
        preload_image=None,
    )
    days = by_day(shown, zone=context.pop("zone")) if "zone" in context else None
    return ReaderPage(
        sheet,
        kind,
        f"fronts/{kind}.html",
        head,
        {
            **context,
            "cards": shown,
            "days": days,
            "older_url": older,
            "newer_url": newer,
            "is_first": is_first,
        },
    )


def _above(found: Listing) -> Place:
    """The place just above a list page's first row, which names the page for good."""
    first = found.articles[0]
    return Place(first.published_at, first.pk + 1)


def _not_empty(found: Listing) -> None:
    if not found.articles:
        raise PageMissing


def feed_links(sheet: Sheet, *, path: str, name: str) -> list[dict[str, str]]:
    """The three feeds of a list, as <link> elements."""
    kinds = [
        ("application/rss+xml", "feed.xml", "RSS"),
        ("application/atom+xml", "atom.xml", "Atom"),
        ("application/feed+json", "feed.json", "JSON"),
    ]
    return [
        {"title": f"{name} ({label})", "type": mime, "href": sheet.url(path + file)}
        for mime, file, label in kinds
    ]


def preload(card: Card, *, sizes: str) -> dict[str, str] | None:
    """What the browser should fetch before it has laid out the page."""
    if card.picture is None or not card.picture.sources:
        return None
    best = card.picture.sources[0]
    return {"srcset": best["srcset"], "type": best["type"], "sizes": sizes}


def newest(articles: QuerySet[PublishedArticle], *, sheet: Sheet, most: int) -> list[Card]:
    return cards(articles[:most], sheet=sheet)

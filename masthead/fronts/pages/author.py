"""An author: who they are, and what they wrote on this outlet."""

from typing import Any

from django.utils.safestring import mark_safe

from masthead.articles.queries import Place, by_author, listing
from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.core.sanitise import plain_text
from masthead.core.text import shorten
from masthead.fronts.pages.lists import MOST_DESCRIBED, list_page, show_list
from masthead.fronts.queries import find_author_on
from masthead.outlets.addresses import resolve_inside_links
from masthead.outlets.page import PageMissing, ReaderPage
from masthead.outlets.rich_text import whole_html
from masthead.outlets.sheet import Sheet
from masthead.people.models import Author
from masthead.people.structured_data import profile
from masthead.pictures.queries import picture_data


def author_page(
    *, sheet: Sheet, slug: str, before: Place | None, after: Place | None
) -> ReaderPage:
    """Raises PageMissing for somebody who neither has articles on this outlet nor writes for it."""
    author = find_author_on(outlet_id=sheet.id, slug=slug)
    if author is None:
        raise PageMissing
    is_first = before is None and after is None
    shows(keys.author(author.pk))
    found = listing(by_author(author.pk, outlet_id=sheet.id), before=before, after=after)
    show_list(keys.author(author.pk), found=found, is_first=is_first)
    path = f"authors/{author.slug}/"
    shown = _shown(author, sheet=sheet, path=path)
    return list_page(
        sheet=sheet,
        kind="author",
        path=path,
        name=author.byline,
        description=shorten(plain_text(author.biography), most=MOST_DESCRIBED),
        found=found,
        context={"author": shown},
        trail=[(author.byline, path)],
        is_first=is_first,
        extra_json_ld=[profile(shown, sheet=sheet, path=path)],
    )


def _shown(author: Author, *, sheet: Sheet, path: str) -> dict[str, Any]:
    portraits = picture_data([author.portrait] if author.portrait else [])
    return {
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
        "url": sheet.url(path),
        "initials": "".join(word[0] for word in author.name.split()[:2]).upper(),
    }

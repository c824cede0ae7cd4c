"""Reads about authors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from masthead.outlets.sheet import Sheet
from masthead.people.models import Author
from masthead.pictures.queries import PictureData, picture_data


@dataclass(frozen=True)
class AuthorLine:
    """One author as a byline shows them."""

    id: int
    name: str
    post_nominals: str
    byline: str
    role: str
    url: str
    absolute_url: str
    is_shared: bool
    initials: str
    portrait: PictureData | None


def author_lines(stored: Sequence[dict[str, Any]], *, sheet: Sheet) -> list[AuthorLine]:
    """
    Byline entries of a snapshot, in order, with today's name, address and portrait. One query.

    An author deleted since keeps the name that was printed, without a link.
    """
    ids = [entry["id"] for entry in stored]
    authors = (
        {
            author.pk: author
            for author in Author.objects.filter(pk__in=ids).select_related("portrait")
        }
        if ids
        else {}
    )
    portraits = picture_data([a.portrait for a in authors.values() if a.portrait])
    return [_line(entry, authors.get(entry["id"]), portraits, sheet) for entry in stored]


def _line(
    entry: dict[str, Any], author: Author | None, portraits: dict[int, PictureData], sheet: Sheet
) -> AuthorLine:
    name = author.name if author else entry["name"]
    letters = author.post_nominals if author else entry["post_nominals"]
    path = f"authors/{author.slug}/" if author else ""
    return AuthorLine(
        id=entry["id"],
        name=name,
        post_nominals=letters,
        byline=f"{name}, {letters}" if letters else name,
        role=author.role if author else "",
        url=sheet.url(path) if author else "",
        absolute_url=sheet.absolute(path) if author else "",
        is_shared=entry["is_shared"],
        initials="".join(word[0] for word in name.split()[:2]).upper(),
        portrait=portraits.get(author.portrait_id) if author and author.portrait_id else None,
    )


def byline_text(names: Sequence[str]) -> str:
    """“A”, “A and B”, “A, B and C”, in the language in force."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {
        "names": pgettext("between names", ", ").join(names[:-1]),
        "last": names[-1],
    }


def find_author(slug: str) -> Author | None:
    return Author.objects.filter(slug=slug).select_related("portrait").first()

"""Reads about authors."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.core.prepared import PreparedByIds
from masthead.outlets.sheet import Sheet
from masthead.people.bylines import joints, printed_name
from masthead.people.models import Author
from masthead.pictures.queries import PictureData, picture_data


@dataclass(frozen=True)
class AuthorLine:
    """One author as a byline shows them. joint: what stands between this name and the next."""

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
    joint: str = ""


def author_lines(stored: Sequence[dict[str, Any]], *, sheet: Sheet) -> list[AuthorLine]:
    """
    Byline entries of a snapshot, in order, with today's name, address and portrait. One query.

    An author deleted since keeps the name that was printed, without a link.
    """
    ids = [entry["id"] for entry in stored]
    shows(*(keys.author(each) for each in ids))
    authors = {author.pk: author for author in _authors.rows(ids)}
    portraits = picture_data([a.portrait for a in authors.values() if a.portrait])
    lines = [_line(entry, authors.get(entry["id"]), portraits, sheet) for entry in stored]
    after = joints([line.byline for line in lines])
    return [replace(line, joint=joint) for line, joint in zip(lines, after, strict=True)]


_authors: PreparedByIds[Author] = PreparedByIds(
    lambda ids: Author.objects.filter(pk__in=ids).select_related("portrait")
)


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
        byline=printed_name(name, letters),
        role=author.role if author else "",
        url=sheet.url(path) if author else "",
        absolute_url=sheet.absolute(path) if author else "",
        is_shared=entry["is_shared"],
        initials="".join(word[0] for word in name.split()[:2]).upper(),
        portrait=portraits.get(author.portrait_id) if author and author.portrait_id else None,
    )

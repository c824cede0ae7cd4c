"""The whole article as JSON."""

from collections.abc import Iterator
from typing import Any

from masthead.articles.models import ArticlePage, Kind
from masthead.articles.snapshot.body import snapshot_block
from masthead.core.sanitise import plain_lines
from masthead.core.text import words_in

SCHEMA = 1


def snapshot_article(page: ArticlePage) -> dict[str, Any]:
    """
    Freeze the article as it stands on the given page object, saved or not.

    Costs one query each for authors, topics and linked pages when they are not loaded.
    """
    body = [part for block in page.body for part in snapshot_block(block.block_type, block.value)]
    snapshot = {
        "schema": SCHEMA,
        "public_id": page.public_id.hex,
        "headline": page.title,
        "short_headline": page.short_headline,
        "social_headline": page.social_headline,
        "search_headline": page.seo_title,
        "search_description": page.search_description,
        "kicker": page.kicker,
        "standfirst": page.standfirst,
        "dateline": page.dateline,
        "kind": page.kind,
        "access": page.access,
        "sponsor": _sponsor(page),
        "without_advertising": page.without_advertising,
        "authors": _authors(page),
        "topics": [{"id": t.pk, "name": t.name, "slug": t.slug} for t in page.topics.all()],
        "lead": _lead(page),
        "caption_alone": "" if page.lead_picture else page.lead_caption,
        "body": body,
    }
    snapshot["word_count"] = words_in(plain_body(snapshot))
    return snapshot


def _sponsor(page: ArticlePage) -> dict[str, str] | None:
    if page.kind != Kind.SPONSORED:
        return None
    return {"name": page.sponsor_name, "url": page.sponsor_url}


def _authors(page: ArticlePage) -> list[dict[str, Any]]:
    return [
        {
            "id": line.author.pk,
            "name": line.author.name,
            "post_nominals": line.author.post_nominals,
            "slug": line.author.slug,
            "is_shared": line.author.is_shared,
        }
        for line in page.article_authors.select_related("author")
    ]


def _lead(page: ArticlePage) -> dict[str, Any] | None:
    picture = page.lead_picture
    if picture is None:
        return None
    return {
        "picture": picture.pk,
        "alt": picture.description,
        "caption": page.lead_caption or picture.caption,
        "credit": picture.credit,
    }


def picture_ids(snapshot: dict[str, Any]) -> set[int]:
    """Every picture the page of this snapshot shows."""
    ids = set(_pictures_in(snapshot["body"]))
    if snapshot["lead"]:
        ids.add(snapshot["lead"]["picture"])
    return ids


def _pictures_in(blocks: list[dict[str, Any]]) -> Iterator[int]:
    for block in blocks:
        if block.get("picture"):
            yield block["picture"]
        yield from _pictures_in(block.get("pictures", []))


def plain_body(snapshot: dict[str, Any]) -> str:
    """The words of the text alone, for counting, searching and comparing."""
    lines = []
    for block in snapshot["body"]:
        for key in ("html", "text", "quotation", "title", "caption"):
            if block.get(key):
                lines.append(plain_lines(block[key]) if key == "html" else block[key])
        for row in block.get("rows", []):
            lines.append(" ".join(cell["text"] for cell in row))
    return "\n".join(lines)

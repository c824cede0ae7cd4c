"""What each public surface says of one article, and whether they agree."""

import re
from collections.abc import Iterator
from html import unescape

from django.test import Client

from masthead.articles.models import (
    ArticlePage,
    ListedAuthor,
    ListedTopic,
    PublishedArticle,
    PublishedText,
)
from masthead.articles.queries import in_outlet
from masthead.outlets.queries import get_sheet
from masthead.publishing.models import Receipt, Release, Version
from masthead.publishing.on_release import ways_out
from masthead.search.asked import ask
from masthead.search.models import SearchEntry
from masthead.search.queries import find_matches
from masthead.search.query import read_query

H1 = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
NOTHING = "(nothing)"


def said_of(article_id: int) -> dict[str, str]:
    """The headline that each surface gives, or NOTHING; after the worker ran."""
    page = ArticlePage.objects.get(pk=article_id)
    row = PublishedArticle.objects.filter(article=page).select_related("outlet").first()
    is_live = row is not None and row.state == PublishedArticle.State.LIVE
    said = {
        "page": page.title if page.live else NOTHING,
        "record": _recorded(article_id),
        "read model": _text_of(row) if row and is_live else NOTHING,
        "lists": row.headline if row and is_live else NOTHING,
        "search": _found_by_search(row),
    }
    if row is not None:
        said["address"] = _at_address(f"/{row.outlet.slug}/{row.path}")
        said["feed"] = _in_feed(row)
    return said


def _text_of(row: PublishedArticle) -> str:
    text = PublishedText.objects.filter(published=row).first()
    return text.snapshot["headline"] if text else "(a row without a text)"


def _recorded(article_id: int) -> str:
    """By the newest release: what its version says, nothing for a withdrawal."""
    newest = Release.objects.filter(article=article_id).order_by("-pk").first()
    return newest.version.snapshot["headline"] if newest and newest.version else NOTHING


def _found_by_search(row: PublishedArticle | None) -> str:
    entry = SearchEntry.objects.filter(published=row).first() if row else None
    if entry is None:
        return NOTHING
    sheet = get_sheet(outlet_id=entry.outlet_id)
    found = find_matches(ask(read_query(entry.headline), sheets=[sheet]))
    hits = [each for each in found if each == entry.pk]
    return entry.headline if len(hits) == 1 else f"{entry.headline}, found {len(hits)} times"


def _at_address(path: str) -> str:
    answer = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False).get(path)
    if answer.status_code in {404, 410}:
        return NOTHING
    heading = H1.search(answer.content.decode())
    return unescape(heading[1]).strip() if heading else f"status {answer.status_code}"


def _in_feed(row: PublishedArticle) -> str:
    reader = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
    answer = reader.get(f"/{row.outlet.slug}/feed.json")
    if answer.status_code != 200:
        return f"status {answer.status_code}"
    mine = [
        item["title"] for item in answer.json()["items"] if item["url"].endswith("/" + row.path)
    ]
    return mine[0] if len(mine) == 1 else f"{len(mine)} times" if mine else NOTHING


def faults_in(article_id: int) -> Iterator[str]:
    """What is doubled or half in the record of an article; nothing when all is well."""
    numbers = list(
        Version.objects.filter(article=article_id).order_by("pk").values_list("number", flat=True)
    )
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"versions are numbered {numbers}"
    releases = Release.objects.filter(article=article_id)
    if releases.exclude(version=None).count() != len(numbers):
        yield f"{len(numbers)} versions, {releases.exclude(version=None).count()} releases of one"
    receipts = Receipt.objects.filter(release__article=article_id)
    if receipts.count() != releases.count() * len(ways_out()):
        yield f"{receipts.count()} receipts of {releases.count()} releases"
    if not_done := receipts.exclude(state=Receipt.State.DONE).count():
        yield f"{not_done} receipts are not done"
    yield from _faults_in_rows(article_id)


def _faults_in_rows(article_id: int) -> Iterator[str]:
    rows = list(PublishedArticle.objects.filter(article=article_id))
    if len(rows) > 1:
        yield f"{len(rows)} public rows"
    for row in rows:
        is_live = row.state == PublishedArticle.State.LIVE
        for name, listed in (("author", ListedAuthor), ("topic", ListedTopic)):
            if listed.objects.filter(published=row).count() != int(is_live):
                yield f"the {name}'s list does not hold it once"
        newest = Version.objects.filter(article=article_id).order_by("-number").first()
        if newest is None or newest.number != row.version_number:
            yield f"the public row shows version {row.version_number}"
        if sum(each.pk == row.pk for each in in_outlet(row.outlet_id)[:30]) != int(is_live):
            yield "the outlet's list does not hold it once"

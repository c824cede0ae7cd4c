"""Wagtail's stock search, its own backend for the database in use, over headlines and texts."""

import time
from collections.abc import Iterator
from typing import Any

from modelsearch.backends.database import SearchBackend
from wagtail.search import index

from masthead.articles.models import ArticlePage, PublishedText
from masthead.articles.snapshot import plain_body
from masthead.search.limits import SearchBusy, statement_limit

AT_ONCE = 500
GIVEN_UP_SECONDS = 10.0
SHOWN = 30


class StockSearch:
    """As a plain site has it: the text is a field of the page's own, like the title."""

    def __init__(self) -> None:
        ArticlePage.text_to_search = ""  # type: ignore[attr-defined]  # filled below
        own = [each for each in ArticlePage.search_fields if each.field_name != "draft_title"]
        ArticlePage.search_fields = [*own, index.SearchField("text_to_search")]
        self._backend: Any = SearchBackend({})

    def index_all(self) -> float:
        """Articles a second."""
        began, number = time.perf_counter(), 0
        for some in _in_batches():
            self._backend.add_bulk(ArticlePage, some)
            number += len(some)
        return number / (time.perf_counter() - began)

    def slowest(
        self, typed: list[str], *, is_best: bool = False, is_typing: bool = False
    ) -> float | None:
        """In ms, of the wall; None when one was given up."""
        return max(
            (self._take(each, is_best=is_best, is_typing=is_typing) for each in typed),
            key=lambda each: float("inf") if each is None else each,
        )

    def _take(self, typed: str, *, is_best: bool, is_typing: bool) -> float | None:
        began = time.perf_counter()
        articles = ArticlePage.objects.live().order_by("-first_published_at")
        ask = self._backend.autocomplete if is_typing else self._backend.search
        try:
            with statement_limit(seconds=GIVEN_UP_SECONDS):
                list(ask(typed, articles, order_by_relevance=is_best)[:SHOWN])
        except SearchBusy:
            return None
        return (time.perf_counter() - began) * 1000


def _in_batches() -> Iterator[list[Any]]:
    ids = list(ArticlePage.objects.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(ids), AT_ONCE):
        some = list(ArticlePage.objects.filter(pk__in=ids[first : first + AT_ONCE]))
        texts = PublishedText.objects.filter(published__article__in=some).values_list(
            "published__article", "snapshot"
        )
        said = {article: plain_body(snapshot) for article, snapshot in texts}
        for article in some:
            article.text_to_search = said.get(article.pk, "")
        yield some

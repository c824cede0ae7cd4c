"""
Everything anew: how common words are, all articles' words, all lists.

Processes of their own read and reckon, this one writes, in short transactions. Readers keep their
lists meanwhile. Killed, it has done nothing by halves: what was written is as good as what was not,
and the next run begins from the start.
"""

import gc
import multiprocessing
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.pool import AsyncResult, Pool
from typing import Any, TypeVar

from django.db import connections, transaction
from django.utils import timezone

from masthead.articles.models import Kind, PublishedArticle
from masthead.core.words import base_language
from masthead.publishing.models import Release
from masthead.related.finding import Index, find_lists
from masthead.related.knowing import Rules, read_rules
from masthead.related.lists import WorkedOut, replace_lists, worked_out, write_lists
from masthead.related.models import Vector
from masthead.related.postings import post
from masthead.related.vectors import forget_vector, forms_of, set_frequencies
from masthead.related.weighing import Counted, count_words, packed, unpacked, weigh

ROWS_AT_ONCE = 200
LISTS_AT_ONCE = 50  # worked out together
AHEAD = 2  # chunks a process that are worked out before they are written
Chunk = tuple[int, int]  # the first and the last public row of some
Given = TypeVar("Given")
Progress = Callable[[str, int, int], None]  # what is done, how many articles of how many


def rebuild(*, processes: int = 1, progress: Progress = lambda label, done, of: None) -> None:
    """
    Count, weigh and list all public articles. Repeatable; may run while the newsroom publishes.

    processes: how many reckon beside this one; with 1 it does everything itself.
    """
    chunks = _chunks()
    with _reckoners(processes) as reckon:
        words, articles = _count(reckon, chunks, progress)
    for language, counts in words.items():
        set_frequencies(language, counts, articles=articles[language])
    Vector.objects.filter(counted=False).update(counted=True)
    _known.update(words=words, articles=articles)  # before the next processes start, for them
    with _reckoners(processes) as reckon:
        _forget_what_is_gone()
        for done, weighed in enumerate(reckon(_weigh_chunk, chunks), start=1):
            _write_vectors(weighed)
            progress("weighed", done, len(chunks))
    _known.clear()
    with _reckoners(processes) as reckon:
        for done, (seen, rows, found) in enumerate(reckon(_list_chunk, chunks), start=1):
            _write_lists(seen, rows, found)
            progress("listed", done, len(chunks))
    _known.clear()


_known: dict[str, Any] = {}
Reckon = Callable[[Callable[[Chunk], Given], list[Chunk]], Iterable[Given]]


@contextmanager
def _reckoners(processes: int) -> Iterator[Any]:
    """A `map` over chunks, in processes that are gone afterwards."""
    if processes <= 1:
        yield map
        return
    connections.close_all()  # a connection must not be in two processes; all begin here and now
    gc.freeze()  # what the processes share stays shared: collecting writes to all it looks at
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield partial(_reckon_ahead, pool, AHEAD * processes)
    gc.unfreeze()


def _reckon_ahead(
    pool: Pool, most: int, work: Callable[[Chunk], Given], chunks: list[Chunk]
) -> Iterator[Given]:
    """In order, and no more of them ahead of who writes than memory is meant for."""
    waiting: deque[AsyncResult[Given]] = deque()
    for chunk in chunks:
        waiting.append(pool.apply_async(work, (chunk,)))
        if len(waiting) > most:
            yield waiting.popleft().get()
    while waiting:
        yield waiting.popleft().get()


def _chunks() -> list[Chunk]:
    live = PublishedArticle.objects.filter(state=PublishedArticle.State.LIVE)
    rows = list(live.order_by("pk").values_list("pk", flat=True))
    return [
        (some[0], some[-1])
        for first in range(0, len(rows), ROWS_AT_ONCE)
        for some in [rows[first : first + ROWS_AT_ONCE]]
    ]


def _live(chunk: Chunk) -> Any:
    live = PublishedArticle.objects.filter(state=PublishedArticle.State.LIVE, pk__range=chunk)
    return live.order_by("pk")


def _counted(chunk: Chunk) -> Iterator[tuple[PublishedArticle, str, Counted]]:
    for published in _live(chunk).select_related("text", "outlet"):
        language = base_language(published.outlet.language)
        yield published, language, count_words(published.text.snapshot, language)


def _count_chunk(chunk: Chunk) -> dict[str, tuple[Counter[str], int]]:
    """By language: in how many articles each word is, and how many they are."""
    words: dict[str, Counter[str]] = {}
    articles: Counter[str] = Counter()
    for _published, language, counted in _counted(chunk):
        words.setdefault(language, Counter()).update(counted.counts.keys())
        articles[language] += 1
    return {language: (words[language], articles[language]) for language in words}


def _count(
    reckon: Any, chunks: list[Chunk], progress: Progress
) -> tuple[dict[str, Counter[str]], Counter[str]]:
    words: dict[str, Counter[str]] = {}
    articles: Counter[str] = Counter()
    for done, counted in enumerate(reckon(_count_chunk, chunks), start=1):
        for language, (counts, number) in counted.items():
            words.setdefault(language, Counter()).update(counts)
            articles[language] += number
        progress("counted", done, len(chunks))
    return words, articles


def _weigh_chunk(chunk: Chunk) -> list[tuple[Vector, bool]]:
    """Vectors as they should be, and whether words may lead to their articles."""
    weighed = []
    for published, language, counted in _counted(chunk):
        among = _known["articles"][language]
        words, weights, plain = packed(weigh(counted, _known["words"][language], among))
        vector = Vector(
            published_id=published.pk,
            version_number=published.version_number,
            language=language,
            words=words,
            weights=weights,
            plain=plain,
            forms=forms_of(words, counted),
            counted=True,
            weighed_among=among,
        )
        weighed.append((vector, published.kind != Kind.SPONSORED))
    return weighed


VECTOR_FIELDS = [field.name for field in Vector._meta.concrete_fields if not field.primary_key]


def _write_vectors(weighed: list[tuple[Vector, bool]]) -> None:
    by_language: dict[str, dict[int, dict[str, float]]] = {}
    for vector, may_lead in weighed:
        weights = unpacked(vector.words, vector.weights) if may_lead else {}
        by_language.setdefault(vector.language, {})[vector.published_id] = weights
    with transaction.atomic():
        rows = [vector.published_id for vector, _may_lead in weighed]
        before = {
            vector.published_id: vector
            for vector in Vector.objects.select_for_update().filter(pk__in=rows).order_by("pk")
        }
        Vector.objects.bulk_create(
            [vector for vector, _may_lead in weighed],
            update_conflicts=True,
            update_fields=VECTOR_FIELDS,
            unique_fields=["published"],
        )
        for language in sorted({*by_language, *(each.language for each in before.values())}):
            post(
                language=language,
                articles=by_language.get(language, {}),
                before={
                    row: vector.words.split()
                    for row, vector in before.items()
                    if vector.language == language
                },
            )


def _forget_what_is_gone() -> None:
    gone = Vector.objects.exclude(published__state=PublishedArticle.State.LIVE)
    for row in gone.values_list("pk", flat=True):
        forget_vector(row)


def _list_chunk(chunk: Chunk) -> tuple[int, list[int], list[WorkedOut]]:
    """The newest release seen, the rows, and what is to stand below each."""
    seen = _newest_release()
    index = _index(seen, read_rules())
    rows = list(_live(chunk).values_list("pk", flat=True))
    lists = [
        worked_out(row, found)
        for first in range(0, len(rows), LISTS_AT_ONCE)
        for row, found in find_lists(rows[first : first + LISTS_AT_ONCE], index=index).items()
    ]
    return seen, rows, lists


def _index(seen: int, rules: Rules) -> Index:
    """The one of the last chunk, unless anything was released or set since."""
    if _known.get("seen") != (seen, rules):
        _known.update(seen=(seen, rules), index=Index(rules))
    index: Index = _known["index"]
    return index


def _newest_release() -> int:
    newest = Release.objects.order_by("-pk").values_list("pk", flat=True)[:1]
    return next(iter(newest), 0)


def _write_lists(seen: int, rows: list[int], lists: list[WorkedOut]) -> None:
    with transaction.atomic():
        list(Vector.objects.select_for_update().filter(pk__in=rows).order_by("pk").values("pk"))
        is_current = seen == _newest_release()
        if is_current:
            replace_lists(lists, at=timezone.now())
    if not is_current:  # something was published since they were worked out
        write_lists(rows, rules=read_rules(), at=timezone.now())

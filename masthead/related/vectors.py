"""Writes: what the index knows of an article's words, and of how common words are."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import F, Sum

from masthead.articles.models import Kind, PublishedArticle
from masthead.core.words import base_language
from masthead.related.models import Corpus, Frequency, Vector
from masthead.related.postings import post
from masthead.related.weighing import (
    Counted,
    Weighed,
    count_words,
    packed,
    unpacked,
    weigh,
)

COUNT_AT_ONCE = 20  # articles in one write transaction: some 30 ms
WORDS_AT_ONCE = 5000


def language_of(published: PublishedArticle) -> str:
    return base_language(published.outlet.language)


def write_vector(published: PublishedArticle) -> None:
    """
    Let the index hold the words of a live article as its newest version has them. Repeatable.

    One short write transaction. published: with its text and outlet. What is paid for is weighed
    as well, for a list of its own, but no word leads to it.
    """
    language = language_of(published)
    counted = count_words(published.text.snapshot, language)
    weighed, among = _weighed(counted, language)
    with transaction.atomic():
        before = Vector.objects.select_for_update().filter(published=published).first()
        write_weights(
            published,
            counted=counted,
            weighed=weighed,
            among=among,
            language=language,
            before=before,
        )


def write_weights(
    published: PublishedArticle,
    *,
    counted: Counted,
    weighed: Weighed,
    among: int,
    language: str,
    before: Vector | None,
) -> None:
    words, weights, plain = packed(weighed)
    if before is not None and before.language != language:
        _forget_words(before)
        before = None
    Vector.objects.update_or_create(
        published=published,
        defaults={
            "version_number": published.version_number,
            "language": language,
            "words": words,
            "weights": weights,
            "plain": plain,
            "forms": forms_of(words, counted),
            "weighed_among": among,
        },
    )
    may_lead = published.kind != Kind.SPONSORED
    post(
        language=language,
        articles={published.pk: unpacked(words, weights) if may_lead else {}},
        before={published.pk: before.words.split()} if before else None,
    )


def forms_of(words: str, counted: Counted) -> str:
    return " ".join(counted.forms[word] for word in words.split())


def forget_vector(row: int) -> None:
    """Take an article out of the index. Repeatable."""
    with transaction.atomic():
        vector = Vector.objects.select_for_update().filter(published=row).first()
        if vector is not None:
            _forget_words(vector)
            vector.delete()


def _forget_words(vector: Vector) -> None:
    row = vector.published_id
    post(language=vector.language, articles={row: {}}, before={row: vector.words.split()})


def _weighed(counted: Counted, language: str) -> tuple[Weighed, int]:
    among = articles_counted(language)
    frequencies = frequencies_of(counted.counts, language)
    return weigh(counted, frequencies, among), among


def articles_counted(language: str) -> int:
    found = Corpus.objects.filter(language=language).values_list("articles", flat=True)
    return next(iter(found), 0)


def frequencies_of(words: Iterable[str], language: str) -> dict[str, int]:
    found: dict[str, int] = {}
    wanted = list(words)
    for first in range(0, len(wanted), WORDS_AT_ONCE):
        some = Frequency.objects.filter(
            language=language, word__in=wanted[first : first + WORDS_AT_ONCE]
        )
        found.update(some.values_list("word", "articles"))
    return found


def count_some(*, most: int = COUNT_AT_ONCE) -> int:
    """
    Count the words of some articles that have not been counted yet; answers of how many.

    Each article once, whatever is killed: its words and the note that they are counted are one
    transaction. A word is not counted again in later versions, nor taken back: what matters is
    how common it is, not to the last article.
    """
    with transaction.atomic():
        waiting = list(
            Vector.objects.select_for_update(of=("self",))
            .filter(counted=False)
            .select_related("published__text")
            .order_by("published")[:most]
        )
        by_language: dict[str, Counter[str]] = {}
        articles: Counter[str] = Counter()
        for vector in waiting:
            counted = count_words(vector.published.text.snapshot, vector.language)
            by_language.setdefault(vector.language, Counter()).update(counted.counts.keys())
            articles[vector.language] += 1
        for language, words in sorted(by_language.items()):
            add_frequencies(language, words)
            _add_articles(language, articles[language])
        Vector.objects.filter(pk__in=[vector.pk for vector in waiting]).update(counted=True)
    return len(waiting)


ADD = (
    "INSERT INTO related_frequency (language, word, articles) VALUES (%s, %s, %s)"
    " ON CONFLICT (language, word) DO UPDATE"
    " SET articles = related_frequency.articles + excluded.articles"
)


def add_frequencies(language: str, words: Counter[str]) -> None:
    """In the words' order, so that two writers never wait for each other in a circle."""
    rows = [(language, word, number) for word, number in sorted(words.items())]
    with connection.cursor() as cursor:
        cursor.executemany(ADD, rows)


def _add_articles(language: str, number: int) -> None:
    if not Corpus.objects.filter(language=language).update(articles=F("articles") + number):
        Corpus.objects.bulk_create([Corpus(language=language)], ignore_conflicts=True)
        Corpus.objects.filter(language=language).update(articles=F("articles") + number)


def articles_waiting() -> tuple[int, int]:
    """Of how many articles the words wait to be counted, and of how many they are."""
    waiting = Vector.objects.filter(counted=False).count()
    return waiting, Corpus.objects.aggregate(all=Sum("articles"))["all"] or 0


SET = (
    "INSERT INTO related_frequency (language, word, articles) VALUES (%s, %s, %s)"
    " ON CONFLICT (language, word) DO UPDATE SET articles = excluded.articles"
)


def set_frequencies(language: str, words: Counter[str], *, articles: int) -> None:
    """
    Put a fresh count of all articles of a language in the place of the old one.

    In short transactions: whoever weighs meanwhile gets some of the old numbers, which are nearly
    right as well. Words that are in one article alone are as good as new ones and are left out.
    """
    rows = [(language, word, number) for word, number in sorted(words.items()) if number > 1]
    for first in range(0, len(rows), WORDS_AT_ONCE):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(SET, rows[first : first + WORDS_AT_ONCE])
    Corpus.objects.update_or_create(language=language, defaults={"articles": articles})
    known = Frequency.objects.filter(language=language).values_list("pk", "word")
    gone = [pk for pk, word in known.iterator(WORDS_AT_ONCE) if words[word] < 2]
    for first in range(0, len(gone), WORDS_AT_ONCE):
        Frequency.objects.filter(pk__in=gone[first : first + WORDS_AT_ONCE]).delete()

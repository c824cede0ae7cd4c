"""How often words stand in the index, kept along with it."""

from collections import Counter
from collections.abc import Collection, Sequence

from django.db import connection, transaction
from django.db.models import Sum

from masthead.search.entries import TEXTS, vocabulary_of
from masthead.search.models import SearchEntry, SearchWord

ROWS_AT_ONCE = 500
ALL = ""  # the word that every entry has

Key = tuple[int, str]


class Tally:
    """What changes by entries that come and go; written at the end, in the caller's transaction."""

    def __init__(self) -> None:
        self._change: Counter[Key] = Counter()
        self._stems: dict[Key, str] = {}

    def comes(self, entry: SearchEntry) -> None:
        self._count(entry, 1)

    def goes(self, entry: SearchEntry) -> None:
        self._count(entry, -1)

    def write(self) -> None:
        # Always in the same order, so that two writers never wait for each other in a circle.
        changed = sorted((key, by) for key, by in self._change.items() if by)
        _add([(*key, self._stems[key], by) for key, by in changed if by > 0])
        _take_away([(-by, *key) for key, by in changed if by < 0])

    def _count(self, entry: SearchEntry, change: int) -> None:
        known = {ALL: "", **vocabulary_of(entry)}
        for word, stem in known.items():
            key = (entry.outlet_id, word)
            self._change[key] += change
            self._stems[key] = stem


def _add(rows: Sequence[tuple[int, str, str, int]]) -> None:
    for begin in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[begin : begin + ROWS_AT_ONCE]
        values = ", ".join(["(%s, %s, %s, %s)"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_searchword (outlet_id, word, stem, entries)"  # noqa: S608
                f" VALUES {values} ON CONFLICT (outlet_id, word) DO UPDATE"
                " SET entries = search_searchword.entries + excluded.entries",
                [value for row in some for value in row],
            )


def _take_away(rows: Sequence[tuple[int, int, str]]) -> None:
    """Never below nought: a count that went wrong must not stop a release."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE search_searchword SET entries = entries - CASE WHEN entries < %s"
            " THEN entries ELSE %s END WHERE outlet_id = %s AND word = %s",
            [(by, by, outlet_id, word) for by, outlet_id, word in rows],
        )
        cursor.executemany(
            "DELETE FROM search_searchword WHERE outlet_id = %s AND word = %s AND entries = 0",
            [(outlet_id, word) for _by, outlet_id, word in rows],
        )


def count_words_anew() -> None:
    """Drop all counts and count every entry; one transaction, some seconds of a large archive."""
    tally = Tally()
    with transaction.atomic():
        SearchWord.objects.all().delete()
        fields = ("outlet_id", "language", *TEXTS)
        for entry in SearchEntry.objects.only(*fields).iterator(chunk_size=ROWS_AT_ONCE):
            tally.comes(entry)
        tally.write()


def frequencies(stems: Collection[str], *, outlet_ids: Collection[int]) -> dict[str, int]:
    """
    In how many entries each stem stands, at most; "" for all entries. One query.

    An article with two forms of a word counts for both, which is near enough to weigh it.
    """
    rows = (
        SearchWord.objects.filter(outlet_id__in=outlet_ids, stem__in=["", *stems])
        .order_by()
        .values("stem")
        .annotate(sum=Sum("entries"))
        .values_list("stem", "sum")
    )
    found = dict(rows)
    total = found.get("", 0)
    return {"": total} | {stem: min(found.get(stem, 0), total) for stem in stems}

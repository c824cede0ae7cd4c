"""A thread of 10,000 comments, and as many comments beside it as are asked for."""

import random
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from benchmarks.newsroom import Newsroom
from benchmarks.scratch import tell
from benchmarks.tables import Table, count_on_from, set_sequences
from masthead.articles.models import PublishedArticle
from masthead.comments.models import Comment, House, Person, Thread
from masthead.comments.shown import for_page
from masthead.core.ids import uuid7
from masthead.readers.models import Reader

LONG = 10_000  # comments in the one long thread
READERS = 5_000
HELD_EACH, REPORTED_EACH, NEW_EACH = 10, 97, 50
BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
PER_TRANSACTION = 20_000
TEXT = "The harbour board should have asked the pilots before the winter. It did not, once more."


def fill_threads(newsroom: Newsroom, *, size: int) -> Thread:
    """
    The first thread, which is answered, is the long one; the others share the rest. A tenth of
    all are held.
    """
    some = random.Random(3)
    places = list(PublishedArticle.objects.order_by("pk"))
    now = timezone.now()
    Reader.objects.bulk_create(
        Reader(email=f"r{n}@readers.example", name=f"Reader {n}", joined_at=BEGIN, proved_at=BEGIN)
        for n in range(READERS)
    )
    readers = list(Reader.objects.order_by("pk").values_list("pk", flat=True))
    Person.objects.bulk_create(Person(reader_id=pk, approved=200, first_at=BEGIN) for pk in readers)
    Thread.objects.bulk_create(
        Thread(published=each, article_id=each.article_id, outlet_id=each.outlet_id)
        for each in places
    )
    threads = list(Thread.objects.order_by("pk").values_list("pk", flat=True))
    like = Comment(
        outlet_id=newsroom.outlet.pk, text=TEXT, html=f"<p>{TEXT}</p>", posted_at=BEGIN, seen=True
    )
    varying = ("id", "public_id", "thread_id", "parent_id", "root_id", "author_id", "state",
               "has_place", "seen", "reports", "respects", "replies", "posted_at")  # fmt: skip
    first = count_on_from(Comment)
    roots: dict[int, int] = {}
    for begin in range(0, size, PER_TRANSACTION):
        table = Table(like, varying)
        for number in range(begin, min(size, begin + PER_TRANSACTION)):
            thread = threads[0] if number < LONG else some.choice(threads[1:])
            is_root = number % 3 == 0 or thread not in roots
            pk = first + number
            held = number >= LONG and number % HELD_EACH == 0
            root = None if is_root else roots[thread]
            if is_root and not held:
                roots[thread] = pk
            table.add(
                pk,
                uuid7(),
                thread,
                root,
                root,
                some.choice(readers),
                "held" if held else "approved",
                not held,
                number % NEW_EACH != 0,
                int(number % REPORTED_EACH == 0),
                number % 57,
                2 if is_root else 0,
                BEGIN + timedelta(seconds=37 * number),
            )
        with transaction.atomic():
            table.write()
        tell(f"  {min(size, begin + PER_TRANSACTION):,} comments")
    set_sequences([Comment])
    House.objects.filter(outlet=newsroom.outlet).update(all=size, held=size // HELD_EACH)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    Thread.objects.update(shown=size // len(threads))
    long_thread = Thread.objects.select_related("published").get(pk=threads[0])
    long_thread.first = for_page(long_thread)
    long_thread.save()
    tell(f"  in {(timezone.now() - now).total_seconds():.0f} s")
    return long_thread

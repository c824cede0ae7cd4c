"""Events whose tokens this machine gave, and another one was told."""

from datetime import datetime

from django.db import transaction

from masthead.ads.counting.actions import add_counts
from masthead.ads.door.books import Books, Mark
from masthead.ads.door.intake import BITS
from masthead.ads.door.tally import Tally, What
from masthead.ads.door.tokens import Seal, Token
from masthead.ads.models import StrayEvent
from masthead.core.keys import secrets

MOST_AT_ONCE = 5_000


def take_strays(*, books: Books, at: datetime) -> int:
    """
    Count those whose mark is in a book of this machine; how many there were.

    The mark is made first: killed before the end, an event is lost and never doubled.
    """
    own = books.names()
    if not own or not StrayEvent.objects.exists():
        return 0
    with transaction.atomic():
        found = list(StrayEvent.objects.filter(book__in=own).order_by("pk")[:MOST_AT_ONCE])
        tally, ours = Tally(), seal()
        for stray in found:
            token = ours.read(stray.token)
            if token is None:
                continue
            is_new = token.is_good(stray.at) and _mark(books, token, What(stray.what))
            tally.add(
                What(stray.what) if is_new else What.REFUSED,
                outlet=token.outlet,
                place=token.place,
                creative=token.creative,
                now=stray.at,
            )
        add_counts(counts=tally.counts, at=at)
        StrayEvent.objects.filter(pk__in=[stray.pk for stray in found]).delete()
    return len(found)


def _mark(books: Books, token: Token, what: What) -> bool:
    return books.mark(token.book, token.serial, BITS[what]) is Mark.NEW


def seal() -> Seal:
    """Reads the doors' tokens."""
    return Seal(tuple(secret.encode() for secret in secrets()))

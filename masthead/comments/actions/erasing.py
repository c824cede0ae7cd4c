"""A reader who leaves: nothing of what they wrote stays, but the thread keeps its shape."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from masthead.comments.actions.changing import empty, void_reports
from masthead.comments.actions.moving import lock_thread, move, save_with_counts, standing
from masthead.comments.models import (
    Act,
    Appeal,
    Ban,
    BannedAddress,
    Comment,
    Decision,
    Note,
    Person,
    Report,
    State,
)
from masthead.comments.queries import is_over
from masthead.readers.addresses import address_hash
from masthead.readers.former import addresses_of
from masthead.readers.models import Reader

AT_ONCE = 200


def erase_author(*, reader: Reader, at: datetime) -> int:
    """
    Empty every comment of a reader, and take their name out of all that was decided; answers how
    many comments that were.

    Answers of others stay where they are. The log keeps what was done, without to whom.
    Repeatable: one that was erased is nobody's any more.
    """
    with transaction.atomic():
        number = 0
        while some := list(
            Comment.objects.filter(author=reader).order_by("thread", "pk")[:AT_ONCE]
        ):
            for comment in some:
                thread = lock_thread(comment.thread_id)
                fresh = Comment.objects.get(pk=comment.pk)
                empty(fresh)
                fresh.byline = fresh.badge = fresh.client_id = ""
                before = standing(fresh)
                fresh.reports = 0
                save_with_counts(fresh, before, thread=thread)
                fresh.author = None
                move(fresh, to=State.ERASED, at=at, thread=thread)
            void_reports([comment.pk for comment in some], at=at)
            number += len(some)
        theirs = Report.objects.filter(Q(reader=reader) | Q(email__in=addresses_of(reader)))
        Appeal.objects.filter(report__in=theirs).update(reader=None, words="")
        theirs.update(reader=None, words="", name="", email="")
        Note.objects.filter(reader=reader).delete()
        Appeal.objects.filter(reader=reader).update(reader=None, words="")
        Decision.objects.filter(reader=reader).update(reader=None, words="")
        Person.objects.filter(reader=reader).delete()
        Decision.objects.create(act=Act.ERASE, at=at, by=None, number=number)
    return number


def erase_bans(*, reader: Reader, at: datetime) -> None:
    """
    Keep that they are shut out, for as long as that lasts, but not who they are.

    Of a ban in force a keyed hash of the address stays, which binds whoever comes with it again;
    of one that is over, nothing. Repeatable.
    """
    with transaction.atomic():
        bans = Ban.objects.filter(reader=reader)
        bans.filter(is_over(at)).delete()
        for ban in bans.order_by("pk"):
            BannedAddress.objects.get_or_create(ban=ban, address_hash=address_hash(reader.email))
        bans.update(reader=None, words="")


def forget_bans(*, at: datetime) -> None:
    """Of those who had themselves erased, those that are over. Repeatable."""
    of_nobody = Ban.objects.filter(reader=None, pattern="", network="")
    of_nobody.filter(is_over(at)).delete()

"""Reads that are not for pages: threads, an author's record, bans, words."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Any
from uuid import UUID

from django.db.models import Q

from masthead.articles.models import PublishedArticle
from masthead.comments.models import (
    Act,
    Ban,
    BannedAddress,
    Comment,
    Decision,
    House,
    Person,
    State,
    Thread,
    WordList,
)
from masthead.comments.pipeline.verdict import Record
from masthead.comments.words import Words, words_of
from masthead.readers.addresses import address_hashes
from masthead.readers.models import Reader

LATELY = timedelta(days=7)
LOOKED_BACK = 40  # of an author's newest comments
REFUSED = (State.REJECTED, State.REMOVED)


def find_place(*, outlet_id: int, public_id: UUID) -> PublishedArticle | None:
    """A live article on an outlet, by the id that addresses of its comments have."""
    return (
        PublishedArticle.objects.filter(
            outlet=outlet_id, public_id=public_id, state=PublishedArticle.State.LIVE
        )
        .select_related("outlet")
        .first()
    )


def find_thread(published_id: int) -> Thread | None:
    return Thread.objects.filter(published=published_id).first()


def find_comment(*, outlet_id: int, public_id: UUID) -> Comment | None:
    return (
        Comment.objects.filter(outlet=outlet_id, public_id=public_id)
        .select_related("thread__published", "author", "outlet")
        .first()
    )


def house_rules(outlet_id: int) -> dict[str, Any]:
    found = House.objects.filter(outlet=outlet_id).values_list("rules", flat=True).first()
    return found or {}


def find_reader(user: Any) -> Reader | None:
    """The reader that a signed-in person is."""
    if not user.is_authenticated:
        return None
    return Reader.objects.filter(user=user).first()


def record_of(reader: Reader | None, *, at: datetime, is_staff: bool = False) -> Record:
    """Two queries; none for nobody known."""
    if reader is None:
        return Record(is_staff=is_staff)
    person = Person.objects.filter(reader=reader).first()
    rows = list(
        Comment.objects.filter(author=reader, posted_at__gte=at - LATELY)
        .order_by("-posted_at", "-pk")
        .values_list("fingerprint", "posted_at", "state")[:LOOKED_BACK]
    )
    decided = [state for _print, _at, state in rows if state in {State.APPROVED, *REFUSED}]
    return Record(
        approved=person.approved if person else 0,
        rejected=person.rejected if person else 0,
        lately=tuple((each, posted_at) for each, posted_at, _state in rows),
        decided_lately=len(decided),
        refused_lately=sum(state in REFUSED for state in decided),
        is_staff=is_staff,
    )


def find_ban(
    *, outlet_id: int, reader: Reader | None, address: str | None, at: datetime
) -> Ban | None:
    """
    One in force that is for this reader, their address or where they come from. One query.

    Also one of whoever had this address before, and changed it or had themselves erased.
    """
    about = ~Q(pattern="") | ~Q(network="")
    if reader is not None:
        hashes = address_hashes(reader.email)
        theirs = BannedAddress.objects.filter(address_hash__in=hashes).values("ban")
        about |= Q(reader=reader) | Q(pk__in=theirs)
    bans = Ban.objects.filter(
        about,
        Q(outlet=None) | Q(outlet=outlet_id),
        Q(until=None) | Q(until__gt=at),
        lifted_at=None,
        since__lte=at,
    ).order_by("pk")
    for ban in bans:
        if _is_for(ban, reader, address):
            return ban
    return None


def is_over(at: datetime) -> Q:
    """Of bans: those that shut nobody out any more."""
    return Q(until__lte=at) | Q(lifted_at__isnull=False)


def _is_for(ban: Ban, reader: Reader | None, address: str | None) -> bool:
    if ban.pattern:
        return reader is not None and fits(ban.pattern, reader.email)
    if ban.network:
        return address is not None and is_inside(address, ban.network)
    return True


def fits(pattern: str, address: str) -> bool:
    """
    Whether an address is like a pattern in which `*` stands for anything, e.g. "*@spam.example".

    Goes back to the last star alone, so it takes the product of both lengths at most.
    """
    pattern, address = pattern.lower(), address.lower()
    p = a = 0
    star = kept = -1
    while a < len(address):
        if p < len(pattern) and pattern[p] == "*":
            star, kept = p, a
            p += 1
        elif p < len(pattern) and pattern[p] == address[a]:
            p, a = p + 1, a + 1
        elif star >= 0:
            kept += 1
            p, a = star + 1, kept
        else:
            return False
    return all(letter == "*" for letter in pattern[p:])


def is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def is_inside(address: str, network: str) -> bool:
    try:
        return ip_address(address) in ip_network(network, strict=False)
    except ValueError:
        return False


def word_lists(outlet_id: int) -> tuple[Words, Words]:
    """Banned and suspect ones, the network's and the outlet's. One query."""
    rows = list(WordList.objects.filter(Q(outlet=None) | Q(outlet=outlet_id)).order_by("pk"))
    return (
        words_of(_joined(rows, WordList.Kind.BANNED)),
        words_of(_joined(rows, WordList.Kind.SUSPECT)),
    )


def _joined(rows: Sequence[WordList], kind: str) -> str:
    return "\n".join(row.words for row in rows if row.kind == kind)


def decision_that_hides(comment: Comment) -> Decision | None:
    """The one in force: against it, what it answers, or its author. None: readers see it, or it is
    its author who took it back."""
    if comment.state not in REFUSED:
        return None
    if comment.hidden_by_id is not None:
        made = Decision.objects.filter(ban=comment.hidden_by_id, act=Act.BAN)
    else:
        made = Decision.objects.filter(
            Q(comment=comment, act=Act.REJECT)
            | Q(
                Q(before__states__has_key=str(comment.pk))
                | Q(before__hidden__has_key=str(comment.pk)),
                thread=comment.thread_id,
                act=Act.REMOVE_THREAD,
            ),
            undone_at=None,
        )
    return made.order_by("-at", "-pk").first()

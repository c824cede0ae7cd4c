"""
Writes: what stood in editions, copies that arrived, clicks.

An accepted copy is an offer, and counts as seen: nobody can see more of a mail, and nobody tries
to. Chances are the accepted copies with a place, sold or not.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q

from masthead.ads.letters.links import creatives_in
from masthead.ads.letters.seller import slots_of
from masthead.ads.models import Creative, HourOfAds, Place, PlaceInEdition
from masthead.mail.models import State
from masthead.newsletters.clicks.telling_apart import Click, CopySent, told_apart
from masthead.newsletters.models import Delivery, Edition, EditionCopy
from masthead.newsletters.printing.copies import PUBLIC

# Mails that were put off are over by then, one way or the other.
COUNTED_FOR = timedelta(days=8)
# As a rule nothing comes after an edition is finished, and all its rows need not be counted again.
LOOKED_AT_AGAIN = timedelta(hours=1)


def note_editions(*, at: datetime) -> int:
    """
    Write down what stands in editions that have begun to go out; answers how many were new.

    From the copy that was printed for everybody, so it is what was sent and nothing else.
    """
    noted = PlaceInEdition.objects.filter(edition=OuterRef("pk"))
    fresh = Edition.objects.filter(
        ~Exists(noted), released_at__gt=at - COUNTED_FOR, released_at__lte=at
    ).order_by("pk")
    new = [edition for edition in fresh if slots_of(edition)]
    for edition in new:
        copy = EditionCopy.objects.filter(edition=edition, variant=PUBLIC).first()
        stood = creatives_in(copy.html, edition_id=edition.pk) if copy else []
        known = set(Creative.objects.filter(pk__in=stood).values_list("pk", flat=True))
        sold = [each for each in stood if each in known]
        PlaceInEdition.objects.bulk_create(
            (
                PlaceInEdition(
                    edition=edition,
                    slot=number,
                    creative_id=sold[number] if number < len(sold) else None,
                )
                for number in range(max(len(slots_of(edition)), len(sold)))
            ),
            ignore_conflicts=True,
        )
    return len(new)


def count_copies(*, at: datetime, also_finished: bool = False) -> int:
    """
    Add copies that mail servers took over since the last time; answers how many.

    also_finished: of editions too that were finished a while ago, for what somebody settled since.

    One transaction an edition: what is in the hours' sums is noted along with it, so a copy never
    counts twice.
    """
    open_places = PlaceInEdition.objects.filter(edition__released_at__gt=at - COUNTED_FOR)
    if not also_finished:
        lately = Q(edition__finished_at=None) | Q(edition__finished_at__gt=at - LOOKED_AT_AGAIN)
        open_places = open_places.filter(lately)
    editions = sorted(set(open_places.order_by("edition").values_list("edition", flat=True)))
    accepted = dict(
        Delivery.objects.filter(edition__in=editions, copy__variant=PUBLIC, state=State.ACCEPTED)
        .values("edition")
        .annotate(how_many=Count("pk"))
        .order_by("edition")
        .values_list("edition", "how_many")
    )
    return sum(_count(edition, accepted.get(edition, 0), at) for edition in editions)


def _count(edition: int, accepted: int, at: datetime) -> int:
    new = 0
    with transaction.atomic():
        rows = PlaceInEdition.objects.select_for_update(of=("self",)).filter(edition=edition)
        rows = rows.select_related("edition__newsletter").order_by("slot")
        for row in rows:
            more = accepted - row.counted
            if more <= 0:
                continue
            outlet = row.edition.newsletter.outlet_id
            _add(outlet, None, at, chances=more)
            if row.creative_id is not None:
                _add(outlet, row.creative_id, at, offered=more, visible=more)
                new += more
            row.counted = accepted
            row.save(update_fields=["counted"])
    return new


def count_ad_clicks(clicks: Sequence[Click]) -> None:
    """Those of people, of editions that went out with that creative. One transaction."""
    wanted = {click.copy_id for click in clicks}
    places = PlaceInEdition.objects.filter(edition__in=wanted, creative__isnull=False)
    rows = list(places.select_related("edition__newsletter").order_by("pk"))
    outlets = {(row.edition_id, row.creative_id): row.edition.newsletter.outlet_id for row in rows}
    articles = dict(
        EditionCopy.objects.filter(edition__in=wanted, variant=PUBLIC)
        .annotate(how_many=Count("articles"))
        .order_by("pk")
        .values_list("edition", "how_many")
    )
    sent = {
        row.edition_id: CopySent(articles.get(row.edition_id, 0), row.edition.released_at)
        for row in rows
    }
    counted: Counter[tuple[int, int, datetime]] = Counter()
    known = [each for each in clicks if (each.copy_id, each.article_id) in outlets]
    for click, machine in told_apart(known, copies=sent):
        if not machine:
            counted[outlets[click.copy_id, click.article_id], click.article_id, click.at] += 1
    with transaction.atomic():
        for (outlet, creative, when), number in sorted(counted.items()):
            _add(outlet, creative, when, clicked=number)


def _add(outlet: int, creative: int | None, at: datetime, **counts: int) -> None:
    """To the sums of an hour. In the caller's transaction."""
    of: dict[str, Any] = {"outlet_id": outlet, "creative_id": creative}
    row, _ = HourOfAds.objects.get_or_create(
        place=Place.NEWSLETTER, hour=int(at.timestamp()) // 3600, **of
    )
    sums = {name: F(name) + count for name, count in counts.items()}
    HourOfAds.objects.filter(pk=row.pk).update(**sums)

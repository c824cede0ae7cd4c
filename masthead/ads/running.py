"""Reads: what runs on an outlet at a moment."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from masthead.ads.models import Campaign, Creative, Flight, Pause
from masthead.articles.models import PublishedArticle
from masthead.articles.queries import in_outlet
from masthead.outlets.sheet import Sheet

NOTHING = timedelta(0)


def flights_of(outlet_id: int, *, at: datetime, ahead: timedelta = NOTHING) -> list[Flight]:
    """
    Flights whose time it is on an outlet: booked, not paused, with an approved creative.

    Whether the goal is reached is in their chances. ahead: also those that begin so soon. Those
    that end first come first, sponsorships before all. Three queries.
    """
    approved = Creative.objects.filter(flight=OuterRef("pk"), state=Creative.State.APPROVED)
    found = (
        Flight.objects.filter(
            Exists(approved),
            Q(outlets=None) | Q(outlets=outlet_id),
            Q(ends_at=None) | Q(ends_at__gt=at) | Q(hard_stop=False),
            campaign__state=Campaign.State.BOOKED,
            starts_at__lte=at + ahead,
            paused=Pause.NONE,
        )
        .select_related("campaign__advertiser")
        .prefetch_related("sections", "topics")
        .distinct()
    )
    order = list(Flight.Priority)
    return sorted(
        found,
        key=lambda each: (
            order.index(Flight.Priority(each.priority)),
            each.ends_at.timestamp() if each.ends_at else float("inf"),
            each.pk,
        ),
    )


def creatives_of(flights: Iterable[Flight]) -> list[Creative]:
    """The approved ones of these flights, with their pictures. One query."""
    approved = Creative.objects.filter(
        flight__in=[each.pk for each in flights], state=Creative.State.APPROVED
    )
    return list(approved.select_related("picture").order_by("flight", "pk"))


def articles_of(creatives: Iterable[Creative], *, sheet: Sheet) -> dict[int, PublishedArticle]:
    """The sponsored articles that creatives lead to, as they lie live on an outlet, by article.

    At most one query; the lead pictures come with it.
    """
    wanted = [each.article_id for each in creatives if each.article_id]
    if not wanted:
        return {}
    return {row.article_id: row for row in in_outlet(sheet.id).filter(article__in=wanted)}

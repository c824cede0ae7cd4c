"""What was counted of flights and places: sums of hours, few rows however long they run."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Q, Sum

from masthead.ads.models import HourOfAds, Place
from masthead.ads.pacing.outlooks import ON_PAGES

IN_MAIL = Q(place=Place.NEWSLETTER)


@dataclass(frozen=True)
class Done:
    """
    Of one flight. offered, visible, clicked: on pages. copies: of newsletters, taken over by mail
    servers. opened: clicks in them.
    """

    offered: int = 0
    visible: int = 0
    clicked: int = 0
    copies: int = 0
    opened: int = 0

    @property
    def views(self) -> int:
        """Towards a goal. A copy counts as seen: nobody looks over a reader's shoulder."""
        return self.visible + self.copies

    @property
    def clicks(self) -> int:
        return self.clicked + self.opened

    def __add__(self, other: "Done") -> "Done":
        return Done(*(a + b for a, b in zip(self.as_list(), other.as_list(), strict=True)))

    def as_list(self) -> list[int]:
        return [self.offered, self.visible, self.clicked, self.copies, self.opened]


def done_of(
    flights: Collection[int], *, since: int = 0, before: int | None = None
) -> dict[int, Done]:
    """By flight, in hours since 1970; those with nothing are left out. One query."""
    rows = HourOfAds.objects.filter(creative__flight__in=flights, hour__gte=since)
    if before is not None:
        rows = rows.filter(hour__lt=before)
    summed = (
        rows.values(flight=F("creative__flight"))
        .annotate(
            on_pages=Sum("offered", filter=~IN_MAIL, default=0),
            seen=Sum("visible", filter=~IN_MAIL, default=0),
            followed=Sum("clicked", filter=~IN_MAIL, default=0),
            copies=Sum("offered", filter=IN_MAIL, default=0),
            opened=Sum("clicked", filter=IN_MAIL, default=0),
        )
        .order_by("flight")
    )
    return {
        each["flight"]: Done(
            each["on_pages"], each["seen"], each["followed"], each["copies"], each["opened"]
        )
        for each in summed
    }


def chances_since(hour: int) -> dict[str, int]:
    """Of places on pages in that hour and those after it, as `PacingTurn.chances`. One query."""
    rows = HourOfAds.objects.filter(creative=None, hour__gte=hour, place__in=ON_PAGES)
    return {
        f"{outlet} {place} {each}": chances
        for outlet, place, each, chances in rows.order_by("pk").values_list(
            "outlet", "place", "hour", "chances"
        )
    }

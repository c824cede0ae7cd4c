"""What is read most: as it is worked out, and as pages show it."""

from functools import cache

from django.db.models import BigIntegerField, F, FloatField, Sum
from django.db.models.functions import Cast

from masthead.articles.models import Kind, PublishedArticle
from masthead.core.prepared import Given, Prepared
from masthead.reading.models import HourOfReads, MostRead

SHOWN = 5
KEPT = SHOWN + 1
DAY = 24  # hours that count
# With fewer reads in all, or of fewer articles, the order would be chance, and would tell a small
# title's readers how few they are.
LEAST_READS = 50
LEAST_ARTICLES = 3


def ranking(*, outlet_id: int, hour: int) -> list[int]:
    """
    The rows of an outlet's most read articles that readers can read, the most read first.

    Of the last day; what was read a day ago counts half. Without paid ones. Empty while there is
    too little to tell. hour: now, in hours since 1970.
    """
    weight = F("reads") * (float(DAY) / (DAY + hour - Cast("hour", FloatField())))
    found = (
        HourOfReads.objects.filter(
            hour__gt=hour - DAY,
            hour__lte=hour,
            published__outlet=outlet_id,
            published__state=PublishedArticle.State.LIVE,
        )
        .exclude(published__kind=Kind.SPONSORED)
        .values("published")
        .annotate(score=Sum(weight, output_field=FloatField()), times=Sum("reads"))
        .order_by("-score", "-published")
    )
    rows = list(found.values_list("published", "times"))
    if len(rows) < LEAST_ARTICLES or sum(times for _, times in rows) < LEAST_READS:
        return []
    return [published for published, _ in rows[:KEPT]]


def stored_ranking(*, outlet_id: int) -> list[int]:
    stored = MostRead.objects.filter(outlet=outlet_id).order_by("place")
    return list(stored.values_list("published", flat=True))


def outlets_read(*, hour: int) -> list[int]:
    """Those with reads in the last day, and those whose list says so still."""
    read = HourOfReads.objects.filter(hour__gt=hour - DAY).order_by("published__outlet")
    listed = MostRead.objects.order_by("outlet").values_list("outlet", flat=True).distinct()
    return sorted({*read.values_list("published__outlet", flat=True).distinct(), *listed})


def most_read(*, outlet_id: int) -> list[PublishedArticle]:
    """
    The stored list as far as readers can read it this moment. One query.

    What was withdrawn since, or is paid for now, is not answered, and the next one moves up.
    """
    return [row.published for row in _listed().rows(outlet=outlet_id)]


@cache
def _listed() -> Prepared[MostRead]:
    outlet = Given("outlet", BigIntegerField())
    readable = {
        "outlet": outlet,
        "published__outlet": outlet,
        "published__state": PublishedArticle.State.LIVE,
    }
    return Prepared(
        lambda: (
            MostRead.objects.filter(**readable)
            .exclude(published__kind=Kind.SPONSORED)
            .select_related("published")
            .only("published__article_id", "published__path", "published__headline")
            .order_by("place", "pk")
        )
    )

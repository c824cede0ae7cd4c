"""Figures of editions and newsletters, each in a few queries however many there are."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from masthead.articles.models import PublishedArticle
from masthead.mail.models import State
from masthead.newsletters.models import (
    ClicksOnArticle,
    CopyArticle,
    Delivery,
    Edition,
    Subscription,
)

GROWTH_DAYS = 90


@dataclass(frozen=True)
class Measured:
    """
    An edition in figures. recipients: to whom it was addressed. accepted: taken over by their
    mail servers, which is as far as anybody can see. left: readers who left by this edition.
    """

    edition: Edition
    recipients: int
    accepted: int
    failed: int
    in_doubt: int
    clicks: int
    machines: int
    left: int

    @property
    def reach(self) -> float | None:
        """Percent of the recipients; None for one that was addressed to nobody."""
        return 100 * self.accepted / self.recipients if self.recipients else None

    @property
    def clicks_in_a_hundred(self) -> float | None:
        return 100 * self.clicks / self.accepted if self.accepted else None


@dataclass(frozen=True)
class Day:
    on: date
    joined: int
    left: int
    readers: int


@dataclass(frozen=True)
class ArticleClicks:
    headline: str
    url: str
    people: int


def measured(editions: Iterable[Edition]) -> list[Measured]:
    """In the order given. Three queries."""
    rows = list(editions)
    ids = [edition.pk for edition in rows]
    states: dict[int, dict[str, int]] = {}
    counted = Delivery.objects.filter(edition__in=ids).values("edition", "state")
    for each in counted.annotate(how_many=Count("pk")).order_by("edition", "state"):
        states.setdefault(each["edition"], {})[each["state"]] = each["how_many"]
    clicks = {
        each["edition"]: (each["people"], each["machines"])
        for each in ClicksOnArticle.objects.filter(edition__in=ids)
        .values("edition")
        .annotate(people=Sum("people"), machines=Sum("machines"))
        .order_by("edition")
    }
    left = dict(
        Subscription.objects.filter(left_edition__in=ids)
        .values("left_edition")
        .annotate(how_many=Count("pk"))
        .order_by("left_edition")
        .values_list("left_edition", "how_many")
    )
    return [_measured(edition, states, clicks, left) for edition in rows]


def _measured(
    edition: Edition,
    states: dict[int, dict[str, int]],
    clicks: dict[int, tuple[int, int]],
    left: dict[int, int],
) -> Measured:
    by_state = states.get(edition.pk, {})
    people, machines = clicks.get(edition.pk, (0, 0))
    return Measured(
        edition=edition,
        recipients=sum(by_state.values()),
        accepted=by_state.get(State.ACCEPTED, 0),
        failed=by_state.get(State.FAILED, 0),
        in_doubt=by_state.get(State.IN_DOUBT, 0),
        clicks=people,
        machines=machines,
        left=left.get(edition.pk, 0),
    )


def readers_now(newsletter_ids: Collection[int]) -> dict[int, int]:
    """How many get each newsletter. One query."""
    active = Subscription.objects.filter(
        newsletter__in=newsletter_ids, state=Subscription.State.ACTIVE
    )
    counted = active.values("newsletter").annotate(how_many=Count("pk")).order_by("newsletter")
    return dict(counted.values_list("newsletter", "how_many"))


def growth(newsletter_id: int, *, at: datetime) -> list[Day]:
    """
    The last ninety days, by the clock in force: who joined and left, and how many there were at
    the end of each. Three queries.
    """
    since = at - timedelta(days=GROWTH_DAYS - 1)
    rows = Subscription.objects.filter(newsletter=newsletter_id)
    joined = dict(
        rows.filter(joined_at__gte=since)
        .annotate(day=TruncDate("joined_at"))
        .values("day")
        .annotate(how_many=Count("pk"))
        .order_by("day")
        .values_list("day", "how_many")
    )
    left = dict(
        rows.filter(left_at__gte=since, state=Subscription.State.LEFT)
        .annotate(day=TruncDate("left_at"))
        .values("day")
        .annotate(how_many=Count("pk"))
        .order_by("day")
        .values_list("day", "how_many")
    )
    readers = rows.exclude(state=Subscription.State.LEFT).count()
    days, last = [], timezone.localdate(at)
    for back in range(GROWTH_DAYS):
        day = last - timedelta(days=back)
        days.append(Day(day, joined.get(day, 0), left.get(day, 0), readers))
        readers -= joined.get(day, 0) - left.get(day, 0)
    return days[::-1]


def article_clicks(edition: Edition) -> list[ArticleClicks]:
    """Its articles, the most opened first; those that were withdrawn without an address."""
    clicks = dict(
        ClicksOnArticle.objects.filter(edition=edition)
        .order_by("article")
        .values_list("article", "people")
    )
    ids = (
        CopyArticle.objects.filter(copy__edition=edition)
        .order_by("place")
        .values_list("version__article", flat=True)
    )
    wanted = list(dict.fromkeys(ids))
    rows = {
        row.article_id: row
        for row in PublishedArticle.objects.filter(
            outlet=edition.newsletter.outlet_id, article__in=wanted
        )
    }
    found = [
        ArticleClicks(rows[each].headline, rows[each].path, clicks.get(each, 0))
        for each in wanted
        if each in rows
    ]
    return sorted(found, key=lambda each: -each.people)

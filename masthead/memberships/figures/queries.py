"""Figures of the network's memberships, each in a few queries however many members there are."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from masthead.articles.models import PublishedArticle
from masthead.memberships.doubles import IN_FORCE
from masthead.memberships.models import Invoice, Membership, Purchase
from masthead.outlets.queries import canonical_sheets

MONTHS = 14
MOST_ARTICLES = 25
NEVER_BEGAN = ("incomplete", "incomplete_expired")
STILL = Count("pk", filter=Q(membership__status__in=IN_FORCE))
SINGLE = (Purchase.Kind.GIFT, Purchase.Kind.DONATION)


@dataclass(frozen=True)
class Month:
    """
    begins: its first day. running: memberships at its end, or now. earned: currency to cents: what
    was paid in it, less what has been given back of that since.
    """

    begins: date
    joined: int
    left: int
    running: int
    earned: dict[str, int] = field(default_factory=dict)

    @property
    def churn(self) -> float | None:
        """Percent of those who ran at its beginning; None where there were none."""
        before = self.running - self.joined + self.left
        return 100 * self.left / before if before else None


@dataclass(frozen=True)
class Source:
    """name: a headline, or a way in; url: of the article, where it still has one."""

    name: str
    url: str
    bought: int
    running: int


def months(*, at: datetime) -> list[Month]:
    """The last fourteen, by the clock in force, the oldest first. Five queries."""
    rows = Membership.objects.exclude(status__in=NEVER_BEGAN)
    first = _months_back(timezone.localdate(at).replace(day=1), MONTHS - 1)
    since = timezone.make_aware(datetime(first.year, first.month, 1))
    joined = _by_month(rows.filter(started_at__gte=since), "started_at")
    left = _by_month(rows.filter(ended_at__gte=since), "ended_at")
    running = rows.filter(ended_at=None).count()
    earned = _earned(since)
    found = []
    for back in range(MONTHS):
        begins = _months_back(timezone.localdate(at).replace(day=1), back)
        month = Month(begins, joined[begins], left[begins], running, earned.get(begins, {}))
        found.append(month)
        running -= month.joined - month.left
    return found[::-1]


def _by_month(rows: QuerySet[Membership], moment: str) -> Counter[date]:
    counted = rows.annotate(month=TruncMonth(moment)).values("month").annotate(n=Count("pk"))
    return Counter({each["month"].date(): each["n"] for each in counted.order_by("month")})


def _earned(since: datetime) -> dict[date, dict[str, int]]:
    kept = Sum(F("paid_cents") - F("refunded_cents"))
    # What a bank took back, or may yet, is not earned.
    bills = Invoice.objects.filter(status="paid", paid_at__gte=since, is_disputed=False)
    single = Purchase.objects.filter(kind__in=SINGLE, settled_at__gte=since, is_disputed=False)
    found: dict[date, dict[str, int]] = {}
    for rows, moment, currency in (
        (bills, "paid_at", "currency"),
        (single, "settled_at", "price__currency"),
    ):
        by_month = rows.annotate(month=TruncMonth(moment)).values("month", currency)
        for each in by_month.annotate(kept=kept).order_by("month", currency):
            month = found.setdefault(each["month"].date(), {})
            month[each[currency]] = month.get(each[currency], 0) + (each["kept"] or 0)
    return found


def each_month() -> dict[str, int]:
    """
    Currency to cents a month that memberships in force bring from now on: a year counts as a
    twelfth; trials, pauses and those who leave do not count. One query.
    """
    rows = Membership.objects.filter(status="active", cancel_at=None, is_paused=False)
    sums = rows.values("currency", "every").annotate(cents=Sum("amount_cents"))
    found: dict[str, int] = {}
    for each in sums.order_by("currency", "every"):
        share = each["cents"] if each["every"] == "month" else round(each["cents"] / 12)
        found[each["currency"]] = found.get(each["currency"], 0) + share
    return found


def by_plan() -> list[tuple[str, int]]:
    """How many have each plan now, the most first. One query."""
    rows = Membership.objects.filter(status__in=IN_FORCE).values("plan__name")
    counted = rows.annotate(n=Count("pk")).order_by("-n", "plan__name")
    return [(each["plan__name"] or "–", each["n"]) for each in counted]


def by_article(*, at: datetime, days: int) -> list[Source]:
    """The articles from which most was bought, with how many of that run still. Three
    queries."""
    rows = _bought(at, days).exclude(came_from="").values("outlet", "came_from")
    counted = rows.annotate(bought=Count("pk"), running=STILL).order_by("-bought", "came_from")[
        :MOST_ARTICLES
    ]
    found = list(counted)
    paths = {each["came_from"] for each in found}
    known = {
        (each.outlet_id, each.path): each
        for each in PublishedArticle.objects.filter(path__in=paths)
    }
    sheets = {each.id: each for each in canonical_sheets()}
    sources = []
    for each in found:
        row = known.get((each["outlet"], each["came_from"]))
        sheet = sheets.get(each["outlet"])
        url = sheet.absolute(row.path) if row and sheet else ""
        name = row.headline if row else each["came_from"]
        sources.append(Source(name, url, each["bought"], each["running"]))
    return sources


def by_way_in(*, at: datetime, days: int) -> list[Source]:
    """Through which offer, the most first. One query."""
    rows = _bought(at, days).values("way_in")
    counted = rows.annotate(bought=Count("pk"), running=STILL).order_by("-bought", "way_in")
    return [Source(each["way_in"], "", each["bought"], each["running"]) for each in counted]


def _bought(at: datetime, days: int) -> QuerySet[Purchase]:
    paid = Purchase.objects.filter(state=Purchase.State.PAID)
    return paid.filter(settled_at__gte=at - timedelta(days=days))


def _months_back(month: date, how_many: int) -> date:
    number = month.year * 12 + month.month - 1 - how_many
    return date(number // 12, number % 12 + 1, 1)

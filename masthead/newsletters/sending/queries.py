"""How an edition goes, what is in doubt, and when it will be over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Count, Q, QuerySet

from masthead.mail.models import OVER, State
from masthead.newsletters.models import Delivery, DomainPace, Edition, EditionState, WarmUp
from masthead.newsletters.sending.claims import WAITING
from masthead.newsletters.sending.freezing import FROZEN, count_listed
from masthead.newsletters.sending.leases import under_way
from masthead.newsletters.sending.rates import Forecast, forecast


@dataclass(frozen=True)
class Progress:
    """by_state: rows of the ledger; their sum is `total`, always."""

    by_state: Mapping[State, int]
    a_second: float | None
    forecast: Forecast | None

    @property
    def total(self) -> int:
        return sum(self.by_state.values())

    @property
    def over(self) -> int:
        return sum(self.by_state.get(state, 0) for state in OVER)

    @property
    def in_doubt(self) -> int:
        return self.by_state.get(State.IN_DOUBT, 0)


def progress_of(edition: Edition, *, at: datetime) -> Progress:
    """Three queries; of a million rows, an index walk of tenths of a second."""
    rows = Delivery.objects.filter(edition=edition).order_by()
    found = rows.values_list("state").annotate(number=Count("pk"))
    by_state = {State(state): number for state, number in found}
    ahead = None
    if any(by_state.get(State(state)) for state in WAITING):
        ahead = _forecast(_waiting(edition), edition.a_second or rate_before(edition), at)
    return Progress(by_state, edition.a_second, ahead)


def plan_of(edition: Edition, *, at: datetime) -> tuple[dict[str, int], Forecast]:
    """
    Before it is sent: who would get it now and who would not and why, and how long it takes.

    By the rate of the newsletter's last editions, all paces and the warm-up plan. It is by no
    domain in particular that the whole list is counted here, so only all mail's pace is seen.
    """
    counts = count_listed(edition, at=at)
    return counts, _forecast({"": counts[FROZEN]}, rate_before(edition), at)


def doubts_of(edition: Edition) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(edition=edition, state=State.IN_DOUBT)
    return rows.select_related("reader").order_by("pk")


def rate_before(edition: Edition) -> float | None:
    """Mails a second, when an edition was last sent from here."""
    measured = Edition.objects.filter(a_second__isnull=False).exclude(pk=edition.pk)
    return measured.order_by("-frozen_at", "-pk").values_list("a_second", flat=True).first()


def _waiting(edition: Edition) -> dict[str, int]:
    """By domain with a pace of its own; the others together under no name."""
    rows = Delivery.objects.filter(edition=edition, state__in=WAITING).order_by()
    paced = list(DomainPace.objects.exclude(domain="").values_list("domain", flat=True))
    found = rows.filter(domain__in=paced).values_list("domain").annotate(number=Count("pk"))
    by_domain = dict(found)
    return by_domain | {"": rows.count() - sum(by_domain.values())}


def _forecast(waiting: Mapping[str, int], a_second: float | None, at: datetime) -> Forecast:
    paces = {pace.domain: pace for pace in DomainPace.objects.order_by("domain")}
    plan = WarmUp.objects.order_by("pk").first()
    today = at.astimezone(UTC).date()
    in_force = plan if plan and plan.allowance(today) is not None else None
    return forecast(waiting, a_second=a_second, paces=paces, plan=in_force, at=at)


def under_way_editions() -> QuerySet[Edition]:
    """Being printed, sent or paused, and stopped ones with rows that are not over."""
    paused = Q(state=EditionState.PAUSED)
    return Edition.objects.filter(under_way() | paused).order_by("due_at", "pk")

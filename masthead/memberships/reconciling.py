"""The comparison with the provider's books: nightly, and when somebody asks for it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from masthead.memberships import doubles, letters
from masthead.memberships.mirroring import follow_membership
from masthead.memberships.models import Membership, Purchase
from masthead.memberships.providers.base import NotThere
from masthead.memberships.providers.choosing import provider
from masthead.memberships.selling import follow_payment, settle_purchase

FAILING_DAYS = (3, 7)
GIVEN_UP = timedelta(days=3)  # a page is open for one


@dataclass
class Compared:
    read: int = 0
    changed: int = 0


def reconcile(*, at: datetime, since: datetime | None = None) -> Compared:
    """
    Read every membership at the provider, and every purchase that is open or has been paid once.

    since: only those begun later. Raises ProviderTrouble; what was read until then stays.
    """
    compared, there = Compared(), provider()
    there_now: set[str] = set()
    for state in there.memberships(since=since):
        before = Membership.objects.filter(ref=state.ref).values("status", "paid_until").first()
        # Read again: the list may be minutes old by its last page.
        member = follow_membership(ref=state.ref, at=at)
        after = Membership.objects.filter(ref=state.ref).values("status", "paid_until").first()
        compared.read += 1
        compared.changed += member is not None and before != after
        there_now.add(state.ref)
    if since is None:
        compared.changed += _look_for_gone(there_now, at)
    _look_at_purchases(at)
    return compared


def _look_for_gone(there_now: set[str], at: datetime) -> int:
    """Those that run here and that the provider did not name; each is asked for by itself."""
    running = Membership.objects.filter(status__in=doubles.IN_FORCE).order_by("pk")
    gone = 0
    for ref in list(running.values_list("ref", flat=True)):
        if ref in there_now:
            continue
        try:
            follow_membership(ref=ref, at=at)
        except NotThere:
            doubles.note_gone(ref=ref, at=at)
            gone += 1
    return gone


def _look_at_purchases(at: datetime) -> None:
    """
    Open ones and those given up lately, also where paying takes days, since their notice may be
    lost; and single payments, of which something may have been given back.
    """
    found = Purchase.objects.select_related("price__plan", "reader").order_by("pk")
    recent = at - timedelta(days=180)  # a bank takes back no later
    given_up = Purchase.objects.filter(
        Q(begun_at__gte=at - GIVEN_UP) | Q(details__awaited=True, begun_at__gte=recent),
        state=Purchase.State.EXPIRED,
        settled_at=None,
    ).exclude(ref="")
    is_unsettled = Q(state=Purchase.State.OPEN) | Q(pk__in=given_up.values("pk"))
    for purchase in found.filter(is_unsettled):
        try:
            settle_purchase(purchase=purchase, at=at)
        except NotThere:
            Purchase.objects.filter(pk=purchase.pk).update(state=Purchase.State.EXPIRED)
    for purchase in found.filter(begun_at__gte=recent).exclude(payment_ref=""):
        with suppress(NotThere):  # of another account, which was ours before
            follow_payment(purchase=purchase, ref=purchase.payment_ref, at=at)


def write_due_letters(*, at: datetime) -> None:
    """The second and third mail about a card that does not pay; each once."""
    failing = Membership.objects.filter(status=Membership.Status.PAST_DUE).select_related(
        "customer__reader", "plan"
    )
    for member in failing.order_by("pk"):
        days = (at - member.period_starts_at).days
        for day in FAILING_DAYS:
            if day <= days < day + 2:
                about = f"{member.period_starts_at:%Y-%m-%d}:{day}"
                letters.write_later(member=member, kind="failing", about=about)

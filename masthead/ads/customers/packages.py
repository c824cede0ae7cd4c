"""What is on sale, and booking it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.ads.models import Advertiser, Campaign, Package, Place, Pricing
from masthead.ads.selling.actions import book_campaign
from masthead.ads.selling.actions.campaigns import check_currency
from masthead.ads.selling.actions.telling import note, refuse_elsewhere, refuse_strangers
from masthead.ads.selling.orders import CreativeOrder, FlightOrder, Targeting
from masthead.ads.selling.refusals import AdsRefusal
from masthead.outlets.models import Outlet

MOST_VIEWS = 10_000_000


def packages_of(outlet_ids: Sequence[int]) -> QuerySet[Package]:
    rows = Package.objects.filter(outlet__in=outlet_ids).select_related("outlet")
    return rows.order_by("outlet__path", "price_cents", "pk")


def net_cents(package: Package, views: int) -> int:
    """Rounded half up to a cent."""
    return (package.price_cents * views + 500) // 1000


def keep_package(
    *,
    package: Package | None,
    outlet: Outlet,
    name: str,
    text: str,
    places: Sequence[str],
    price_cents: int,
    currency: str,
    least_views: int,
    days: int,
    is_offered: bool,
    by: User,
) -> Package:
    """A new one, or one changed; what was booked before stays as it was. Raises AdsRefusal."""
    refuse_strangers(by)
    refuse_elsewhere(by, [outlet])
    check_currency(currency)
    if not name.strip() or not price_cents:
        raise AdsRefusal(_("A package needs a name and a price."))
    if not 1 <= least_views <= MOST_VIEWS or not 1 <= days <= 366:
        raise AdsRefusal(_("One of the numbers is too large, or below nothing."))
    if not places or any(each not in Place.values for each in places):
        raise AdsRefusal(_("Say in which places it is shown."))
    kept = package or Package()
    kept.outlet, kept.name, kept.text = outlet, name.strip(), text.strip()
    kept.places, kept.price_cents, kept.currency = list(places), price_cents, currency
    kept.least_views, kept.days, kept.is_offered = least_views, days, is_offered
    with transaction.atomic():
        kept.save()
        note(kept, "package", by=by)
    return kept


def book_package(
    *,
    package: Package,
    advertiser: Advertiser,
    name: str,
    views: int,
    starts_at: datetime,
    ends_at: datetime,
    creative: CreativeOrder,
    at: datetime,
) -> Campaign:
    """
    An advertiser's own order; the desk looks at it before anybody sees it. Raises AdsRefusal.
    """
    if not package.is_offered:
        raise AdsRefusal(_("This is not on sale any more."))
    if not package.least_views <= views <= MOST_VIEWS:
        words = _("Book %(least)s views at least.")
        raise AdsRefusal(words % {"least": package.least_views})
    if starts_at < at - timedelta(days=1):
        raise AdsRefusal(_("The first day has passed."))
    if ends_at - starts_at > timedelta(days=package.days):
        raise AdsRefusal(_("It runs %(days)s days at most.") % {"days": package.days})
    order = FlightOrder(
        name=package.name,
        starts_at=max(starts_at, at),
        ends_at=ends_at,
        goal=views,
        pricing=Pricing.CPM,
        amount_cents=package.price_cents,
        targeting=Targeting(outlets=[package.outlet], places=list(package.places)),
        creatives=[creative],
    )
    return book_campaign(
        advertiser=advertiser,
        name=name,
        by=None,
        at=at,
        flights=[order],
        currency=package.currency,
        state=Campaign.State.ASKED,
    )

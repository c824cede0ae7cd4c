"""Reads about members."""

from uuid import UUID

from django.db.models import QuerySet

from masthead.memberships.models import Invoice, Membership, Price
from masthead.memberships.providers.choosing import selling_account
from masthead.readers.models import Reader


def memberships_of(reader: Reader) -> QuerySet[Membership]:
    found = Membership.objects.filter(customer__reader=reader)
    return found.select_related("plan", "customer__reader").order_by("-started_at", "-pk")


def get_membership(*, reader: Reader, public_id: UUID) -> Membership:
    """One's own. Raises Membership.DoesNotExist."""
    return memberships_of(reader).get(public_id=public_id)


def invoices_of(reader: Reader) -> QuerySet[Invoice]:
    return Invoice.objects.filter(customer__reader=reader).order_by("-made_at", "-pk")


def prices_to_switch_to(member: Membership) -> list[Price]:
    """On sale, in the same currency, other than the one that runs."""
    found = Price.objects.filter(
        is_on_sale=True,
        is_readers_choice=False,
        currency=member.currency,
        plan__is_on_sale=True,
        plan__sold_by=selling_account(),
    )
    others = found.exclude(ref=member.price_ref).exclude(ref="").exclude(every=Price.Every.ONCE)
    return list(others.select_related("plan").order_by("plan__order", "amount_cents", "pk"))

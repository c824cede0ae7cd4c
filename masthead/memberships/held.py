"""What memberships hold of a reader: for their export, and for their erasure."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from masthead.memberships.bought import note_bought
from masthead.memberships.jobs import forget_customer
from masthead.memberships.models import (
    Customer,
    Gift,
    GiftLink,
    Group,
    Invitation,
    Invoice,
    Membership,
    MeteredRead,
    Purchase,
    Seat,
)
from masthead.readers.former import addresses_of
from masthead.readers.holdings import Holding, register_holding
from masthead.readers.models import Reader

Rows = list[dict[str, Any]]


def register() -> None:
    for name, label, export, erase, order in (
        ("memberships", _("Your memberships"), export_memberships, end_at_provider, 35),
        ("invoices", _("Your invoices"), export_invoices, None, 36),
        ("purchases", _("What you bought"), export_purchases, None, 37),
        ("gifts", _("Gifts you redeemed"), export_gifts, None, 38),
        ("seats", _("Groups you are in"), export_seats, None, 39),
        ("groups", _("Groups whose seats you give away"), export_groups, drop_invitations, 40),
        ("given-articles", _("Articles you gave away"), export_links, None, 41),
        ("free-reads", _("Members' articles you read for nothing"), export_reads, None, 42),
    ):
        register_holding(Holding(name, label, export, erase, order))


def export_memberships(reader: Reader) -> Rows:
    found = Membership.objects.filter(customer__reader=reader).order_by("pk")
    names = ("plan__name", "status", "amount_cents", "currency", "every", "started_at")
    return list(found.values(*names, "period_ends_at", "cancel_at", "ended_at"))


def export_invoices(reader: Reader) -> Rows:
    found = Invoice.objects.filter(customer__reader=reader).order_by("pk")
    names = ("number", "status", "total_cents", "tax_cents", "paid_cents", "refunded_cents")
    return list(found.values(*names, "currency", "made_at", "paid_at"))


def export_purchases(reader: Reader) -> Rows:
    found = Purchase.objects.filter(reader=reader).order_by("pk")
    names = ("kind", "price__plan__name", "amount_cents", "tax_cents", "price__currency")
    return list(found.values(*names, "state", "came_from", "begun_at"))


def export_gifts(reader: Reader) -> Rows:
    found = Gift.objects.filter(redeemed_by=reader).order_by("pk")
    names = ("plan__name", "days")
    return list(found.values(*names, "redeemed_at"))


def export_seats(reader: Reader) -> Rows:
    found = Seat.objects.filter(reader=reader).order_by("pk")
    names = ("group__name",)
    return list(found.values(*names, "taken_at"))


def export_groups(reader: Reader) -> Rows:
    found = Group.objects.filter(owner=reader).order_by("pk")
    names = ("name", "domain")
    return list(found.values(*names, "made_at"))


def drop_invitations(reader: Reader, at: datetime) -> None:
    Invitation.objects.filter(email__in=addresses_of(reader)).delete()


def export_links(reader: Reader) -> Rows:
    found = GiftLink.objects.filter(reader=reader).order_by("pk")
    names = ("published__headline", "opened")
    return list(found.values(*names, "made_at", "ends_at", "ended_at"))


def export_reads(reader: Reader) -> Rows:
    found = MeteredRead.objects.filter(reader=reader).order_by("pk")
    names = ("outlet__slug", "article_id")
    return list(found.values(*names, "month", "read_at"))


def end_at_provider(reader: Reader, at: datetime) -> None:
    """
    Nobody is charged who is not known here. The books keep the amounts, without a name; a browser
    in which they bought forgets it.
    """
    for member in Membership.objects.filter(customer__reader=reader):
        note_bought(member=member, at=at)
    for customer in Customer.objects.filter(reader=reader):
        forget_customer.later(ref=customer.ref)

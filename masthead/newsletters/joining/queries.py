"""Whose a link in a mail is, and what somebody gets."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from masthead.newsletters.joining import links
from masthead.newsletters.models import Delivery, Edition, Newsletter, Subscription
from masthead.readers.models import Reader
from masthead.readers.tokens import NoSuchToken


def find_subscription(token: str) -> tuple[Subscription, Edition | None] | None:
    """
    What a link to leave is about, and by which edition's mail; None for what is not ours, or is of
    a reader who was erased. Two queries at most.
    """
    try:
        kind, number = links.read_leave_token(token)
    except NoSuchToken:
        return None
    known = Subscription.objects.select_related("newsletter__outlet", "reader")
    if kind == links.SUBSCRIPTION:
        found = known.filter(pk=number).first()
        return (found, None) if found else None
    delivery = Delivery.objects.filter(pk=number).select_related("edition").first()
    if delivery is None or delivery.reader_id is None:
        return None
    edition = delivery.edition
    found = known.filter(reader=delivery.reader_id, newsletter=edition.newsletter_id).first()
    return (found, edition) if found else None


def find_reader_of_delivery(number: int) -> Reader | None:
    return Reader.objects.filter(pk__in=Delivery.objects.filter(pk=number).values("reader")).first()


def find_reader_of_subscription(number: int) -> Reader | None:
    return Reader.objects.filter(
        pk__in=Subscription.objects.filter(pk=number).values("reader")
    ).first()


def next_due(newsletter: Newsletter, *, at: datetime) -> datetime | None:
    """When the next edition is due by the outlet's clock; None for one without fixed hours."""
    if newsletter.hour is None or not newsletter.days:
        return None
    zone = ZoneInfo(newsletter.outlet.timezone)
    here = at.astimezone(zone)
    for days in range(8):
        day = here.date() + timedelta(days=days)
        due = datetime.combine(day, newsletter.hour, tzinfo=zone)
        if due > at and due.weekday() in newsletter.days:
            return due
    return None

"""What newsletters hold of a reader, and what the desk may ask about it."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from masthead.accounts.models import User
from masthead.newsletters.joining.actions import NotOffered, Said, join
from masthead.newsletters.models import Delivery, Newsletter, Subscription
from masthead.newsletters.rules import may_prepare
from masthead.readers.lists import Statement
from masthead.readers.models import Reader

State = Subscription.State


def export_subscriptions(reader: Reader) -> list[dict[str, Any]]:
    mine = Subscription.objects.filter(reader=reader).order_by("pk")
    names = ("newsletter__name", "newsletter__outlet__title", "state", "joined_at", "place")
    return list(mine.values(*names, "paused_until", "left_at", "left_through"))


def export_deliveries(reader: Reader) -> list[dict[str, Any]]:
    mine = Delivery.objects.filter(reader=reader).order_by("pk")
    found = mine.values("edition__subject", "address", "state", "accepted_at")
    return [dict(each) for each in found]


def erase_deliveries(reader: Reader, _at: datetime) -> None:
    """That a copy was sent stays in the ledger's sums; to whom does not."""
    Delivery.objects.filter(reader=reader).update(address="", domain="", answer="")


def gets(value: str) -> Q:
    on_it = Subscription.objects.filter(newsletter=int(value), state=State.ACTIVE)
    return Q(pk__in=on_it.values("reader"))


def does_not_get(value: str) -> Q:
    return ~gets(value)


def newsletter_choices() -> list[tuple[str, str]]:
    found = Newsletter.objects.filter(closed_at=None).select_related("outlet")
    rows = found.order_by("outlet__path", "order", "pk")
    return [(str(each.pk), f"{each.outlet.title}: {each.name}") for each in rows]


def newsletters_to_fill(by: User) -> list[tuple[str, str]]:
    """Of the outlets that they publish: nobody fills another title's list."""
    found = Newsletter.objects.filter(closed_at=None).select_related("outlet")
    rows = found.order_by("outlet__path", "order", "pk")
    return [
        (str(each.pk), f"{each.outlet.title}: {each.name}")
        for each in rows
        if may_prepare(by, each.outlet)
    ]


def join_from_list(*, reader: Reader, value: str, statement: Statement, at: datetime) -> str:
    """Puts a reader of an imported list on a newsletter; who has left it stays away."""
    newsletter = Newsletter.objects.filter(pk=int(value), closed_at=None).first()
    if newsletter is None or not may_prepare(statement.by, newsletter.outlet):
        return ""
    known = Subscription.objects.filter(newsletter=newsletter, reader=reader).first()
    if known is not None:
        return "has-left" if known.state == State.LEFT else "on-it"
    said = Said(
        "",
        "import",
        at,
        words=statement.agreed_how,
        detail=f"{statement.by.email}, {statement.agreed_on.isoformat()}",
    )
    try:
        join(reader=reader, newsletter=newsletter, said=said)
    except NotOffered:
        return ""
    return "joined"


def subscriptions_panel(reader: Reader) -> dict[str, Any] | None:
    mine = Subscription.objects.filter(reader=reader).select_related("newsletter__outlet")
    found = list(mine.order_by("pk"))
    return {"subscriptions": found} if found else None

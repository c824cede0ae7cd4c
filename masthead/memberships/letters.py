"""Mails about a membership: each for one reason, and each once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from masthead.mail.post import Sender, write_letter
from masthead.mail.printing import print_mail
from masthead.memberships.models import Invoice, Membership
from masthead.memberships.money import in_words
from masthead.outlets.queries import canonical_sheets
from masthead.outlets.sheet import Sheet

FAILED, ENDED = "past_due", "canceled"


def tell(*, member: Membership, was: str, newly_paid: Iterable[Invoice], at: datetime) -> None:
    """What changed since it was last read. Part of the open transaction."""
    if not was and member.status in {"active", "trialing"}:
        write(member=member, kind="welcome", about=member.ref, at=at)
    for invoice in newly_paid:
        write(member=member, kind="receipt", about=invoice.ref, at=at, invoice=invoice)
    if member.status == FAILED and was != FAILED:
        write(member=member, kind="failing", about=f"{member.period_starts_at:%Y-%m-%d}:0", at=at)
    if member.status == ENDED and was != ENDED:
        write(member=member, kind="goodbye", about=member.ref, at=at)


def write(*, member: Membership, kind: str, about: str, at: datetime, **more: Any) -> None:
    """kind: the name of a template. about: what makes it another letter of that kind."""
    sheet = _sheet_of(member)
    if sheet is None:
        return
    reader = member.customer.reader
    if reader is None:  # erased
        return
    context = {
        "member": member,
        "plan": member.plan.name if member.plan else "",
        "amount": in_words(member.amount_cents, member.currency),
        "account_url": sheet.absolute("membership/"),
        **more,
    }
    if invoice := more.get("invoice"):
        context["paid"] = in_words(invoice.paid_cents, invoice.currency)
    write_letter(
        key=f"membership.{kind}:{member.ref}:{about}",
        kind=f"membership.{kind}",
        to=reader.email,
        mail=print_mail(f"memberships/mail/{kind}", sheet=sheet, context=context),
        sender=Sender(sheet.name, outlet_id=sheet.id, reply_to=sheet.contact_email),
        at=at,
    )


def _sheet_of(member: Membership) -> Sheet | None:
    """Of the outlet where it was bought; else the network's first."""
    known = canonical_sheets()
    bought = member.purchases.order_by("pk").first()
    here = [sheet for sheet in known if bought and sheet.id == bought.outlet_id]
    return next(iter([*here, *known]), None)

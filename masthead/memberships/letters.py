"""Mails about a membership: each for one reason, and each once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from masthead.jobs.decorator import job
from masthead.mail.post import Sender, write_letter
from masthead.mail.printing import print_mail
from masthead.memberships.models import Gift, Invoice, Membership
from masthead.memberships.money import in_words
from masthead.outlets.queries import canonical_sheets
from masthead.outlets.sheet import Sheet

FAILED, ENDED = "past_due", "canceled"


def tell(*, member: Membership, was: str, newly_paid: Iterable[Invoice]) -> None:
    """
    What changed since it was last read. Part of the open transaction, so only jobs are left: a
    mail takes longer to print than a writer may hold the database.
    """
    if not was and member.status in {"active", "trialing"}:
        write_later(member=member, kind="welcome", about=member.ref)
    for invoice in newly_paid:
        write_later(member=member, kind="receipt", about=invoice.ref)
    if member.status == FAILED and was != FAILED:
        write_later(member=member, kind="failing", about=f"{member.period_starts_at:%Y-%m-%d}:0")
    if member.status == ENDED and was != ENDED:
        write_later(member=member, kind="goodbye", about=member.ref)


def write_later(*, member: Membership, kind: str, about: str) -> None:
    """kind: the name of a template. about: what makes it another letter of that kind."""
    write_membership_letter.later(membership_id=member.pk, kind=kind, about=about)


@job(retries=8, unique="{kind} {membership_id} {about}")
def write_membership_letter(*, membership_id: int, kind: str, about: str, **_: Any) -> None:
    """At least once; the letter's key makes it one."""
    found = Membership.objects.select_related("plan", "customer__reader")
    member = found.get(pk=membership_id)
    reader = member.customer.reader
    bought = member.purchases.order_by("pk").first()
    sheet = _sheet_of(bought.outlet_id if bought else None)
    if reader is None or sheet is None:
        return
    context = {
        "member": member,
        "plan": member.plan.name if member.plan else "",
        "amount": in_words(member.amount_cents, member.currency),
        "account_url": sheet.absolute("membership/"),
    }
    if kind == "receipt":
        invoice = Invoice.objects.get(ref=about)
        paid = in_words(invoice.paid_cents, invoice.currency)
        context |= {"invoice": invoice, "paid": paid}
    _write(f"{kind}:{member.ref}:{about}", kind, reader.email, sheet, context, timezone.now())


@job(retries=8, unique="{gift_id}")
def write_gift_letter(*, gift_id: int, **_: Any) -> None:
    """The code goes to the giver, and is written down nowhere else."""
    from masthead.memberships.gifts import code_of

    gift = Gift.objects.select_related("plan", "purchase__reader").get(pk=gift_id)
    purchase = gift.purchase
    sheet = _sheet_of(purchase.outlet_id if purchase else None)
    if purchase is None or purchase.reader is None or sheet is None:
        return
    context = {
        "code": code_of(gift),
        "plan": gift.plan.name,
        "days": gift.days,
        "redeem_url": sheet.absolute("membership/gift/"),
    }
    key = f"gift:{gift.public_id}"
    _write(key, "gift", purchase.reader.email, sheet, context, timezone.now())


def _write(
    key: str, kind: str, to: str, sheet: Sheet, context: dict[str, Any], at: datetime
) -> None:
    write_letter(
        key=f"membership.{key}",
        kind=f"membership.{kind}",
        to=to,
        mail=print_mail(f"memberships/mail/{kind}", sheet=sheet, context=context),
        sender=Sender(sheet.name, outlet_id=sheet.id, reply_to=sheet.contact_email),
        at=at,
    )


def _sheet_of(outlet_id: int | None) -> Sheet | None:
    """Of the outlet where it was bought; else the network's first."""
    known = canonical_sheets()
    return next(iter([*(each for each in known if each.id == outlet_id), *known]), None)

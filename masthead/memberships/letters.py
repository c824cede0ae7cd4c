"""Mails about a membership: each for one reason, and each once."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone, translation

from masthead.jobs.decorator import job
from masthead.mail.post import Sender, write_letter
from masthead.mail.printing import PrintedMail, print_mail
from masthead.memberships.lettering import kind_of, print_letter_of
from masthead.memberships.models import Gift, Invoice, Membership, Purchase
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
    with translation.override(sheet.language):
        values = {
            "plan": member.plan.name if member.plan else "",
            "amount": in_words(member.amount_cents, member.currency),
            "account_url": sheet.absolute("membership/"),
        }
        context: dict[str, Any] = {"member": member}
        if kind == "receipt":
            invoice = Invoice.objects.get(ref=about)
            values["paid"] = in_words(invoice.paid_cents, invoice.currency)
            values["number"] = invoice.number
            context["invoice"] = invoice
    mail = print_letter_of(
        kind=kind_of(kind, about), sheet=sheet, values=values, context=context | values
    )
    _write(f"{kind}:{member.ref}:{about}", kind, reader.email, sheet, mail)


@job(retries=8, unique="{gift_id}")
def write_gift_letter(*, gift_id: int, **_: Any) -> None:
    """The code goes to the giver, and is written down nowhere else."""
    from masthead.memberships.gifts import code_of

    gift = Gift.objects.select_related("plan", "purchase__reader").get(pk=gift_id)
    purchase = gift.purchase
    sheet = _sheet_of(purchase.outlet_id if purchase else None)
    if purchase is None or purchase.reader is None or sheet is None:
        return
    values = {
        "code": code_of(gift),
        "plan": gift.plan.name,
        "days": str(gift.days),
        "redeem_url": sheet.absolute("membership/gift/"),
    }
    context = {**values, "days": gift.days}
    mail = print_letter_of(kind="gift", sheet=sheet, values=values, context=context)
    _write(f"gift:{gift.public_id}", "gift", purchase.reader.email, sheet, mail)


def write_double(purchase: Purchase) -> None:
    """To a member with whose address somebody begins to buy what it has already."""
    sheet = _sheet_of(purchase.outlet_id)
    if purchase.reader is None or sheet is None:
        return
    context = {
        "plan": purchase.price.plan.name,
        "sign_in_url": sheet.absolute("readers/sign-in/"),
    }
    mail = print_mail("memberships/mail/double", sheet=sheet, context=context)
    _write(f"double:{purchase.public_id}", "double", purchase.reader.email, sheet, mail)


def _write(key: str, kind: str, to: str, sheet: Sheet, mail: PrintedMail) -> None:
    write_letter(
        key=f"membership.{key}",
        kind=f"membership.{kind}",
        to=to,
        mail=mail,
        sender=Sender(sheet.name, outlet_id=sheet.id, reply_to=sheet.contact_email),
        at=timezone.now(),
    )


def _sheet_of(outlet_id: int | None) -> Sheet | None:
    """Of the outlet where it was bought; else the network's first."""
    known = canonical_sheets()
    return next(iter([*(each for each in known if each.id == outlet_id), *known]), None)

"""Credit notes: what answers an invoice that was wrong, or whose money was given back."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.ads.customers.credited import credited_of, left_of, part_of_tax
from masthead.ads.customers.dues import kept_cents, mark_paid
from masthead.ads.customers.invoicing import TRIES
from masthead.ads.models import AdInvoice, Campaign, CreditNote
from masthead.ads.selling.actions.telling import close_outdated_page, note, refuse_strangers
from masthead.ads.selling.refusals import AdsRefusal
from masthead.memberships.money import in_words

LONGEST_REASON = 200


def issue_credit_note(
    *,
    invoice: AdInvoice,
    total_cents: int,
    reason: str,
    by: User | None,
    at: datetime,
    left_cents: int | None = None,
) -> CreditNote:
    """
    With the next number, over all of an invoice or a part; the invoice stays as it is.

    total_cents: with tax. left_cents: what was left of the invoice when somebody decided on it;
    given, a form that is sent twice makes one credit note. Only for what was not paid through the
    provider: the rest is given back there (`returning.give_back`), which makes the credit note.
    Raises AdsRefusal, NotAllowed.
    """
    refuse_strangers(by)
    if not reason.strip():
        raise AdsRefusal(_("Say why: the credit note names the reason."))
    paid = kept_cents(invoice.campaign)
    left = left_of(AdInvoice.objects.filter(campaign=invoice.campaign_id))
    if paid and total_cents > sum(left.values()) - paid:
        raise AdsRefusal(_("It was paid online: give the payment back, that makes a credit note."))
    return write_credit_note(
        invoice=invoice,
        total_cents=total_cents,
        reason=reason,
        is_returned=False,
        by=by,
        at=at,
        left_cents=left_cents,
    )


def refuse_if_changed(*, shown_cents: int | None, left_cents: int) -> None:
    """Raises AdsRefusal when somebody decided on another amount than there is."""
    if shown_cents is not None and shown_cents != left_cents:
        raise AdsRefusal(_("Something was given back or credited meanwhile. Look again."))


def write_credit_note(
    *,
    invoice: AdInvoice,
    total_cents: int,
    reason: str,
    is_returned: bool,
    by: User | None,
    at: datetime,
    left_cents: int | None = None,
) -> CreditNote:
    """is_returned: the provider gave the money back. Raises AdsRefusal."""
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                return _write(
                    invoice,
                    total_cents,
                    reason.strip(),
                    is_returned,
                    by=by,
                    at=at,
                    shown=left_cents,
                )
        except IntegrityError:  # somebody took the number
            if attempt == TRIES - 1:
                raise
    raise AssertionError("left by the loop")


def _write(
    invoice: AdInvoice,
    total_cents: int,
    reason: str,
    is_returned: bool,
    *,
    by: User | None,
    at: datetime,
    shown: int | None,
) -> CreditNote:
    campaign = Campaign.objects.select_for_update().get(pk=invoice.campaign_id)
    net_before, tax_before = credited_of(invoice)
    left = invoice.total_cents - net_before - tax_before
    refuse_if_changed(shown_cents=shown, left_cents=left)
    if not 0 < total_cents <= left:
        raise AdsRefusal(
            _("Of invoice %(number)s %(left)s can be credited.")
            % {"number": invoice, "left": in_words(left, invoice.currency)}
        )
    tax = part_of_tax(invoice, net_before + tax_before + total_cents) - tax_before
    last = CreditNote.objects.aggregate(last=Max("number"))["last"] or 0
    made = CreditNote.objects.create(
        number=last + 1,
        invoice=invoice,
        issued_at=at,
        net_cents=total_cents - tax,
        tax_cents=tax,
        said=_said(invoice, reason[:LONGEST_REASON], is_returned),
    )
    note(campaign, "credit-note", by=by, number=made, invoice=invoice, reason=reason)
    mark_paid(campaign, at=at)
    close_outdated_page(campaign)
    return made


def _said(invoice: AdInvoice, reason: str, is_returned: bool) -> dict[str, Any]:
    return {
        **{name: invoice.said[name] for name in ("from", "to", "campaign", "tax_percent")},
        "invoice": str(invoice),
        "invoiced_on": f"{invoice.issued_at:%Y-%m-%d}",
        "reason": reason,
        "is_returned": is_returned,
    }

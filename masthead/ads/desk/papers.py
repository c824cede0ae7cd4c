"""A campaign's papers at the desk: invoices, credit notes, money given back, the report."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from masthead.ads.customers.credited import left_of, open_invoice
from masthead.ads.customers.crediting import LONGEST_REASON, issue_credit_note
from masthead.ads.customers.dues import asked_cents, kept_cents
from masthead.ads.customers.invoicing import issue_invoice, lines_of
from masthead.ads.customers.report import report_of
from masthead.ads.customers.returning import give_back, payment_to_return
from masthead.ads.customers.views import pdf
from masthead.ads.desk.doorways import get_campaign, seller
from masthead.ads.desk.forms.fields import MoneyField
from masthead.ads.models import AdInvoice, Campaign, CampaignPayment, CreditNote
from masthead.ads.papers import credit_note_paper, invoice_paper, report_paper
from masthead.ads.selling.money import cents_of
from masthead.ads.selling.refusals import AdsRefusal
from masthead.ads.selling.rules import outlets_sold_by
from masthead.memberships.money import amount_of, in_words
from masthead.memberships.providers.base import ProviderTrouble


class CreditForm(forms.Form):
    amount = MoneyField(label=gettext_lazy("How much, with tax"))
    left = MoneyField()  # as it was shown
    is_unpaid = forms.BooleanField(required=False)  # a credit note over what nobody has paid
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=LONGEST_REASON)


def told_papers(campaign: Campaign, *, at: datetime) -> dict[str, Any]:
    """What was invoiced, paid and credited, and what can be; a fixed number of queries."""
    prefetch_related_objects([campaign], "flights", "invoices__credit_notes", "payments")
    invoices = sorted(campaign.invoices.all(), key=lambda each: each.number)
    left = left_of(invoices)
    return {
        "rows": [_told(each, left[each.pk]) for each in invoices],
        "can_invoice": bool(lines_of(campaign, at=at)),
        "money": _money(campaign, at=at),
        "forms": _forms(campaign, invoices, left),
    }


def _money(campaign: Campaign, *, at: datetime) -> list[str]:
    """What the desk has to know of payments; nothing where all is as it should be."""
    states, said = CampaignPayment.State, []
    for payment in sorted(campaign.payments.all(), key=lambda each: each.pk):
        amount = {"amount": in_words(payment.amount_cents, payment.currency)}
        if payment.disputed_at is not None:
            said.append(_("The bank of the advertiser wants %(amount)s back.") % amount)
        if payment.state == states.WAITING:
            said.append(_("%(amount)s is on its way; the bank has not confirmed it yet.") % amount)
        if payment.state == states.LOST:
            said.append(_("The bank took back %(amount)s.") % amount)
        if payment.state == states.PAID and payment.currency != campaign.currency:
            said.append(_("%(amount)s came in a currency that this campaign has not.") % amount)
    kept, asked = kept_cents(campaign), asked_cents(campaign, at=at)
    over = {"amount": in_words(abs(kept - asked), campaign.currency)}
    if kept > asked:
        said.append(_("%(amount)s more was paid than is asked for.") % over)
    elif kept and kept < asked:
        said.append(_("%(amount)s is still to be paid.") % over)
    return said


def _forms(
    campaign: Campaign, invoices: list[AdInvoice], left: dict[int, int]
) -> list[dict[str, Any]]:
    """To give back what was paid, to credit what was not."""
    forms = []
    payment = payment_to_return(campaign)
    if payment is not None:
        kept = amount_of(payment.kept_cents, payment.currency)
        forms.append({"is_paid": True, "currency": payment.currency, "left": kept, "amount": kept})
    unpaid = sum(left.values()) - kept_cents(campaign)
    asked = next((each for each in reversed(invoices) if left[each.pk]), None)
    if asked is not None and unpaid > 0:
        most = min(unpaid, left[asked.pk])
        forms.append(
            {
                "is_paid": False,
                "currency": asked.currency,
                "step": amount_of(1, asked.currency),
                "left": amount_of(left[asked.pk], asked.currency),
                "amount": amount_of(most, asked.currency),
            }
        )
    return forms


def _told(invoice: AdInvoice, left: int) -> dict[str, Any]:
    return {
        "it": invoice,
        "total": in_words(invoice.total_cents, invoice.currency),
        "left": in_words(left, invoice.currency) if 0 < left < invoice.total_cents else "",
        "credit_notes": [
            {
                "it": each,
                "total": in_words(each.total_cents, invoice.currency),
                "reason": each.said["reason"],
            }
            for each in sorted(invoice.credit_notes.all(), key=lambda each: each.number)
        ],
    }


@require_POST
def invoice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    campaign = get_campaign(request, public_id)
    try:
        made = issue_invoice(campaign=campaign, by=seller(request), at=timezone.now())
        messages.success(request, _("Invoice %(number)s is issued.") % {"number": made})
    except AdsRefusal as refusal:
        messages.info(request, str(refusal))
    return redirect("ads:campaign", public_id)


@require_POST
def credit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What was paid online is given back there; either way a credit note says so."""
    campaign = get_campaign(request, public_id)
    form = CreditForm(request.POST)
    if not form.is_valid():
        messages.info(request, _("Say how much and why."))
        return redirect("ads:campaign", public_id)
    try:
        _credit(request, campaign, form.cleaned_data)
    except (AdsRefusal, ProviderTrouble) as trouble:
        messages.info(request, str(trouble))
    return redirect("ads:campaign", public_id)


def _credit(request: HttpRequest, campaign: Campaign, said: dict[str, Any]) -> None:
    user, now, reason = seller(request), timezone.now(), said["reason"]
    payment = None if said["is_unpaid"] else payment_to_return(campaign)
    currency = payment.currency if payment is not None else campaign.currency
    cents, left = (cents_of(said[name], currency) for name in ("amount", "left"))
    if payment is not None:
        give_back(
            campaign=campaign, amount_cents=cents, reason=reason, by=user, at=now, left_cents=left
        )
        messages.success(request, _("Given back."))
        return
    found = open_invoice(campaign)
    if found is None:
        raise AdsRefusal(_("There is no invoice that asks for anything."))
    made = issue_credit_note(
        invoice=found, total_cents=cents, reason=reason, by=user, at=now, left_cents=left
    )
    messages.success(request, _("Credit note %(number)s is issued.") % {"number": made})


@require_safe
def invoice_pdf(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    campaign = get_campaign(request, public_id)
    found = campaign.invoices.filter(number=number).first()
    if found is None:
        raise Http404
    return pdf(invoice_paper(found), name=f"invoice-{found}")


@require_safe
def credit_note_pdf(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    campaign = get_campaign(request, public_id)
    found = CreditNote.objects.filter(invoice__campaign=campaign, number=number).first()
    if found is None:
        raise Http404
    return pdf(credit_note_paper(found), name=f"credit-note-{found}")


@require_safe
def report_pdf(request: HttpRequest, public_id: UUID) -> HttpResponse:
    campaign = get_campaign(request, public_id)
    first = outlets_sold_by(seller(request))[0]
    told = report_of(campaign, zone=first.timezone)
    return pdf(report_paper(told, publisher=first.title, at=timezone.now()), name="report")

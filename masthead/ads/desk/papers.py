"""A campaign's papers at the desk: invoices, credit notes, money given back, the report."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from masthead.ads.customers.credited import left_of, open_invoice
from masthead.ads.customers.crediting import LONGEST_REASON, issue_credit_note
from masthead.ads.customers.invoicing import issue_invoice
from masthead.ads.customers.report import report_of
from masthead.ads.customers.returning import give_back
from masthead.ads.customers.views import pdf
from masthead.ads.desk.doorways import get_campaign, seller
from masthead.ads.desk.forms.fields import MoneyField, amount_of, cents_of
from masthead.ads.models import AdInvoice, Campaign, CampaignPayment, CreditNote
from masthead.ads.papers import credit_note_paper, invoice_paper, report_paper
from masthead.ads.selling.refusals import AdsRefusal
from masthead.ads.selling.rules import outlets_sold_by
from masthead.memberships.money import in_words
from masthead.memberships.providers.base import ProviderTrouble


class CreditForm(forms.Form):
    amount = MoneyField(label=gettext_lazy("How much, with tax"))
    left = MoneyField()  # as it was shown
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=LONGEST_REASON)


def told_papers(campaign: Campaign) -> dict[str, Any]:
    """What was invoiced and credited, and what can be; a fixed number of queries."""
    invoices = list(campaign.invoices.prefetch_related("credit_notes").order_by("number"))
    left = left_of(invoices)
    payment = campaign.payments.filter(state=CampaignPayment.State.PAID).first()
    asked = next((each for each in invoices if left[each.pk]), None)
    can_credit = left[asked.pk] if asked is not None else 0
    if payment is not None:
        can_credit = payment.amount_cents - payment.returned_cents
    return {
        "rows": [_told(each, left[each.pk]) for each in invoices],
        "is_open": asked is not None,
        "is_paid": payment is not None,
        "can_credit": amount_of(can_credit, campaign.currency) if can_credit else 0,
    }


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
    cents, left = (cents_of(said[name], campaign.currency) for name in ("amount", "left"))
    if campaign.payments.filter(state=CampaignPayment.State.PAID).exists():
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

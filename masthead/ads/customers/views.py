"""The advertiser's page, booking, paying, pausing, the report and papers."""

from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from allauth.core.ratelimit import consume_or_429
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead.accounts.grants import collection_for
from masthead.ads.customers import paying
from masthead.ads.customers.dues import due_cents
from masthead.ads.customers.forms import BookForm
from masthead.ads.customers.links import PREFIX
from masthead.ads.customers.packages import book_package, packages_of
from masthead.ads.customers.pages import answer, campaign_of, customer, private, sheet_of
from masthead.ads.customers.report import report_of
from masthead.ads.models import (
    AdInvoice,
    Advertiser,
    Campaign,
    CampaignPayment,
    CreditNote,
    Pause,
)
from masthead.ads.papers import credit_note_paper, invoice_paper, report_paper
from masthead.ads.selling.actions import AdsRefusal, pause_flight, resume_flight
from masthead.ads.selling.money import total_booked
from masthead.memberships.money import in_words
from masthead.memberships.providers.base import ProviderTrouble
from masthead.memberships.providers.choosing import is_stand_in
from masthead.outlets.models import Outlet


@require_safe
def home(request: HttpRequest, token: str) -> HttpResponse:
    """What they booked and what it brought."""
    advertiser = customer(token)
    campaigns = list(
        Campaign.objects.filter(advertiser=advertiser)
        .exclude(state=Campaign.State.DRAFT)
        .prefetch_related("flights", "flights__creatives", "payments", "invoices__credit_notes")
        .order_by("-created_at", "-pk")[:50]
    )
    return answer(
        request,
        "home",
        advertiser.name,
        advertiser=advertiser,
        here=_here(request, token),
        campaigns=[_told(each) for each in campaigns],
        offers=packages_of([sheet_of(request).id]).filter(is_offered=True).exists(),
        is_stand_in=is_stand_in(),
    )


def _told(campaign: Campaign) -> dict[str, Any]:
    flights = campaign.flights.all()
    net = total_booked(flights)
    refused = [
        each for flight in flights for each in flight.creatives.all() if each.state == "refused"
    ]
    return {
        "it": campaign,
        "net": in_words(net, campaign.currency) if net else "",
        **_payment(campaign),
        "refused": refused,
        "runs": campaign.state == Campaign.State.BOOKED,
        "paused": [flight for flight in flights if flight.paused == Pause.ADVERTISER],
        "invoices": list(campaign.invoices.all()),
    }


def _payment(campaign: Campaign) -> dict[str, Any]:
    """What they ordered themselves is paid here, and what is due of what was paid here before."""
    states = {each.state for each in campaign.payments.all()}
    is_waiting = CampaignPayment.State.WAITING in states
    is_paid_here = campaign.state == Campaign.State.ASKED or bool(
        states & {CampaignPayment.State.PAID, CampaignPayment.State.LOST}
    )
    due = due_cents(campaign, at=timezone.now())
    return {
        "is_waiting": is_waiting,
        "to_pay": in_words(due, campaign.currency)
        if due and is_paid_here and not is_waiting
        else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, token: str) -> HttpResponse:
    advertiser = customer(token)
    sheet = sheet_of(request)
    packages = packages_of([sheet.id]).filter(is_offered=True)
    form = BookForm(request.POST or None, request.FILES or None, packages=packages)
    status = 200
    if request.method == "POST":
        if refused := consume_or_429(request, action="signup"):
            return refused
        if form.is_valid() and (made := _book(form, advertiser, sheet.id, sheet.timezone)):
            return redirect(f"{_here(request, token)}#{made.public_id}")
        status = 422
    return answer(
        request,
        "book",
        _("Book a campaign"),
        status=status,
        form=form,
        here=_here(request, token),
        packages=[
            {
                "it": each,
                "price": in_words(each.price_cents, each.currency),
                "is_chosen": str(each.public_id) == str(form["package"].value() or ""),
            }
            for each in packages
        ],
    )


def _book(form: BookForm, advertiser: Advertiser, outlet_id: int, zone: str) -> Campaign | None:
    given = form.cleaned_data
    starts_at, ends_at = form.span(zone)
    try:
        with transaction.atomic():
            files = collection_for(Outlet.objects.get(pk=outlet_id))
            return book_package(
                package=given["package"],
                advertiser=advertiser,
                name=given["name"],
                views=given["views"],
                starts_at=starts_at,
                ends_at=ends_at,
                creative=form.order(title=given["name"], collection=files),
                at=timezone.now(),
            )
    except AdsRefusal as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as refused:
        form.add_error("file", refused)
    return None


@require_POST
def pay(request: HttpRequest, token: str, public_id: UUID) -> HttpResponse:
    """On to the provider's page."""
    campaign = campaign_of(customer(token), public_id)
    home_url = request.build_absolute_uri(sheet_of(request).url())
    try:
        payment = paying.begin_payment(
            campaign=campaign, home=home_url, token=token, at=timezone.now()
        )
    except (AdsRefusal, ProviderTrouble) as trouble:
        return answer(
            request,
            "trouble",
            _("That did not work"),
            status=503,
            trouble=str(trouble),
            here=_here(request, token),
        )
    response = HttpResponseRedirect(payment.page_url, status=303)
    return private(response)


@require_safe
def paid(request: HttpRequest, token: str, public_id: UUID) -> HttpResponse:
    """Back from the provider; its notice may have been faster."""
    advertiser = customer(token)
    payment = CampaignPayment.objects.filter(
        public_id=public_id, campaign__advertiser=advertiser
    ).first()
    if payment is None:
        raise Http404
    try:
        paying.settle_payment(payment=payment, at=timezone.now())
    except ProviderTrouble as trouble:
        return answer(
            request,
            "trouble",
            _("That did not work"),
            status=503,
            trouble=str(trouble),
            here=_here(request, token),
        )
    return redirect(_here(request, token))


@require_POST
def pause(request: HttpRequest, token: str, public_id: UUID) -> HttpResponse:
    """All of a campaign's flights; those that the desk paused stay as they are."""
    return _each_flight(request, token, public_id, goes_on=False)


@require_POST
def resume(request: HttpRequest, token: str, public_id: UUID) -> HttpResponse:
    return _each_flight(request, token, public_id, goes_on=True)


def _each_flight(
    request: HttpRequest, token: str, public_id: UUID, *, goes_on: bool
) -> HttpResponse:
    campaign = campaign_of(customer(token), public_id)
    now = timezone.now()
    wanted = Pause.ADVERTISER if goes_on else Pause.NONE
    for flight in campaign.flights.filter(paused=wanted).order_by("pk"):
        if goes_on:
            resume_flight(flight=flight, by=None, at=now)
        else:
            pause_flight(flight=flight, by=None, at=now, why=Pause.ADVERTISER)
    return redirect(_here(request, token))


@require_safe
def report(request: HttpRequest, token: str, public_id: UUID) -> HttpResponse:
    campaign = campaign_of(customer(token), public_id)
    told = report_of(campaign, zone=sheet_of(request).timezone)
    most = max((counts.visible for _day, counts in told.days), default=0)
    return answer(
        request,
        "report",
        campaign.name,
        report=told,
        most=most,
        this_day=timezone.now().astimezone(ZoneInfo(sheet_of(request).timezone)).date(),
        number=lambda n: number_format(n, use_l10n=True, force_grouping=True),
        short_day=partial(_short_day, zone=sheet_of(request).timezone),
        here=_here(request, token),
    )


def _short_day(day: date, *, zone: str) -> str:
    """Of a moment the day by the title's clock."""
    if isinstance(day, datetime):
        day = day.astimezone(ZoneInfo(zone))
    return date_format(day, "DATE_FORMAT")


@require_safe
def report_pdf(request: HttpRequest, token: str, public_id: UUID) -> HttpResponse:
    campaign = campaign_of(customer(token), public_id)
    sheet = sheet_of(request)
    told = report_of(campaign, zone=sheet.timezone)
    content = report_paper(told, publisher=sheet.name, at=timezone.now())
    return pdf(content, name=f"report-{campaign.public_id.hex[-8:]}")


@require_safe
def invoice_pdf(request: HttpRequest, token: str, number: int) -> HttpResponse:
    advertiser = customer(token)
    invoice = AdInvoice.objects.filter(number=number, campaign__advertiser=advertiser).first()
    if invoice is None:
        raise Http404
    return pdf(invoice_paper(invoice), name=f"invoice-{invoice}")


@require_safe
def credit_note_pdf(request: HttpRequest, token: str, number: int) -> HttpResponse:
    rows = CreditNote.objects.filter(invoice__campaign__advertiser=customer(token))
    found = rows.filter(number=number).first()
    if found is None:
        raise Http404
    return pdf(credit_note_paper(found), name=f"credit-note-{found}")


def pdf(content: bytes, *, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return private(response)


def _here(request: HttpRequest, token: str) -> str:
    return sheet_of(request).url(f"{PREFIX}{token}/")

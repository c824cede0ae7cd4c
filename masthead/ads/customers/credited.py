"""What of invoices was answered by credit notes, and what is left."""

from collections.abc import Iterable

from django.db.models import Sum

from masthead.ads.models import AdInvoice, Campaign, CreditNote


def open_invoice(campaign: Campaign) -> AdInvoice | None:
    """The newest that still asks for something."""
    invoices = list(AdInvoice.objects.filter(campaign=campaign).order_by("-pk"))
    left = left_of(invoices)
    return next((each for each in invoices if left[each.pk]), None)


def left_of(invoices: Iterable[AdInvoice]) -> dict[int, int]:
    """What each still asks for, with tax, by its row's number. One query."""
    rows = list(invoices)
    sums = (
        CreditNote.objects.filter(invoice__in=[each.pk for each in rows])
        .values("invoice")
        .annotate(net=Sum("net_cents"), tax=Sum("tax_cents"))
        .order_by("invoice")
    )
    credited = {row["invoice"]: row["net"] + row["tax"] for row in sums}
    return {each.pk: each.total_cents - credited.get(each.pk, 0) for each in rows}


def credited_of(invoice: AdInvoice) -> tuple[int, int]:
    """So far: net and tax."""
    sums = invoice.credit_notes.aggregate(net=Sum("net_cents"), tax=Sum("tax_cents"))
    return sums["net"] or 0, sums["tax"] or 0


def part_of_tax(invoice: AdInvoice, total_cents: int) -> int:
    """Of so much of the invoice, rounded half up; of the whole it is the invoice's tax."""
    whole = invoice.total_cents
    return (2 * invoice.tax_cents * total_cents + whole) // (2 * whole)

"""An invoice on paper: what it said when it was issued, and nothing else."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from masthead.ads.models import AdInvoice, CampaignPayment
from masthead.ads.papers.lines import WIDTHS, begun_paper, sums
from masthead.ads.papers.sheet import Sheets
from masthead.memberships.money import in_words


def invoice_paper(invoice: AdInvoice) -> bytes:
    """The same invoice is the same bytes in one language. Three queries."""
    said = invoice.said
    sheets = begun_paper(said, title=_("Invoice %(number)s") % {"number": invoice})
    sheets.line(date_format(invoice.issued_at, "DATE_FORMAT"), soft=True)
    sheets.gap(6)
    sheets.line(_("Advertising: %(name)s") % {"name": said["campaign"]})
    sheets.gap(12)
    _table(sheets, invoice)
    sums(
        sheets,
        said,
        net_cents=invoice.net_cents,
        tax_cents=invoice.tax_cents,
        currency=invoice.currency,
        whole=_("To pay"),
    )
    _payment(sheets, invoice)
    return sheets.finished()


def _table(sheets: Sheets, invoice: AdInvoice) -> None:
    sheets.row([_("What"), _("When"), _("Amount")], WIDTHS, bold=True)
    sheets.rule()
    for line in invoice.said["lines"]:
        span = f"{line['from']} – {line['to']}" if line["to"] else line["from"]
        sheets.row([line["name"], span, in_words(line["cents"], invoice.currency)], WIDTHS)
        sheets.line(" · ".join(filter(None, (line["what"], line["price"]))), size=8, soft=True)
        sheets.gap(4)


def _payment(sheets: Sheets, invoice: AdInvoice) -> None:
    """That it was paid stays true when the money went back: that says the credit note."""
    credited = sum(each.total_cents for each in invoice.credit_notes.all())
    asked = invoice.total_cents - credited
    paid = 0
    came = CampaignPayment.objects.filter(
        campaign=invoice.campaign_id,
        currency=invoice.currency,
        settled_at__gte=invoice.issued_at,
        state__in=[CampaignPayment.State.PAID, CampaignPayment.State.RETURNED],
    )
    for payment in came.order_by("settled_at", "pk"):
        paid += payment.amount_cents
        if paid >= asked and payment.settled_at is not None:
            day = date_format(payment.settled_at, "DATE_FORMAT")
            sheets.line(_("Paid on %(day)s. Thank you.") % {"day": day})
            return
    if paid:
        amount = in_words(paid, invoice.currency)
        sheets.line(_("%(amount)s of it was paid.") % {"amount": amount})
    sheets.line(_("Please pay within 14 days and name the number of the invoice."))

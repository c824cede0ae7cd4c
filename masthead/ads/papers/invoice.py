"""An invoice on paper: what it said when it was issued, and nothing else."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from masthead.ads.models import AdInvoice
from masthead.ads.papers.sheet import Sheets
from masthead.memberships.money import in_words

WIDTHS = (0.5, 0.28, 0.22)


def invoice_paper(invoice: AdInvoice) -> bytes:
    """The same invoice is the same bytes in one language. Two queries."""
    said = invoice.said
    issuer = said["from"]
    title = _("Invoice %(number)s") % {"number": invoice}
    sheets = Sheets(title=title, author=issuer[0], foot=" · ".join(issuer))
    sheets.line(issuer[0], size=15, bold=True)
    for line in issuer[1:]:
        sheets.line(line, size=9, soft=True)
    sheets.gap(26)
    for line in said["to"]:
        sheets.line(line)
    sheets.gap(26)
    sheets.line(title, size=18, bold=True)
    sheets.line(date_format(invoice.issued_at, "DATE_FORMAT"), soft=True)
    sheets.gap(6)
    sheets.line(_("Advertising: %(name)s") % {"name": said["campaign"]})
    sheets.gap(12)
    _table(sheets, invoice)
    sheets.gap(18)
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
    sheets.rule()
    if invoice.tax_cents:
        tax = _("Tax, %(percent)s %%") % {"percent": invoice.said["tax_percent"]}
        sheets.row(["", _("Net"), in_words(invoice.net_cents, invoice.currency)], WIDTHS)
        sheets.row(["", tax, in_words(invoice.tax_cents, invoice.currency)], WIDTHS)
    total = in_words(invoice.total_cents, invoice.currency)
    sheets.row(["", _("To pay"), total], WIDTHS, bold=True, size=11)


def _payment(sheets: Sheets, invoice: AdInvoice) -> None:
    paid_at = invoice.campaign.paid_at
    if paid_at is not None:
        day = date_format(paid_at, "DATE_FORMAT")
        sheets.line(_("Paid on %(day)s. Thank you.") % {"day": day})
    else:
        sheets.line(_("Please pay within 14 days and name the number of the invoice."))

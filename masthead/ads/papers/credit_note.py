"""A credit note on paper: what it said when it was issued, and nothing else."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from masthead.ads.models import CreditNote
from masthead.ads.papers.lines import WIDTHS, begun_paper, sums
from masthead.memberships.money import in_words


def credit_note_paper(credit: CreditNote) -> bytes:
    """The same credit note is the same bytes in one language. One query."""
    said, currency = credit.said, credit.invoice.currency
    sheets = begun_paper(said, title=_("Credit note %(number)s") % {"number": credit})
    sheets.line(date_format(credit.issued_at, "DATE_FORMAT"), soft=True)
    sheets.gap(6)
    day = date_format(date.fromisoformat(said["invoiced_on"]), "DATE_FORMAT")
    answers = _("For invoice %(number)s of %(day)s") % {"number": said["invoice"], "day": day}
    sheets.line(answers)
    sheets.line(_("Advertising: %(name)s") % {"name": said["campaign"]})
    sheets.gap(12)
    sheets.row([_("Why"), "", _("Amount")], WIDTHS, bold=True)
    sheets.rule()
    sheets.row([said["reason"], "", in_words(credit.net_cents, currency)], WIDTHS)
    sums(
        sheets,
        said,
        net_cents=credit.net_cents,
        tax_cents=credit.tax_cents,
        currency=currency,
        whole=_("Credited"),
    )
    if said["is_returned"]:
        sheets.line(_("It was given back the way it was paid."))
    else:
        sheets.line(_("So much less is to be paid of the invoice; what was paid is given back."))
    return sheets.finished()

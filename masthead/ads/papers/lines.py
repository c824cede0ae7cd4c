"""What invoices and credit notes have in common: a letterhead, whom it is for, sums."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from masthead.ads.papers.sheet import Sheets
from masthead.memberships.money import in_words

WIDTHS = (0.5, 0.28, 0.22)


def begun_paper(said: Mapping[str, Any], *, title: str) -> Sheets:
    """With who issued it and whom it is for, as they were then."""
    issuer = said["from"]
    sheets = Sheets(title=title, author=issuer[0], foot=" · ".join(issuer))
    sheets.line(issuer[0], size=15, bold=True)
    for line in issuer[1:]:
        sheets.line(line, size=9, soft=True)
    sheets.gap(26)
    for line in said["to"]:
        sheets.line(line)
    sheets.gap(26)
    sheets.line(title, size=18, bold=True)
    return sheets


def sums(
    sheets: Sheets,
    said: Mapping[str, Any],
    *,
    net_cents: int,
    tax_cents: int,
    currency: str,
    whole: str,
) -> None:
    """whole: what the last line is called."""
    sheets.rule()
    if tax_cents:
        tax = _("Tax, %(percent)s %%") % {"percent": said["tax_percent"]}
        sheets.row(["", _("Net"), in_words(net_cents, currency)], WIDTHS)
        sheets.row(["", tax, in_words(tax_cents, currency)], WIDTHS)
    total = in_words(net_cents + tax_cents, currency)
    sheets.row(["", whole, total], WIDTHS, bold=True, size=11)
    sheets.gap(18)
